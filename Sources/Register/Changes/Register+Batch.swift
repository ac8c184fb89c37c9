import CivilTime
package import Planning

extension Register {
  /// How many requests are recorded in one transaction.
  package struct BatchTerms: Sendable {
    /// Records what is allowed although other requests are refused. Without it one refusal leaves everything as it was.
    package var keepsGoing = false
    /// Keeps refused requests as drafts, as `execute` does.
    package var keepsDrafts = false
    /// Records nothing, whatever the verdicts.
    package var isRehearsal = false

    package init() {}
  }

  /// What came of many requests.
  package struct BatchOutcome: Sendable {
    package enum Result: Sendable {
      /// Judged; recorded where the batch was and the verdict, or the terms, allow it.
      case judged(Outcome)
      /// Makes no sense as it stands: no rule was asked.
      case failed(any Error)
      /// Takes back what was never asked for.
      case nothing
    }

    /// One for each request, in order.
    package var results: [Result]
    /// Whether the transaction was committed. If not, changes in `results` do not exist.
    package var isRecorded: Bool

    package init(results: [Result], isRecorded: Bool) {
      self.results = results
      self.isRecorded = isRecorded
    }
  }

  /// Ends a transaction of which nothing shall stay.
  private struct Rehearsed: Error { let results: [BatchOutcome.Result] }

  /// Judges requests in order, in one transaction and at one reading of the clock, each of them after what the earlier
  /// ones booked. Recorded are all of them or, going by `terms`, what is allowed; nothing when any of them fails.
  ///
  /// - Parameters:
  ///   - isFault: which errors are the fault of one request; any other ends the batch.
  ///   - progress: called after each request, with the number so far.
  package func executeAll(
    _ requests: [Request], terms: BatchTerms, contract: (String) throws -> BoundContract,
    isFault: (any Error) -> Bool, progress: (Int) -> Void = { _ in }
  ) throws -> BatchOutcome {
    do {
      return try withoutActuallyEscaping(contract) { contract in
        try prompt { took in
          try judgeAll(
            requests, terms: terms, margin: BatchTerms.margin(for: requests.count, took: took), contract: contract,
            isFault: isFault, progress: progress)
        }
      }
    } catch let rehearsed as Rehearsed {
      return BatchOutcome(results: rehearsed.results, isRecorded: false)
    }
  }

  /// Requests that belong together: all are recorded in one transaction, or none. Throws `RequestError` for the first that
  /// cannot be.
  package func executeTogether(
    _ requests: [Request], contract: (String) throws -> BoundContract
  ) throws -> [Outcome] {
    let batch = try executeAll(requests, terms: BatchTerms(), contract: contract, isFault: RequestError.isOwn)
    return try zip(requests, batch.results).map { request, result in
      switch result {
      case .judged(let outcome): return outcome
      case .failed(let error): throw RequestError(change: request.change, cause: error)
      case .nothing:
        throw RequestError(change: request.change, cause: RegisterError.damaged("a request asks for nothing"))
      }
    }
  }

  /// `margin` is how long the transaction is expected to take: notice is counted from its end.
  private func judgeAll(
    _ requests: [Request], terms: BatchTerms, margin: Elapsed, contract: @escaping (String) throws -> BoundContract,
    isFault: (any Error) -> Bool, progress: (Int) -> Void
  ) throws -> BatchOutcome {
    try writing { store in
      guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
      let now = try readClock(newest: newest)
      var results: [BatchOutcome.Result] = []
      results.reserveCapacity(requests.count)
      var canCommit = !terms.isRehearsal
      var sitting = Sitting(store, contract: contract)
      sitting.moment = now
      sitting.publishedBy = now + margin
      sitting.keepsDrafts = terms.keepsDrafts
      sitting.memory = BatchMemory(now: now)
      for request in requests {
        do {
          guard var outcome = try follow(request, in: sitting, at: now) else {
            results.append(.nothing)
            continue
          }
          // What an earlier import recorded, or kept as a draft, stands in nobody's way, and is shown as it is now.
          if outcome.isReplay {
            outcome.change = try outcome.change.flatMap { try Change.current($0.id, in: store)?.subject }
          } else if outcome.verdict.status == .refused, !terms.keepsGoing {
            canCommit = false
          }
          results.append(.judged(outcome))
        } catch  where isFault(error) {
          canCommit = false
          results.append(.failed(error))
        }
        progress(results.count)
      }
      guard canCommit else { throw Rehearsed(results: results) }
      try checkPromptness(since: now, expecting: margin)
      return BatchOutcome(results: results, isRecorded: true)
    }
  }
}

extension Register.BatchTerms {
  /// A few thousand requests are recorded within the promptness of one; more take about a millisecond each on a slow
  /// machine. What took longer is judged anew with half as much again.
  static func margin(for count: Int, took: Elapsed?) -> Elapsed {
    if let took { return Elapsed(seconds: took.seconds + took.seconds / 2) }
    return count > 1000 ? Elapsed(seconds: Int64(count / 1000)) : .zero
  }
}

/// Why one of several requests that belong together was not recorded, and so none.
package struct RequestError: Error {
  package let change: ChangeID?
  /// As the file of a release calls it.
  package var name: String?
  package let cause: any Error

  /// Whether the request is to blame, and not the register.
  static func isOwn(_ error: any Error) -> Bool {
    switch error {
    case is CommandError, RegisterError.unknownChange, RegisterError.idempotencyKeyReused, RegisterError.staleRevision:
      true
    default: false
    }
  }
}

/// What stays true from one request of a batch to the next, within its one transaction.
final class BatchMemory {
  /// What a table of windows follows from: the files of a contract, by their digest, and the environment.
  private struct Place: Hashable {
    let contract: String
    let environment: String
  }

  private let now: Instant
  private var tables: [Place: WindowTables] = [:]
  /// The newest event of the log; nil where it has to be looked up: at the beginning, and after a request that failed,
  /// which may have written.
  var newest: StoredEvent?
  private var changes: [ChangeID: Change] = [:]

  /// - Parameter now: the batch's one reading of the clock.
  init(now: Instant) { self.now = now }

  /// How far a window may reach beyond the work. A longer one, as where work is allowed at any time, is put on record as
  /// far as a table of its own shows it, which is a little further than this.
  private static let longestReach = Elapsed.hours(24 * 30)

  /// The change as the first request about it met it: what is owed is owed before the batch, to each channel of it.
  func first(_ change: Change) -> Change {
    let first = changes[change.id] ?? change
    changes[change.id] = first
    return first
  }

  /// A table that covers `interval`; nil where the table of one request would show other windows, and for what is
  /// refused anyway: no table reaches that far, or is of such an environment.
  func windows(_ bound: BoundContract, environment: String, covering interval: Interval) -> WindowTable? {
    guard interval.length <= CommandError.Limits.longestInterval,
      (interval.start - now).seconds.magnitude <= CommandError.Limits.horizon.seconds.magnitude,
      bound.contract.environments.contains(environment)
    else { return nil }
    let place = Place(contract: bound.digest, environment: environment)
    let new = WindowTables(contract: bound.contract, environment: environment)
    let table = tables[place, default: new].covering(interval)
    let isWithinReach = table.windows(meeting: interval).allSatisfy {
      interval.start - $0.start <= BatchMemory.longestReach && $0.end - interval.end <= BatchMemory.longestReach
    }
    return isWithinReach ? table : nil
  }
}

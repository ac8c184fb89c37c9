import CivilTime
import Planning

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
      return try prompt { took in
        try judgeAll(
          requests, terms: terms, margin: BatchTerms.margin(for: requests.count, took: took), contract: contract,
          isFault: isFault, progress: progress)
      }
    } catch let rehearsed as Rehearsed {
      return BatchOutcome(results: rehearsed.results, isRecorded: false)
    }
  }

  /// `margin` is how long the transaction is expected to take: notice is counted from its end.
  private func judgeAll(
    _ requests: [Request], terms: BatchTerms, margin: Elapsed, contract: (String) throws -> BoundContract,
    isFault: (any Error) -> Bool, progress: (Int) -> Void
  ) throws -> BatchOutcome {
    try writing { store in
      guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
      let now = try readClock(newest: newest)
      var results: [BatchOutcome.Result] = []
      results.reserveCapacity(requests.count)
      var canCommit = !terms.isRehearsal
      let memory = BatchMemory(now: now)
      for request in requests {
        do {
          var outcome = try perform(
            request, contract: contract, store, at: now, publishedBy: now + margin, keepsDrafts: terms.keepsDrafts,
            memory: memory)
          // What an earlier import recorded, or kept as a draft, stands in nobody's way, and is shown as it is now.
          if outcome.isReplay {
            outcome.change = try outcome.change.flatMap { try Register.change($0.id, in: store) }
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
  fileprivate static func margin(for count: Int, took: Elapsed?) -> Elapsed {
    if let took { return Elapsed(seconds: took.seconds + took.seconds / 2) }
    return count > 1000 ? Elapsed(seconds: Int64(count / 1000)) : .zero
  }
}

package import CivilTime
package import Planning

extension Register {
  /// A command on a release, and what else belongs to it.
  package struct ReleaseRequest: Sendable, StreamRequest {
    package var command: ReleaseCommand
    /// Nil for a submission.
    package var release: ReleaseID?
    package var actor: String?
    package var idempotencyKey: String?
    /// The newest event of the release and its changes that the requester has seen; anything newer is refused as stale.
    package var expected: Int?
    /// What the transaction records once the changes have recorded theirs.
    fileprivate var recorded: (id: ReleaseID, event: ReleaseEvent)?

    package init(
      _ command: ReleaseCommand, on release: ReleaseID? = nil, actor: String? = nil, idempotencyKey: String? = nil,
      expected: Int? = nil
    ) {
      (self.command, self.release, self.actor) = (command, release, actor)
      (self.idempotencyKey, self.expected) = (idempotencyKey, expected)
    }
  }

  package struct ReleaseOutcome: Sendable {
    /// What came of one change.
    package struct Row: Sendable {
      /// As the file calls it.
      package var name: String
      /// As it stands after the request; nil for one that was not recorded.
      package var change: Change?
      /// As it was asked for.
      package var content: ChangeContent
      package var verdict: Verdict

      package init(name: String, change: Change?, content: ChangeContent, verdict: Verdict) {
        (self.name, self.change, self.content, self.verdict) = (name, change, content, verdict)
      }
    }

    /// As it stands after the request; nil where a submission was refused.
    package var release: ReleaseRecord?
    /// Of the changes that the command concerns.
    package var rows: [Row]
    /// Whether an earlier request with the same key was answered again.
    package var isReplay: Bool
    /// The register's clock at the decision.
    package var decidedAt: Instant

    package init(release: ReleaseRecord?, rows: [Row], isReplay: Bool, decidedAt: Instant) {
      (self.release, self.rows, self.isReplay, self.decidedAt) = (release, rows, isReplay, decidedAt)
    }

    /// All that the rules said; refused where one change is, and then nothing is recorded.
    package var verdict: Verdict { Verdict(findings: rows.flatMap(\.verdict.findings)) }
    package var isAllowed: Bool { rows.allSatisfy { $0.verdict.status == .allowed } }
  }

  /// Ends a transaction of which nothing shall stay.
  private struct Refused: Error { let outcome: ReleaseOutcome }

  /// Every change by the rules of its own, in one transaction and at one reading of the clock: all of it is recorded, or
  /// nothing. Throws `ReleaseError` where nothing can be done, and `RequestError` for a change that cannot be asked that.
  package func execute(
    _ request: ReleaseRequest, contract: (String) throws -> BoundContract
  ) throws -> ReleaseOutcome {
    do {
      return try withoutActuallyEscaping(contract) { contract in
        try prompt { took in try writing { store in try decide(request, Sitting(store, contract: contract), took) } }
      }
    } catch let refused as Refused {
      return refused.outcome
    }
  }

  private func decide(_ request: ReleaseRequest, _ start: Sitting, _ took: Elapsed?) throws -> ReleaseOutcome {
    var (request, sitting) = (request, start)
    let store = sitting.store
    if let key = request.idempotencyKey, try store.confirmedAnswer(to: key) != nil {
      let done = try perform(request, in: sitting)
      guard let record = done.after else { throw RegisterError.damaged("a release left nothing") }
      let names = Dictionary(record.members.map { ($0.change, $0.name) }, uniquingKeysWith: { first, _ in first })
      let rows = try record.steps.last?.event.changes.map { id in
        let change = try Change.existing(id, in: store)
        return ReleaseOutcome.Row(
          name: names[id] ?? "", change: change, content: change.content, verdict: change.verdict)
      }
      return ReleaseOutcome(release: record, rows: rows ?? [], isReplay: true, decidedAt: done.decidedAt)
    }
    guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
    let now = try readClock(newest: newest)
    let before = try request.release.map { try ReleaseRecord.existing($0, in: store) }
    if let before, let expected = request.expected, try Register.newest(of: before, in: store) != expected {
      throw RegisterError.staleRelease(before.id)
    }
    let parts = try request.parts(of: before, in: sitting)
    let margin = BatchTerms.margin(for: parts.count, took: took)
    (sitting.moment, sitting.publishedBy) = (now, now + margin)
    (sitting.keepsDrafts, sitting.memory) = (false, BatchMemory(now: now))
    sitting.release = try before?.id ?? request.newID(at: now, in: sitting)
    sitting.givenUp = Set(parts.flatMap { part in part.change?.left(by: part.command) ?? [] })
    var rows: [ReleaseOutcome.Row] = []
    for part in parts {
      let one = Request(part.command, on: part.change?.id, actor: request.actor)
      do {
        let done = try perform(one, in: sitting)
        let asked = try part.command.timed(part.change, by: sitting.contract(part.service).contract, at: now)
        guard let content = asked ?? done.after?.content ?? part.change?.content else {
          throw RegisterError.damaged("a change of a release left nothing")
        }
        rows.append(
          ReleaseOutcome.Row(
            name: part.name, change: done.after, content: content, verdict: done.verdict ?? Verdict(findings: [])))
      } catch  where RequestError.isOwn(error) {
        throw RequestError(change: part.change?.id, name: part.name, cause: error)
      }
    }
    let outcome = ReleaseOutcome(release: before, rows: rows, isReplay: false, decidedAt: now)
    guard outcome.isAllowed else { throw Refused(outcome: outcome) }
    if case .leave(let ids, let reason) = request.command {
      for id in ids { _ = try perform(Leaving(id: id, actor: request.actor, reason: reason), in: sitting) }
    }
    if let id = sitting.release { request.recorded = (id, try request.event(rows, before, in: store)) }
    let done = try perform(request, in: sitting)
    try checkPromptness(since: now, expecting: margin)
    return ReleaseOutcome(release: done.after, rows: rows, isReplay: false, decidedAt: now)
  }

  /// A change that goes on without its release.
  private struct Leaving: StreamRequest {
    typealias Subject = Change
    let id: ChangeID?
    let actor: String?
    let reason: String?
    var idempotencyKey: String? { nil }

    func service(of before: Change?) -> String? { before?.content.service }
    func decide(
      on before: Change?, contract: BoundContract?, at now: Instant, in sitting: Sitting
    ) throws -> (verdict: Verdict?, events: [ChangeEvent]) { (nil, [.leftRelease(reason: reason)]) }
  }
}

extension Register.ReleaseRequest {
  typealias Subject = ReleaseRecord

  var id: ReleaseID? { release }
  var digests: [String] {
    Digest.requests(command.operation, on: release?.description, command.asked)
  }

  func decide(
    on before: ReleaseRecord?, contract: BoundContract?, at now: Instant, in sitting: Sitting
  ) throws -> (verdict: Verdict?, events: [ReleaseEvent]) { (nil, recorded.map { [$0.event] } ?? []) }

  func newID(contract: BoundContract?, at now: Instant, in store: any StoreReader) throws -> ReleaseID {
    guard let recorded else { throw RegisterError.damaged("a release without its changes") }
    return recorded.id
  }

  /// In the year that it is for the contract of its first change.
  fileprivate func newID(at now: Instant, in sitting: Sitting) throws -> ReleaseID {
    guard case .submit(let submission) = command, let first = submission.items.first else {
      throw RegisterError.damaged("a release without changes")
    }
    let year = try sitting.contract(first.content.service).contract.currentTimeZone.civil(now).date.year
    let series = "\(ReleaseID.prefix)\(year)-"
    return ReleaseID(year: year, number: try sitting.store.highestNumber(inSeries: series) + 1)
  }

  fileprivate typealias Part = (name: String, service: String, change: Change?, command: ChangeCommand)

  /// What is asked of each change.
  fileprivate func parts(of before: ReleaseRecord?, in sitting: Sitting) throws -> [Part] {
    if case .submit(let submission) = command {
      return submission.items.map { ($0.name, $0.content.service, nil, ChangeCommand(creating: $0.content)) }
    }
    guard let before else { throw RegisterError.damaged("a command that makes nothing and names nothing") }
    let changes = try before.members.map { try Change.listed($0.change, in: sitting.store) }
    let names = Dictionary(before.members.map { ($0.change, $0.name) }, uniquingKeysWith: { first, _ in first })
    return try command.commands(on: before, changes) { change in
      try sitting.contract(change.content.service).contract.currentTimeZone
    }.map { (names[$0.change.id] ?? "", $0.change.content.service, $0.change, $0.command) }
  }

  /// What the release records, once its changes have recorded theirs.
  fileprivate func event(
    _ rows: [Register.ReleaseOutcome.Row], _ before: ReleaseRecord?, in store: any StoreReader
  ) throws -> ReleaseEvent {
    var ids = rows.compactMap(\.change?.id)
    if case .leave(let left, _) = command { ids = left }
    let all = try (before?.members.map(\.change) ?? ids).map { try Change.listed($0, in: store) }
    let intervals = all.map { ($0.awaiting ?? $0.content).interval }
    let span = intervals.map(\.start).min().flatMap { start in
      intervals.map(\.end).max().flatMap { Interval(start: start, end: $0) }
    }
    guard case .submit(let submission) = command else {
      let isMoved = command.move == .rescheduled
      guard let move = command.move else { throw RegisterError.damaged("a release that does nothing") }
      return .moved(move, ids, reason: command.reason, span: isMoved ? span : nil)
    }
    guard let span else { throw RegisterError.damaged("a release without changes") }
    return .submitted(
      name: submission.name, reason: submission.reason,
      zip(rows, ids).map { ReleaseRecord.Member(name: $0.name, change: $1) }, file: submission.file, span)
  }
}

extension Change {
  /// Times that it holds now and gives up by the command: they are in no way of others that the same release moves.
  fileprivate func left(by command: ChangeCommand) -> [Booking] {
    switch command {
    case .reschedule, .cancel: held.map { Booking(change: id, interval: $0) }
    case .approve: proposal == nil ? [] : [Booking(change: id, interval: content.interval)]
    default: []
    }
  }
}

package import CivilTime
package import Planning

extension Register {
  /// A command on a change, and what else belongs to it.
  package struct Request: Sendable, StreamRequest {
    package var command: ChangeCommand
    /// Nil for commands that create a change.
    package var change: ChangeID?
    package var actor: String?
    package var idempotencyKey: String?
    /// What the requester has seen; a command on anything else is refused as stale.
    package var expected: Expected?
    /// Of a request that files make again and again: what an earlier one with its key made is brought to what it says now.
    package var follows: Follow?

    package struct Follow: Sendable {
      /// What the key was before events had an identity.
      package var formerKey: String?
      /// Why what was planned is moved or cancelled.
      package var reason: Reason?

      package init(formerKey: String? = nil, reason: Reason? = nil) {
        self.formerKey = formerKey
        self.reason = reason
      }
    }

    /// The state of a change as whoever read it can name it.
    package enum Expected: Hashable, Sendable {
      case revision(Int)
      /// The published revision, whatever waits beside it: of a notice, which speaks of that.
      case published(revision: Int)
      /// What has no revision, a draft or what waits for approval, by the sequence of the newest event.
      case draft(newest: Int)
    }

    package init(
      _ command: ChangeCommand, on change: ChangeID? = nil, actor: String? = nil, idempotencyKey: String? = nil,
      expectedRevision: Int? = nil
    ) {
      self.command = command
      self.change = change
      self.actor = actor
      self.idempotencyKey = idempotencyKey
      expected = expectedRevision.map { .revision($0) }
    }
  }

  /// What came of a request.
  package struct Outcome: Sendable {
    package var verdict: Verdict
    /// As it stands after the request; nil when a refused command left nothing to show.
    package var change: Change?
    /// Whether an earlier request with the same key was answered again.
    package var isReplay: Bool
    /// The register's clock at the decision.
    package var decidedAt: Instant
    /// Sequence of the newest event of `change` in that state; nil where there is none.
    package var newest: Int?
    /// What was done to a change that an earlier file had made; nil for any other request.
    package var deed: Deed?

    package enum Deed: String, Sendable, CaseIterable { case move, amend, cancel }

    package init(verdict: Verdict, change: Change?, isReplay: Bool, decidedAt: Instant, newest: Int? = nil) {
      self.verdict = verdict
      self.change = change
      self.isReplay = isReplay
      self.decidedAt = decidedAt
      self.newest = newest
    }

    init(_ done: Done<Change>) {
      self.init(
        verdict: done.verdict ?? Verdict(findings: []), change: done.after, isReplay: done.isReplay,
        decidedAt: done.decidedAt, newest: done.newest)
    }
  }

  /// Decides and records, in one transaction. `contract` is asked for the contract of a service.
  package func execute(_ request: Request, contract: (String) throws -> BoundContract) throws -> Outcome {
    try withoutActuallyEscaping(contract) { contract in
      try prompt { _ in
        try writing { store in
          let done = try perform(request, in: Sitting(store, contract: contract))
          if !done.isReplay { try checkPromptness(since: done.decidedAt) }
          return Outcome(done)
        }
      }
    }
  }
}

extension Register.Request {
  typealias Subject = Change

  var id: ChangeID? { change }
  var digests: [String] {
    command.keptForms.flatMap { command in
      Digest.requests(command.operation, on: change?.description, command.json) + [LegacyDigest.of(command, on: change)]
    }
  }
  func service(of before: Change?) -> String? { before?.content.service ?? command.content?.service ?? "" }

  func check(_ before: Change?, newest: Int?) throws {
    switch expected {
    case nil: break
    case .revision(let revision)?:
      guard before?.revision == revision else {
        throw RegisterError.staleRevision(expected: revision, current: before?.revision)
      }
      // Whoever saw the plan alone has not seen what waits beside it.
      if before?.proposal != nil { throw RegisterError.staleDraft(newest: newest ?? 0) }
    case .published(let revision)?:
      guard before?.revision == revision else {
        throw RegisterError.staleRevision(expected: revision, current: before?.revision)
      }
    case .draft(let sequence)?:
      guard before?.hasDraft == true, newest == sequence else {
        throw RegisterError.staleDraft(newest: sequence)
      }
    }
  }

  func settled(_ before: Change?, in store: any StoreReader) throws -> Done<Change>? {
    try command.checkAlongside(in: store)
    return nil
  }

  func decide(
    on before: Change?, contract: BoundContract?, at now: Instant, in sitting: Sitting
  ) throws -> (verdict: Verdict?, events: [ChangeEvent]) {
    guard let contract else { return (nil, []) }
    let booked = try command.booked(of: before, by: contract.contract, at: now, in: sitting.store)
      .filter { !sitting.givenUp.contains($0) }
    // A command that brings its content is judged in that environment; others may change it.
    let windows = command.content.flatMap {
      sitting.memory?.windows(contract, environment: $0.environment, covering: $0.interval)
    }
    var context = DecisionContext(
      contract: contract.contract, now: now, publishedBy: sitting.publishedBy, booked: booked, windows: windows,
      actor: actor)
    context.first = before.flatMap { sitting.memory?.first($0) }
    let decision = try command.decide(on: before, in: context)
    let isKept = sitting.keepsDrafts || decision.isAllowed || before != nil
    return (decision.verdict, isKept ? decision.events : [])
  }

  func newID(contract: BoundContract?, at now: Instant, in store: any StoreReader) throws -> ChangeID {
    let year = (contract?.contract.currentTimeZone ?? .utc).civil(now).date.year
    return ChangeID(year: year, number: try store.highestNumber(in: year) + 1)
  }

  func verdict(
    of event: ChangeEvent, _ line: StoredEvent, _ before: Change?, _ after: Change, in sitting: Sitting
  ) -> Verdict? {
    // No rule is asked about what was said.
    if case .noticePublished = event { return Verdict(findings: []) }
    let recorded = event.verdict ?? after.verdict
    guard event.isJudgedAlone, let before, let bound = try? sitting.contract(after.content.service) else {
      return recorded
    }
    // What was found then is not on record, but follows from what is.
    let context = DecisionContext(contract: bound.contract, now: line.at, booked: [])
    return (try? command.decide(on: before, in: context).verdict) ?? recorded
  }
}

extension ChangeCommand {
  /// Bookings that matter to it, of the service and environment of what it creates or moves.
  fileprivate func booked(
    of before: Change?, by contract: Contract, at now: Instant, forEveryone: Bool = false, in store: any StoreReader
  ) throws -> [Booking] {
    guard let content = content ?? before?.content, let interval = bookingInterval(of: before, by: contract, at: now)
    else { return [] }
    let (service, environment) = (content.service, content.environment)
    if forEveryone {
      return try store.bookings(service: service, environment: environment, in: interval, forEveryone: true)
    }
    // Work that was asked for later, and names this one, is settled with it: the word of the later one is enough.
    var shared: ChangeID?
    if case .approve = self { shared = before?.id }
    return try store.obstacles(
      service: service, environment: environment, in: interval, against: shared, isUrgent: content.kind == .emergency,
      by: contract, at: now)
  }

  fileprivate func checkAlongside(in store: any StoreReader) throws {
    for other in alongside where try store.row(other) == nil { throw RegisterError.unknownChange(other) }
  }

  /// The verdict that a command which creates a change would get; nothing is recorded.
  ///
  /// - Parameter forEveryone: leaves out what waits for approval.
  package func trial(
    by contract: Contract, at now: Instant, forEveryone: Bool, in store: any StoreReader
  ) throws -> Verdict {
    try checkAlongside(in: store)
    let booked = try booked(of: nil, by: contract, at: now, forEveryone: forEveryone, in: store)
    return try decide(on: nil, in: DecisionContext(contract: contract, now: now, booked: booked)).verdict
  }
}

extension ChangeEvent {
  /// Whether the event was the only one of its command, and does not record what the rules said of it.
  fileprivate var isJudgedAlone: Bool { verdict == nil }

  /// The verdict that the event records.
  package var verdict: Verdict? {
    switch self {
    case .planned(_, let verdict), .refused(_, let verdict), .draftRevised(_, let verdict),
      .rescheduled(_, let verdict), .requested(_, let verdict), .replanningRefused(_, let verdict),
      .amended(_, let verdict),
      .emergencyRecorded(_, let verdict, _, _):
      verdict
    default: nil
    }
  }
}

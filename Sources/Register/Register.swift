package import CivilTime
package import Planning

/// The durable record of all changes. There is one way to write it, for every door: `execute`.
package struct Register: Sendable {
  package let store: any EventStore
  /// Read only after the write lock is held.
  let clock: @Sendable () -> Instant
  let publisher: any Publisher

  /// How far the clock may stand behind the newest event without a refusal to write. Source: NTP steps below a second.
  package static let clockTolerance = Elapsed(seconds: 2)

  package init(store: any EventStore, publisher: any Publisher, clock: @escaping @Sendable () -> Instant) {
    self.store = store
    self.clock = clock
    self.publisher = publisher
  }

  /// What an operation has to say besides the command.
  package struct Request: Sendable {
    package var command: ChangeCommand
    /// Nil for commands that create a change.
    package var change: ChangeID?
    package var actor: String?
    package var idempotencyKey: String?
    /// What the requester has seen; a command on anything else is refused as stale.
    package var expected: Expected?

    /// The state of a change as whoever read it can name it.
    package enum Expected: Hashable, Sendable {
      case revision(Int)
      /// A draft, which has no revision, by the sequence of its newest event.
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

    /// What makes two requests the same to an idempotency key.
    var digest: String { Digest.request(command.operation, on: change?.description, command.json) }
    var legacyDigest: String { LegacyDigest.of(command, on: change) }
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

    package init(verdict: Verdict, change: Change?, isReplay: Bool, decidedAt: Instant, newest: Int? = nil) {
      self.verdict = verdict
      self.change = change
      self.isReplay = isReplay
      self.decidedAt = decidedAt
      self.newest = newest
    }
  }

  /// Decides and records, in one transaction: idempotency key → change and revision → clock → rules → event, row and
  /// published fragments → commit. `contract` is asked for the contract of a service.
  package func execute(_ request: Request, contract: (String) throws -> BoundContract) throws -> Outcome {
    try prompt { _ in
      try writing { store in
        let outcome = try perform(request, contract: contract, store)
        if !outcome.isReplay { try checkPromptness(since: outcome.decidedAt) }
        return outcome
      }
    }
  }

  /// Published means committed: with more than this between the reading of the clock and the commit, notice that was
  /// enough may no longer be. Rendering and writing take milliseconds.
  static let promptness = Elapsed(seconds: 2)

  /// A transaction that took too long: nothing of it stays.
  struct Late: Error { let took: Elapsed }

  /// The last thing before a commit. What the disk takes after it cannot be judged any more.
  func checkPromptness(since moment: Instant, expecting margin: Elapsed = .zero) throws {
    let took = clock() - moment
    if took > Register.promptness + margin { throw Late(took: took) }
  }

  /// Judges anew what took too long, with what it took; busy when that does not help.
  func prompt<Result>(_ body: (Elapsed?) throws -> Result) throws -> Result {
    var took: Elapsed?
    for _ in 0..<3 {
      do { return try body(took) } catch let late as Late { took = late.took }
    }
    throw RegisterError.busy
  }

  /// One transaction; a refusal because of the clock is kept in another.
  func writing<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
    do {
      return try store.write(body)
    } catch RegisterError.clockBehind(let now, let newest) {
      try store.write { store in try store.put(ClockIncident(clock: now, newest: newest)) }
      throw RegisterError.clockBehind(now: now, newest: newest)
    }
  }

  /// - Parameters:
  ///   - moment: a reading of the clock under this transaction; nil reads it.
  ///   - publishedBy: when the transaction is expected to be committed, where that is not at once.
  ///   - keepsDrafts: whether a refused request that creates a change is recorded.
  ///   - memory: what earlier requests of the same transaction have found out.
  func perform(
    _ request: Request, contract: (String) throws -> BoundContract, _ store: any StoreTransaction,
    at moment: Instant? = nil, publishedBy: Instant? = nil, keepsDrafts: Bool = true,
    memory: BatchMemory? = nil
  ) throws -> Outcome {
    if let key = request.idempotencyKey, let answer = try store.answer(to: key) {
      return try replay(answer, for: request, contract: contract, store)
    }
    if let key = request.idempotencyKey, try store.outageAnswer(to: key) != nil || store.event(keyed: key) != nil {
      throw RegisterError.idempotencyKeyReused(key)
    }
    let change = try request.change.map { try Register.state(of: $0, in: store) }
    let seen = try request.change.flatMap { try store.row($0) }?.newest
    try check(request.expected, change, newest: seen)
    let service = change?.content.service ?? request.command.service
    let bound = try contract(service)
    for other in request.command.alongside where try store.row(other) == nil {
      throw RegisterError.unknownChange(other)
    }
    guard let newest = try memory?.newest ?? store.newestEvent() else { throw RegisterError.notInitialised }
    let now = try moment ?? readClock(newest: newest)

    let content = request.command.content ?? change?.content
    let interval = request.command.bookingInterval(of: change)
    let booked =
      try interval.map {
        try store.bookings(service: service, environment: content?.environment ?? "", in: $0)
      } ?? []
    // A command that brings its content is judged in that environment; others may change it.
    let windows = request.command.content.flatMap {
      memory?.windows(bound, environment: $0.environment, covering: $0.interval)
    }
    let context = DecisionContext(
      contract: bound.contract, now: now, publishedBy: publishedBy, booked: booked, windows: windows)
    let decision = try request.command.decide(on: change, in: context)
    guard !decision.events.isEmpty, keepsDrafts || decision.isAllowed || change != nil else {
      return Outcome(
        verdict: decision.verdict, change: change, isReplay: false, decidedAt: now, newest: change == nil ? nil : seen)
    }
    let digest = request.idempotencyKey == nil ? nil : request.digest
    memory?.newest = nil
    var writer = LogWriter(store: store, newest: newest, now: now)
    try writer.noteClockRecovery()
    try writer.noteContract(bound)
    let id = try change?.id ?? nextIdentifier(zone: bound.contract.currentTimeZone, now: now, store)
    var state = change
    for event in decision.events {
      state = try record(event, on: state, id: id, request: request, digest: digest, contract: bound, &writer)
    }
    memory?.newest = writer.newest
    return Outcome(
      verdict: decision.verdict, change: state, isReplay: false, decidedAt: now, newest: writer.newest.sequence)
  }

  private func check(_ expected: Request.Expected?, _ change: Change?, newest: Int?) throws {
    switch expected {
    case nil: break
    case .revision(let revision)?:
      guard change?.revision == revision else {
        throw RegisterError.staleRevision(expected: revision, current: change?.revision)
      }
    case .draft(let sequence)?:
      guard change != nil, change?.revision == nil, newest == sequence else {
        throw RegisterError.staleDraft(newest: sequence)
      }
    }
  }

  private func record(
    _ event: ChangeEvent, on change: Change?, id: ChangeID, request: Request, digest: String?,
    contract: BoundContract, _ writer: inout LogWriter
  ) throws -> Change {
    guard let next = event.apply(to: change, id: id, at: writer.now) else {
      throw RegisterError.damaged("an event does not fit the state of \(id)")
    }
    var fragments: [Fragment] = []
    if let revision = next.revision, revision != change?.revision {
      fragments = try publisher.fragments(of: next, contract: contract.contract).map {
        Fragment(change: id, language: $0.language, revision: revision, body: $0.body)
      }
    }
    let context = EventContext(
      contractDigest: contract.digest, actor: request.actor, idempotencyKey: request.idempotencyKey,
      requestDigest: digest,
      published: Dictionary(uniqueKeysWithValues: fragments.map { ($0.language, Digest.sha256($0.body)) }))
    let (type, body) = EventCodec.encode(event, context: context)
    try writer.append(stream: id.description, type: type, body: body)
    for fragment in fragments { try writer.store.put(fragment) }
    try Projection.put(next, context, at: writer.newest, in: writer.store)
    if next.revision != change?.revision { try Outbox.announce(next, by: writer.newest, in: writer.store) }
    return next
  }

  private func nextIdentifier(zone: ZoneRules, now: Instant, _ store: any StoreReader) throws -> ChangeID {
    let year = zone.civil(now).date.year
    return ChangeID(year: year, number: try store.highestNumber(in: year) + 1)
  }

  /// The clock, never behind the newest event.
  func readClock(newest: StoredEvent) throws -> Instant {
    let now = clock()
    guard now >= newest.at - Register.clockTolerance else {
      throw RegisterError.clockBehind(now: now, newest: newest.at)
    }
    return max(now, newest.at)
  }

  private func replay(
    _ answer: StoredAnswer, for request: Request, contract: (String) throws -> BoundContract, _ store: any StoreReader
  ) throws -> Outcome {
    guard [request.digest, request.legacyDigest].contains(answer.requestDigest) else {
      throw RegisterError.idempotencyKeyReused(request.idempotencyKey ?? "")
    }
    let events = try store.events(stream: answer.change.description).filter { $0.sequence <= answer.sequence }
    guard let last = events.last, let change = try Register.fold(events, id: answer.change) else {
      throw RegisterError.damaged("the answer to key \(request.idempotencyKey ?? "") names no event")
    }
    let (event, _) = try EventCodec.decode(type: last.type, body: last.body)
    var verdict = event.verdict ?? change.verdict
    if event.isJudgedAlone, let before = try Register.fold(events.dropLast(), id: answer.change),
      let bound = try? contract(change.content.service)
    {
      // What was found then is not on record, but follows from what is.
      let context = DecisionContext(contract: bound.contract, now: last.at, booked: [])
      verdict = (try? request.command.decide(on: before, in: context).verdict) ?? verdict
    }
    return Outcome(
      verdict: verdict, change: change, isReplay: true, decidedAt: last.at, newest: last.sequence)
  }
}

extension ChangeCommand {
  /// The content of a command that creates a change.
  package var content: ChangeContent? {
    switch self {
    case .submit(let content), .emergency(let content): content
    default: nil
    }
  }

  fileprivate var service: String { content?.service ?? "" }

  /// Changes that the command says it may overlap.
  fileprivate var alongside: [ChangeID] {
    switch self {
    case .submit(let content), .emergency(let content): content.alongside
    case .reschedule(_, _, let others), .extend(_, _, let others): others
    case .amend, .cancel, .start, .complete, .recordNotice: []
    }
  }
}

extension ChangeEvent {
  /// Whether the event was the only one of its command, and does not record what the rules said of it.
  fileprivate var isJudgedAlone: Bool {
    switch self {
    case .cancelled, .started, .extended, .completed, .noticePublished: true
    default: false
    }
  }

  /// The verdict that the event records.
  package var verdict: Verdict? {
    switch self {
    case .planned(_, let verdict), .refused(_, let verdict), .draftRevised(_, let verdict),
      .rescheduled(_, let verdict), .replanningRefused(_, let verdict), .amended(_, let verdict),
      .emergencyRecorded(_, let verdict, _, _):
      verdict
    case .cancelled, .started, .extended, .completed, .noticePublished: nil
    }
  }
}

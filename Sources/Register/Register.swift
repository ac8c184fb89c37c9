package import CivilTime
import JSONText
package import Planning

/// The durable record of all that happens. There is one way to write it, for every door and every kind of stream:
/// ``perform(_:in:)``.
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

  /// Now, for questions that record nothing.
  package var now: Instant { clock() }
}

/// A contract with the files that its meaning comes from, and their hash.
package struct BoundContract: Sendable {
  package let contract: Contract
  package let files: [(name: String, bytes: [UInt8])]
  /// SHA-256 over names and contents.
  package let digest: String

  package init(contract: Contract, files: [(name: String, bytes: [UInt8])]) {
    self.contract = contract
    self.files = files
    digest = Digest.files(files)
  }
}

/// Renders what clients read of a change, inside the transaction that plans it: what cannot be rendered is not planned.
package protocol Publisher: Sendable {
  func fragments(of change: Change, contract: Contract) throws -> [(language: String, body: [UInt8])]
}

/// A command on one stream, with all that the one transaction has to know of it.
protocol StreamRequest {
  associatedtype Subject: StreamSubject

  /// Nil for a command that makes something new.
  var id: Subject.ID? { get }
  var actor: String? { get }
  var idempotencyKey: String? { get }
  /// What makes two requests the same to an idempotency key: the digest that is recorded, and then those that logs of old
  /// have. None where the key is compared in another way.
  var digests: [String] { get }

  /// Refuses a command on what has changed since the requester saw it.
  func check(_ before: Subject?, newest: Int?) throws
  /// Whose contract it is decided by; nil where none speaks of it.
  func service(of before: Subject?) -> String?
  /// Whether a contract judges it. What does not is recorded under the contract that was last in use.
  var isJudged: Bool { get }
  /// Before the clock is read: throws for what names nothing, answers what is so already.
  func settled(_ before: Subject?, in store: any StoreReader) throws -> Done<Subject>?
  /// - Parameter contract: nil where none speaks of it.
  func decide(
    on before: Subject?, contract: BoundContract?, at now: Instant, in sitting: Sitting
  ) throws -> (verdict: Verdict?, events: [Subject.Event])
  /// Of what a command makes.
  func newID(contract: BoundContract?, at now: Instant, in store: any StoreReader) throws -> Subject.ID
  /// Adds what stands in no event.
  func complete(_ subject: inout Subject)
  /// What an earlier request with the same key was answered; nil where that was another request.
  func again(_ answer: StoredAnswer, in sitting: Sitting) throws -> Done<Subject>?
  /// What was found when `line` was recorded, as far as its kind has verdicts.
  func verdict(of event: Subject.Event, _ line: StoredEvent, _ before: Subject?, _ after: Subject, in sitting: Sitting)
    -> Verdict?
}

/// What came of a request, whatever it was about.
struct Done<Subject: StreamSubject> {
  var verdict: Verdict?
  /// Before the request, and after it; nil where there was, or is, nothing.
  var before: Subject?
  var after: Subject?
  /// Whether an earlier request was answered again.
  var isReplay = false
  /// The register's clock at the decision.
  var decidedAt: Instant
  /// Sequence of the newest event of the stream in that state; nil where there is none.
  var newest: Int?
}

/// One transaction, as the requests in it see it.
struct Sitting {
  let store: any StoreTransaction
  /// Asked for the contract of a service.
  let contract: (String) throws -> BoundContract
  /// A reading of the clock under this transaction; nil reads it.
  var moment: Instant?
  /// When the transaction is expected to be committed, where that is not at once.
  var publishedBy: Instant?
  /// Whether a refused request that creates a change is recorded.
  var keepsDrafts = true
  /// What earlier requests of the same transaction have found out.
  var memory: BatchMemory?
  /// The release that its commands on changes are part of.
  var release: ReleaseID?
  /// Times that changes of this transaction give up: they stand in nobody's way.
  var givenUp: Set<Booking> = []

  init(_ store: any StoreTransaction, contract: @escaping (String) throws -> BoundContract = Sitting.noContract) {
    self.store = store
    self.contract = contract
  }

  /// Of requests that no contract speaks of.
  static func noContract(_ service: String) throws -> BoundContract {
    throw RegisterError.damaged("no contract of \(service)")
  }
}

extension StreamRequest {
  var digests: [String] { [] }
  func check(_ before: Subject?, newest: Int?) throws {}
  func service(of before: Subject?) -> String? { nil }
  var isJudged: Bool { true }
  func settled(_ before: Subject?, in store: any StoreReader) throws -> Done<Subject>? { nil }
  func newID(contract: BoundContract?, at now: Instant, in store: any StoreReader) throws -> Subject.ID {
    throw RegisterError.damaged("a command makes nothing and names nothing")
  }
  func complete(_ subject: inout Subject) {}
  func verdict(
    of event: Subject.Event, _ line: StoredEvent, _ before: Subject?, _ after: Subject, in sitting: Sitting
  ) -> Verdict? { nil }

  func again(_ answer: StoredAnswer, in sitting: Sitting) throws -> Done<Subject>? {
    guard let id = Subject.ID(answer.stream), let request = answer.requestDigest, digests.contains(request)
    else { return nil }
    let lines = try sitting.store.events(stream: answer.stream).filter { $0.sequence <= answer.sequence }
    let states = try Subject.states(lines, id: id)
    guard let last = states.last else {
      throw RegisterError.damaged("the answer to key \(idempotencyKey ?? "") names no event")
    }
    let before = states.dropLast().last?.after
    return Done(
      verdict: verdict(of: last.event, last.line, before, last.after, in: sitting), before: before, after: last.after,
      isReplay: true, decidedAt: last.line.at, newest: last.line.sequence)
  }
}

// MARK: The one transaction

extension Register {
  /// Decides and records: idempotency key → subject and what was seen of it → contract → clock → rules → events, rows and
  /// published fragments → the answer to the key. Whoever calls it commits.
  func perform<Request: StreamRequest>(_ request: Request, in sitting: Sitting) throws -> Done<Request.Subject> {
    let store = sitting.store
    if let key = request.idempotencyKey, let answer = try store.confirmedAnswer(to: key) {
      guard let done = try request.again(answer, in: sitting) else { throw RegisterError.idempotencyKeyReused(key) }
      return done
    }
    let known = try request.id.flatMap { id -> (subject: Request.Subject, newest: Int)? in
      let known = try Request.Subject.current(id, in: store)
      if known == nil, let error = Request.Subject.unknown(id) { throw error }
      return known
    }
    try request.check(known?.subject, newest: known?.newest)
    let bound = request.isJudged ? try request.service(of: known?.subject).map(sitting.contract) : nil
    if let done = try request.settled(known?.subject, in: store) { return done }
    guard let newest = try sitting.memory?.newest ?? store.newestEvent() else { throw RegisterError.notInitialised }
    let now = try sitting.moment ?? readClock(newest: newest)
    let (verdict, events) = try request.decide(on: known?.subject, contract: bound, at: now, in: sitting)
    var done = Done(verdict: verdict, before: known?.subject, after: known?.subject, decidedAt: now)
    done.newest = known?.newest
    guard !events.isEmpty else { return done }
    sitting.memory?.newest = nil
    var writer = LogWriter(store: store, newest: newest, now: now)
    try writer.noteClockRecovery()
    if let bound { try writer.noteContract(bound) }
    let id = try request.id ?? request.newID(contract: bound, at: now, in: store)
    let digest = request.idempotencyKey == nil ? nil : request.digests.first
    for event in events {
      done.after = try append(event, on: done.after, id: id, as: request, digest, bound, sitting.release, &writer)
    }
    done.newest = writer.newest.sequence
    if let key = request.idempotencyKey {
      try store.put(
        StoredAnswer(requestDigest: digest, stream: id.description, sequence: writer.newest.sequence), to: key)
    }
    sitting.memory?.newest = writer.newest
    return done
  }

  private func append<Request: StreamRequest>(
    _ event: Request.Subject.Event, on before: Request.Subject?, id: Request.Subject.ID, as request: Request,
    _ digest: String?, _ contract: BoundContract?, _ release: ReleaseID?, _ writer: inout LogWriter
  ) throws -> Request.Subject {
    let release = Request.Subject.self == Change.self ? release : nil
    let stamp = Stamp(
      sequence: writer.newest.sequence + 1, at: writer.now, actor: request.actor,
      notices: contract?.contract.notices, release: release)
    guard var next = Request.Subject.after(event, before, id: id, stamp) else {
      throw RegisterError.damaged("an event does not fit the state of \(id)")
    }
    request.complete(&next)
    let fragments = try contract.map { try next.fragments(after: before, by: publisher, contract: $0.contract) } ?? []
    let context = EventContext(
      contractDigest: try contract?.digest ?? request.service(of: before).flatMap(writer.store.contractDigest),
      actor: request.actor, idempotencyKey: request.idempotencyKey, requestDigest: digest,
      published: Dictionary(fragments.map { ($0.language, Digest.sha256($0.body)) }) { _, last in last },
      notices: next.newNotices(after: before), release: release)
    let (type, body) = Request.Subject.write(event, context)
    try writer.append(stream: id.description, type: type, body: body)
    for fragment in fragments { try writer.store.put(fragment) }
    try next.put(writer.newest, after: before, in: writer.store, isCopy: false)
    return next
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

  /// One transaction with one request in it.
  func record<Request: StreamRequest>(
    _ request: Request, contract: (String) throws -> BoundContract = Sitting.noContract
  ) throws -> Done<Request.Subject> {
    try withoutActuallyEscaping(contract) { contract in
      try writing { store in try perform(request, in: Sitting(store, contract: contract)) }
    }
  }

  /// The clock, never behind the newest event.
  func readClock(newest: StoredEvent) throws -> Instant {
    let now = clock()
    guard now >= newest.at - Register.clockTolerance else {
      throw RegisterError.clockBehind(now: now, newest: newest.at)
    }
    return max(now, newest.at)
  }

  // MARK: Promptness

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
}

/// Appends to the log inside one transaction.
struct LogWriter {
  let store: any StoreTransaction
  private(set) var newest: StoredEvent
  let now: Instant

  mutating func append(stream: String, type: String, body: String) throws {
    newest = StoredEvent(after: newest, at: now, stream: stream, type: type, body: body)
    try store.append(newest)
  }

  /// A contract that differs from the one last used is an event of its own, so that none is loosened quietly.
  mutating func noteContract(_ bound: BoundContract) throws {
    let service = bound.contract.service
    guard try store.contractDigest(of: service) != bound.digest else { return }
    let body: JSON = [
      "service": .string(service), "digest": .string(bound.digest),
      "files": .object(bound.files.map { JSON.Member($0.name, .string(Digest.sha256($0.bytes))) }),
    ]
    try append(stream: StoredEvent.registerStream, type: "contract-adopted", body: body.text)
    try store.setContractDigest(bound.digest, of: service)
  }

  /// Writes were refused while the clock stood behind; now that it has recovered, the log says so.
  mutating func noteClockRecovery() throws {
    let incidents = try store.clockIncidents()
    guard let first = incidents.first, let last = incidents.last else { return }
    let body: JSON = [
      "refused_writes": .integer(Int64(incidents.count)), "first_clock": .string(TimeText.utc(first.clock)),
      "last_clock": .string(TimeText.utc(last.clock)), "newest_event": .string(TimeText.utc(first.newest)),
    ]
    try append(stream: StoredEvent.registerStream, type: "clock-recovered", body: body.text)
    try store.clearClockIncidents()
  }
}

/// Why the register could not do what it was asked. Refusals by the rules are no errors.
package enum RegisterError: Error, Hashable, Sendable {
  case notFound(String)
  case exists(String)
  /// A folder stands where the register should be.
  case notAFile(String)
  case notInitialised
  /// Not a register, or one whose content contradicts itself.
  case damaged(Damage)
  /// Written by a newer program.
  case newerFormat(found: Int, known: Int)
  case readOnly(String)
  case diskFull(String)
  /// The process, or the system, has as many files open as it may.
  case tooManyFiles
  case inputOutput(String)
  /// Another process holds the write lock for too long; nothing was recorded.
  case busy
  case clockBehind(now: Instant, newest: Instant)
  case unknownChange(ChangeID)
  case unknownOutage(OutageID)
  case unknownRelease(ReleaseID)
  case staleRevision(expected: Int, current: Int?)
  /// An outage whose record somebody else has amended or voided since.
  case staleOutage(OutageID, expected: Int, current: Int)
  /// A release of which, or of a change of which, something else was recorded since it was looked at.
  case staleRelease(ReleaseID)
  /// A draft that has had another event since, or is no draft any more.
  case staleDraft(newest: Int)
  case idempotencyKeyReused(String)
}

import Planning
import Register
import TestSupport
import Testing

/// A key is answered once and remembered.
@Suite struct IdempotencyTests {
  @Test(arguments: StoreKind.allCases)
  func `The same request with the same key is answered again and recorded once`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let first = try workshop.submit("2026-12-06T01:00:00Z", key: "k1")
    let count = try workshop.events().count
    workshop.clock.now = utc("2026-11-09T09:00:00Z")
    let again = try workshop.submit("2026-12-06T01:00:00Z", key: "k1")
    #expect(again.isReplay)
    #expect(again.verdict == first.verdict)
    #expect(again.change == first.change)
    #expect(again.decidedAt == first.decidedAt)
    #expect(try workshop.events().count == count)
  }

  /// Findings of a start are on record nowhere: work that begins early is told so both times.
  @Test(arguments: StoreKind.allCases)
  func `A repeated answer finds what the first one found`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let id = try #require(try workshop.submit("2026-12-06T03:00:00Z").change?.id)
    workshop.clock.now = utc("2026-12-06T02:00:00Z")
    let first = try workshop.execute(.start(at: nil, reason: "Vendor is early"), on: id, key: "k1")
    #expect(first.verdict.findings.contains { $0.code == .startedEarly })
    workshop.clock.now = utc("2026-12-06T06:00:00Z")
    let again = try workshop.execute(.start(at: nil, reason: "Vendor is early"), on: id, key: "k1")
    #expect(again.isReplay)
    #expect(again.verdict == first.verdict)
    #expect(again.newest == first.newest)
  }

  /// Until 30 November 2026 the kind of a notice was found before its key was looked up, and stood in the digest.
  @Test(arguments: StoreKind.allCases)
  func `A key of then, of a notice that nobody named, is answered as it was`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let id = try #require(try workshop.submit("2026-12-06T01:00:00Z").change?.id)
    let first = try workshop.execute(.recordNotice(.announcement, .portal, at: nil), on: id, key: "k1")
    let again = try workshop.execute(.recordNotice(nil, .portal, at: nil), on: id, key: "k1")
    #expect(again.isReplay && again.newest == first.newest && again.verdict == first.verdict)
    #expect(throws: RegisterError.idempotencyKeyReused("k1")) {
      try workshop.execute(.recordNotice(nil, .mail, at: nil), on: id, key: "k1")
    }
    #expect(throws: CommandError.nothingOwed(id)) { try workshop.execute(.recordNotice(nil, .portal, at: nil), on: id) }
  }

  @Test(arguments: StoreKind.allCases)
  func `A key is never given to a second request, and moves on with the events of its own`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let store = workshop.store
    let answer = StoredAnswer(requestDigest: "a", stream: "CHG-2026-0001", sequence: 3)
    var later = answer
    later.sequence = 4
    try store.write { try $0.put(answer, to: "k") }
    try store.write { try $0.put(later, to: "k") }
    #expect(try store.read { try $0.answer(to: "k") } == later)
    var other = later
    other.requestDigest = "b"
    #expect(throws: RegisterError.self) { try store.write { try $0.put(other, to: "k") } }
    other = later
    other.stream = "CHG-2026-0002"
    #expect(throws: RegisterError.self) { try store.write { try $0.put(other, to: "k") } }
    #expect(try store.read { try $0.answer(to: "k") } == later)
  }

  @Test(arguments: StoreKind.allCases)
  func `A refusal is answered again as the same refusal`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let first = try workshop.submit("2026-12-07T10:00:00Z", key: "k1")
    let again = try workshop.submit("2026-12-07T10:00:00Z", key: "k1")
    #expect(again.isReplay)
    #expect(again.verdict.status == .refused)
    #expect(again.change == first.change)
  }

  @Test(arguments: StoreKind.allCases)
  func `The answer is the state of then, not of now`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let first = try workshop.submit("2026-12-06T01:00:00Z", key: "k1")
    let id = try #require(first.change?.id)
    _ = try workshop.execute(.cancel(reason: "x"), on: id, key: "k2")
    #expect(try workshop.submit("2026-12-06T01:00:00Z", key: "k1").change == first.change)
    let cancelled = try workshop.execute(.cancel(reason: "x"), on: id, key: "k2")
    #expect(cancelled.isReplay)
    #expect(cancelled.change?.state == .cancelled)
  }

  @Test(arguments: StoreKind.allCases)
  func `Another request with the same key is an error and no second event`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let id = try #require(try workshop.submit("2026-12-06T01:00:00Z", key: "k1").change?.id)
    let count = try workshop.events().count
    #expect(throws: RegisterError.idempotencyKeyReused("k1")) {
      try workshop.submit("2026-12-06T01:00:00Z", title: "Another title", key: "k1")
    }
    #expect(throws: RegisterError.idempotencyKeyReused("k1")) {
      try workshop.execute(.cancel(reason: "x"), on: id, key: "k1")
    }
    #expect(try workshop.events().count == count)
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `Without a key the same request is a second request`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    #expect(try workshop.submit("2026-12-06T01:00:00Z").verdict.status == .allowed)
    #expect(try workshop.submit("2026-12-06T01:00:00Z").verdict.status == .refused)
  }

  @Test(arguments: StoreKind.allCases)
  func `A draft is moved only by who saw its newest event`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let draft = try workshop.submit("2026-12-07T10:00:00Z")
    let (id, newest) = (try #require(draft.change?.id), try #require(draft.newest))
    #expect(try workshop.events().last?.sequence == newest)
    func cancel(_ expected: Register.Request.Expected) throws -> Register.Outcome {
      var request = Register.Request(.cancel(reason: "x"), on: id)
      request.expected = expected
      return try workshop.register.execute(request) { _ in workshop.contract }
    }
    #expect(throws: RegisterError.staleDraft(newest: newest - 1)) { try cancel(.draft(newest: newest - 1)) }
    #expect(throws: RegisterError.staleRevision(expected: 0, current: nil)) { try cancel(.revision(0)) }
    let cancelled = try cancel(.draft(newest: newest))
    #expect(cancelled.change?.state == .cancelled)
    #expect(cancelled.newest == newest + 1)
    #expect(throws: RegisterError.staleDraft(newest: newest)) { try cancel(.draft(newest: newest)) }
  }
}

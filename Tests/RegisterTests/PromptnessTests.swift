import CivilTime
import Planning
import Register
import Synchronization
import TestSupport
import Testing

/// Published means committed: notice that has run short while a transaction dawdled is not given.
struct PromptnessTests {
  /// A register whose clock reads `moments` one after the other, and the last of them ever after.
  private static func register(_ workshop: Workshop, _ moments: [String]) -> Register {
    let clock = Readings(moments.map { utc($0) })
    return Register(store: workshop.store, publisher: workshop.publisher) { clock.next() }
  }

  @Test(arguments: StoreKind.allCases)
  func `A plan that had 48 hours when it was judged and less when it was to be committed is judged anew`(
    kind: StoreKind
  ) throws {
    let workshop = try Workshop(kind)
    let register = Self.register(workshop, ["2026-12-04T01:00:00Z", "2026-12-04T01:00:10Z"])
    let outcome = try register.execute(
      .init(.submit(workshop.content("2026-12-06T01:00:00Z"))), contract: { _ in workshop.contract })
    #expect(outcome.verdict.status == .refused)
    #expect(outcome.decidedAt == utc("2026-12-04T01:00:10Z"))
    #expect(try workshop.types() == ["register-created", "contract-adopted", "refused"])
  }

  @Test(arguments: StoreKind.allCases)
  func `Two seconds are prompt`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let register = Self.register(workshop, ["2026-12-04T01:00:00Z", "2026-12-04T01:00:02Z"])
    let outcome = try register.execute(
      .init(.submit(workshop.content("2026-12-06T01:00:00Z"))), contract: { _ in workshop.contract })
    #expect(outcome.verdict.status == .allowed)
    #expect(outcome.decidedAt == utc("2026-12-04T01:00:00Z"))
  }

  @Test(arguments: StoreKind.allCases)
  func `A register that never gets to commit in time is busy, and nothing stays`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let register = Self.register(workshop, (0..<20).map { "2026-12-01T01:0\($0 / 6):\($0 % 6)5Z" })
    #expect(throws: RegisterError.busy) {
      try register.execute(
        .init(.submit(workshop.content("2026-12-06T01:00:00Z"))), contract: { _ in workshop.contract })
    }
    #expect(try workshop.types() == ["register-created"])
  }

  @Test(arguments: StoreKind.allCases)
  func `Many requests that take long are judged by when they will be published`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    // Read at 01:00:00, not done before 01:00:20; then 20 s are expected, and it takes 15.
    let register = Self.register(
      workshop,
      ["2026-12-04T01:00:00Z", "2026-12-04T01:00:20Z", "2026-12-04T01:00:20Z", "2026-12-04T01:00:35Z"])
    let outcome = try register.executeAll(
      [
        .init(.submit(workshop.content("2026-12-06T01:00:20Z"))),
        .init(.submit(workshop.content("2026-12-08T00:00:00Z"))),
      ],
      terms: .init(), contract: { _ in workshop.contract }, isFault: { _ in false })
    #expect(!outcome.isRecorded)
    guard case .judged(let first) = outcome.results[0], case .judged(let second) = outcome.results[1] else {
      Issue.record("not judged")
      return
    }
    #expect(first.verdict.status == .refused)
    #expect(second.verdict.status == .allowed)
  }
}

/// A clock that gives out its readings in order.
private final class Readings: Sendable {
  private let left: Mutex<[Instant]>
  init(_ moments: [Instant]) { left = Mutex(moments) }

  func next() -> Instant { left.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] } }
}

import CivilTime
import JSONText
import Planning
import Register
import TestSupport
import Testing

/// The register's clock never runs behind its newest event.
@Suite struct ClockTests {
  @Test(arguments: StoreKind.allCases)
  func `A clock more than two seconds behind is refused, and the log says so when it has recovered`(
    kind: StoreKind
  ) throws {
    let workshop = try Workshop(kind)
    try workshop.submit("2026-12-06T01:00:00Z")
    let newest = workshop.clock.now
    for seconds: Int64 in [3, 86_400] {
      let now = newest - Elapsed(seconds: seconds)
      workshop.clock.now = now
      #expect(throws: RegisterError.clockBehind(now: now, newest: newest)) {
        try workshop.submit("2026-12-08T01:00:00Z")
      }
    }
    #expect(try workshop.types() == ["register-created", "contract-adopted", "planned"])
    #expect(try workshop.store.read { try $0.clockIncidents() }.count == 2)
    workshop.clock.now = newest + Elapsed(seconds: 60)
    try workshop.submit("2026-12-08T01:00:00Z")
    #expect(
      try workshop.types() == ["register-created", "contract-adopted", "planned", "clock-recovered", "planned"])
    let body = try JSON(parsing: try workshop.events()[3].body)
    #expect(body["refused_writes"]?.integer == 2)
    #expect(body["first_clock"]?.string == "2026-11-02T08:59:57Z")
    #expect(body["last_clock"]?.string == "2026-11-01T09:00:00Z")
    #expect(body["newest_event"]?.string == "2026-11-02T09:00:00Z")
    #expect(try workshop.store.read { try $0.clockIncidents() } == [])
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases, [Int64(1), 2])
  func `A clock up to two seconds behind counts as the newest event`(kind: StoreKind, seconds: Int64) throws {
    let workshop = try Workshop(kind)
    try workshop.submit("2026-12-06T01:00:00Z")
    let newest = workshop.clock.now
    workshop.clock.now = newest - Elapsed(seconds: seconds)
    let outcome = try workshop.submit("2026-12-08T01:00:00Z")
    #expect(outcome.decidedAt == newest)
    #expect(outcome.change?.plannedAt == newest)
    #expect(try workshop.types().contains("clock-recovered") == false)
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `A request that was answered is answered again though the clock is behind`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    try workshop.submit("2026-12-06T01:00:00Z", key: "k1")
    workshop.clock.now = workshop.clock.now - .hours(1)
    #expect(try workshop.submit("2026-12-06T01:00:00Z", key: "k1").isReplay)
    #expect(try workshop.store.read { try $0.clockIncidents() } == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `Exactly the notice is enough, one second less is not`(kind: StoreKind) throws {
    let workshop = try Workshop(kind, at: "2026-12-04T01:00:00Z")
    workshop.clock.now = utc("2026-12-04T01:00:01Z")
    let late = try workshop.submit("2026-12-06T01:00:00Z")
    #expect(late.verdict.findings.filter { !$0.isSatisfied }.map(\.code) == [.insufficientNotice])
    let punctual = try workshop.submit("2026-12-06T01:00:01Z")
    #expect(punctual.verdict.status == .allowed)
  }
}

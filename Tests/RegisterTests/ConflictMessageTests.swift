import CivilTime
import Planning
import TestSupport
import Testing

@testable import Register

/// A conflict is told once to each webhook that asks for it, whatever restarts come between.
@Suite struct ConflictMessageTests {
  /// A contract under which nothing but Tuesdays is open.
  static func closed(_ workshop: Workshop) -> Contract {
    var contract = workshop.contract.contract
    for index in contract.versions.indices {
      contract.versions[index].window.nights = []
      contract.versions[index].window.weekdays = [.tuesday]
      contract.versions[index].window.holidays = false
    }
    return contract
  }

  static func look(_ workshop: Workshop, _ contract: Contract) throws -> [ChangeID] {
    let conflicts = try Standings(workshop.register, [contract]).conflicts()
    try workshop.register.tell(conflicts)
    return conflicts.map(\.change.id)
  }

  @Test(arguments: StoreKind.allCases)
  func `Each onset is told once, to those who name the event`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let staff = try OutboxTests.hook(workshop, [.conflict])
    let both = try OutboxTests.hook(workshop, [.planned, .conflict])
    let all = try OutboxTests.hook(workshop)
    try OutboxTests.hook(workshop, [.conflict], service: "paie")
    let plan = try #require(try workshop.submit("2026-12-06T01:00:00Z").change?.id)
    let (open, closed) = (workshop.contract.contract, Self.closed(workshop))
    func told() throws -> [String] {
      try workshop.register.deliveries().filter(\.tellsConflict).map(\.subscription)
    }
    #expect(try Self.look(workshop, open) == [])
    #expect(try told() == [])
    workshop.clock.now = utc("2026-11-03T09:00:00Z")
    #expect(try Self.look(workshop, closed) == [plan])
    #expect(try told() == [staff.id.description, both.id.description])
    let first = try workshop.register.deliveries().filter(\.tellsConflict)
    #expect(first.allSatisfy { $0.createdAt == utc("2026-11-03T09:00:00Z") && $0.state == .pending })
    // Another look, another process, a reworded plan: the same conflict.
    workshop.clock.now = utc("2026-11-03T10:00:00Z")
    var amendment = ChangeCommand.Amendment()
    amendment[.title] = "Other words"
    _ = try workshop.execute(.amend(amendment, reason: "Clearer"), on: plan)
    #expect(try Self.look(workshop, closed) == [plan])
    #expect(try workshop.register.deliveries().filter(\.tellsConflict) == first)
    #expect(try workshop.verify().problems == [])
    // Sent, it is remembered all the same.
    workshop.clock.now = utc("2026-11-03T10:01:00Z")
    let claim = try #require(
      try workshop.register.claimDeliveries(limit: 9, owner: "a", for: .minutes(1)).first { $0.tellsConflict })
    #expect(try workshop.register.state(after: claim.event, newest: true).change.content.title == "Other words")
    try workshop.register.settle(claim, .delivered)
    #expect(try Self.look(workshop, closed) == [plan])
    #expect(try told().count == 2)
    // Over, it is forgotten, sent or not; the next onset is told anew.
    #expect(try Self.look(workshop, open) == [])
    #expect(try told() == [])
    #expect(try Self.look(workshop, closed) == [plan])
    let second = try workshop.register.deliveries().filter(\.tellsConflict)
    #expect(second.count == 2 && Set(second.map(\.id)).isDisjoint(with: first.map(\.id)))
    #expect(try workshop.verify().problems == [])
    _ = try workshop.execute(.cancel(reason: "No"), on: plan)
    #expect(try Self.look(workshop, closed) == [])
    #expect(try told() == [])
    #expect(try OutboxTests.told(all.id.description, workshop) == ["planned", "amended", "cancelled"])
  }

  @Test func `Verify names a conflict of what is no change`() throws {
    let workshop = try Workshop(.sqlite)
    let hook = try OutboxTests.hook(workshop, [.conflict])
    let line = try workshop.events()[0]
    try workshop.store.write { store in
      try store.put(OutboxRow(conflictSince: workshop.clock.now, of: line, to: hook.id.description))
    }
    #expect(try workshop.verify().problems.map(\.place) == ["outbox HOOK-0001 -1"])
  }

  @Test func `A change extended over a plan is a conflict of that plan until it says so`() throws {
    let workshop = try Workshop(.sqlite)
    let first = try #require(try workshop.submit("2026-12-06T01:00:00Z").change?.id)
    let second = try #require(try workshop.submit("2026-12-06T03:00:00Z").change?.id)
    workshop.clock.now = utc("2026-12-06T01:00:00Z")
    _ = try workshop.execute(.start(at: nil, reason: nil), on: first)
    _ = try workshop.execute(.extend(end: utc("2026-12-06T04:00:00Z"), reason: "More", alongside: [second]), on: first)
    let standings = Standings(workshop.register, [workshop.contract.contract])
    let conflicts = try standings.conflicts()
    #expect(conflicts.map(\.change.id) == [second])
    #expect(conflicts.first?.standing.obstacles.map(\.code) == [.overlap])
    #expect(try standings.standing(of: workshop.register.change(first))?.isRefused == false)
    _ = try workshop.execute(.reschedule(interval: nil, reason: "Together", alongside: [first]), on: second)
    #expect(try standings.conflicts() == [])
  }
}

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

  @Test(arguments: StoreKind.allCases)
  func `A conflict comes after the plan of its second, and conflicts of one second in the order of their plans`(
    kind: StoreKind
  ) throws {
    let workshop = try Workshop(kind)
    let hook = try OutboxTests.hook(workshop, [.planned, .conflict])
    for day in ["06", "13"] { try workshop.submit("2026-12-\(day)T01:00:00Z") }
    #expect(try Self.look(workshop, Self.closed(workshop)).count == 2)
    var sent: [String] = []
    while let claim = try workshop.register.claimDeliveries(limit: 9, owner: "a", for: .minutes(1)).first {
      #expect(claim.subscription == hook.id.description)
      let change = try workshop.register.state(after: claim.event).change
      sent.append("\(claim.tellsConflict ? "conflict" : "plan") \(change.id.number)")
      try workshop.register.settle(claim, .delivered)
    }
    #expect(sent == ["plan 1", "plan 2", "conflict 1", "conflict 2"])
  }

  @Test(arguments: StoreKind.allCases)
  func `Of services that were not looked at nothing is taken away`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    try OutboxTests.hook(workshop, [.conflict])
    _ = try workshop.submit("2026-12-06T01:00:00Z")
    #expect(try Self.look(workshop, Self.closed(workshop)).count == 1)
    try workshop.register.tell([], of: ["paie"])
    #expect(try workshop.register.deliveries().filter(\.tellsConflict).count == 1)
    try workshop.register.tell([], of: ["profession-liberale"])
    #expect(try workshop.register.deliveries().filter(\.tellsConflict).isEmpty)
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

  /// What was said with the extension is on record; logs of before 30 November 2026 do not have it.
  @Test(arguments: StoreKind.allCases)
  func `A change extended over a plan that it names is no conflict; without the name it is, until that plan says so`(
    kind: StoreKind
  ) throws {
    let workshop = try Workshop(kind)
    let first = try #require(try workshop.submit("2026-12-06T01:00:00Z").change?.id)
    let second = try #require(try workshop.submit("2026-12-06T03:00:00Z").change?.id)
    workshop.clock.now = utc("2026-12-06T01:00:00Z")
    _ = try workshop.execute(.start(at: nil, reason: nil), on: first)
    _ = try workshop.execute(.extend(end: utc("2026-12-06T04:00:00Z"), reason: "More", alongside: [second]), on: first)
    let standings = Standings(workshop.register, [workshop.contract.contract])
    let extended = try workshop.register.change(first)
    #expect(extended.content.alongside == [second])
    #expect(try standings.conflicts() == [])
    #expect(try standings.standing(of: extended)?.isRefused == false)
    #expect(try workshop.events().last?.body.contains(#""alongside":["\#(second)"]"#) == true)
    #expect(try workshop.verify().problems == [])
    // Said again, it is on record once; said of itself, it makes no sense.
    let later = utc("2026-12-06T04:30:00Z")
    _ = try workshop.execute(.extend(end: later, reason: "More", alongside: [second]), on: first)
    #expect(try workshop.register.change(first).content.alongside == [second])
    #expect(try workshop.events().last?.body.contains("alongside") == false)
    #expect(throws: CommandError.alongsideItself(first)) {
      try workshop.execute(.extend(end: later + .hours(1), reason: "x", alongside: [first]), on: first)
    }
    // As a log of before has it.
    var rules = TodaysRules(workshop.contract.contract)
    var old = extended
    old.content.alongside = []
    let plan = try workshop.register.change(second)
    let conflicts = rules.conflicts(among: [old, plan], at: workshop.clock.now)
    #expect(conflicts.map(\.change.id) == [second])
    #expect(conflicts.first?.standing.obstacles.map(\.code) == [.overlap])
    _ = try workshop.execute(.reschedule(interval: nil, reason: "Together", alongside: [first]), on: second)
    #expect(try standings.conflicts() == [])
  }
}

import CivilTime
import Planning
import TestSupport
import Testing

@testable import Register

/// Messages that wait until a release manager sends them. Source: product.md, section 7, "Notices that send themselves".
@Suite struct ReviewTests {
  private static func workshop(_ kind: StoreKind, reminders: [Elapsed] = []) throws -> Workshop {
    var workshop = try Workshop(kind, reminders: reminders)
    var contract = workshop.contract.contract
    contract.notices.isReviewed = true
    workshop.contract = BoundContract(contract: contract, files: workshop.contract.files)
    return workshop
  }

  /// State by type of the event that is told, in order of events.
  private static func states(_ workshop: Workshop, of id: String) throws -> [String] {
    let types = Dictionary(uniqueKeysWithValues: try workshop.events().map { ($0.sequence, $0.type) })
    var filter = OutboxFilter()
    filter.subscription = id
    return try workshop.register.deliveries(filter).map { row in
      "\(types[row.sequence] ?? "-")\(row.isReminder ? " reminder" : "") \(row.state.rawValue)"
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `Nothing goes before it is sent, and staff is told at once`(kind: StoreKind) throws {
    let workshop = try Self.workshop(kind)
    let mail = try OutboxTests.mailing(workshop)
    let hook = try OutboxTests.hook(workshop)
    let id = try #require(try workshop.submit("2026-12-06T01:00:00Z").change?.id)
    #expect(try workshop.register.claimDeliveries(limit: 9, owner: "a", for: .minutes(1)) == [])
    #expect(try Self.states(workshop, of: mail.id.description) == ["planned held"])
    #expect(try workshop.verify().problems == [])
    let change = try workshop.register.change(id)
    // 48 hours before the start: until then the notice is enough.
    #expect(
      change.unsent(by: workshop.contract.contract).map(\.before) == [utc("2026-12-04T01:00:00Z")])
    #expect(throws: CommandError.nothingToSend(id)) { try workshop.execute(.sendNotices(.cancelled), on: id) }
    workshop.clock.now = utc("2026-11-02T10:00:00Z")
    let done = try workshop.execute(.sendNotices(nil), on: id, key: "s1")
    #expect(done.change?.revision == 0 && done.change?.unsent(by: workshop.contract.contract) == [])
    #expect(try workshop.execute(.sendNotices(nil), on: id, key: "s1").isReplay)
    #expect(throws: CommandError.nothingToSend(id)) { try workshop.execute(.sendNotices(nil), on: id) }
    let claims = try workshop.register.claimDeliveries(limit: 9, owner: "a", for: .minutes(1))
    #expect(Set(claims.map(\.subscription)) == [mail.id.description, hook.id.description])
    #expect(
      claims.allSatisfy { $0.notBefore == utc("2026-11-02T10:00:00Z") && $0.createdAt == utc("2026-11-02T09:00:00Z") })
    for claim in claims { try workshop.register.settle(claim, .delivered) }
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `What a newer notice tells need not go any more, what adds to it does`(kind: StoreKind) throws {
    let workshop = try Self.workshop(kind)
    let mail = try OutboxTests.mailing(workshop)
    let id = try #require(try workshop.submit("2026-12-06T01:00:00Z").change?.id)
    var amendment = ChangeCommand.Amendment()
    amendment[.title] = "Clearer"
    _ = try workshop.execute(.amend(amendment, reason: "x"), on: id)
    #expect(try Self.states(workshop, of: mail.id.description) == ["planned held", "amended held"])
    let later = Interval(start: utc("2026-12-13T01:00:00Z"), length: .hours(2))
    _ = try workshop.execute(.reschedule(interval: later, reason: "x", alongside: []), on: id)
    #expect(try Self.states(workshop, of: mail.id.description) == ["planned void", "amended void", "rescheduled held"])
    amendment[.title] = "Clearest"
    _ = try workshop.execute(.amend(amendment, reason: "x"), on: id)
    _ = try workshop.execute(.sendNotices(.rescheduled), on: id)
    #expect(
      try Self.states(workshop, of: mail.id.description)
        == ["planned void", "amended void", "rescheduled pending", "amended held"])
    #expect(try workshop.verify().problems == [])
    try workshop.register.revoke(Mailing.self, mail.id, actor: "root")
    #expect(
      try Self.states(workshop, of: mail.id.description)
        == ["planned void", "amended void", "rescheduled dead", "amended dead"])
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `Reminders wait too, go at their hour once they are sent, and fall with the plan`(kind: StoreKind) throws {
    let workshop = try Self.workshop(kind, reminders: [.hours(48), .hours(24)])
    let mail = try OutboxTests.mailing(workshop)
    let id = try #require(try workshop.submit("2026-12-06T01:00:00Z").change?.id)
    let late = try OutboxTests.mailing(workshop)
    func states(_ mailing: Mailing) throws -> [String] { try Self.states(workshop, of: mailing.id.description) }
    #expect(try states(mail) == ["planned held", "planned reminder held", "planned reminder held"])
    #expect(try states(late) == ["planned reminder held", "planned reminder held"])
    _ = try workshop.execute(.sendNotices(nil), on: id)
    #expect(try states(mail) == ["planned pending", "planned reminder held", "planned reminder held"])
    _ = try workshop.execute(.sendNotices(.reminder), on: id)
    #expect(
      try workshop.register.deliveries().filter(\.isReminder).map(\.notBefore).sorted()
        == ["2026-12-04", "2026-12-04", "2026-12-05", "2026-12-05"].map { utc("\($0)T01:00:00Z") })
    #expect(try states(late) == ["planned reminder pending", "planned reminder pending"])
    #expect(try workshop.verify().problems == [])
    let later = Interval(start: utc("2026-12-13T01:00:00Z"), length: .hours(2))
    _ = try workshop.execute(.reschedule(interval: later, reason: "x", alongside: []), on: id)
    #expect(
      try states(late) == [
        "planned reminder void", "planned reminder void", "rescheduled held", "rescheduled reminder held",
        "rescheduled reminder held",
      ])
    _ = try workshop.execute(.cancel(reason: "x"), on: id)
    #expect(
      try states(late).suffix(4) == [
        "rescheduled void", "rescheduled reminder void", "rescheduled reminder void", "cancelled held",
      ])
    #expect(try workshop.verify().problems == [])
  }

  @Test
  func
    `Verify names a message that went, or waits, although nobody sent it, and one that is held although somebody did`()
    throws
  {
    let workshop = try Self.workshop(.sqlite)
    try OutboxTests.mailing(workshop)
    let id = try #require(try workshop.submit("2026-12-06T01:00:00Z").change?.id)
    let held = try #require(try workshop.register.deliveries().first)
    for state in [OutboxRow.State.pending, .delivered] {
      var row = held
      row.state = state
      if state == .delivered { (row.attempts, row.settledAt) = (1, workshop.clock.now) }
      try workshop.store.write { try $0.put(row) }
      #expect(try workshop.verify().problems.map(\.place) == ["outbox MAIL-0001 \(held.sequence)"], "\(state)")
    }
    try workshop.store.write { try $0.put(held) }
    _ = try workshop.execute(.sendNotices(nil), on: id)
    #expect(try workshop.verify().problems == [])
    var row = try #require(try workshop.register.deliveries().first)
    row.state = .held
    try workshop.store.write { try $0.put(row) }
    #expect(try workshop.verify().problems.map(\.place) == ["outbox MAIL-0001 \(held.sequence)"])
  }

  @Test func `Without the key no event has a word of it`() throws {
    let workshop = try Workshop(.sqlite)
    try OutboxTests.mailing(workshop)
    try workshop.live()
    #expect(try workshop.events().allSatisfy { !$0.body.contains(#""send""#) })
    #expect(try workshop.register.deliveries().allSatisfy { $0.state == .pending })
  }
}

import CivilTime
import Planning
import TestSupport
import Testing

@testable import Register

/// Mailings of some components, of lists, left by their readers, and whose mails came back.
@Suite struct MailingTests {
  static let service = OutboxTests.service

  private static func content(_ workshop: Workshop, _ start: String, _ components: [String]) -> ChangeContent {
    var content = workshop.content(start)
    content.components = components
    return content
  }

  private static func mailing(_ workshop: Workshop, _ address: String, _ components: [String] = []) throws -> Mailing {
    try workshop.register.createMailing(
      address: address, language: "fr", service: service, components: components, actor: "root"
    ).record
  }

  @Test(arguments: StoreKind.allCases)
  func `A mailing of a component hears of it, of the whole service, and that it is touched no more`(kind: StoreKind)
    throws
  {
    let workshop = try Workshop(kind, reminders: [.hours(48)])
    let some = try Self.mailing(workshop, "flux@example.org", ["flux"])
    let all = try Self.mailing(workshop, "all@example.org")
    let first = try workshop.execute(.submit(Self.content(workshop, "2026-12-06T01:00:00Z", ["application"])))
    #expect(first.verdict.status == .allowed)
    _ = try workshop.execute(.submit(Self.content(workshop, "2026-12-13T01:00:00Z", [])))
    let both = try workshop.execute(.submit(Self.content(workshop, "2026-12-20T01:00:00Z", ["application", "flux"])))
    var amendment = ChangeCommand.Amendment()
    amendment[.component] = .list(["application"])
    _ = try workshop.execute(.amend(amendment, reason: "narrower"), on: both.change?.id)
    amendment[.component] = nil
    amendment[.title] = .text("Reworded")
    _ = try workshop.execute(.amend(amendment, reason: "clearer"), on: both.change?.id)
    // Announcement and reminder of the second; of the third the announcement, its reminder that is void, and that it is out of it.
    let rows = try workshop.register.deliveries().filter { $0.subscription == some.id.description }
    #expect(rows.filter { !$0.isReminder }.count == 3)
    #expect(rows.filter(\.isReminder).map(\.state).sorted { $0.rawValue < $1.rawValue } == [.pending, .void])
    #expect(
      try workshop.register.deliveries().filter { $0.subscription == all.id.description && !$0.isReminder }.count == 5)
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `A list makes what is missing, all or nothing, and brings nobody back who left`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let register = workshop.register
    let terms = MailingTerms(language: "fr", service: Self.service, kinds: [], components: [])
    let kept = try Self.mailing(workshop, "kept@example.org", ["flux"])
    let left = try Self.mailing(workshop, "left@example.org")
    try register.leaveMailing(try #require(left.leaveToken))
    _ = try Self.mailing(workshop, "gone@example.org")
    _ = try register.recordBounces([MailBounce(addresses: ["GONE@example.org"], status: "5.1.1")], actor: "root")
    let revoked = try Self.mailing(workshop, "revoked@example.org")
    try register.revoke(Mailing.self, revoked.id, actor: "root")
    let list = [
      "new@example.org", "Kept@example.org", "left@example.org", "gone@example.org", "revoked@example.org",
      "NEW@example.org",
    ]
    let before = try workshop.events().count
    #expect(throws: SubscriptionError.notAMailAddress("x@")) {
      try register.importMailings(list + ["x@"], terms, actor: "root")
    }
    #expect(try workshop.events().count == before)
    let result = try register.importMailings(list, terms, actor: "root")
    #expect(result.made.compactMap(\.address) == ["new@example.org", "revoked@example.org"])
    #expect((result.existing, result.twice, result.left, result.bounced) == (1, 1, 1, 1))
    let again = try register.importMailings(list, terms, actor: "root")
    #expect((again.made.count, again.existing, again.twice) == (0, 3, 1))
    #expect(try register.mailings().first { $0.id == kept.id }?.components == ["flux"])
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `Only its own token ends a mailing, once, and the log tells neither token nor address`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let register = workshop.register
    let first = try Self.mailing(workshop, "a@example.org")
    let second = try Self.mailing(workshop, "a@example.org")
    let (one, two) = (try #require(first.leaveToken), try #require(second.leaveToken))
    #expect(one.wholeMatch(of: /1-[a-z2-7]{32}/) != nil && two.wholeMatch(of: /2-[a-z2-7]{32}/) != nil)
    #expect(one.dropFirst(2) != two.dropFirst(2))
    try workshop.submit("2026-12-06T01:00:00Z")
    for wrong in [
      "1-" + two.dropFirst(2), "3-" + one.dropFirst(2), "", "1-", String(one.dropLast()), one + "a", "01\(one)",
    ] {
      try register.leaveMailing(String(wrong))
    }
    #expect(try register.mailings().map { $0.state(at: register.now) } == [.active, .active])
    try register.leaveMailing(one)
    try register.leaveMailing(one)
    #expect(try register.mailings().map { $0.state(at: register.now) } == [.left, .active])
    #expect(try workshop.types().filter { $0 == "mailing-left" }.count == 1)
    #expect(try register.deliveries().map(\.state) == [.dead, .pending])
    let log = try workshop.events().map(\.body).joined()
    #expect(!log.contains("example.org") && !log.contains(one.dropFirst(2)))
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `A mail that came back ends every mailing of its address, and counts as not delivered`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let register = workshop.register
    for address in ["a@example.org", "b@example.org"] { _ = try Self.mailing(workshop, address) }
    let change = try #require(try workshop.submit("2026-12-06T01:00:00Z").change?.id)
    func deliver() throws {
      for claim in try register.claimDeliveries(limit: 10, owner: "w", for: .minutes(1)) {
        try register.settle(claim, .delivered, text: String(repeating: "a", count: 64), revision: 0)
      }
    }
    try deliver()
    try register.recordTold()
    let told = try #require(try workshop.events().last)
    #expect(told.type == "notice-published" && told.body.contains(#""addresses":2"#))
    let bounce = MailBounce(
      addresses: ["a@example.org"], status: "5.1.1", messageID: "\(change).0.announcement.fr.5eed@portal.example")
    let record = try register.recordBounces([bounce, bounce, MailBounce(addresses: ["c@example.org"])], actor: "ada")
    #expect(record.ended.map(\.id.description) == ["MAIL-0001"])
    #expect((record.unknown, record.before) == (1, 0))
    #expect(record.ended[0].content.unreached == [told.sequence])
    #expect(try register.recordBounces([bounce], actor: "ada").before == 1)
    let log = try #require(try workshop.events().last)
    #expect(log.type == "mailing-bounced" && log.body.contains("5.1.1") && !log.body.contains("example.org"))
    #expect(try workshop.verify().problems == [])
    // Before it is on record that clients were told: the mail is none of those that were delivered.
    _ = try workshop.execute(.cancel(reason: "Not needed"), on: change)
    try deliver()
    _ = try register.recordBounces([MailBounce(addresses: ["b@example.org"])], actor: "ada")
    try register.recordTold()
    #expect(try workshop.types().last == "mailing-bounced")
    #expect(try workshop.verify().problems == [])
    let copy = try Workshop(.memory)
    try copy.store.write { store in
      for line in try workshop.events().dropFirst() {
        try Projection(store: store, memory: StreamMemory()).apply(line)
        try store.append(line)
      }
    }
    #expect(try copy.register.mailings().map { $0.state(at: register.now) } == [.bounced, .bounced])
  }
}

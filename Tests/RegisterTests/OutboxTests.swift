import CivilTime
import Foundation
import GRDB
import Planning
import RegisterSQLite
import TestSupport
import Testing

@testable import Register

/// The outbox is written with the change, and with nothing else.
@Suite struct OutboxTests {
  static let service = "profession-liberale"

  @discardableResult
  static func hook(_ workshop: Workshop, _ events: [ClientEvent] = [], service: String = service) throws -> Webhook {
    try workshop.register.createWebhook(
      url: "https://hooks.example.org/in", service: service, events: events, actor: "root"
    ).record
  }

  @discardableResult
  static func mailing(_ workshop: Workshop, _ kinds: [NoticeKind] = []) throws -> Mailing {
    try workshop.register.createMailing(
      address: "clients@example.org", language: "fr", service: service, kinds: kinds, actor: "root"
    ).record
  }

  /// Types of the events that messages to a subscription tell of, in order.
  static func told(_ id: String, _ workshop: Workshop) throws -> [String] {
    let types = Dictionary(uniqueKeysWithValues: try workshop.events().map { ($0.sequence, $0.type) })
    var filter = OutboxFilter()
    filter.subscription = id
    return try workshop.register.deliveries(filter).map { types[$0.sequence] ?? "-" }
  }

  /// `live` also refuses, tries again in vain and adopts a contract: clients hear nothing of those.
  @Test(arguments: StoreKind.allCases)
  func `Each new revision is told once to each who takes it, drafts and refusals to nobody`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let all = try Self.hook(workshop)
    let some = try Self.hook(workshop, [.rescheduled, .emergency])
    let stranger = try Self.hook(workshop, service: "paie")
    let mailing = try Self.mailing(workshop, [.announcement, .regularisation])
    let gone = try Self.hook(workshop)
    try workshop.register.revoke(Webhook.self, gone.id, actor: "root")
    try workshop.live()
    #expect(
      try Self.told(all.id.description, workshop) == [
        "planned", "planned", "planned", "rescheduled", "amended", "cancelled", "started", "extended", "completed",
        "emergency-recorded",
      ])
    #expect(try Self.told(some.id.description, workshop) == ["rescheduled", "emergency-recorded"])
    #expect(try Self.told(stranger.id.description, workshop) == [])
    #expect(try Self.told(gone.id.description, workshop) == [])
    #expect(
      try Self.told(mailing.id.description, workshop) == ["planned", "planned", "planned", "emergency-recorded"])
    #expect(try workshop.verify().problems == [])
    let ids = try workshop.register.deliveries().map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.wholeMatch(of: /msg_[0-9a-f]{32}/) != nil })
  }

  struct Fault: Error {}

  /// Lets nothing be put into the outbox, or fails after everything was written.
  struct FailingStore: EventStore {
    let store: any EventStore
    func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
      try store.write { transaction in
        _ = try body(transaction)
        throw Fault()
      }
    }
    func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result { try store.read(body) }
    func scratch() throws -> any EventStore { try store.scratch() }
  }

  @Test(arguments: StoreKind.allCases)
  func `A change that fails leaves no message, and a message that fails leaves no change`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    try Self.hook(workshop)
    let before = try workshop.events().count
    let register = workshop.register(on: FailingStore(store: workshop.store))
    let request = Register.Request(.submit(workshop.content("2026-12-06T01:00:00Z")))
    #expect(throws: Fault.self) { try register.execute(request) { _ in workshop.contract } }
    #expect(try workshop.register.deliveries() == [])
    #expect(try workshop.events().count == before)
    guard kind == .sqlite else { return }
    let queue = try DatabaseQueue(path: workshop.path)
    try queue.write {
      try $0.execute(
        sql: "CREATE TRIGGER t BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'no'); END")
    }
    #expect(throws: RegisterError.self) { try workshop.submit("2026-12-06T01:00:00Z") }
    try queue.write { try $0.execute(sql: "DROP TRIGGER t") }
    #expect(try workshop.events().count == before)
    #expect(try workshop.register.deliveries() == [])
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `A copy that is made from the log alone verifies, and has nothing to send`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let hook = try Self.hook(workshop)
    try Self.mailing(workshop)
    try workshop.live()
    try workshop.register.revoke(Webhook.self, hook.id, actor: "root")
    let copy = try Workshop(.memory)
    try copy.store.write { store in
      let projection = Projection(store: store, memory: StreamMemory())
      for line in try workshop.events().dropFirst() {
        try projection.apply(line)
        try store.append(line)
      }
    }
    let problems = try Register.verify(copy.store, isCopy: true).problems
    // What was published comes with the pages of a log.
    #expect(problems.allSatisfy { $0.place.hasPrefix("fragments ") }, "\(problems)")
    #expect(try copy.register.deliveries().map(\.id) == workshop.register.deliveries().map(\.id))
    #expect(try copy.register.claimDeliveries(limit: 10, owner: "a", for: .minutes(1)) == [])
    #expect(try copy.register.webhooks().map(\.secret) == [nil])
  }

  @Test(arguments: StoreKind.allCases)
  func `A rehearsed or refused batch leaves no message, a recorded one leaves all`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    try Self.hook(workshop)
    let requests = ["2026-12-06T01:00:00Z", "2026-12-13T01:00:00Z"].map {
      Register.Request(.submit(workshop.content($0)))
    }
    var terms = Register.BatchTerms()
    func execute() throws {
      _ = try workshop.register.executeAll(
        requests, terms: terms, contract: { _ in workshop.contract }, isFault: { _ in false })
    }
    terms.isRehearsal = true
    try execute()
    #expect(try workshop.register.deliveries() == [])
    terms.isRehearsal = false
    try execute()
    #expect(try workshop.register.deliveries().count == 2)
  }

  @Test(arguments: StoreKind.allCases)
  func `Of a subscription only the oldest message is handed out, and to one worker at a time`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let first = try Self.hook(workshop).id.description
    let second = try Self.mailing(workshop).id.description
    try workshop.submit("2026-12-06T01:00:00Z")
    try workshop.submit("2026-12-13T01:00:00Z")
    let register = workshop.register
    let claims = try register.claimDeliveries(limit: 10, owner: "a", for: .minutes(2))
    #expect(claims.map(\.subscription).sorted() == [first, second])
    #expect(try register.claimDeliveries(limit: 10, owner: "b", for: .minutes(2)) == [])
    // A failure of the first holds only what comes after it.
    let later = workshop.clock.now + .minutes(5)
    let one = try #require(claims.first { $0.subscription == first })
    let two = try #require(claims.first { $0.subscription == second })
    #expect(try register.settle(one, .retry(at: later, error: "no")))
    #expect(try register.settle(two, .delivered))
    let next = try register.claimDeliveries(limit: 10, owner: "b", for: .minutes(2))
    #expect(next.map(\.subscription) == [second])
    #expect(try #require(next.first).sequence > two.sequence)
    workshop.clock.now = later
    let third = try register.claimDeliveries(limit: 10, owner: "b", for: .minutes(2))
    // Whose claim of "b" ran out meanwhile comes back too: five minutes are more than two.
    #expect(Set(third.map(\.id)) == Set(([one] + next).map(\.id)))
    #expect(third.first { $0.id == one.id }?.attempts == 1)
    // Given up, it holds nothing any more.
    let again = try #require(third.first { $0.id == one.id })
    #expect(try register.settle(again, .dead(error: "never")))
    let last = try register.claimDeliveries(limit: 10, owner: "b", for: .minutes(2))
    #expect(last.map(\.subscription) == [first])
    #expect(try #require(last.first).sequence > one.sequence)
  }

  @Test(arguments: StoreKind.allCases)
  func `A worker that died leaves a claim that runs out, and says nothing any more when it comes back`(
    kind: StoreKind
  ) throws {
    let workshop = try Workshop(kind)
    try Self.hook(workshop)
    try workshop.submit("2026-12-06T01:00:00Z")
    let register = workshop.register
    let dead = try #require(try register.claimDeliveries(limit: 1, owner: "dead", for: .minutes(2)).first)
    workshop.clock.now = workshop.clock.now + Elapsed(seconds: 119)
    #expect(try register.claimDeliveries(limit: 1, owner: "other", for: .minutes(2)) == [])
    workshop.clock.now = workshop.clock.now + Elapsed(seconds: 1)
    let other = try #require(try register.claimDeliveries(limit: 1, owner: "other", for: .minutes(2)).first)
    #expect(other.id == dead.id)
    #expect(try !register.settle(dead, .dead(error: "late")))
    #expect(try register.settle(other, .delivered))
    #expect(try register.deliveries().map(\.state) == [.delivered])
    #expect(try !register.settle(other, .dead(error: "twice")))
  }

  @Test(arguments: StoreKind.allCases)
  func `410 ends the webhook and all that waits for it; what is given up can be sent again otherwise`(
    kind: StoreKind
  ) throws {
    let workshop = try Workshop(kind)
    let hook = try Self.hook(workshop)
    let second = try Self.hook(workshop)
    try workshop.submit("2026-12-06T01:00:00Z")
    try workshop.submit("2026-12-13T01:00:00Z")
    let register = workshop.register
    for claim in try register.claimDeliveries(limit: 2, owner: "a", for: .minutes(2)) {
      try register.settle(claim, claim.subscription == hook.id.description ? .gone(error: "410") : .dead(error: "no"))
    }
    #expect(try register.webhooks().map { $0.state(at: workshop.clock.now) } == [.gone, .active])
    #expect(try workshop.types().last == "webhook-revoked")
    let figures = try register.outboxFigures()
    #expect(figures.pending == 1)
    #expect(figures.dead == 3)
    #expect(figures.oldestPending == workshop.clock.now)
    let again = try register.retryDeadDeliveries()
    #expect(again.map(\.subscription) == [second.id.description])
    let other = try #require(again.first).id
    #expect(again.map(\.attempts) == [0])
    let ended = try #require(try register.deliveries().first { $0.subscription == hook.id.description })
    #expect(throws: SubscriptionError.revoked(subscription: "HOOK-0001")) { try register.retryDelivery(ended.id) }
    #expect(throws: SubscriptionError.notDead(other)) { try register.retryDelivery(other) }
    #expect(throws: SubscriptionError.unknownDelivery("msg_0")) { try register.retryDelivery("msg_0") }
    #expect(try workshop.verify().problems == [])
  }

  @Test func `The secret stands in the row and in no event, and nothing prints it`() throws {
    let workshop = try Workshop(.sqlite)
    let hook = try workshop.register.createWebhook(
      url: "HTTPS://Hooks.Example.org?x=1", service: Self.service, actor: nil
    ).record
    let secret = try #require(hook.secret)
    #expect(hook.address == "https://hooks.example.org/?x=1")
    #expect(try workshop.register.webhooks().first?.secret == secret)
    #expect(try workshop.events().allSatisfy { !$0.body.contains(secret.text.dropFirst(6)) })
    #expect(try workshop.events().last?.body.contains(secret.digest) == true)
    var dumped = ""
    dump(hook, to: &dumped)
    #expect(!"\(hook) \(dumped)".contains(secret.text.dropFirst(6)))
  }

  @Test(arguments: [
    "http://example.org/", "ftp://example.org/", "https://", "https:///x", "https://u@example.org/",
    "https://u:p@example.org/", "https://example.org/#x", "https://example.org\\@evil.org/", "https://exämple.org/",
    "https://example.org/ x", "https://example.org/\r\nX: y", "https://example.org:0/", "https://example.org:99999/",
    "https://example.org:/", "https://2130706433/", "https://0177.0.0.1/", "https://0x7f.0.0.1/", "https://0x7f000001/",
    "https://127.1/", "https://127.0.0.01/", "https://1.2.3.4.5/", "https://example.org./", "https://[::1/",
    "https://[fe80::1%25eth0]/", "https://[127.0.0.1]/", "https://::1/", "https://example.org/%zz", "https://a|b/",
    "//example.org/", "example.org", "https://-a.org/", "https://a..b/", "javascript:alert(1)",
  ])
  func `An address that could be read in two ways is not taken`(url: String) throws {
    let workshop = try Workshop(.memory)
    #expect(throws: SubscriptionError.self) {
      try workshop.register.createWebhook(url: url, service: Self.service, actor: nil)
    }
  }

  @Test(arguments: [
    "-oQ/tmp@example.org", "a b@example.org", "a@b@c", "a\n@example.org", "", "a@", "@b", "é@example.org",
  ])
  func `A mail address that a header or a command line could misread is not taken`(address: String) throws {
    let workshop = try Workshop(.memory)
    #expect(throws: SubscriptionError.self) {
      try workshop.register.createMailing(address: address, language: "fr", service: Self.service, actor: nil)
    }
  }
}

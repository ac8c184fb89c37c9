import CivilTime
import Foundation
import GRDB
import Planning
import RegisterSQLite
import TestSupport
import Testing

@testable import Register

/// Reminders wait in the outbox for their hour, and for nothing else. The hours: 48 and 24 before a start, as the contract asks.
@Suite struct ReminderTests {
  static let leads: [Elapsed] = [.hours(48), .hours(24)]

  static func workshop(_ kind: StoreKind) throws -> Workshop { try Workshop(kind, reminders: leads) }

  /// Reminders to a subscription: the hour, and what became of it.
  static func reminders(_ workshop: Workshop, of subscription: String = "MAIL-0001") throws -> [String] {
    var filter = OutboxFilter()
    filter.subscription = subscription
    return try workshop.register.deliveries(filter).filter(\.isReminder).map {
      "\(TimeText.utc($0.notBefore)) \($0.state.rawValue)"
    }
  }

  /// Delivers all that is due, and tells how many reminders that were.
  @discardableResult
  static func send(_ workshop: Workshop, text: String? = "5eed") throws -> Int {
    var count = 0
    _ = try workshop.register.lapseDeliveries()
    while true {
      let claims = try workshop.register.claimDeliveries(limit: 10, owner: "w", for: .minutes(2))
      guard !claims.isEmpty else { break }
      for claim in claims {
        if claim.isReminder { count += 1 }
        #expect(try workshop.register.settle(claim, .delivered, text: text))
      }
    }
    try workshop.register.recordTold()
    return count
  }

  @Test(arguments: StoreKind.allCases)
  func `A plan promises its reminders when it is published, and they go at their hour, not before`(kind: StoreKind)
    throws
  {
    let workshop = try Self.workshop(kind)
    try OutboxTests.mailing(workshop)
    try workshop.submit("2026-11-08T00:00:00Z")
    #expect(
      try Self.reminders(workshop) == ["2026-11-07T00:00:00Z pending", "2026-11-06T00:00:00Z pending"])
    #expect(try Self.send(workshop) == 0)
    workshop.clock.now = utc("2026-11-05T23:59:59Z")
    #expect(try Self.send(workshop) == 0)
    workshop.clock.now = utc("2026-11-06T00:00:00Z")
    #expect(try Self.send(workshop) == 1)
    workshop.clock.now = utc("2026-11-07T00:00:00Z")
    #expect(try Self.send(workshop) == 1)
    #expect(try workshop.verify().problems == [])
    let figures = try workshop.register.outboxFigures()
    #expect((figures.pending, figures.scheduled, figures.dead) == (0, 0, 0))
  }

  @Test(arguments: StoreKind.allCases)
  func `A move, a cancellation and a start make what waits void; the new plan promises its own`(kind: StoreKind) throws
  {
    let workshop = try Self.workshop(kind)
    try OutboxTests.mailing(workshop)
    let moved = try #require(try workshop.submit("2026-11-08T00:00:00Z").change).id
    let cancelled = try #require(try workshop.submit("2026-11-09T00:00:00Z").change).id
    _ = try workshop.execute(
      .reschedule(interval: workshop.content("2026-11-15T00:00:00Z").interval, reason: "later", alongside: []),
      on: moved)
    _ = try workshop.execute(.cancel(reason: "no more"), on: cancelled)
    #expect(
      try Self.reminders(workshop) == [
        "2026-11-07T00:00:00Z void", "2026-11-06T00:00:00Z void", "2026-11-08T00:00:00Z void",
        "2026-11-07T00:00:00Z void", "2026-11-14T00:00:00Z pending", "2026-11-13T00:00:00Z pending",
      ])
    workshop.clock.now = utc("2026-11-13T06:00:00Z")
    #expect(try Self.send(workshop) == 1)
    _ = try workshop.execute(.start(at: nil, reason: "early"), on: moved)
    #expect(try Self.reminders(workshop).suffix(2) == ["2026-11-14T00:00:00Z void", "2026-11-13T00:00:00Z delivered"])
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `What is reworded is reminded of once; what moved there and back is reminded of anew`(kind: StoreKind) throws {
    let workshop = try Self.workshop(kind)
    try OutboxTests.mailing(workshop)
    let id = try #require(try workshop.submit("2026-11-20T00:00:00Z").change).id
    var amendment = ChangeCommand.Amendment()
    amendment[.title] = .text("Migration")
    _ = try workshop.execute(.amend(amendment, reason: "clearer"), on: id)
    #expect(try Self.reminders(workshop).count == 2)
    _ = try workshop.execute(
      .reschedule(interval: workshop.content("2026-11-22T00:00:00Z").interval, reason: "later", alongside: []), on: id)
    _ = try workshop.execute(
      .reschedule(interval: workshop.content("2026-11-20T00:00:00Z").interval, reason: "back", alongside: []), on: id)
    let states = try Self.reminders(workshop)
    #expect(
      states.filter { $0.hasSuffix("pending") } == ["2026-11-19T00:00:00Z pending", "2026-11-18T00:00:00Z pending"])
    #expect(states.count { $0.hasSuffix("void") } == 4)
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `Who was off for a day sends what is still of use, and says what lapsed`(kind: StoreKind) throws {
    let workshop = try Self.workshop(kind)
    try OutboxTests.mailing(workshop)
    try workshop.submit("2026-11-08T00:00:00Z")
    try Self.send(workshop)
    // From 36 h before the start the second can go out: the first would come too late.
    workshop.clock.now = utc("2026-11-06T12:00:00Z")
    let lapsed = try workshop.register.lapseDeliveries()
    #expect(lapsed.map(\.lead) == [.hours(48)])
    #expect(lapsed.map(\.lastError) == [OutboxRow.tooLate])
    #expect(try Self.send(workshop) == 0)
    workshop.clock.now = utc("2026-11-08T00:00:00Z")
    #expect(try workshop.register.lapseDeliveries().map(\.lead) == [.hours(24)])
    #expect(try Self.send(workshop) == 0)
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `Who subscribes later gets what is still to come, and a notice of it all is one notice`(kind: StoreKind) throws {
    let workshop = try Self.workshop(kind)
    try OutboxTests.mailing(workshop)
    let id = try #require(try workshop.submit("2026-11-08T00:00:00Z").change).id
    try OutboxTests.mailing(workshop)
    try OutboxTests.mailing(workshop, [.announcement])
    #expect(try Self.reminders(workshop, of: "MAIL-0002") == Self.reminders(workshop))
    #expect(try Self.reminders(workshop, of: "MAIL-0003") == [])
    workshop.clock.now = utc("2026-11-06T00:00:00Z")
    #expect(try Self.send(workshop) == 2)
    let told = try workshop.register.change(id).notices.filter { $0.kind == .reminder }
    #expect(told.map(\.evidence?.addresses) == [2])
    #expect(told.map(\.evidence?.lead) == [.hours(48)])
    #expect(try workshop.verify().problems == [])
  }

  /// The hour of the evidence is that of the last mail that was delivered.
  @Test(arguments: StoreKind.allCases)
  func `What mailings got is on record as published, once all are settled and one was delivered`(kind: StoreKind) throws
  {
    let workshop = try Self.workshop(kind)
    try OutboxTests.mailing(workshop)
    try OutboxTests.mailing(workshop)
    let id = try #require(try workshop.submit("2026-11-08T00:00:00Z").change).id
    let claims = try workshop.register.claimDeliveries(limit: 10, owner: "w", for: .minutes(2))
    #expect(claims.count == 2)
    #expect(try workshop.register.settle(claims[0], .delivered, text: "abc", revision: 0))
    try workshop.register.recordTold()
    #expect(try workshop.register.change(id).notices == [])
    let sent = workshop.clock.now
    workshop.clock.now = workshop.clock.now + .minutes(1)
    #expect(try workshop.register.settle(claims[1], .dead(error: "no such user")))
    try workshop.register.recordTold()
    let notice = try #require(try workshop.register.change(id).notices.first)
    #expect(notice.kind == .announcement)
    #expect(notice.channel == .mail)
    #expect(notice.publishedAt == .init(stated: sent, recorded: workshop.clock.now))
    #expect(notice.evidence == NoticeEvidence(addresses: 1, texts: [.init(language: "fr", digest: "abc")], lead: nil))
    let owed = NoticeObligations.owed(
      for: try workshop.register.change(id), at: workshop.clock.now, by: workshop.contract.contract.notices)
    #expect(owed.contains { $0.kind == .announcement } == false)
    // No address got it: it is owed all the same.
    let other = try #require(try workshop.submit("2026-11-15T00:00:00Z").change).id
    for claim in try workshop.register.claimDeliveries(limit: 10, owner: "w", for: .minutes(2)) {
      #expect(try workshop.register.settle(claim, .dead(error: "no such user")))
    }
    try workshop.register.recordTold()
    #expect(try workshop.register.change(other).notices == [])
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `Who is reached later is told of apart, and nobody is counted twice`(kind: StoreKind) throws {
    let workshop = try Self.workshop(kind)
    try OutboxTests.mailing(workshop)
    try OutboxTests.mailing(workshop)
    let id = try #require(try workshop.submit("2026-11-08T00:00:00Z").change).id
    let claims = try workshop.register.claimDeliveries(limit: 10, owner: "w", for: .minutes(2))
    #expect(try workshop.register.settle(claims[0], .delivered, text: "abc"))
    #expect(try workshop.register.settle(claims[1], .dead(error: "no such user")))
    try workshop.register.recordTold()
    _ = try workshop.register.retryDelivery(claims[1].id)
    try Self.send(workshop)
    workshop.clock.now = utc("2026-11-06T00:00:00Z")
    try Self.send(workshop)
    workshop.clock.now = utc("2026-11-06T01:00:00Z")
    try OutboxTests.mailing(workshop)
    try Self.send(workshop)
    let told = try workshop.register.change(id).notices
    #expect(told.map(\.kind) == [.announcement, .announcement, .reminder, .reminder])
    #expect(told.map(\.evidence?.addresses) == [1, 1, 2, 1])
    #expect(try workshop.verify().problems == [])
  }

  /// Source: the windows of two reminders that are nearer to each other than one may go out early.
  @Test(arguments: [([24, 12], 12), ([2, 1], 1), ([1], 0)] as [([Int64], Int64)])
  func `Reminders that are close together go all the same`(leads: [Int64], last: Int64) throws {
    let workshop = try Workshop(.sqlite, reminders: leads.map { .hours($0) })
    try OutboxTests.mailing(workshop)
    try workshop.submit("2026-11-08T00:00:00Z")
    try Self.send(workshop)
    workshop.clock.now = utc("2026-11-08T00:00:00Z") - .hours(leads[0])
    #expect(try Self.send(workshop) == 1)
    #expect(try Self.reminders(workshop).count { $0.hasSuffix("delivered") } == 1)
    #expect(
      try workshop.register.deliveries().first { $0.lead == .hours(leads[0]) }?.until
        == utc("2026-11-08T00:00:00Z") - .hours(last))
  }

  @Test(arguments: StoreKind.allCases)
  func `What was promised stands, whatever the contract says later, until the plan is made anew`(kind: StoreKind) throws
  {
    var workshop = try Self.workshop(kind)
    try OutboxTests.mailing(workshop)
    let id = try #require(try workshop.submit("2026-11-20T00:00:00Z").change).id
    var edited = workshop.contract.contract
    edited.notices.reminders = [.hours(72)]
    workshop.contract = BoundContract(contract: edited, files: [("edited", [1])])
    var amendment = ChangeCommand.Amendment()
    amendment[.title] = .text("Migration")
    _ = try workshop.execute(.amend(amendment, reason: "clearer"), on: id)
    #expect(
      try Self.reminders(workshop) == ["2026-11-19T00:00:00Z pending", "2026-11-18T00:00:00Z pending"])
    _ = try workshop.execute(
      .reschedule(interval: workshop.content("2026-11-22T00:00:00Z").interval, reason: "later", alongside: []), on: id)
    #expect(try Self.reminders(workshop).last == "2026-11-19T00:00:00Z pending")
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `A reminder that was given up is void with its plan, and nobody can send it again`(kind: StoreKind) throws {
    let workshop = try Self.workshop(kind)
    try OutboxTests.mailing(workshop)
    let id = try #require(try workshop.submit("2026-11-08T00:00:00Z").change).id
    try Self.send(workshop)
    workshop.clock.now = utc("2026-11-06T00:00:00Z")
    let claim = try #require(try workshop.register.claimDeliveries(limit: 1, owner: "w", for: .minutes(2)).first)
    #expect(try workshop.register.settle(claim, .dead(error: "no such user")))
    _ = try workshop.execute(.cancel(reason: "no more"), on: id)
    #expect(try Self.reminders(workshop).contains("2026-11-06T00:00:00Z void"))
    #expect(throws: SubscriptionError.notDead(claim.id)) { try workshop.register.retryDelivery(claim.id) }
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `With a clock that stands behind, what was sent is settled, and recorded when the clock is right`(
    kind: StoreKind
  ) throws {
    let workshop = try Self.workshop(kind)
    try OutboxTests.mailing(workshop)
    let id = try #require(try workshop.submit("2026-11-08T00:00:00Z").change).id
    let claim = try #require(try workshop.register.claimDeliveries(limit: 1, owner: "w", for: .minutes(2)).first)
    let now = workshop.clock.now
    workshop.clock.now = now - .hours(1)
    #expect(try workshop.register.settle(claim, .delivered, text: "abc"))
    for _ in 0..<3 { #expect(throws: RegisterError.self) { try workshop.register.recordTold() } }
    // A worker tries each second; an incident of each would fill the register.
    #expect(try workshop.store.read { try $0.clockIncidents() } == [])
    workshop.clock.now = now
    #expect(try workshop.register.claimDeliveries(limit: 1, owner: "w", for: .minutes(2)).isEmpty)
    try workshop.register.recordTold()
    #expect(try workshop.register.change(id).notices.map(\.evidence?.addresses) == [1])
  }

  @Test(arguments: StoreKind.allCases)
  func `What was told is recorded although the mail that held it up was revoked`(kind: StoreKind) throws {
    let workshop = try Self.workshop(kind)
    try OutboxTests.mailing(workshop)
    let second = try OutboxTests.mailing(workshop)
    let id = try #require(try workshop.submit("2026-11-08T00:00:00Z").change).id
    let claims = try workshop.register.claimDeliveries(limit: 2, owner: "w", for: .minutes(2))
    let mine = try #require(claims.first { $0.subscription == "MAIL-0001" })
    #expect(try workshop.register.settle(mine, .delivered, text: "abc"))
    try workshop.register.recordTold()
    #expect(try workshop.register.change(id).notices == [])
    try workshop.register.revoke(Mailing.self, second.id, actor: "root")
    try workshop.register.recordTold()
    #expect(try workshop.register.change(id).notices.map(\.evidence?.addresses) == [1])
  }

  /// What a contract says later of the portal moves nothing that was.
  @Test(arguments: StoreKind.allCases)
  func `A revision that the portal showed at once says so in the log`(kind: StoreKind) throws {
    var workshop = try Self.workshop(kind)
    let before = try #require(try workshop.submit("2026-11-08T00:00:00Z").change)
    #expect(before.marks.map(\.isServed) == [false])
    var edited = workshop.contract.contract
    edited.notices.servesPortal = true
    workshop.contract = BoundContract(contract: edited, files: [("edited", [1])])
    let id = try #require(try workshop.submit("2026-11-15T00:00:00Z").change).id
    #expect(try workshop.register.change(id).marks.map(\.isServed) == [true])
    #expect(try workshop.register.change(before.id).marks.map(\.isServed) == [false])
    #expect(try workshop.events().last?.body.contains(#""portal":"served""#) == true)
    #expect(try workshop.verify().problems == [])
  }

  /// What was handed over before the move was committed went; it is void for nobody's record.
  @Test(arguments: StoreKind.allCases)
  func `A reminder that becomes void while it is sent is on record as it ended`(kind: StoreKind) throws {
    let workshop = try Self.workshop(kind)
    try OutboxTests.mailing(workshop)
    let id = try #require(try workshop.submit("2026-11-08T00:00:00Z").change).id
    try Self.send(workshop)
    workshop.clock.now = utc("2026-11-06T00:00:00Z")
    let claim = try #require(try workshop.register.claimDeliveries(limit: 1, owner: "w", for: .minutes(2)).first)
    _ = try workshop.execute(.cancel(reason: "no more"), on: id)
    #expect(try workshop.register.outboxFigures().scheduled == 0)
    #expect(try workshop.verify().problems == [])
    #expect(try !workshop.register.settle(claim, .retry(at: workshop.clock.now, error: "no")))
    #expect(try workshop.register.settle(claim, .delivered, text: "abc"))
    #expect(try Self.reminders(workshop).contains("2026-11-06T00:00:00Z delivered"))
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `A plan that nobody feels, one that is near, and urgent work promise none that could not help`(kind: StoreKind)
    throws
  {
    let workshop = try Self.workshop(kind)
    try OutboxTests.mailing(workshop)
    var silent = workshop.content("2026-11-08T00:00:00Z")
    silent.impact = .none
    _ = try workshop.execute(.submit(silent))
    // 59 hours ahead: the first is so near that the announcement stands for it.
    workshop.clock.now = utc("2026-11-02T13:00:00Z")
    try workshop.submit("2026-11-05T00:00:00Z")
    #expect(try Self.reminders(workshop) == ["2026-11-04T00:00:00Z pending"])
  }

  @Test func `What a hand changes of a reminder is found`() throws {
    for sql in [
      "UPDATE outbox SET not_before = not_before - 60 WHERE lead > 0", "DELETE FROM outbox WHERE lead = 86400",
      "UPDATE outbox SET until = NULL WHERE lead > 0", "UPDATE outbox SET lead = 3600 WHERE lead = 86400",
      "UPDATE outbox SET state = 'lapsed' WHERE lead = 0",
    ] {
      let workshop = try Self.workshop(.sqlite)
      try OutboxTests.mailing(workshop)
      try workshop.submit("2026-11-08T00:00:00Z")
      try DatabaseQueue(path: workshop.path).write { try $0.execute(sql: sql) }
      #expect(try !workshop.verify().problems.isEmpty, "\(sql)")
    }
  }

  @Test func `A void reminder that a hand lets wait again is found`() throws {
    let workshop = try Self.workshop(.sqlite)
    try OutboxTests.mailing(workshop)
    let id = try #require(try workshop.submit("2026-11-08T00:00:00Z").change).id
    _ = try workshop.execute(.cancel(reason: "no more"), on: id)
    try DatabaseQueue(path: workshop.path).write {
      try $0.execute(sql: "UPDATE outbox SET state = 'pending', last_error = NULL, settled_at = NULL WHERE lead > 0")
    }
    #expect(try workshop.verify().problems.contains { $0.place.hasPrefix("outbox") })
  }

  /// The file is of a build that knew no reminders; what it promised, nobody could tell.
  @Test func `A register of format 6 goes on, and what is planned anew has reminders`() throws {
    let (folder, path) = try OldRegister.copy(format: 6)
    let before = try Register.verify(try SQLiteStore.open(at: path, readOnly: true))
    #expect(before.problems == [])
    let read = try SQLiteStore.open(at: path, readOnly: true)
    let rows = try read.read { try $0.outbox(OutboxFilter()) }
    #expect(!rows.isEmpty)
    #expect(rows.allSatisfy { $0.lead == .zero && $0.notBefore == $0.createdAt })
    let store = try SQLiteStore.open(at: path)
    let after = try Register.verify(store)
    #expect(after.problems == [])
    #expect(after.root == before.root)
    #expect(try store.read { try $0.outbox(OutboxFilter()) } == rows)
    #expect(FileManager.default.fileExists(atPath: "\(path).before-reminders-\(before.events)"))
    let new = folder.path("new.sqlite")
    _ = try SQLiteStore.create(at: new)
    #expect(try OldRegister.schema(path) == OldRegister.schema(new))
  }
}

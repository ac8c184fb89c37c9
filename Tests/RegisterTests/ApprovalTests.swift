import CivilTime
import Planning
import TestSupport
import Testing

@testable import Register

/// Requests that wait for approval: what the store holds of them, and what verify makes of their log.
@Suite struct ApprovalTests {
  static let terms = ContractTerms.Approval(
    clause: "article 7", kinds: [.maintenance, .update], by: .releaseManager, fourEyes: true)
  private static let first = "2026-12-06T01:00:00Z"
  private static let later = Interval(start: utc("2026-12-13T01:00:00Z"), length: .hours(2))!

  private static func workshop(_ kind: StoreKind) throws -> Workshop {
    var workshop = try Workshop(kind)
    var contract = workshop.contract.contract
    for index in contract.versions.indices { contract.versions[index].approval = terms }
    workshop.contract = BoundContract(contract: contract, files: workshop.contract.files)
    return workshop
  }

  @discardableResult
  private static func run(
    _ workshop: Workshop, _ command: ChangeCommand, on id: ChangeID? = nil, by actor: String = "eve",
    key: String? = nil, seen: Register.Request.Expected? = nil
  ) throws -> Register.Outcome {
    var request = Register.Request(command, on: id, actor: actor, idempotencyKey: key)
    request.expected = seen
    return try workshop.register.execute(request) { _ in workshop.contract }
  }

  private static func held(_ workshop: Workshop) throws -> [Interval] {
    let all = Interval(start: .earliest, end: .latest)!
    return try workshop.store.read {
      try $0.bookings(service: OutboxTests.service, environment: "production", in: all).map(\.interval)
    }.sorted { $0.start < $1.start }
  }

  @Test(arguments: StoreKind.allCases)
  func `A move that waits holds both times until it is decided, and verify makes the same rows`(kind: StoreKind) throws
  {
    let workshop = try Self.workshop(kind)
    let content = workshop.content(Self.first)
    let id = try #require(try Self.run(workshop, .submit(content)).change?.id)
    #expect(try workshop.register.published(id) == nil)
    #expect(try workshop.register.published(of: workshop.contract.contract).rows.byID.isEmpty)
    #expect(try Self.held(workshop) == [content.interval])
    try Self.run(workshop, .approve(reason: nil), on: id, by: "rita")
    let move = ChangeCommand.reschedule(interval: Self.later, reason: "Vendor is late", alongside: [])
    try Self.run(workshop, move, on: id)
    #expect(try Self.held(workshop) == [content.interval, Self.later])
    // Neither time is free for others, whatever part of it they want.
    for start in [Self.first, "2026-12-13T02:59:59Z"] {
      #expect(try Self.run(workshop, .submit(workshop.content(start))).verdict.status == .refused)
    }
    let published = try #require(try workshop.register.published(id))
    #expect(published.revisions.count == 1 && published.newest.content.interval == content.interval)
    #expect(try workshop.verify().problems == [])
    try Self.run(workshop, .approve(reason: nil), on: id, by: "rita")
    #expect(try Self.held(workshop) == [Self.later])
    #expect(try workshop.register.published(id)?.newest.content.interval == Self.later)
    try Self.run(workshop, .reschedule(interval: content.interval, reason: "Back", alongside: []), on: id)
    try Self.run(workshop, .decline(reason: "No"), on: id, by: "rita")
    #expect(try Self.held(workshop) == [Self.later])
    #expect(
      try workshop.events().filter { $0.stream == id.description }.map(\.type) == [
        "requested", "approved", "rescheduled", "requested", "approved", "rescheduled", "requested", "declined",
      ])
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `Joint work is approved in either order`(kind: StoreKind) throws {
    for order in [[0, 1], [1, 0]] {
      let workshop = try Self.workshop(kind)
      let first = try #require(try Self.run(workshop, .submit(workshop.content(Self.first))).change?.id)
      var content = workshop.content(Self.first)
      content.alongside = [first]
      let second = try #require(try Self.run(workshop, .submit(content)).change?.id)
      for index in order {
        let done = try Self.run(workshop, .approve(reason: nil), on: [first, second][index], by: "rita")
        #expect(done.verdict.status == .allowed && done.change?.state == .planned, "\(order)")
      }
      // A third says so of neither.
      #expect(try Self.run(workshop, .submit(workshop.content(Self.first))).verdict.status == .refused)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `A request whose time to be approved is over holds nothing against others, nor urgent work ever`(
    kind: StoreKind
  ) throws {
    let content = try Self.workshop(kind).content(Self.first)
    let other = try Self.workshop(kind)
    let asked = try #require(try Self.run(other, .submit(other.content(Self.first))).change?.id)
    // A correction needs no notice, and is refused for nothing but the overlap.
    var fix = other.content(Self.first)
    (fix.kind, fix.impact) = (.update, .none)
    fix.update = UpdateDetails(version: "1.0.1", category: .correction, interruption: false)
    other.clock.now = content.interval.start - .hours(48)
    #expect(try Self.run(other, .submit(fix)).verdict.status == .refused)
    other.clock.now = content.interval.start - .hours(48) + Elapsed(seconds: 1)
    let fixing = try #require(try Self.run(other, .submit(fix)).change)
    #expect(fixing.state == .requested && fixing.isBooked)
    #expect(try other.register.change(asked).state == .requested)
    // What waits is in the way of planned work until it starts, and of urgent work never.
    other.clock.now = content.interval.start - .hours(12)
    #expect(try Self.run(other, .submit(fix)).verdict.status == .refused)
    var urgent = other.content(Self.first)
    (urgent.kind, urgent.reason) = (.emergency, "Disk full")
    #expect(try Self.run(other, .emergency(urgent)).verdict.status == .allowed)
  }

  @Test func `Everybody reads nothing of a change that only waits`() throws {
    let workshop = try Self.workshop(.sqlite)
    let hidden = try #require(try Self.run(workshop, .submit(workshop.content(Self.first))).change?.id)
    var content = workshop.content(Self.first)
    content.alongside = [hidden]
    let second = try #require(try Self.run(workshop, .submit(content)).change?.id)
    let told = try #require(try Self.run(workshop, .approve(reason: nil), on: second, by: "rita").change)
    #expect(told.content.alongside == [hidden])
    #expect(try workshop.register.forEveryone(told).content.alongside == [])
  }

  @Test func `Verify names a second time that is not held, and one that is held for nothing`() throws {
    let workshop = try Self.workshop(.sqlite)
    let id = try #require(try Self.run(workshop, .submit(workshop.content(Self.first))).change?.id)
    try Self.run(workshop, .approve(reason: nil), on: id, by: "rita")
    try Self.run(workshop, .reschedule(interval: Self.later, reason: "x", alongside: []), on: id)
    let change = try workshop.register.change(id)
    var row = change.row(newest: try #require(try workshop.events().last).sequence)
    row.state = .released
    try workshop.store.write { try $0.put(row) }
    #expect(try workshop.verify().problems.map(\.place) == ["subjects CHG-2026-0001"])
  }

  @Test(arguments: StoreKind.allCases)
  func `Clients are told when it is approved, staff where they name the events`(kind: StoreKind) throws {
    let workshop = try Self.workshop(kind)
    let clients = try OutboxTests.hook(workshop)
    let staff = try OutboxTests.hook(workshop, [.requested, .approved, .declined])
    let both = try OutboxTests.hook(workshop, [.planned, .approved])
    let stranger = try OutboxTests.hook(workshop, [.requested], service: "paie")
    let mail = try OutboxTests.mailing(workshop)
    let id = try #require(try Self.run(workshop, .submit(workshop.content(Self.first))).change?.id)
    func told(_ id: String) throws -> [String] { try OutboxTests.told(id, workshop) }
    #expect(try told(clients.id.description) == [] && told(mail.id.description) == [])
    #expect(try told(staff.id.description) == ["requested"])
    try Self.run(workshop, .approve(reason: nil), on: id, by: "rita")
    try Self.run(workshop, .reschedule(interval: Self.later, reason: "x", alongside: []), on: id)
    try Self.run(workshop, .decline(reason: "No"), on: id, by: "rita")
    #expect(try told(clients.id.description) == ["rescheduled"] && told(mail.id.description) == ["rescheduled"])
    #expect(try told(staff.id.description) == ["requested", "approved", "requested", "declined"])
    #expect(try told(both.id.description) == ["approved", "rescheduled"])
    #expect(try told(stranger.id.description) == [])
    #expect(try workshop.verify().problems == [])
  }

  @Test func `Reminders are those of what is published`() throws {
    var workshop = try Workshop(.sqlite, reminders: [.hours(24)])
    var contract = workshop.contract.contract
    for index in contract.versions.indices { contract.versions[index].approval = Self.terms }
    workshop.contract = BoundContract(contract: contract, files: workshop.contract.files)
    let mail = try OutboxTests.mailing(workshop)
    let id = try #require(try Self.run(workshop, .submit(workshop.content(Self.first))).change?.id)
    func hours() throws -> [Instant] {
      try workshop.register.deliveries().filter { $0.isReminder && $0.state == .pending }.map(\.notBefore)
    }
    #expect(try hours() == [] && !mail.isRevoked)
    try Self.run(workshop, .approve(reason: nil), on: id, by: "rita")
    #expect(try hours() == [utc("2026-12-05T01:00:00Z")])
    try Self.run(workshop, .reschedule(interval: Self.later, reason: "x", alongside: []), on: id)
    #expect(try hours() == [utc("2026-12-05T01:00:00Z")], "the old plan stands")
    try Self.run(workshop, .approve(reason: nil), on: id, by: "rita")
    #expect(try hours() == [utc("2026-12-12T01:00:00Z")])
    #expect(try workshop.verify().problems == [])
  }

  @Test func `An approval is answered again under its key, and of the digest that its JSON has`() throws {
    let workshop = try Self.workshop(.sqlite)
    let id = try #require(try Self.run(workshop, .submit(workshop.content(Self.first))).change?.id)
    let done = try Self.run(workshop, .approve(reason: nil), on: id, by: "rita", key: "a1")
    let again = try Self.run(workshop, .approve(reason: nil), on: id, by: "rita", key: "a1")
    #expect(again.isReplay && again.verdict == done.verdict && again.change == done.change)
    #expect(throws: RegisterError.idempotencyKeyReused("a1")) {
      try Self.run(workshop, .decline(reason: "x"), on: id, by: "rita", key: "a1")
    }
    // sha256 of `approve CHG-2026-0007 {}` and `decline CHG-2026-0007 {"reason":"Too close"}`, by Python's hashlib.
    let other = ChangeID(year: 2026, number: 7)
    #expect(
      Register.Request(.approve(reason: nil), on: other).digests.first
        == "0b380b99ec8dd8974deaae2364b4358167d379aff636fd02efc31530446dc534")
    #expect(
      Register.Request(.decline(reason: "Too close"), on: other).digests.first
        == "fece978f22987b3739e16018bf259aba41df4ab1165b460d1c5a24c97a08a9fd")
  }

  @Test func `Whoever saw the plan alone has not seen what waits beside it`() throws {
    let workshop = try Self.workshop(.sqlite)
    let id = try #require(try Self.run(workshop, .submit(workshop.content(Self.first))).change?.id)
    try Self.run(workshop, .approve(reason: nil), on: id, by: "rita", seen: .draft(newest: 3))
    try Self.run(workshop, .reschedule(interval: Self.later, reason: "x", alongside: []), on: id, seen: .revision(0))
    let newest = try #require(try workshop.events().last).sequence
    #expect(throws: RegisterError.staleDraft(newest: newest)) {
      try Self.run(workshop, .approve(reason: nil), on: id, by: "rita", seen: .revision(0))
    }
    #expect(throws: RegisterError.staleDraft(newest: newest - 1)) {
      try Self.run(workshop, .approve(reason: nil), on: id, by: "rita", seen: .draft(newest: newest - 1))
    }
    try Self.run(workshop, .approve(reason: nil), on: id, by: "rita", seen: .draft(newest: newest))
  }
}

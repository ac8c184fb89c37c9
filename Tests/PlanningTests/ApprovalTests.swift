import CivilTime
import TestSupport
import Testing

@testable import Planning

/// Requests that somebody else approves before anybody is told. Source: product.md, section 7, "Approval"; 48 hours of
/// notice: contract, article 5.
@Suite struct ApprovalTests {
  private static let night = LifeCycle.night
  /// The night of 9 June, a week later.
  private static let later = LifeCycle.span("2026-06-08T22:00:00Z", "2026-06-09T00:00:00Z")
  /// 48 hours before 2026-06-01T22:00:00Z.
  private static let latest = utc("2026-05-30T22:00:00Z")
  private static let second = Elapsed(seconds: 1)

  private static func life(_ edit: (inout ContractTerms.Approval) -> Void = { _ in }) -> LifeCycle {
    var life = LifeCycle()
    var approval = LifeCycle.approval
    edit(&approval)
    life.contract.versions[0].approval = approval
    return life
  }

  /// Asked for by Eve.
  private static func requested() throws -> LifeCycle {
    var life = life()
    #expect(try life.run(.submit(LifeCycle.maintenance())).eventNames == ["requested"])
    return life
  }

  private static func published() throws -> LifeCycle {
    var life = try requested()
    life.actor = "rita"
    try life.run(.approve(reason: nil))
    try #require(life.change?.state == .planned)
    life.actor = "eve"
    return life
  }

  private static func move(_ interval: Interval, _ reason: Reason? = "Vendor is late") -> ChangeCommand {
    .reschedule(interval: interval, reason: reason, alongside: [])
  }

  @Test func `What is allowed is requested, holds its time, and nothing of it is published`() throws {
    let change = try #require(try Self.requested().change)
    #expect(change.state == .requested && change.isBooked && change.held == [Self.night])
    #expect(change.revision == nil && change.plannedAt == nil && change.marks.isEmpty && change.lastRevision == nil)
    #expect(NoticeKind.current(for: change) == nil && ClientEvent(change) == nil && change.promisedReminders.isEmpty)
    #expect(NoticeObligations.owed(for: change, at: LifeCycle.early, by: NoticeTerms()) == [])
    #expect(change.gateInterval == nil)
    #expect(
      change.approval == Approval(state: .requested, by: "eve", at: LifeCycle.early, requesters: ["eve"]))
  }

  @Test func `What is refused is a draft as ever, and urgent work waits for nobody`() throws {
    var life = Self.life()
    #expect(try life.run(.submit(LifeCycle.maintenance()), at: Self.latest + Self.second).eventNames == ["refused"])
    #expect(life.change?.approval == nil)
    let soon = LifeCycle.span("2026-05-28T09:00:00Z", "2026-05-28T10:00:00Z")
    #expect(try life.run(.emergency(LifeCycle.emergency(soon))).eventNames == ["planned"])
    var updates = Self.life { $0.kinds = [.maintenance] }
    #expect(try updates.run(.submit(LifeCycle.update(Self.night))).eventNames == ["planned"])
    var none = LifeCycle()
    #expect(try none.run(.submit(LifeCycle.maintenance())).eventNames == ["planned"])
    #expect(none.change?.approval == nil)
  }

  /// Exactly 48 hours are enough, a second less is not; the notice runs to the approval.
  @Test func `The notice runs to the approval, to the second`() throws {
    var life = try Self.requested()
    life.actor = "rita"
    let late = try life.run(.approve(reason: nil), at: Self.latest + Self.second)
    #expect(late.violations == [.insufficientNotice] && late.events.isEmpty)
    #expect(life.change?.state == .requested && life.change?.approval?.state == .requested)
    let decision = try life.run(.approve(reason: "Agreed"), at: Self.latest)
    #expect(decision.eventNames == ["approved", "rescheduled"])
    let change = try #require(life.change)
    #expect(change.state == .planned && change.revision == 0 && change.plannedAt == Self.latest)
    #expect(change.lastRevision == .announced && change.marks.map(\.notice) == [.announcement])
    #expect(change.noticeGiven == .hours(48))
    #expect(
      change.approval
        == Approval(state: .approved, by: "rita", at: Self.latest, reason: "Agreed", requesters: ["eve"]))
  }

  @Test(arguments: [true, false])
  func `The latest moment of approval follows from the notice of the content`(interrupts: Bool) {
    let contract = SampleContract.contract()
    #expect(contract.latestPublication(of: LifeCycle.maintenance()) == Self.latest)
    let update = LifeCycle.update(Self.night) { content, details in details.interruption = interrupts }
    // Without interruption an update has to be announced before it starts (article 10).
    #expect(contract.latestPublication(of: update) == (interrupts ? Self.latest : Self.night.start - Self.second))
    let correction = LifeCycle.update(Self.night) { _, details in details.category = .correction }
    #expect(contract.latestPublication(of: correction) == nil)
  }

  @Test func `All rules are asked again at the approval`() throws {
    var life = try Self.requested()
    life.actor = "rita"
    life.booked = [Booking(change: ChangeID(year: 2026, number: 2), interval: Self.night)]
    #expect(try life.run(.approve(reason: nil)).violations == [.overlap])
    life.booked = [Booking(change: LifeCycle.id, interval: Self.night)]
    life.contract.versions[0].freezes = [Freeze(title: "Taxes", interval: Self.night, source: "f.ics")]
    #expect(try life.run(.approve(reason: nil)).violations == [.freeze])
    #expect(life.change?.state == .requested)
  }

  /// Whoever approves has said nothing of them, so that there is nothing to say again in another way.
  @Test func `A component or an environment that is gone refuses, beside all other rules`() throws {
    var life = try Self.requested()
    life.actor = "rita"
    life.contract.components.removeAll { $0 == "api" }
    life.contract.versions[0].freezes = [Freeze(title: "Taxes", interval: Self.night, source: "f.ics")]
    #expect(try life.run(.approve(reason: nil)).violations == [.freeze, .unknownComponent])
    life.contract.environments.removeAll { $0 == "production" }
    #expect(try life.run(.approve(reason: nil)).violations == [.freeze, .unknownComponent, .unknownEnvironment])
    #expect(life.change?.state == .requested)
  }

  @Test func `Four eyes: nobody approves what their own name asked for, in any case of its letters`() throws {
    for name in ["eve", "EVE", nil] {
      var life = try Self.requested()
      life.actor = name
      #expect(life.error(.approve(reason: nil)) == .ownRequest(LifeCycle.id), "\(name ?? "nobody")")
      #expect(life.change?.state == .requested)
      // Taking it back is no approval.
      #expect(life.error(.decline(reason: "Never mind")) == nil)
    }
    // Whoever changed the request had a part in it too.
    var life = try Self.requested()
    life.actor = "rita"
    try life.run(Self.move(Self.later, nil))
    #expect(life.error(.approve(reason: nil)) == .ownRequest(LifeCycle.id))
    life.actor = "eve"
    #expect(life.error(.approve(reason: nil)) == .ownRequest(LifeCycle.id))
    life.actor = "ada"
    #expect(life.error(.approve(reason: nil)) == nil)
    var two = try Self.requested()
    two.contract.versions[0].approval?.fourEyes = false
    #expect(two.error(.approve(reason: nil)) == nil)
  }

  @Test func `Declined with a reason it is a draft, which can be asked for again`() throws {
    var life = try Self.requested()
    life.actor = "rita"
    #expect(life.error(.decline(reason: nil)) == .declinedWithoutReason(LifeCycle.id))
    #expect(life.error(.decline(reason: " ")) == .declinedWithoutReason(LifeCycle.id))
    #expect(try life.run(.decline(reason: "Too close")).eventNames == ["declined"])
    #expect(life.change?.state == .refused && life.change?.revision == nil && life.change?.held == [])
    #expect(life.change?.approval?.state == .declined && life.change?.approval?.reason == "Too close")
    #expect(life.error(.approve(reason: nil)) == .nothingToDecide(LifeCycle.id))
    #expect(life.error(.decline(reason: "x")) == .nothingToDecide(LifeCycle.id))
    life.actor = "max"
    #expect(try life.run(Self.move(Self.night, nil)).eventNames == ["requested"])
    // What Eve wrote stands in what Max asks for again.
    #expect(life.change?.approval?.requesters == ["eve", "max"])
    for own in ["eve", "max"] {
      life.actor = own
      #expect(life.error(.approve(reason: nil)) == .ownRequest(LifeCycle.id), "\(own)")
    }
    life.actor = "rita"
    #expect(life.error(.approve(reason: nil)) == nil)
  }

  @Test func `Whoever wrote content since the last publication had a part in it, whatever was refused between`() throws
  {
    // Refused, for want of notice; somebody else finds another time for what Zoe wrote.
    var life = Self.life()
    life.actor = "zoe"
    #expect(try life.run(.submit(LifeCycle.maintenance()), at: Self.latest + Self.second).eventNames == ["refused"])
    life.actor = "max"
    try life.run(.amend(.with { $0[.title] = "Other" }, reason: nil), at: Self.latest + Self.second)
    #expect(life.change?.state == .refused && life.change?.content.title == "Other")
    life.actor = "bob"
    #expect(try life.run(Self.move(Self.later, nil)).eventNames == ["requested"])
    for own in ["Zoe", "max", "bob"] {
      life.actor = own
      #expect(life.error(.approve(reason: nil)) == .ownRequest(LifeCycle.id), "\(own)")
    }
    life.actor = "rita"
    #expect(try life.run(.approve(reason: nil)).isAllowed)
    #expect(life.change?.approval?.requesters == ["zoe", "max", "bob"])
    // What is published begins anew.
    life.actor = "rita"
    try life.run(Self.move(Self.night))
    #expect(life.change?.approval?.requesters == ["rita"])
    life.actor = "zoe"
    #expect(life.error(.approve(reason: nil)) == nil)
  }

  @Test func `A request is moved, reworded and withdrawn without a word to anybody`() throws {
    var life = try Self.requested()
    #expect(life.error(Self.move(Self.night)) == .nothingToMove)
    #expect(try life.run(Self.move(Self.later, nil)).eventNames == ["requested"])
    #expect(life.change?.content.interval == Self.later)
    // A refused move leaves the request.
    let noon = LifeCycle.span("2026-06-03T10:00:00Z", "2026-06-03T11:00:00Z")
    #expect(try life.run(Self.move(noon, nil)).eventNames == ["replanningRefused"])
    #expect(life.change?.content.interval == Self.later && life.change?.state == .requested)
    #expect(try life.run(.amend(.with { $0[.title] = "Other" }, reason: nil)).eventNames == ["requested"])
    #expect(life.change?.content.title == "Other")
    #expect(try life.run(.start(at: nil, reason: "x"), at: Self.later.start).violations == [.wrongState])
    #expect(try life.run(.cancel(reason: nil)).eventNames == ["cancelled"])
    #expect(life.change?.state == .cancelled && life.change?.revision == nil && life.change?.approval == nil)
  }

  @Test func `Moving a published plan asks again, and until then the old plan stands and both times are held`() throws {
    var life = try Self.published()
    let before = try #require(life.change)
    let decision = try life.run(Self.move(Self.later))
    #expect(decision.eventNames == ["requested"] && decision.isAllowed)
    let waiting = try #require(life.change)
    #expect(waiting.content == before.content && waiting.revision == 0 && waiting.state == .planned)
    #expect(waiting.marks == before.marks && waiting.plannedAt == before.plannedAt)
    #expect(waiting.gateInterval == Self.night)
    #expect(waiting.held == [Self.night, Self.later] && waiting.awaiting?.interval == Self.later)
    life.actor = "rita"
    let moment = LifeCycle.early + .hours(1)
    #expect(try life.run(.approve(reason: nil), at: moment).eventNames == ["approved", "rescheduled"])
    let moved = try #require(life.change)
    #expect(moved.content.interval == Self.later && moved.revision == 1 && moved.plannedAt == moment)
    #expect(moved.lastRevision == .rescheduled(before: before.content))
    #expect(moved.content.moveReason == "Vendor is late" && moved.proposal == nil && moved.held == [Self.later])
  }

  @Test func `More impact asks again; what keeps the notice does not`() throws {
    var life = LifeCycle()
    life.contract.versions[0].approval = LifeCycle.approval
    try life.run(.submit(LifeCycle.maintenance { $0.impact = .degraded }))
    life.actor = "rita"
    try life.run(.approve(reason: nil))
    life.actor = "eve"
    #expect(try life.run(.amend(.with { $0[.title] = "Clearer" }, reason: "x")).eventNames == ["amended"])
    #expect(try life.run(.amend(.with { $0[.impact] = "outage" }, reason: "x")).eventNames == ["requested"])
    #expect(life.change?.content.impact == .degraded && life.change?.proposal?.impact == .outage)
    // Said again it is taken back.
    #expect(try life.run(.amend(.with { $0[.impact] = "degraded" }, reason: "x")).eventNames == ["declined"])
    #expect(life.change?.proposal == nil && life.change?.state == .planned && life.change?.revision == 1)
  }

  @Test func `What waits beside a plan is declined, changed, or falls with the plan`() throws {
    var declined = try Self.published()
    let before = try #require(declined.change)
    try declined.run(Self.move(Self.later))
    // The reader of a request goes on from what was asked for last.
    let rest = LifeCycle.span("2026-06-08T22:30:00Z", "2026-06-09T00:30:00Z")
    #expect(try declined.run(Self.move(rest)).eventNames == ["requested"])
    #expect(declined.change?.proposal?.interval == rest)
    #expect(declined.error(Self.move(rest)) == .nothingToMove)
    declined.actor = "rita"
    try declined.run(.decline(reason: "No"))
    #expect(declined.change?.state == .planned && declined.change?.content == before.content)
    #expect(declined.change?.revision == 0 && declined.change?.held == [Self.night])
    // The plan stays approved as it was; beside that stands what came of the move.
    #expect(declined.change?.approval == before.approval && before.approval?.state == .approved)
    #expect(declined.change?.declined?.reason == "No" && declined.change?.declined?.state == .declined)
    declined.actor = "eve"
    try declined.run(Self.move(Self.later))
    #expect(declined.change?.declined == nil && declined.change?.approval?.state == .requested)
    for (command, now, state) in [
      (ChangeCommand.start(at: nil, reason: nil), Self.night.start, ChangeState.inProgress),
      (.cancel(reason: "No need"), LifeCycle.early, .cancelled),
    ] {
      var life = try Self.published()
      try life.run(Self.move(Self.later))
      try life.run(command, at: now)
      #expect(life.change?.state == state && life.change?.awaiting == nil && life.change?.revision == 1)
      life.actor = "rita"
      #expect(life.error(.approve(reason: nil)) == .nothingToDecide(LifeCycle.id))
    }
  }

  @Test func `Where the contract asks no more, what is requested is planned by a move`() throws {
    var life = try Self.requested()
    life.contract.versions[0].approval = nil
    #expect(try life.run(Self.move(Self.later, nil)).eventNames == ["rescheduled"])
    #expect(life.change?.state == .planned && life.change?.revision == 0 && life.change?.approval == nil)
  }

  /// Without a way to share, two requests that name each other's time could be approved in no order.
  @Test func `A change shares its time with one that says so, and nothing else does`() throws {
    let contract = Self.life().contract
    var asked = try #require(try Self.requested().change)
    #expect(asked.bookings(by: contract, at: LifeCycle.early).map(\.interval) == [Self.night])
    let other = ChangeID(year: 2026, number: 2)
    asked.content.alongside = [other]
    #expect(asked.bookings(against: other, by: contract, at: LifeCycle.early) == [])
    let third = ChangeID(year: 2026, number: 3)
    #expect(asked.bookings(against: third, by: contract, at: LifeCycle.early).map(\.interval) == [Self.night])
  }

  @Test func `What can be approved no more takes no time from others, and what waits none from urgent work`() throws {
    let contract = Self.life().contract
    let asked = try #require(try Self.requested().change)
    func held(_ change: Change, at now: Instant, urgent: Bool = false) -> [Interval] {
      change.bookings(isUrgent: urgent, by: contract, at: now).map(\.interval)
    }
    #expect(held(asked, at: Self.latest) == [Self.night])
    #expect(held(asked, at: Self.latest + Self.second) == [])
    #expect(held(asked, at: LifeCycle.early, urgent: true) == [])
    var moved = try Self.published()
    try moved.run(Self.move(Self.later))
    let waiting = try #require(moved.change)
    // 48 hours before 2026-06-08T22:00:00Z.
    let end = utc("2026-06-06T22:00:00Z")
    #expect(held(waiting, at: end) == [Self.night, Self.later])
    #expect(held(waiting, at: end + Self.second) == [Self.night])
    #expect(held(waiting, at: LifeCycle.early, urgent: true) == [Self.night])
    // A correction needs no notice: it can be approved until it starts.
    var content = LifeCycle.update(Self.night) { _, details in details.category = .correction }
    content.title = "Fix"
    var life = Self.life()
    #expect(try life.run(.submit(content)).eventNames == ["requested"])
    let correction = try #require(life.change)
    #expect(held(correction, at: Self.night.start) == [Self.night])
    #expect(held(correction, at: Self.night.start + Self.second) == [])
  }

  @Test func `A standing counts what waits beside a plan, and requests have one`() throws {
    var rules = TodaysRules(SampleContract.contract())
    var moved = try Self.published()
    try moved.run(Self.move(Self.later))
    let waiting = try #require(moved.change)
    let other = try #require(
      ChangeEvent.requested(LifeCycle.maintenance(Self.later), Verdict(findings: []))
        .apply(to: nil, id: ChangeID(year: 2026, number: 2), at: LifeCycle.early))
    #expect(rules.standing(of: other, among: [waiting], at: LifeCycle.early)?.obstacles.map(\.code) == [.overlap])
    #expect(rules.standing(of: other, among: [], at: LifeCycle.early)?.isRefused == false)
    #expect(rules.conflicts(among: [other, waiting], at: LifeCycle.early).map(\.change.id) == [other.id])
  }
}

import CivilTime
import TestSupport
import Testing

@testable import Planning

/// Rescheduling and amending: what keeps the notice already given, and what is planning anew.
struct MoveTests {
  private static let night = LifeCycle.night
  private static let inside = LifeCycle.span("2026-06-01T22:30:00Z", "2026-06-01T23:30:00Z")
  private static let nextNight = LifeCycle.span("2026-06-02T22:00:00Z", "2026-06-03T00:00:00Z")
  private static let late = night.start - .hours(1)

  private static func move(_ interval: Interval?, _ reason: Reason? = "Supplier is late") -> ChangeCommand {
    .reschedule(interval: interval, reason: reason, alongside: [])
  }

  @Test func `A new interval inside the announced one keeps the plan's moment and raises the revision`() throws {
    var life = try LifeCycle.planned()
    let before = try #require(life.change)
    let decision = try life.run(Self.move(Self.inside), at: Self.late)
    #expect(decision.eventNames == ["amended"])
    #expect(decision.isAllowed)
    let change = try #require(life.change)
    #expect(change.content.interval == Self.inside)
    #expect(change.plannedAt == LifeCycle.early)
    #expect(change.revisedAt == Self.late)
    #expect(change.revision == 1)
    #expect(change.lastRevision == .amended(before: before.content))
    #expect(change.content.moveReason == "Supplier is late")
  }

  @Test func `An interval that has begun cannot be fitted into the announced one afterwards`() throws {
    var life = try LifeCycle.planned()
    // Announced 22:00–24:00 UTC; it is 23:00, and nothing was started.
    let now = Self.night.start + .hours(1)
    let decision = try life.run(Self.move(Self.inside), at: now)
    #expect(decision.violations.contains(.insufficientNotice))
    #expect(decision.eventNames == ["replanningRefused"])
    // What still lies ahead inside it can be kept.
    let rest = LifeCycle.span("2026-06-01T23:15:00Z", "2026-06-01T23:45:00Z")
    #expect(try life.run(Self.move(rest), at: now).eventNames == ["amended"])
  }

  @Test func `Inside is planning anew where the contract does not keep the notice`() throws {
    var life = try LifeCycle.planned()
    life.contract.versions[0].planned.insideAnnouncedKeepsNotice = false
    let decision = try life.run(Self.move(Self.inside), at: Self.late)
    #expect(decision.violations == [.insufficientNotice])
    #expect(decision.eventNames == ["replanningRefused"])
  }

  @Test func `A narrower interval outside the announced one by a second is planning anew`() throws {
    for interval in [
      Interval(start: Self.night.start + Elapsed(seconds: 1), end: Self.night.end + Elapsed(seconds: 1))!,
      Interval(start: Self.night.start - Elapsed(seconds: 1), end: Self.night.end)!,
    ] {
      var life = try LifeCycle.planned()
      #expect(try life.run(Self.move(interval), at: Self.late).violations.contains(.insufficientNotice))
    }
  }

  @Test func `Rescheduling with notice is planning anew: the notice counts from it`() throws {
    var life = try LifeCycle.planned()
    let before = try #require(life.change)
    let now = Self.nextNight.start - .hours(48)
    #expect(try life.run(Self.move(Self.nextNight), at: now).eventNames == ["rescheduled"])
    let change = try #require(life.change)
    #expect(change.state == .planned)
    #expect(change.plannedAt == now)
    #expect(change.noticeGiven == .hours(48))
    #expect(change.recordedAt == LifeCycle.early)
    #expect(change.revision == 1)
    #expect(change.lastRevision == .rescheduled(before: before.content))
  }

  @Test func `A refused reschedule leaves the plan as it was`() throws {
    var life = try LifeCycle.planned()
    let before = life.change
    let now = Self.nextNight.start - .hours(48) + Elapsed(seconds: 1)
    let decision = try life.run(Self.move(Self.nextNight), at: now)
    #expect(decision.violations == [.insufficientNotice])
    #expect(decision.eventNames == ["replanningRefused"])
    #expect(life.change == before)
  }

  @Test func `Rescheduling what clients feel needs a reason; what they do not feel needs none`() throws {
    for reason in [nil, "", "  "] as [Reason?] {
      var life = try LifeCycle.planned()
      #expect(try life.run(Self.move(Self.nextNight, reason)).violations == [.missingReason], "\(reason ?? "nil")")
      #expect(try life.run(Self.move(Self.inside, reason)).violations == [.missingReason], "\(reason ?? "nil")")
    }
    var life = try LifeCycle.planned { $0.impact = .none }
    #expect(try life.run(Self.move(Self.nextNight, nil)).violations == [])
  }

  @Test func `The reason of an earlier move is not the reason of the next`() throws {
    var life = try LifeCycle.planned()
    try life.run(Self.move(Self.nextNight))
    #expect(try life.run(Self.move(Self.night, nil)).violations == [.missingReason])
  }

  @Test func `A draft becomes planned by rescheduling, without a reason, and is announced as new`() throws {
    var life = try LifeCycle.inState(.refused)
    #expect(try life.run(Self.move(Self.nextNight, nil), at: Self.late).eventNames == ["draftRevised"])
    #expect(life.change?.state == .refused)
    #expect(life.change?.revision == nil)
    #expect(life.change?.content.interval == Self.nextNight)
    let later = LifeCycle.span("2026-06-09T22:00:00Z", "2026-06-10T00:00:00Z")
    #expect(try life.run(Self.move(later, nil), at: Self.late).eventNames == ["rescheduled"])
    let change = try #require(life.change)
    #expect(change.state == .planned)
    #expect(change.revision == 0)
    #expect(change.lastRevision == .announced)
    #expect(change.plannedAt == Self.late)
    #expect(change.recordedAt == Self.late)
  }

  @Test func `A change does not overlap itself, and never moves alongside itself`() throws {
    var life = try LifeCycle.planned()
    life.booked = [Booking(change: LifeCycle.id, interval: Self.night)]
    let longer = Interval(start: Self.night.start, end: Self.night.end + .hours(1))!
    #expect(try life.run(Self.move(longer)).violations == [])
    #expect(
      life.error(.reschedule(interval: nil, reason: "x", alongside: [LifeCycle.id])) == .alongsideItself(LifeCycle.id))
  }

  @Test func `Rescheduling onto another change is refused unless it is named, and names add up`() throws {
    let (one, two) = (ChangeID(year: 2026, number: 8), ChangeID(year: 2026, number: 9))
    var life = try LifeCycle.planned { $0.alongside = [two] }
    life.booked = [one, two].map { Booking(change: $0, interval: Self.nextNight) }
    #expect(try life.run(Self.move(Self.nextNight)).violations == [.overlap])
    #expect(
      try life.run(.reschedule(interval: Self.nextNight, reason: "x", alongside: [one])).violations == [])
    #expect(life.change?.content.alongside == [one, two])
  }

  // MARK: Amendments

  /// A draft of urgent work that lacked its reason. Nothing but a reason is a whole amendment there, and nowhere else.
  @Test(
    arguments: [
      // Ahead, under way and over when the reason comes.
      (nil, -1, ["rescheduled"]), (nil, 1, ["rescheduled", "started"]),
      (nil, 3, ["rescheduled", "started", "completed"]),
      ("Disk full", -1, nil),
    ] as [(String?, Int64, [String]?)])
  func `A reason alone mends urgent work that had none`(given: String?, hours: Int64, events: [String]?) throws {
    var life = LifeCycle()
    let start = LifeCycle.night.start
    try life.run(.emergency(LifeCycle.emergency(LifeCycle.night) { $0.reason = Reason(given) }), at: start - .hours(2))
    #expect(life.error(.amend(.init(), reason: nil), at: start - .hours(1)) == .nothingToAmend)
    #expect(life.error(.amend(.init(), reason: "  "), at: start - .hours(1)) == .nothingToAmend)
    let amendment = ChangeCommand.amend(.init(), reason: "Storage alarm")
    guard let events else { return #expect(life.error(amendment, at: start - .hours(1)) == .nothingToAmend) }
    #expect(try life.run(amendment, at: start + .hours(hours)).eventNames == events)
    #expect(life.change?.content.reason == "Storage alarm" && life.change?.content.moveReason == nil)
  }

  /// What is amended, in a planned outage of the API, and the event that comes of it an hour before the start.
  static let amendments: [(String, ChangeCommand.Amendment, String)] = [
    ("title", .with { $0[.title] = "Database moves on" }, "amended"),
    ("description", .with { $0[.description] = "Two lines,\nat least" }, "amended"),
    ("a lower impact", .with { $0[.impact] = "degraded" }, "amended"),
    ("one more component", .with { $0[.component] = ["api", "portal"] }, "replanningRefused"),
    ("another component", .with { $0[.component] = ["portal"] }, "replanningRefused"),
    ("the whole service", .with { $0[.component] = [] }, "replanningRefused"),
  ]

  @Test(arguments: amendments)
  func `Narrowing or rewording keeps the notice, widening components is planning anew`(
    what: String, amendment: ChangeCommand.Amendment, event: String
  ) throws {
    var life = try LifeCycle.planned()
    let before = life.change
    let decision = try life.run(.amend(amendment, reason: "Better known"), at: Self.late)
    #expect(decision.eventNames == [event], "\(what)")
    if event == "amended" {
      #expect(life.change?.revision == 1)
      #expect(life.change?.plannedAt == before?.plannedAt)
      #expect(life.change?.verdict == before?.verdict)
    } else {
      #expect(decision.violations == [.insufficientNotice])
      #expect(life.change == before)
      #expect(
        try life.run(.amend(amendment, reason: "Better known"), at: LifeCycle.early).eventNames == ["rescheduled"])
      #expect(life.change?.revision == 1)
    }
  }

  @Test func `A higher impact is planning anew, fewer components are not`() throws {
    var life = try LifeCycle.planned {
      $0.impact = .degraded
      $0.components = []
    }
    let higher = ChangeCommand.amend(.with { $0[.impact] = "outage" }, reason: "x")
    #expect(try life.run(higher, at: Self.late).eventNames == ["replanningRefused"])
    let fewer = ChangeCommand.amend(.with { $0[.component] = ["api"] }, reason: "x")
    #expect(try life.run(fewer, at: Self.late).eventNames == ["amended"])
    #expect(try life.run(higher, at: LifeCycle.early).eventNames == ["rescheduled"])
    #expect(life.change?.revision == 2)
  }

  @Test func `An update that now interrupts, or needs training or configuration, is planned anew`() throws {
    let noon = LifeCycle.span("2026-06-02T10:00:00Z", "2026-06-02T12:00:00Z")
    let rows: [(ChangeCommand.Amendment, [String], [FindingCode])] = [
      (.with { $0[.interruption] = true }, ["replanningRefused"], [.outsideWindow, .insufficientNotice]),
      (.with { $0[.training] = true }, ["rescheduled"], []),
      (.with { $0[.configuration] = true }, ["rescheduled"], []),
      (.with { $0[.documentation] = "https://example.org/2.4" }, ["amended"], []),
    ]
    for (amendment, events, violations) in rows {
      var life = LifeCycle()
      try life.run(.submit(LifeCycle.update(noon)))
      let decision = try life.run(.amend(amendment, reason: "x"), at: noon.start - .hours(1))
      #expect(decision.eventNames == events)
      #expect(decision.violations == violations)
    }
  }

  @Test func `An amendment that says nothing new, or update fields of a maintenance, are errors`() throws {
    var life = try LifeCycle.planned()
    #expect(life.error(.amend(.init(), reason: "x")) == .nothingToAmend)
    #expect(life.error(.amend(.with { $0[.title] = " Database moves " }, reason: "x")) == .nothingToAmend)
    #expect(life.error(.amend(.with { $0[.training] = true }, reason: "x")) == .notAnUpdate)
    #expect(life.error(.amend(.with { $0[.title] = "" }, reason: "x")) == .missingTitle)
    #expect(
      life.error(.amend(.with { $0[.component] = ["mail"] }, reason: "x"))
        == .unknownComponent("mail", known: life.contract.components))
    #expect(life.change?.revision == 0)
  }

  @Test func `Work in progress may be reworded but not widened`() throws {
    var life = try LifeCycle.started()
    let title = ChangeCommand.amend(.with { $0[.title] = "Other" }, reason: "x")
    #expect(try life.run(title, at: Self.night.start + .minutes(9)).eventNames == ["amended"])
    #expect(life.change?.state == .inProgress)
    let wider = ChangeCommand.amend(.with { $0[.component] = [] }, reason: "x")
    let decision = try life.run(wider, at: Self.night.start + .minutes(9))
    #expect(decision.violations == [.startedAlready])
    #expect(decision.events.isEmpty)
  }

  @Test func `Revisions count from 0 and rise by one with each publication`() throws {
    var life = try LifeCycle.planned()
    var revisions = [life.change?.revision]
    let commands: [(ChangeCommand, Instant)] = [
      (.amend(.with { $0[.title] = "Other" }, reason: "x"), LifeCycle.early),
      (Self.move(Self.nextNight), LifeCycle.early),
      (Self.move(Self.night, nil), LifeCycle.early), (.start(at: nil, reason: nil), Self.nextNight.start),
      (.extend(end: Self.nextNight.end + .hours(1), reason: "x", alongside: []), Self.nextNight.start + .hours(1)),
      (.complete(at: nil, reason: nil), Self.nextNight.end),
    ]
    for (command, now) in commands {
      try life.run(command, at: now)
      revisions.append(life.change?.revision)
    }
    #expect(revisions == [0, 1, 2, 2, 3, 4, 5])
  }
}

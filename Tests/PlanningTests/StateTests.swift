import CivilTime
import TestSupport
import Testing

@testable import Planning

/// Which command is allowed in which state, and what it leaves behind.
struct StateTests {
  private static let night = LifeCycle.night

  private static let commands: [(name: String, command: ChangeCommand)] = [
    ("start", .start(at: nil, reason: "x")),
    ("complete", .complete(at: nil, reason: "x")),
    ("extend", .extend(end: night.end + .hours(1), reason: "x", alongside: [])),
    ("cancel", .cancel(reason: "x")),
    (
      "reschedule",
      .reschedule(interval: LifeCycle.span("2026-06-09T22:00:00Z", "2026-06-10T00:00:00Z"), reason: "x", alongside: [])
    ),
    ("amend", .amend(.with { $0[.title] = "Other" }, reason: "x")),
  ]

  /// State, command, and the code it is refused with or the event it leads to, an hour into the work.
  private static let outcomes: [ChangeState: [String]] = [
    .refused: ["wrong_state", "wrong_state", "wrong_state", "cancelled", "rescheduled", "draftRevised"],
    .requested: ["wrong_state", "wrong_state", "wrong_state", "cancelled", "requested", "replanningRefused"],
    .planned: ["started", "wrong_state", "wrong_state", "cancelled", "rescheduled", "amended"],
    .inProgress: ["started_already", "completed", "extended", "started_already", "wrong_state", "amended"],
    .completed: [String](repeating: "wrong_state", count: 6),
    .cancelled: [String](repeating: "wrong_state", count: 6),
  ]

  @Test(arguments: ChangeState.allCases)
  func `Every command in every state does what the table says`(state: ChangeState) throws {
    for ((name, command), outcome) in zip(Self.commands, try #require(Self.outcomes[state])) {
      var life = try LifeCycle.inState(state)
      let before = life.change
      let decision = try life.run(command, at: Self.night.start + .hours(1))
      if decision.isAllowed || ["draftRevised", "replanningRefused"].contains(outcome) {
        #expect(decision.eventNames == [outcome], "\(name) of \(state)")
      } else {
        #expect(decision.violations.map(\.rawValue) == [outcome], "\(name) of \(state)")
        #expect(decision.events.isEmpty, "\(name) of \(state)")
        #expect(life.change == before, "\(name) of \(state)")
      }
    }
  }

  @Test func `Work starts now or when stated, within what was announced without a reason`() throws {
    let rows: [(stated: Instant?, now: Instant, violations: [FindingCode])] = [
      (nil, Self.night.start, []), (nil, Self.night.end - Elapsed(seconds: 1), []),
      (nil, Self.night.start - Elapsed(seconds: 1), [.missingReason]), (nil, Self.night.end, [.missingReason]),
      (Self.night.start, Self.night.end + .hours(3), []),
      (Self.night.start - .minutes(5), Self.night.start, [.missingReason]),
    ]
    for row in rows {
      var life = try LifeCycle.planned()
      #expect(try life.run(.start(at: row.stated, reason: nil), at: row.now).violations == row.violations)
      #expect(try life.run(.start(at: row.stated, reason: "Ready"), at: row.now).isAllowed == !row.violations.isEmpty)
      #expect(life.change?.actualStart == .init(stated: row.stated ?? row.now, recorded: row.now))
      #expect(life.change?.state == .inProgress)
    }
  }

  @Test func `A start in the future, or before the change was recorded, is an error`() throws {
    var life = try LifeCycle.planned()
    let soon = Self.night.start + Elapsed(seconds: 1)
    #expect(
      life.error(.start(at: soon, reason: nil), at: Self.night.start) == .momentInFuture(soon, now: Self.night.start))
    let before = LifeCycle.early - Elapsed(seconds: 1)
    #expect(
      life.error(.start(at: before, reason: "x"), at: Self.night.start)
        == .momentTooEarly(before, earliest: LifeCycle.early))
    #expect(life.change?.state == .planned)
  }

  @Test func `Work ends now or when stated, and a late end needs a reason and is an overrun`() throws {
    var life = try LifeCycle.started()
    let late = Self.night.end + .minutes(20)
    #expect(try life.run(.complete(at: nil, reason: nil), at: late).violations == [.missingReason])
    #expect(life.change?.state == .inProgress)
    #expect(try life.run(.complete(at: nil, reason: "Slow copy"), at: late).isAllowed)
    #expect(life.change?.overrun == .minutes(20))
    #expect(life.change?.actualEnd == .init(stated: late, recorded: late))
    #expect(life.change?.content.moveReason == "Slow copy")
    #expect(life.change?.lastRevision == .completed)
    var punctual = try LifeCycle.started()
    #expect(try punctual.run(.complete(at: Self.night.end, reason: nil), at: late).isAllowed)
    #expect(punctual.change?.overrun == nil)
    #expect(punctual.change?.actualEnd == .init(stated: Self.night.end, recorded: late))
  }

  @Test func `An end before the start, or in the future, is an error`() throws {
    var life = try LifeCycle.started()
    let earliest = Self.night.start
    let before = earliest - Elapsed(seconds: 1)
    #expect(
      life.error(.complete(at: before, reason: nil), at: Self.night.end)
        == .momentTooEarly(before, earliest: earliest))
    #expect(
      life.error(.complete(at: Self.night.end, reason: nil), at: earliest)
        == .momentInFuture(Self.night.end, now: earliest))
    #expect(try life.run(.complete(at: earliest, reason: nil), at: earliest).isAllowed)
  }

  /// Expected: what a start and an end, each said for itself, leave.
  @Test(arguments: [(-10, 0), (0, 0), (5, -30), (0, 20), (-10, 20)])
  func `Work that was carried out leaves what a start and an end leave, and needs their reasons`(
    early: Int64, late: Int64
  ) throws {
    let now = Self.night.end + .hours(30)
    let (start, end) = (Self.night.start + .minutes(early), Self.night.end + .minutes(late))
    let isExplained = early < 0 || late > 0
    var one = try LifeCycle.planned()
    if isExplained {
      let refused = try one.run(.complete(at: end, reason: nil, started: start), at: now)
      #expect(refused.violations == [.missingReason] && refused.events.isEmpty)
    }
    let reason: Reason? = isExplained ? "Disk" : nil
    #expect(
      try one.run(.complete(at: end, reason: reason, started: start), at: now).eventNames == ["started", "completed"])
    var two = try LifeCycle.planned()
    try two.run(.start(at: start, reason: early < 0 ? reason : nil), at: now)
    try two.run(.complete(at: end, reason: late > 0 ? reason : nil), at: now)
    #expect(one.change == two.change)
  }

  @Test func `Only a plan is begun and ended at once, and in that order`() throws {
    let now = Self.night.end + .hours(1)
    var life = try LifeCycle.planned()
    let before = Self.night.start - .minutes(1)
    #expect(
      life.error(.complete(at: before, reason: "x", started: Self.night.start), at: now)
        == .momentTooEarly(before, earliest: Self.night.start))
    #expect(
      life.error(.complete(at: now + .minutes(1), reason: "x", started: Self.night.start), at: now)
        == .momentInFuture(now + .minutes(1), now: now))
    #expect(life.change?.state == .planned)
    try life.run(.start(at: Self.night.start, reason: nil), at: Self.night.start)
    let other = try life.run(.complete(at: nil, reason: nil, started: before), at: Self.night.end)
    #expect(other.violations == [.missingReason] && other.events.isEmpty)
    try life.run(.complete(at: nil, reason: nil, started: Self.night.start), at: Self.night.end)
    let over = try life.run(.complete(at: nil, reason: nil, started: Self.night.start), at: now)
    #expect(!over.isAllowed && over.events.isEmpty)
  }

  @Test func `The times of work that is over are corrected with a reason, as a revision of their own`() throws {
    var life = try LifeCycle.started()
    let (wrong, right) = (Self.night.end + .hours(50), Self.night.end - .minutes(10))
    let now = wrong + .hours(1)
    let late = try life.run(.complete(at: wrong, reason: nil), at: now)
    #expect(late.verdict.findings.last?.figures == .endedLate(behind: .hours(50)) && late.events.isEmpty)
    try life.run(.complete(at: wrong, reason: "Typo"), at: now)
    let revision = try #require(life.change?.revision)
    #expect(try life.run(.complete(at: nil, reason: "x"), at: now).violations == [.wrongState])
    #expect(try life.run(.complete(at: wrong, reason: "x"), at: now).violations == [.wrongState])
    #expect(try life.run(.complete(at: right, reason: nil), at: now).violations == [.missingReason])
    #expect(try life.run(.complete(at: right, reason: "Typed wrong"), at: now).eventNames == ["completed"])
    let began = Self.night.start + .minutes(5)
    try life.run(.complete(at: nil, reason: "Began later", started: began), at: now)
    #expect(life.change?.actualStart?.stated == began && life.change?.actualEnd?.stated == right)
    #expect(life.change?.overrun == nil && life.change?.revision == revision + 2)
    #expect(life.change?.content.interval == Self.night)
    let owed = NoticeObligations.owed(for: try #require(life.change), at: now, by: life.contract.notices)
    #expect(owed.map(\.kind) == [.completed])
    #expect(
      life.error(.complete(at: began - .minutes(1), reason: "x"), at: now)
        == .momentTooEarly(began - .minutes(1), earliest: began))
  }

  @Test func `Of urgent work that was recorded as it happened the plan is corrected too`() throws {
    var life = LifeCycle()
    let now = Self.night.end + .hours(1)
    try life.run(.emergency(LifeCycle.emergency(Self.night)), at: now)
    let end = Self.night.end + .minutes(30)
    let start = Self.night.start - .minutes(30)
    try life.run(.complete(at: end, reason: "Typo", started: start), at: now)
    #expect(life.change?.content.interval == Interval(start: start, end: end) && life.change?.overrun == nil)
  }

  @Test func `A length counts from the end that stands, or from the estimate`() throws {
    var life = try LifeCycle.started()
    let now = Self.night.start + .hours(1)
    let longer = Self.night.end + .minutes(30)
    #expect(
      try life.run(.extend(end: nil, by: .minutes(30), reason: nil, alongside: []), at: now).violations == [
        .missingReason
      ])
    try life.run(.extend(end: nil, by: .minutes(30), reason: "Slow", alongside: []), at: now)
    #expect(life.change?.content.interval.end == longer && life.change?.content.isEndKnown == true)
  }

  @Test func `Extending needs a later end, a reason and free room`() throws {
    let now = Self.night.start + .hours(1)
    let end = Self.night.end + .hours(1)
    var life = try LifeCycle.started()
    for current in [Self.night.end, Self.night.end - .minutes(1), Self.night.start] {
      #expect(
        life.error(.extend(end: current, reason: "x", alongside: []), at: now)
          == .endNotLater(current, current: Self.night.end))
    }
    #expect(try life.run(.extend(end: end, reason: nil, alongside: []), at: now).violations == [.missingReason])
    let other = ChangeID(year: 2026, number: 5)
    life.booked = [Booking(change: other, interval: Interval(start: Self.night.end, end: end)!)]
    #expect(try life.run(.extend(end: end, reason: "x", alongside: []), at: now).violations == [.overlap])
    #expect(life.change?.content.interval == Self.night)
    let before = try #require(life.change)
    #expect(try life.run(.extend(end: end, reason: "Slow", alongside: [other]), at: now).eventNames == ["extended"])
    #expect(life.change?.content.interval == Interval(start: Self.night.start, end: end))
    #expect(life.change?.lastRevision == .extended(before: before.content))
    #expect(life.change?.plannedAt == LifeCycle.early)
    let far = Self.night.start + .hours(24 * 366 + 1)
    #expect(
      life.error(.extend(end: far, reason: "x", alongside: [other]), at: now)
        == .intervalTooLong(.hours(24 * 366 + 1)))
  }

  @Test func `Cancelling a plan needs a reason and publishes; cancelling a draft does neither`() throws {
    var life = try LifeCycle.planned()
    for reason in [nil, "", " "] as [Reason?] {
      #expect(try life.run(.cancel(reason: reason)).violations == [.missingReason])
    }
    #expect(try life.run(.cancel(reason: " No need ")).eventNames == ["cancelled"])
    #expect(life.change?.revision == 1)
    #expect(life.change?.lastRevision == .cancelled)
    #expect(life.change?.content.moveReason == "No need")
    #expect(life.change?.isBooked == false)
    var draft = try LifeCycle.inState(.refused)
    #expect(try draft.run(.cancel(reason: nil)).isAllowed)
    #expect(draft.change?.state == .cancelled)
    #expect(draft.change?.revision == nil)
  }

  @Test func `A first event applies to nothing else, and a later one to no missing change`() throws {
    let life = try LifeCycle.planned()
    let change = try #require(life.change)
    let (content, verdict) = (change.content, change.verdict)
    for event in [.planned(content, verdict), .refused(content, verdict)] as [ChangeEvent] {
      #expect(event.apply(to: change, id: LifeCycle.id, at: LifeCycle.early) == nil)
    }
    for event in [.amended(content, verdict), .cancelled(reason: nil), .started(at: LifeCycle.early, reason: nil)]
      as [ChangeEvent]
    {
      #expect(event.apply(to: nil, id: LifeCycle.id, at: LifeCycle.early) == nil)
    }
  }

  @Test(
    arguments: [
      ("CHG-2026-0042", ChangeID(year: 2026, number: 42)), ("chg-2026-0042", ChangeID(year: 2026, number: 42)),
      ("CHG-2026-12345", ChangeID(year: 2026, number: 12_345)), ("CHG-2026-0000", nil), ("CHG-2026-42", nil),
      ("CHG-2026-00042", nil), ("CHG-26-0042", nil), ("CHG-2026-0042-1", nil), ("CHG20260042", nil), ("", nil),
      ("CHG-2026-004２", nil), ("CHG-2026-+042", nil), ("CHG--2026-0042", nil), ("CHG-0999-0042", nil),
      ("CHG-2026-9999999999", nil),
    ] as [(String, ChangeID?)])
  func `A change's name is read in one form`(text: String, id: ChangeID?) {
    #expect(ChangeID(text) == id)
    if let id { #expect(id.description == text.uppercased()) }
  }
}

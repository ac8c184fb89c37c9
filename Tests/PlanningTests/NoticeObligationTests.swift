import CivilTime
import TestSupport
import Testing

@testable import Planning

/// What clients are owed: announcement at once, reminders at 48 h and 24 h, start, end, régularisation.
struct NoticeObligationTests {
  private static let start = LifeCycle.night.start
  private static let end = LifeCycle.night.end

  /// Kinds, leads in hours and due times of what is owed at `now`.
  private static func owed(_ life: LifeCycle, at now: Instant) -> [String] {
    life.change.map {
      NoticeObligations.owed(for: $0, at: now, by: life.contract.notices).map { item in
        item.kind.rawValue + (item.lead.map { " \($0.seconds / 3600)" } ?? "") + (item.isReady ? "" : " (to come)")
      }
    } ?? []
  }

  private static func tell(_ life: inout LifeCycle, _ kind: NoticeKind, at now: Instant) throws {
    try life.run(.recordNotice(kind, .portal, at: nil), at: now)
  }

  @Test func `A plan owes its announcement at once, two reminders, its start and its end`() throws {
    let life = try LifeCycle.planned()
    let list = NoticeObligations.owed(for: life.change!, at: LifeCycle.early, by: life.contract.notices)
    #expect(list.map(\.kind) == [.announcement, .reminder, .reminder, .started, .completed])
    #expect(list[0].from == LifeCycle.early)
    #expect(list[0].due == LifeCycle.early + .minutes(15))
    #expect(list[1].due == Self.start - .hours(48))
    #expect(list[2].due == Self.start - .hours(24))
    #expect(list[3].from == Self.start)
    #expect(list[4].from == Self.end)
    #expect(list[0].status(at: list[0].due) == .due)
    #expect(list[0].status(at: list[0].due + Elapsed(seconds: 1)) == .late)
    #expect(list[2].status(at: list[2].from - Elapsed(seconds: 1)) == .upcoming)
  }

  @Test func `What was published is owed no more`() throws {
    var life = try LifeCycle.planned()
    try Self.tell(&life, .announcement, at: LifeCycle.early)
    #expect(
      Self.owed(life, at: LifeCycle.early) == [
        "reminder 48", "reminder 24", "started (to come)", "completed (to come)",
      ])
    try Self.tell(&life, .reminder, at: Self.start - .hours(49))
    #expect(
      Self.owed(life, at: Self.start - .hours(49)) == ["reminder 24", "started (to come)", "completed (to come)"])
    try Self.tell(&life, .reminder, at: Self.start - .hours(24))
    #expect(Self.owed(life, at: Self.start - .hours(24)) == ["started (to come)", "completed (to come)"])
  }

  @Test func `A notice changes nothing that clients read in a feed`() throws {
    var life = try LifeCycle.planned()
    let before = try #require(life.change)
    try Self.tell(&life, .announcement, at: LifeCycle.early + .hours(1))
    var after = try #require(life.change)
    #expect(after.notices.map(\.kind) == [.announcement])
    #expect(after.notices[0].revision == 0)
    after.notices = []
    #expect(after == before)
  }

  @Test func `A move takes its stale reminders with it`() throws {
    var life = try LifeCycle.planned()
    try Self.tell(&life, .announcement, at: LifeCycle.early)
    let now = Self.start - .hours(50)
    try Self.tell(&life, .reminder, at: now)
    let later = Interval(start: Self.start + .hours(72), end: Self.end + .hours(72))!
    try life.run(.reschedule(interval: later, reason: "Late", alongside: []), at: now + .hours(1))
    let list = NoticeObligations.owed(for: life.change!, at: now + .hours(1), by: life.contract.notices)
    #expect(list.map(\.kind) == [.rescheduled, .reminder, .reminder, .started, .completed])
    #expect(list[1].due == later.start - .hours(48))
  }

  @Test func `A plan published late reminds of itself`() throws {
    var life = LifeCycle()
    try life.run(.submit(LifeCycle.maintenance()), at: Self.start - .hours(50))
    #expect(Self.owed(life, at: Self.start - .hours(50)).contains("reminder 48") == false)
    #expect(Self.owed(life, at: Self.start - .hours(50)).contains("reminder 24"))
  }

  @Test func `A missed reminder lapses when the next can go out, and all when the work begins`() throws {
    var life = try LifeCycle.planned()
    try Self.tell(&life, .announcement, at: LifeCycle.early)
    let next = Self.start - .hours(36)
    #expect(Self.owed(life, at: next - Elapsed(seconds: 1)).contains("reminder 48"))
    #expect(!Self.owed(life, at: next).contains("reminder 48"))
    #expect(Self.owed(life, at: Self.start - Elapsed(seconds: 1)).contains("reminder 24"))
    #expect(!Self.owed(life, at: Self.start).contains("reminder 24"))
  }

  /// One text, published once, serves for both; the second record would be of the same second.
  @Test(arguments: [([5400, 3600], 3 * 3600), ([48 * 3600, 40 * 3600], 178_200)] as [([Int64], Int64)])
  func `Reminders that can go out together are owed once`(leads: [Int64], ahead: Int64) throws {
    var life = try LifeCycle.planned()
    life.contract.notices.reminders = leads.map { Elapsed(seconds: $0) }
    try Self.tell(&life, .announcement, at: LifeCycle.early)
    func open(at now: Instant) -> [Elapsed?] {
      NoticeObligations.owed(for: life.change!, at: now, by: life.contract.notices)
        .filter { $0.kind == .reminder }.map(\.lead)
    }
    #expect(open(at: Self.start - .hours(100)).map(\.?.seconds) == leads, "each has its hour")
    let now = Self.start - Elapsed(seconds: ahead)
    #expect(open(at: now).map(\.?.seconds) == [leads[0]])
    let lead = NoticeObligations.lead(of: life.change!, at: now, reminders: life.contract.notices.reminders)
    #expect(lead?.seconds == leads[0], "a mail names the one that is owed")
    try life.run(.recordNotice(nil, .portal, at: nil), at: now)
    #expect(life.change?.notices.map(\.kind) == [.announcement, .reminder])
    #expect(open(at: now) == [])
  }

  @Test(arguments: [(48 * 3600, "reminder-48h"), (5400, "reminder-90m"), (3600, "reminder-1h"), (61, "reminder-61s")])
  func `Reminders of one change have names of their own`(lead: Int64, name: String) {
    let reminder = NoticeIdentity(change: LifeCycle.id, kind: .reminder, lead: Elapsed(seconds: lead))
    #expect(reminder.name == name)
  }

  @Test func `A notice that is not named is the one that is owed first, or none`() throws {
    var life = try LifeCycle.planned()
    try life.run(.recordNotice(nil, .portal, at: nil), at: LifeCycle.early)
    #expect(life.change?.notices.map(\.kind) == [.announcement])
    #expect(life.error(.recordNotice(nil, .portal, at: nil), at: LifeCycle.early) == .nothingOwed(LifeCycle.id))
  }

  @Test func `An amendment is told by the announcement while that waits, and by itself afterwards`() throws {
    var amendment = ChangeCommand.Amendment()
    amendment[.title] = "Database moves, step 1"
    var waiting = try LifeCycle.planned()
    try waiting.run(.amend(amendment, reason: "Clearer"), at: LifeCycle.early + .hours(1))
    #expect(Self.owed(waiting, at: LifeCycle.early + .hours(1)).first == "announcement")
    #expect(!Self.owed(waiting, at: LifeCycle.early + .hours(1)).contains("amended"))
    try Self.tell(&waiting, .announcement, at: LifeCycle.early + .hours(2))
    // It was written from the newest revision.
    #expect(waiting.change?.notices.first?.revision == 1)
    #expect(!Self.owed(waiting, at: LifeCycle.early + .hours(2)).contains("amended"))

    var told = try LifeCycle.planned()
    try Self.tell(&told, .announcement, at: LifeCycle.early)
    try told.run(.amend(amendment, reason: "Clearer"), at: LifeCycle.early + .hours(1))
    #expect(Self.owed(told, at: LifeCycle.early + .hours(1)).first == "amended")
    try told.run(.cancel(reason: "No need"), at: LifeCycle.early + .hours(2))
    #expect(Self.owed(told, at: LifeCycle.early + .hours(2)) == ["cancelled"])
    try Self.tell(&told, .cancelled, at: LifeCycle.early + .hours(3))
    #expect(Self.owed(told, at: LifeCycle.early + .hours(3)).isEmpty)
  }

  @Test func `No notice can be recorded as older than what it tells of`() throws {
    var life = LifeCycle()
    // A draft, planned an hour later.
    try life.run(
      .submit(LifeCycle.maintenance(LifeCycle.span("2026-06-02T10:00:00Z", "2026-06-02T11:00:00Z"))),
      at: LifeCycle.early)
    let planned = LifeCycle.early + .hours(1)
    try life.run(.reschedule(interval: LifeCycle.night, reason: nil, alongside: []), at: planned)
    let now = Self.end + .hours(5)
    #expect(
      life.error(.recordNotice(.announcement, .portal, at: LifeCycle.early + .minutes(30)), at: now)
        == .momentTooEarly(LifeCycle.early + .minutes(30), earliest: planned))
    try life.run(.start(at: nil, reason: nil), at: Self.start)
    try life.run(.complete(at: nil, reason: nil), at: Self.end)
    #expect(
      life.error(.recordNotice(.completed, .portal, at: Self.start), at: now)
        == .momentTooEarly(Self.start, earliest: Self.end))
    #expect(
      life.error(.recordNotice(.reminder, .portal, at: Self.start - .hours(1)), at: now)
        == .noticeNotApplicable(.reminder, LifeCycle.id))
  }

  @Test func `A notice is recorded once a revision and channel; reminders as often as they go out`() throws {
    var life = try LifeCycle.planned()
    try Self.tell(&life, .announcement, at: LifeCycle.early)
    #expect(
      life.error(.recordNotice(.announcement, .portal, at: nil), at: LifeCycle.early + .hours(1))
        == .noticeRecordedAlready(.announcement, .portal, revision: 0))
    #expect(life.error(.recordNotice(.announcement, .mail, at: nil), at: LifeCycle.early + .hours(1)) == nil)
    try Self.tell(&life, .reminder, at: Self.start - .hours(48))
    try Self.tell(&life, .reminder, at: Self.start - .hours(24))
    #expect(life.change?.notices.count == 4)
  }

  @Test func `Lowering the impact of work under way takes no duty back`() throws {
    var life = try LifeCycle.planned()
    try life.run(.start(at: nil, reason: nil), at: Self.start)
    var amendment = ChangeCommand.Amendment()
    amendment[.impact] = "none"
    try life.run(.amend(amendment, reason: "Not so bad"), at: Self.end + .minutes(1))
    let late = Self.end + .hours(1)
    #expect(try life.run(.complete(at: nil, reason: nil), at: late).violations == [.missingReason])
    #expect(Self.owed(life, at: late) == ["started", "completed (to come)"])
  }

  @Test func `Work owes its start when it begins and its end when it ends`() throws {
    var life = try LifeCycle.planned()
    try Self.tell(&life, .announcement, at: LifeCycle.early)
    try life.run(.start(at: nil, reason: nil), at: Self.start)
    #expect(Self.owed(life, at: Self.start) == ["started", "completed (to come)"])
    try Self.tell(&life, .started, at: Self.start)
    try life.run(.complete(at: nil, reason: nil), at: Self.end)
    #expect(Self.owed(life, at: Self.end) == ["completed"])
  }

  @Test func `Urgent work owes an account of itself when it is over`() throws {
    var life = LifeCycle()
    let begun = Interval(start: LifeCycle.early - .hours(2), end: LifeCycle.early - .hours(1))!
    try life.run(.emergency(LifeCycle.emergency(begun)), at: LifeCycle.early)
    #expect(Self.owed(life, at: LifeCycle.early) == ["regularisation"])
    var ahead = LifeCycle()
    let soon = Interval(start: LifeCycle.early + .hours(1), end: LifeCycle.early + .hours(2))!
    try ahead.run(.emergency(LifeCycle.emergency(soon)), at: LifeCycle.early)
    #expect(Self.owed(ahead, at: LifeCycle.early) == ["emergency", "started (to come)", "regularisation (to come)"])
  }

  @Test func `Work without impact owes neither reminders nor word of its start and end`() throws {
    let life = try LifeCycle.planned { $0.impact = .none }
    #expect(Self.owed(life, at: LifeCycle.early) == ["announcement"])
  }

  @Test func `What clients never heard of is told by its end once it is over, felt or not`() throws {
    var life = try LifeCycle.planned { $0.impact = .none }
    let now = Self.end + .hours(1)
    try life.run(.complete(at: Self.end, reason: nil, started: Self.start), at: now)
    #expect(Self.owed(life, at: now) == ["completed"])
    var told = try LifeCycle.planned { $0.impact = .none }
    try Self.tell(&told, .announcement, at: LifeCycle.early)
    try told.run(.complete(at: Self.end, reason: nil, started: Self.start), at: now)
    #expect(Self.owed(told, at: now).isEmpty)
  }

  @Test func `While a plan is not told no reminder of it is owed, and one told late reminds of itself`() throws {
    var life = try LifeCycle.planned()
    let near = Self.start - .hours(50)
    #expect(Self.owed(life, at: near).filter { !$0.hasSuffix("(to come)") } == ["announcement", "reminder 24"])
    try Self.tell(&life, .announcement, at: near)
    #expect(Self.owed(life, at: near).filter { !$0.hasSuffix("(to come)") } == ["reminder 24"])
  }

  @Test func `A draft owes nothing and its notice cannot be recorded`() throws {
    var life = LifeCycle()
    try life.run(.submit(LifeCycle.maintenance()), at: Self.start - .hours(1))
    #expect(Self.owed(life, at: Self.start - .hours(1)).isEmpty)
    #expect(
      life.error(.recordNotice(.announcement, .portal, at: nil), at: Self.start)
        == .noticeNotApplicable(.announcement, LifeCycle.id))
  }

  @Test func `A notice cannot be recorded before it was called for, nor ahead of the clock`() throws {
    var life = try LifeCycle.planned()
    let now = LifeCycle.early + .hours(1)
    #expect(
      life.error(.recordNotice(.announcement, .mail, at: LifeCycle.early - .hours(1)), at: now)
        == .momentTooEarly(LifeCycle.early - .hours(1), earliest: LifeCycle.early))
    #expect(
      life.error(.recordNotice(.announcement, .mail, at: now + .hours(1)), at: now)
        == .momentInFuture(now + .hours(1), now: now))
    #expect(
      life.error(.recordNotice(.cancelled, .mail, at: nil), at: now) == .noticeNotApplicable(.cancelled, LifeCycle.id))
  }

  @Test func `An early start is recorded and named, with the window it missed`() throws {
    var life = try LifeCycle.planned()
    let early = Self.start - .hours(5)
    let decision = try life.run(.start(at: nil, reason: "Could not wait"), at: early)
    #expect(decision.isAllowed)
    #expect(decision.verdict.findings.last?.figures == .startedEarly(ahead: .hours(5), isInWindow: false))
    #expect(life.change?.actualStart?.stated == early)
    var inside = try LifeCycle.planned()
    let late = try inside.run(.start(at: nil, reason: nil), at: Self.start + .minutes(5))
    #expect(late.verdict.findings.isEmpty)
  }

  @Test func `A start after the announced end is named likewise`() throws {
    var life = try LifeCycle.planned()
    // 08:30 in Paris; the night was 00:00–02:00.
    let decision = try life.run(.start(at: nil, reason: "Forgotten"), at: Self.end + .minutes(390))
    #expect(decision.isAllowed)
    #expect(decision.verdict.findings.last?.figures == .startedLate(behind: .minutes(510), isInWindow: false))
    var refused = try LifeCycle.planned()
    let unsaid = try refused.run(.start(at: nil, reason: nil), at: Self.end)
    #expect(unsaid.violations == [.missingReason])
    #expect(unsaid.verdict.findings.last?.figures == .startedLate(behind: .hours(2), isInWindow: true))
  }

  /// A portal that is served has told a revision when it was committed; the reminders are still owed.
  @Test func `A portal that is served owes no notice of what it shows`() throws {
    var change = try #require(try LifeCycle.planned().change)
    change.marks[0].isServed = true
    let kinds = NoticeObligations.owed(for: change, at: LifeCycle.early, by: NoticeTerms()).map(\.kind)
    #expect(!kinds.contains(.announcement))
    #expect(kinds.count { $0 == .reminder } == 2)
  }
}

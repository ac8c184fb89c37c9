import CivilTime
import TestSupport
import Testing

@testable import Planning

/// Urgent work whose end nobody knows: an estimate is no end. Source: product.md, "Urgent work without a known end".
struct OpenEndTests {
  private static let two = utc("2026-06-02T12:00:00Z")

  /// Urgent work from `start` on, recorded at `now`.
  private static func recorded(
    from start: Instant = two, at now: Instant = two, _ edit: (inout ChangeContent) -> Void = { _ in }
  ) throws -> LifeCycle {
    var life = LifeCycle()
    let placeholder = try #require(Interval(start: start, length: .minutes(1)))
    let content = LifeCycle.emergency(placeholder) {
      $0.isEndKnown = false
      edit(&$0)
    }
    try life.run(.emergency(content), at: now)
    return life
  }

  private func interval(_ life: LifeCycle) -> Interval? { life.change?.content.interval }

  @Test func `The first estimate is an hour from the later of start and now, and is no end`() throws {
    let rows: [(start: Instant, now: Instant, end: Instant, state: ChangeState)] = [
      (Self.two, Self.two, Self.two + .hours(1), .inProgress),
      (Self.two, Self.two + .minutes(5), Self.two + .minutes(65), .inProgress),
      // Recorded three hours after it began: it is not over.
      (Self.two, Self.two + .hours(3), Self.two + .hours(4), .inProgress),
      (Self.two, Self.two - .hours(2), Self.two + .hours(1), .planned),
    ]
    for row in rows {
      let change = try #require(Self.recorded(from: row.start, at: row.now).change)
      #expect(change.content.interval == Interval(start: row.start, end: row.end))
      #expect(!change.content.isEndKnown)
      #expect(change.state == row.state)
      #expect(change.nextWord == row.end)
      #expect(change.actualEnd == nil)
    }
  }

  @Test(arguments: [0, 1, 3])
  func `However many estimates there were, nothing is an overrun, and the completion says the end`(count: Int) throws {
    var life = try Self.recorded()
    var now = Self.two
    var estimate = Self.two + .hours(1)
    for index in 0..<count {
      // In time, then late, then in time again: from now or from the estimate, whichever is later.
      now = index == 1 ? estimate + .minutes(20) : estimate - .minutes(10)
      let decision = try life.run(.extend(end: nil, reason: nil, alongside: []), at: now)
      #expect(decision.isAllowed)
      estimate = max(now, estimate) + .hours(1)
      #expect(interval(life) == Interval(start: Self.two, end: estimate))
      #expect(life.change?.content.isEndKnown == false)
      #expect(life.change?.plannedEnd == nil)
    }
    let end = estimate + .minutes(47)
    #expect(try life.run(.complete(at: nil, reason: nil), at: end).isAllowed)
    let change = try #require(life.change)
    #expect(change.content.isEndKnown)
    #expect(change.content.interval == Interval(start: Self.two, end: end))
    #expect(change.overrun == nil)
    #expect(change.plannedEnd == nil)
    #expect(change.revision == count + 1)
    #expect(NoticeKind.current(for: change) == .regularisation)
  }

  @Test func `An end that is said is one: earlier than the estimate, and overrun afterwards`() throws {
    var life = try Self.recorded()
    let now = Self.two + .minutes(10)
    let end = Self.two + .minutes(30)
    #expect(
      life.error(.extend(end: now, reason: nil, alongside: []), at: now) == .endNotAhead(LifeCycle.id, now, now: now))
    #expect(try life.run(.extend(end: end, reason: nil, alongside: []), at: now).isAllowed)
    #expect(interval(life) == Interval(start: Self.two, end: end))
    #expect(life.change?.content.isEndKnown == true)
    #expect(life.error(.extend(end: nil, reason: "x", alongside: []), at: now) == .endMissing(LifeCycle.id))
    let late = end + .minutes(7)
    #expect(try life.run(.complete(at: nil, reason: nil), at: late).violations == [.missingReason])
    try life.run(.complete(at: nil, reason: "Slow disk"), at: late)
    #expect(life.change?.overrun == .minutes(7))
  }

  @Test func `A draft that is mended hours later is under way, and its estimate counts from then`() throws {
    var life = try Self.recorded { $0.reason = nil }
    #expect(life.change?.state == .refused)
    let now = Self.two + .hours(5)
    let decision = try life.run(.reschedule(interval: nil, reason: "Disk full", alongside: []), at: now)
    #expect(decision.eventNames == ["rescheduled", "started"])
    #expect(life.change?.state == .inProgress)
    #expect(interval(life) == Interval(start: Self.two, end: now + .hours(1)))
    #expect(life.change?.content.isEndKnown == false)
  }

  @Test func `Announced ahead, it is moved with or without an end, and begins late without an explanation`() throws {
    var life = try Self.recorded(at: Self.two - .hours(3))
    let later = Self.two + .hours(1)
    let start = try #require(Interval(start: later, length: .hours(1)))
    try life.run(.reschedule(interval: start, isEndKnown: false, reason: "x", alongside: []), at: Self.two - .hours(2))
    #expect(interval(life) == Interval(start: later, end: later + .hours(1)))
    #expect(life.change?.content.isEndKnown == false)
    var known = life
    let stated = try #require(Interval(start: later, length: .minutes(20)))
    try known.run(.reschedule(interval: stated, reason: "x", alongside: []), at: Self.two - .hours(2))
    #expect(interval(known) == stated)
    #expect(known.change?.content.isEndKnown == true)
    // After the estimate: the work was announced without an end, so that this is no surprise to anyone.
    let now = later + .hours(2)
    #expect(try life.run(.start(at: nil, reason: nil), at: now).isAllowed)
    #expect(life.change?.nextWord == now + .hours(1), "a new word is promised, since that of the announcement is past")
    #expect(life.change?.actualStart?.stated == now)
    #expect(life.change?.lastRevision == .started)
    #expect(try known.run(.start(at: nil, reason: nil), at: now).violations == [.missingReason])
  }

  @Test func `Begun before its estimate, the word that was promised stands`() throws {
    var life = try Self.recorded(at: Self.two - .hours(3))
    try life.run(.start(at: nil, reason: nil), at: Self.two + .minutes(59))
    #expect(life.change?.nextWord == Self.two + .hours(1))
  }

  @Test func `Word is owed by the estimate, and is late after it; the gate waits for it too`() throws {
    let life = try Self.recorded()
    let change = try #require(life.change)
    let estimate = Self.two + .hours(1)
    func owed(_ now: Instant) -> NoticeObligation? {
      NoticeObligations.owed(for: change, at: now, by: NoticeTerms(reminders: [])).first { $0.kind == .extended }
    }
    #expect(owed(Self.two)?.due == estimate)
    #expect(owed(Self.two)?.isReady == false)
    #expect(owed(estimate)?.status(at: estimate) == .due)
    #expect(owed(estimate)?.status(at: estimate + Elapsed(seconds: 1)) == .late)
    let gate = Gate(contract: life.contract, environment: "production", changes: [change], overrides: [])
    #expect(gate.answer(at: estimate - Elapsed(seconds: 1), horizon: estimate + .hours(9)).state == .open)
    let closed = gate.answer(at: estimate, horizon: estimate + .hours(9))
    #expect(closed.reasons == [.wordDue(change.id, since: estimate)])
  }

  @Test func `The contract says how far ahead the estimate lies`() throws {
    var life = LifeCycle()
    life.contract.versions[0].emergency.firstEstimate = .minutes(20)
    let placeholder = try #require(Interval(start: Self.two, length: .minutes(1)))
    try life.run(.emergency(LifeCycle.emergency(placeholder) { $0.isEndKnown = false }), at: Self.two)
    #expect(interval(life)?.end == Self.two + .minutes(20))
    try life.run(.extend(end: nil, reason: nil, alongside: []), at: Self.two)
    #expect(interval(life)?.end == Self.two + .minutes(40))
  }
}

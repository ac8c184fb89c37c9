import CivilTime
import TestSupport
import Testing

@testable import Planning

/// What becomes of a new request.
struct SubmissionTests {
  private static let night = LifeCycle.night
  private static let day = LifeCycle.span("2026-06-02T10:00:00Z", "2026-06-02T12:00:00Z")

  @Test(
    arguments: [
      (172_800, []), (172_801, []), (172_799, [.insufficientNotice]), (0, [.insufficientNotice]),
      (-60, [.insufficientNotice]),
    ] as [(Int64, [FindingCode])])
  func `A maintenance is planned with exactly 48 hours of notice and refused with a second less`(
    notice: Int64, violations: [FindingCode]
  ) throws {
    var life = LifeCycle()
    let now = Self.night.start - Elapsed(seconds: notice)
    let decision = try life.run(.submit(LifeCycle.maintenance()), at: now)
    #expect(decision.violations == violations)
    #expect(decision.isAllowed == violations.isEmpty)
    let change = try #require(life.change)
    #expect(change.state == (violations.isEmpty ? .planned : .refused))
    #expect(change.revision == (violations.isEmpty ? 0 : nil))
    #expect(change.plannedAt == (violations.isEmpty ? now : nil))
    #expect(change.recordedAt == now)
    #expect(change.noticeGiven == (violations.isEmpty ? Elapsed(seconds: notice) : nil))
    #expect(change.isBooked == violations.isEmpty)
  }

  @Test func `Notice counts elapsed hours across a clock change`() throws {
    // Monday 30 March 2026, 00:30 in Paris: the night before has 23 hours.
    let interval = LifeCycle.span("2026-03-29T22:30:00Z", "2026-03-29T23:00:00Z")
    var life = LifeCycle()
    let exactly = utc("2026-03-27T22:30:00Z")
    #expect(try life.run(.submit(LifeCycle.maintenance(interval)), at: exactly).violations == [])
    #expect(
      try life.run(.submit(LifeCycle.maintenance(interval)), at: exactly + Elapsed(seconds: 1)).violations
        == [.insufficientNotice])
  }

  @Test func `All rules that are broken are told, in their order`() throws {
    var life = LifeCycle()
    life.contract.versions[0].freezes = [Freeze(title: "Exams", interval: Self.day, source: "freezes.ics")]
    let other = Booking(change: ChangeID(year: 2026, number: 7), interval: Self.day)
    life.booked = [other]
    let decision = try life.run(.submit(LifeCycle.maintenance(Self.day)), at: Self.day.start - .hours(1))
    #expect(decision.violations == [.outsideWindow, .insufficientNotice, .freeze, .overlap])
    #expect(decision.verdict.findings.map(\.clause) == ["5 (window)", "5 (notice)", nil, nil])
    #expect(decision.verdict.findings[0].figures == .window(nil, outside: [Self.day]))
    #expect(decision.verdict.findings[1].figures == .notice(given: .hours(1), required: .hours(48)))
    #expect(decision.verdict.findings[3].figures == .overlap([other]))
    #expect(decision.eventNames == ["refused"])
  }

  @Test func `A freeze forbids what overlaps it, allows what touches it, and leaves emergencies alone`() throws {
    var life = LifeCycle()
    let freeze = Freeze(
      title: "Exams", interval: LifeCycle.span("2026-06-02T00:00:00Z", "2026-06-03T00:00:00Z"), source: "f")
    life.contract.versions[0].freezes = [freeze]
    #expect(try life.run(.submit(LifeCycle.maintenance(Self.night))).violations == [])
    let later = Interval(start: Self.night.start, end: Self.night.end + Elapsed(seconds: 1))!
    let refused = try life.run(.submit(LifeCycle.maintenance(later)))
    #expect(refused.violations == [.freeze])
    #expect(try life.run(.submit(LifeCycle.update(later))).violations == [.freeze])
    #expect(
      try life.run(.emergency(LifeCycle.emergency(later)), at: later.start - .hours(1)).violations == [])
  }

  @Test func `An overlap is refused unless the request names the other change; touching is allowed`() throws {
    var life = LifeCycle()
    let other = ChangeID(year: 2026, number: 7)
    let second = Elapsed(seconds: 1)
    life.booked = [Booking(change: other, interval: Interval(start: Self.night.end - second, length: .hours(1))!)]
    #expect(try life.run(.submit(LifeCycle.maintenance())).violations == [.overlap])
    let named = LifeCycle.maintenance { $0.alongside = [other, other] }
    #expect(try life.run(.submit(named)).violations == [])
    #expect(life.change?.content.alongside == [other])
    let wrong = LifeCycle.maintenance { $0.alongside = [ChangeID(year: 2026, number: 8)] }
    #expect(try life.run(.submit(wrong)).violations == [.overlap])
    life.booked = [
      Booking(change: other, interval: Interval(start: Self.night.end, length: .hours(1))!),
      Booking(change: other, interval: Interval(start: Self.night.start - .hours(1), end: Self.night.start)!),
    ]
    #expect(try life.run(.submit(LifeCycle.maintenance())).violations == [])
    let inside = Booking(change: other, interval: Interval(start: Self.night.start + second, length: second)!)
    life.booked = [inside]
    #expect(try life.run(.emergency(LifeCycle.emergency(Self.night)), at: Self.night.start).violations == [.overlap])
  }

  // MARK: Emergencies

  @Test(
    arguments: [
      (172_800, [.plannableEmergency]), (172_801, [.plannableEmergency]), (172_799, []), (1, []),
    ] as [(Int64, [FindingCode])])
  func `An emergency 48 hours ahead or more could be planned and is refused`(
    ahead: Int64, violations: [FindingCode]
  ) throws {
    var life = LifeCycle()
    let decision = try life.run(
      .emergency(LifeCycle.emergency(Self.day)), at: Self.day.start - Elapsed(seconds: ahead))
    #expect(decision.violations == violations)
    #expect(decision.eventNames == (violations.isEmpty ? ["planned"] : ["refused"]))
    life.contract.versions[0].emergency.refuseWhenPlannable = false
    #expect(
      try life.run(.emergency(LifeCycle.emergency(Self.day)), at: Self.day.start - Elapsed(seconds: ahead)).isAllowed)
  }

  @Test(arguments: [nil, "", "   ", "\u{00A0}"] as [String?])
  func `An emergency without a reason is refused`(reason: String?) throws {
    var life = LifeCycle()
    let content = LifeCycle.emergency(Self.day) { $0.reason = Reason(reason) }
    #expect(try life.run(.emergency(content), at: Self.day.start - .hours(1)).violations == [.missingReason])
    #expect(life.change?.state == .refused)
  }

  @Test func `An emergency recorded after the fact is completed, with the times that were stated`() throws {
    for now in [Self.day.end, Self.day.end + .hours(5)] {
      var life = LifeCycle()
      #expect(try life.run(.emergency(LifeCycle.emergency(Self.day)), at: now).eventNames == ["emergencyRecorded"])
      let change = try #require(life.change)
      #expect(change.state == .completed)
      #expect(change.actualStart == .init(stated: Self.day.start, recorded: now))
      #expect(change.actualEnd == .init(stated: Self.day.end, recorded: now))
      #expect(change.revision == 0)
      #expect(change.noticeGiven == Self.day.start - now)
      #expect(change.overrun == nil)
      #expect(!change.isBooked)
    }
  }

  @Test func `An emergency that has begun is in progress`() throws {
    for now in [Self.day.start, Self.day.end - Elapsed(seconds: 1)] {
      var life = LifeCycle()
      try life.run(.emergency(LifeCycle.emergency(Self.day)), at: now)
      let change = try #require(life.change)
      #expect(change.state == .inProgress)
      #expect(change.actualStart == .init(stated: Self.day.start, recorded: now))
      #expect(change.actualEnd == nil)
      #expect(change.isBooked)
    }
  }

  // MARK: Updates

  @Test(arguments: [(60, []), (1, []), (0, [.notAnnounced]), (-60, [.notAnnounced])] as [(Int64, [FindingCode])])
  func `An update without interruption may run outside the window but is announced before it starts`(
    ahead: Int64, violations: [FindingCode]
  ) throws {
    var life = LifeCycle()
    let now = Self.day.start - Elapsed(seconds: ahead)
    #expect(try life.run(.submit(LifeCycle.update(Self.day)), at: now).violations == violations)
  }

  @Test func `A correction without training or configuration need not be announced`() throws {
    let late = Self.day.start + .minutes(5)
    let edits: [(@Sendable (inout UpdateDetails) -> Void, [FindingCode])] = [
      ({ _ in }, []), ({ $0.training = true }, [.notAnnounced]), ({ $0.configuration = true }, [.notAnnounced]),
      ({ $0.category = .ergonomics }, [.notAnnounced]),
    ]
    for (edit, violations) in edits {
      var life = LifeCycle()
      let content = LifeCycle.update(Self.day) {
        $1.category = .correction
        edit(&$1)
      }
      #expect(try life.run(.submit(content), at: late).violations == violations)
    }
    var life = LifeCycle()
    life.contract.versions[0].updates.exceptSimpleCorrections = false
    let correction = LifeCycle.update(Self.day) { $1.category = .correction }
    #expect(try life.run(.submit(correction), at: late).violations == [.notAnnounced])
    life.contract.versions[0].updates.announceBeforeStart = false
    #expect(try life.run(.submit(correction), at: late).violations == [])
  }

  @Test func `An update with interruption obeys the window and the notice too`() throws {
    var life = LifeCycle()
    let content = LifeCycle.update(Self.day) {
      $0.impact = .outage
      $1.interruption = true
    }
    let decision = try life.run(.submit(content), at: Self.day.start - .hours(1))
    #expect(decision.violations == [.outsideWindow, .insufficientNotice])
  }

  // MARK: Versions of the contract

  @Test func `The version in force on the civil day of the start judges window and notice`() throws {
    var life = LifeCycle()
    life.contract = SampleContract.contract([
      SampleContract.terms(),
      SampleContract.terms(from: "2026-06-03") {
        $0.planned.notice = .hours(72)
        $0.window.nights = [SampleContract.night(1, 3)]
        $0.planned.clause = "new"
      },
    ])
    // Until Paris midnight of 3 June the old version, though UTC says 2 June both times.
    let last = LifeCycle.span("2026-06-01T22:00:00Z", "2026-06-01T23:00:00Z")
    let first = LifeCycle.span("2026-06-02T23:00:00Z", "2026-06-03T00:00:00Z")
    #expect(try life.run(.submit(LifeCycle.maintenance(last)), at: last.start - .hours(48)).violations == [])
    #expect(
      try life.run(.submit(LifeCycle.maintenance(first)), at: first.start - .hours(48)).violations
        == [.insufficientNotice])
    #expect(try life.run(.submit(LifeCycle.maintenance(first)), at: first.start - .hours(72)).violations == [])
    let midnight = LifeCycle.span("2026-06-02T22:00:00Z", "2026-06-02T23:00:00Z")
    let refused = try life.run(.submit(LifeCycle.maintenance(midnight)), at: midnight.start - .hours(72))
    #expect(refused.violations == [.outsideWindow])
    #expect(refused.verdict.findings[1].clause == "new")
  }

  // MARK: Requests that make no sense

  @Test func `A request that cannot stand is an error and no refusal`() {
    let far = Interval(start: LifeCycle.early + .hours(24 * 366 * 10), length: .hours(1))!
    let past = Interval(start: LifeCycle.early - .hours(24 * 366 * 10 + 1), length: .hours(1))!
    let long = Interval(start: Self.night.start, length: .hours(24 * 366) + Elapsed(seconds: 1))!
    let known = ["portal", "api", "database"]
    let rows: [(ChangeContent, CommandError)] = [
      (LifeCycle.maintenance { $0.components = ["api", "mail"] }, .unknownComponent("mail", known: known)),
      (
        LifeCycle.maintenance { $0.environment = "prod" },
        .unknownEnvironment("prod", known: ["production", "test"])
      ),
      (LifeCycle.maintenance { $0.title = "" }, .missingTitle),
      (LifeCycle.maintenance { $0.title = " \u{00A0} " }, .missingTitle),
      (LifeCycle.maintenance(far), .tooFarAway(far.end)),
      (LifeCycle.maintenance(past), .tooFarAway(past.start)),
      (LifeCycle.maintenance(long), .intervalTooLong(long.length)),
      (LifeCycle.maintenance { $0.update = LifeCycle.update(Self.night).update }, .notAnUpdate),
      (LifeCycle.maintenance { $0.kind = .update }, .updateDetailsMissing),
      (LifeCycle.update(Self.day) { content, _ in content.impact = .outage }, .interruptionContradictsImpact(.outage)),
      (LifeCycle.update(Self.day) { $1.version = " " }, .invalidText(.empty(field: .version))),
      (LifeCycle.update(Self.day) { $1.documentation = "javascript:x" }, .invalidDocumentationAddress("javascript:x")),
    ]
    for (content, error) in rows {
      var life = LifeCycle()
      #expect(life.error(.submit(content)) == error)
      #expect(life.change == nil)
    }
  }

  @Test func `Components are kept once each, in the order of the contract`() throws {
    let life = try LifeCycle.planned { $0.components = ["database", "portal", "database"] }
    #expect(life.change?.content.components == ["portal", "database"])
  }
}

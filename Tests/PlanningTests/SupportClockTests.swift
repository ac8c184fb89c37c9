import CivilTime
import JSONText
import Planning
import TestSupport
import Testing

/// Deadlines of article 12. Expected values: the worked cases, and `Oracles/support_reference.py`, which walks minute by
/// minute; the boundaries of contract versions are reckoned by hand.
struct SupportClockTests {
  static func range(_ start: Int, _ end: Int) -> TimeOfDayRange {
    TimeOfDayRange(startSeconds: Int32(start * 60), endSeconds: Int32(end * 60))!
  }

  /// 09:00–12:30 and 14:30–17:30 Monday to Thursday, until 17:00 on Friday.
  static let hours: [Weekday: [TimeOfDayRange]] = {
    var hours: [Weekday: [TimeOfDayRange]] = [.friday: [range(540, 750), range(870, 1020)]]
    for day in [Weekday.monday, .tuesday, .wednesday, .thursday] { hours[day] = [range(540, 750), range(870, 1050)] }
    return hours
  }()

  static func support(
    start: String = "2021-10-18", hours: [Weekday: [TimeOfDayRange]] = hours, within: Int64 = 8, share: Int = 7500,
    qualification: ContractTerms.Support.Qualification = .afterTakeInCharge
  ) -> ContractTerms.Support {
    ContractTerms.Support(
      clause: "12", start: day(start), hours: hours, takeInChargeWithin: .hours(within),
      takeInChargeShareBasisPoints: share, criticality1PlanWithin: .hours(12), criticality2CorrectionBusinessDays: 14,
      qualification: qualification)
  }

  static func contract(_ versions: (from: String, support: ContractTerms.Support?)...) -> Contract {
    SampleContract.contract(
      versions.map { version in SampleContract.terms(from: version.from) { $0.support = version.support } })
  }

  static let plain = contract((from: "2021-10-18", support: support()))
  static let asRecorded = contract((from: "2021-10-18", support: support(qualification: .asRecorded)))

  /// `2026-03-09T09:00` in Paris.
  static func paris(_ text: String) -> Instant {
    guard case .civil(let civil)? = WrittenTime(text), case .unique(let instant) = Fixtures.paris.resolve(civil) else {
      fatalError("no single instant: \(text)")
    }
    return instant
  }

  static func text(_ instant: Instant) -> String { TimeText.local(instant, in: Fixtures.paris) }

  @Test(arguments: [
    ("cases/support_clock.jsonl", "expected", 55), ("support-clock-random.jsonl", "expected", 1500),
    ("support-clock-random.jsonl", "as_recorded", 1500),
  ])
  func `Deadlines are as the cases say`(file: String, answer: String, count: Int) throws {
    let contract = answer == "as_recorded" ? Self.asRecorded : Self.plain
    var (wrong, clocks) = (Mismatches(), SupportClocks(contract: contract))
    let values = try Fixtures.values(file)
    #expect(values.count == count)
    for (number, value) in values.enumerated() {
      let id = value["id"]?.string ?? "line \(number + 1)"
      let (input, expected) = (try #require(value["input"]), try #require(value[answer]))
      let (times, errors) = CaseReading.times(["registered_at", "qualified_at"], of: input)
      wrong.check(errors, CaseReading.errors(expected), id)
      guard errors.isEmpty, let registered = times["registered_at"] else { continue }
      let found = try clocks.deadlines(registeredAt: registered, qualifiedAt: times["qualified_at"])
      wrong.check(found.isInSupportHours, expected["in_support_hours"]?.bool, "\(id) in_support_hours")
      let dates = [
        ("clock_start", found.clockStart), ("take_in_charge_deadline", found.takeInCharge),
        ("crit1_plan_deadline", found.criticality1Plan), ("crit2_fix_deadline", found.criticality2Correction),
      ]
      for (key, instant) in dates {
        wrong.check(TimeText.utc(instant), expected[key]?["utc"]?.string, "\(id) \(key)")
        wrong.check(Self.text(instant), expected[key]?["paris"]?.string, "\(id) \(key)")
      }
      // A clock made for one question answers as the grown one does.
      let coverage = try #require(
        Interval(start: registered, end: max(registered, times["qualified_at"] ?? registered) + Elapsed(seconds: 1)))
      let alone = SupportClock(contract: contract, covering: coverage)
      wrong.check(
        try alone.deadlines(registeredAt: registered, qualifiedAt: times["qualified_at"]), found, "\(id), own clock")
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test func `Every minute of a fortnight with a clock change and Easter Monday is as brute force says`() throws {
    let start = utc("2026-03-26T23:00:00Z")
    var (wrong, clocks, next) = (Mismatches(), SupportClocks(contract: Self.plain), 0)
    for row in try Fixtures.rows("support-minutes.tsv") {
      let cells = row.compactMap { Int64($0) }
      try #require(cells.count == 9 && cells[0] == Int64(next))
      for minute in cells[0]...cells[1] {
        let found = try clocks.deadlines(registeredAt: start + .minutes(minute))
        let dates = [found.takeInCharge, found.criticality1Plan, found.criticality2Correction]
        for (index, date) in dates.enumerated() {
          let expected = cells[3 + index] + cells[6 + index] * (minute - cells[0])
          wrong.check((date - start).seconds, expected * 60, "minute \(minute), deadline \(index)")
        }
        wrong.check(found.isInSupportHours, cells[2] == 1, "minute \(minute)")
      }
      next = Int(cells[1]) + 1
    }
    #expect(next == 14 * 1440)
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test(arguments: [
    // Complete at closing time: the closing, not the next opening. Friday closes at 17:00, not 17:30.
    ("2026-03-12T15:30", "2026-03-13T17:00:00+01:00", "2026-03-17T16:30:00+01:00"),
    ("2026-03-13T17:00", "2026-03-17T10:30:00+01:00", "2026-03-19T09:30:00+01:00"),
    ("2026-03-13T16:59:59", "2026-03-17T10:29:59+01:00", "2026-03-19T09:29:59+01:00"),
    // Over New Year's Day, a Friday in 2027.
    ("2026-12-31T17:29", "2027-01-05T10:29:00+01:00", "2027-01-07T09:29:00+01:00"),
  ])
  func `Eight hours end at a closing, a weekend or a new year as reckoned by hand`(
    at: String, take: String, plan: String
  ) throws {
    var clocks = SupportClocks(contract: Self.plain)
    let found = try clocks.deadlines(registeredAt: Self.paris(at))
    #expect(Self.text(found.takeInCharge) == take)
    #expect(Self.text(found.criticality1Plan) == plan)
  }

  /// Monday 9 March 2026, 09:00: the eight hours end on Tuesday at 10:30. Reckoned by hand from article 12.3: an anomaly is
  /// qualified at the end of the time for taking in charge, or, as recorded, when it was.
  @Test(arguments: [
    (nil, "2026-03-12T09:30:00+01:00", "2026-03-10T16:30:00+01:00"),
    // An hour after the registration.
    ("2026-03-09T10:00:00", "2026-03-12T09:30:00+01:00", "2026-03-10T17:30:00+01:00"),
    // In the evening, while support is closed and the eight hours are not over.
    ("2026-03-09T22:00:00", "2026-03-12T09:30:00+01:00", "2026-03-11T16:30:00+01:00"),
    // The last second before, that moment, and a second after it.
    ("2026-03-10T10:29:59", "2026-03-12T09:30:00+01:00", "2026-03-12T09:29:59+01:00"),
    ("2026-03-10T10:30:00", "2026-03-12T09:30:00+01:00", "2026-03-12T09:30:00+01:00"),
    ("2026-03-10T10:30:01", "2026-03-12T09:30:01+01:00", "2026-03-12T09:30:01+01:00"),
  ])
  func `A plan is due twelve hours from the later of the qualification and the end of the eight`(
    qualified: String?, plan: String, asRecorded: String
  ) throws {
    let at = qualified.map(Self.paris)
    for (contract, expected) in [(Self.plain, plan), (Self.asRecorded, asRecorded)] {
      var clocks = SupportClocks(contract: contract)
      let found = try clocks.deadlines(registeredAt: Self.paris("2026-03-09T09:00"), qualifiedAt: at)
      #expect(Self.text(found.criticality1Plan) == expected)
    }
  }

  /// Friday 13 March 2026, 16:00: the eight hours end on Tuesday 17 March, 09:30; 6 April is Easter Monday.
  @Test(arguments: [
    (nil, "2026-04-02T17:30:00+02:00", "2026-04-02T17:30:00+02:00"),
    // On the day of the registration.
    ("2026-03-13T16:30", "2026-04-07T17:30:00+02:00", "2026-04-02T17:30:00+02:00"),
    // On a Saturday, which is day 0 although it is no business day.
    ("2026-03-14T11:00", "2026-04-07T17:30:00+02:00", "2026-04-02T17:30:00+02:00"),
    // The day after the time for taking in charge is over.
    ("2026-03-18T09:00", "2026-04-08T17:30:00+02:00", "2026-04-08T17:30:00+02:00"),
  ])
  func `Business days of criticality 2 count from the civil day of that moment`(
    qualified: String?, fix: String, asRecorded: String
  ) throws {
    let at = qualified.map(Self.paris)
    for (contract, expected) in [(Self.plain, fix), (Self.asRecorded, asRecorded)] {
      var clocks = SupportClocks(contract: contract)
      let found = try clocks.deadlines(registeredAt: Self.paris("2026-03-13T16:00"), qualifiedAt: at)
      #expect(Self.text(found.criticality2Correction) == expected)
    }
  }

  @Test func `A date that becomes known never makes a deadline earlier`() throws {
    let registered = Self.paris("2026-04-03T15:00")
    for contract in [Self.plain, Self.asRecorded] {
      var clocks = SupportClocks(contract: contract)
      var last = try clocks.deadlines(registeredAt: registered)
      for minute in 0..<(8 * 1440) as Range<Int64> {
        let next = try clocks.deadlines(registeredAt: registered, qualifiedAt: registered + .minutes(minute))
        try #require(next.criticality1Plan >= last.criticality1Plan)
        try #require(next.criticality2Correction >= last.criticality2Correction)
        last = next
      }
    }
  }

  @Test func `Delays that follow one another find their days in the clock, however long they are`() throws {
    var support = Self.support(within: 3000)
    support.criticality2CorrectionBusinessDays = 366
    var clocks = SupportClocks(contract: Self.contract((from: "2021-10-18", support: support)))
    let registered = Self.paris("2026-03-09T09:00")
    let found = try clocks.deadlines(registeredAt: registered, qualifiedAt: registered)
    #expect(found.criticality2Correction > found.takeInCharge)
  }

  @Test func `Delays are of the version at registration, each day's hours of the version in force that day`() throws {
    // From Wednesday 11 March 2026 support opens in the mornings only and promises four hours.
    let mornings = Self.hours.mapValues { _ in [Self.range(540, 720)] }
    var clocks = SupportClocks(
      contract: Self.contract(
        (from: "2021-10-18", support: Self.support()),
        (from: "2026-03-11", support: Self.support(hours: mornings, within: 4))))
    // Tuesday 17:00: half an hour that day, then mornings of three hours: 3, 3 and 1½ make eight.
    let before = try clocks.deadlines(registeredAt: Self.paris("2026-03-10T17:00"))
    #expect(Self.text(before.takeInCharge) == "2026-03-13T10:30:00+01:00")
    // The last second of the old version, out of hours: all eight hours in mornings.
    let last = try clocks.deadlines(registeredAt: Self.paris("2026-03-10T23:59:59"))
    #expect(Self.text(last.takeInCharge) == "2026-03-13T11:00:00+01:00")
    // The first of the new one: four hours.
    let first = try clocks.deadlines(registeredAt: Self.paris("2026-03-11T00:00"))
    #expect(Self.text(first.takeInCharge) == "2026-03-12T10:00:00+01:00")
    // Criticality 2 is due at the close of that day's hours.
    #expect(Self.text(first.criticality2Correction) == "2026-03-31T12:00:00+02:00")
    // Days before the first version are judged by it.
    let early = try clocks.deadlines(registeredAt: Self.paris("2019-03-11T09:00"))
    #expect(Self.text(early.takeInCharge) == "2019-03-12T10:30:00+01:00")
  }

  @Test func `A version without support gives no deadlines, and hours go on in a later one`() throws {
    var clocks = SupportClocks(
      contract: Self.contract(
        (from: "2021-10-18", support: Self.support()), (from: "2024-01-01", support: nil),
        (from: "2026-01-01", support: Self.support())))
    #expect(throws: SupportClockError.noSupport(day("2025-06-02"))) {
      _ = try clocks.deadlines(registeredAt: Self.paris("2025-06-02T10:00"))
    }
    // Friday 29 December 2023, 15:00: two hours, then nothing before Friday 2 January 2026 (six hours).
    let found = try clocks.deadlines(registeredAt: Self.paris("2023-12-29T15:00"))
    #expect(Self.text(found.takeInCharge) == "2026-01-02T17:00:00+01:00")
    var ended = SupportClocks(
      contract: Self.contract((from: "2021-10-18", support: Self.support()), (from: "2024-01-01", support: nil)))
    #expect(throws: SupportClockError.neverReached) {
      _ = try ended.deadlines(registeredAt: Self.paris("2023-12-29T15:00"))
    }
  }

  @Test func `A business day without support hours counts, and is due at the last closing before`() throws {
    // Monday 2 March 2026 is day 0; the 14th business day is Friday 20 March.
    let noFriday = Self.hours.filter { $0.key != .friday }
    var clocks = SupportClocks(
      contract: Self.contract((from: "2021-10-18", support: Self.support(hours: noFriday))))
    let found = try clocks.deadlines(registeredAt: Self.paris("2026-03-02T10:00"))
    #expect(Self.text(found.criticality2Correction) == "2026-03-19T17:30:00+01:00")
  }

  @Test func `Hours in the night of a clock change are counted as the clock shows them`() throws {
    // Sundays 02:00–04:00: one hour on 29 March 2026, three hours on 25 October.
    var clocks = SupportClocks(
      contract: Self.contract(
        (from: "2021-10-18", support: Self.support(hours: [.sunday: [Self.range(120, 240)]], within: 3))))
    let spring = try clocks.deadlines(registeredAt: utc("2026-03-28T12:00:00Z"))
    #expect(Self.text(spring.clockStart) == "2026-03-29T03:00:00+02:00")
    #expect(Self.text(spring.takeInCharge) == "2026-04-05T04:00:00+02:00")
    let autumn = try clocks.deadlines(registeredAt: utc("2026-10-24T12:00:00Z"))
    #expect(Self.text(autumn.clockStart) == "2026-10-25T02:00:00+02:00")
    #expect(Self.text(autumn.takeInCharge) == "2026-10-25T04:00:00+01:00")
  }

  @Test(arguments: ["0001-01-02T00:00:00Z", "1582-10-10T10:00:00Z", "1911-03-10T12:00:00Z"])
  func `Times long ago have deadlines too`(at: String) throws {
    var clocks = SupportClocks(contract: Self.plain)
    let found = try clocks.deadlines(registeredAt: utc(at))
    #expect(found.clockStart >= utc(at) && found.takeInCharge > found.clockStart)
  }

  @Test func `At the end of year 9999 the hours run out`() {
    var clocks = SupportClocks(contract: Self.plain)
    #expect(throws: SupportClockError.neverReached) {
      _ = try clocks.deadlines(registeredAt: utc("9999-12-30T23:00:00Z"))
    }
  }
}

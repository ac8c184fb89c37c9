import CivilTime
import Planning
import TestSupport
import Testing

/// Shares by period of 12 months. Expected values reckoned by hand from article 12.2 and code de procédure civile,
/// art. 641 (a month without the day ends the period on its last day).
struct SupportReportTests {
  typealias Clock = SupportClockTests

  static func periods(_ versions: (from: String, support: ContractTerms.Support?)...) -> SupportPeriods {
    SupportPeriods(
      SupportTerms(
        SampleContract.contract(
          versions.map { version in SampleContract.terms(from: version.from) { $0.support = version.support } })))
  }

  static func text(_ period: SupportPeriod?) -> String {
    period.map { "\(TimeText.date($0.first)) \(TimeText.date($0.last))\($0.isWhole ? "" : " short")" } ?? "none"
  }

  @Test(arguments: [
    ("2021-10-18", "2021-10-17", "none"), ("2021-10-18", "2021-10-18", "2021-10-18 2022-10-17"),
    ("2021-10-18", "2022-10-17", "2021-10-18 2022-10-17"), ("2021-10-18", "2022-10-18", "2022-10-18 2023-10-17"),
    ("2022-01-01", "2022-12-31", "2022-01-01 2022-12-31"), ("2022-01-01", "2023-01-01", "2023-01-01 2023-12-31"),
    ("2021-12-31", "2022-12-30", "2021-12-31 2022-12-30"), ("2021-12-31", "2022-12-31", "2022-12-31 2023-12-30"),
    ("2024-02-29", "2025-02-27", "2024-02-29 2025-02-27"), ("2024-02-29", "2025-02-28", "2025-02-28 2026-02-27"),
    ("2024-02-29", "2028-02-28", "2027-02-28 2028-02-28"), ("2024-02-29", "2028-02-29", "2028-02-29 2029-02-27"),
  ])
  func `A period begins on the day of the start of support each year`(start: String, on: String, expected: String) {
    let periods = Self.periods((from: "2020-01-01", support: Clock.support(start: start)))
    #expect(Self.text(periods.period(of: day(on))) == expected)
  }

  @Test func `Periods follow each other without gap or overlap, each day in its own`() {
    let periods = Self.periods((from: "2020-01-01", support: Clock.support(start: "2024-02-29")))
    let all = periods.periods(through: day("2040-03-01"))
    #expect(all.count == 17)
    for (earlier, later) in zip(all, all.dropFirst()) { #expect(earlier.end == later.first) }
    for date in day("2024-02-29").dayNumber...day("2040-03-01").dayNumber {
      let period = periods.period(of: CivilDate(dayNumber: date))
      #expect(all.filter { $0.contains(CivilDate(dayNumber: date)) } == [period])
    }
  }

  @Test func `A version with another start counts anew from its day, and one with the same start does not`() {
    let periods = Self.periods(
      (from: "2021-10-18", support: Clock.support()), (from: "2022-06-01", support: Clock.support(share: 9000)),
      (from: "2023-03-01", support: Clock.support(start: "2023-03-01")), (from: "2024-05-01", support: nil))
    let found = periods.periods(through: day("2026-01-01"))
    #expect(
      found.map { Self.text($0) } == [
        "2021-10-18 2022-10-17", "2022-10-18 2023-02-28 short", "2023-03-01 2024-02-29",
        "2024-03-01 2024-04-30 short",
      ])
    #expect(found.map(\.shareBasisPoints) == [7500, 9000, 7500, 7500])
    #expect(periods.period(of: day("2024-05-01")) == nil)
  }

  /// Monday 9 March 2026, 09:00: to be taken in charge by Tuesday, 10:30.
  static let monday = Clock.paris("2026-03-09T09:00")
  static let deadline = Clock.paris("2026-03-10T10:30")

  static func report(asOf: Instant, _ requests: [SupportRequest]) throws -> SupportReport {
    var report = SupportReport(contract: Clock.plain, asOf: asOf)
    for request in requests { try report.add(request) }
    return report
  }

  static func requests(inTime: Int, late: Int) -> [SupportRequest] {
    let one = SupportRequest(registeredAt: monday, takenInChargeAt: deadline)
    let other = SupportRequest(registeredAt: monday, takenInChargeAt: deadline + Elapsed(seconds: 1))
    return Array(repeating: one, count: inTime) + Array(repeating: other, count: late)
  }

  @Test(arguments: [(3, 1, true), (2, 1, false), (7499, 2501, false), (7500, 2500, true), (0, 1, false), (1, 0, true)])
  func `Exactly the share is met, one Request less is not`(inTime: Int, late: Int, isMet: Bool) throws {
    let asOf = Clock.paris("2026-06-01T12:00")
    let row = try #require(try Self.report(asOf: asOf, Self.requests(inTime: inTime, late: late)).rows.last)
    #expect(row.tally.inTime == inTime && row.tally.late == late)
    #expect(row.isMet == isMet)
    #expect(row.isProvisional)
  }

  @Test func `A share that misses the promise is never rounded up to it`() throws {
    let asOf = Clock.paris("2026-06-01T12:00")
    let row = try #require(try Self.report(asOf: asOf, Self.requests(inTime: 74_999, late: 25_001)).rows.last)
    #expect(row.tally.share(parts: 100) == 74)
    #expect(row.isMet == false)
  }

  @Test func `A pending Request is open up to its deadline and overdue after it, and never guessed`() throws {
    let pending = [SupportRequest(registeredAt: Self.monday, takenInChargeAt: nil)]
    let open = try #require(try Self.report(asOf: Self.deadline, pending).rows.last)
    #expect(open.tally.open == 1 && open.tally.decided == 0)
    #expect(open.isMet == nil)
    #expect(open.tally.share(parts: 100) == nil)
    let late = try #require(try Self.report(asOf: Self.deadline + Elapsed(seconds: 1), pending).rows.last)
    #expect(late.tally.overdue == 1)
    #expect(late.isMet == false)
  }

  @Test func `A period without Requests has no share, and one that is over is not provisional`() throws {
    let rows = try Self.report(asOf: Clock.paris("2026-06-01T12:00"), Self.requests(inTime: 1, late: 0)).rows
    #expect(rows.count == 5)
    #expect(rows.dropLast().allSatisfy { $0.isMet == nil && $0.tally.requests == 0 && !$0.isProvisional })
  }

  @Test func `A period that is over stays provisional while a Request of its last day is open`() throws {
    // Monday 17 October 2022 is the last day of the first period.
    let pending = [SupportRequest(registeredAt: Clock.paris("2022-10-17T17:00"), takenInChargeAt: nil)]
    let rows = try Self.report(asOf: Clock.paris("2022-10-18T09:00"), pending).rows
    #expect(rows.map(\.isRunning) == [false, true])
    #expect(rows[0].isProvisional && rows[0].tally.open == 1)
  }

  @Test func `The day of registration in the contract's zone decides the period, the first day of support included`()
    throws
  {
    // Midnight in Paris is 22:00 UTC of the day before.
    let instants = ["2021-10-17T21:59:59Z", "2021-10-17T22:00:00Z", "2022-10-17T21:59:59Z", "2022-10-17T22:00:00Z"]
    let report = try Self.report(
      asOf: Clock.paris("2023-01-02T12:00"),
      instants.map { SupportRequest(registeredAt: utc($0), takenInChargeAt: utc($0)) })
    #expect(report.beforeStart == 1)
    #expect(report.rows.map(\.tally.requests) == [2, 1])
  }

  @Test(arguments: [
    // Without qualification: in time under every reading, or nobody can say.
    (nil, "2026-03-12T09:30:00", "met"), (nil, "2026-03-12T09:30:01", "undetermined"), (nil, "", "undetermined"),
    // Qualified on Tuesday, 09:00, before the eight hours are over: as much time as without.
    ("2026-03-10T09:00", "2026-03-12T09:30:00", "met"), ("2026-03-10T09:00", "2026-03-12T09:30:01", "missed"),
    // On Wednesday, 09:00: six and a half hours that day; the twelve are complete on Thursday, 16:30.
    ("2026-03-11T09:00", "2026-03-12T16:30:00", "met"), ("2026-03-11T09:00", "2026-03-12T16:30:01", "missed"),
    ("2026-03-10T09:00", "", "overdue"), ("2026-06-01T11:00", "", "open"),
  ])
  func `An action plan is judged from the qualification, or by the earliest date`(
    qualified: String?, plan: String, expected: String
  ) throws {
    let request = SupportRequest(
      registeredAt: Self.monday, takenInChargeAt: nil, criticality: .one, qualifiedAt: qualified.map(Clock.paris),
      answer: plan.isEmpty ? .pending : .given(Clock.paris(plan)))
    let row = try #require(try Self.report(asOf: Clock.paris("2026-06-01T12:00"), [request]).rows.last)
    let tally = row.tally.criticality1
    let found = [
      "met": tally.met, "missed": tally.missed, "overdue": tally.overdue, "open": tally.open,
      "undetermined": tally.undetermined, "unknown": tally.unknown,
    ].filter { $0.value > 0 }
    #expect(found == [expected: 1])
    #expect(tally.anomalies == 1 && row.tally.criticality2.anomalies == 0)
  }
}

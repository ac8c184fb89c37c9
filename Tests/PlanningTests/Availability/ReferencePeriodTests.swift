import CivilTime
import TestSupport
import Testing

@testable import Planning

/// Which hours are promised, by which version of the contract.
struct ReferencePeriodTests {
  typealias Sample = AvailabilitySample

  @Test func `Months are read as YYYY-MM and nothing else`() {
    #expect(CivilMonth("2026-11")?.description == "2026-11")
    for text in ["2026-13", "2026-00", "2026-1", "2026/11", "2026-11-01", "1582-12", "9999-01", ""] {
      #expect(CivilMonth(text) == nil, "\(text)")
    }
    #expect(CivilMonth("2026-12")?.next == CivilMonth("2027-01"))
    #expect(CivilMonth("9998-12")?.next == nil)
  }

  @Test func `A holiday of the zone is no day of the month`() {
    // Good Friday, 3 April 2026, is a holiday in Alsace-Moselle only; Easter Monday is one in both.
    #expect(Sample.period("2026-04").days == 21)
    #expect(Sample.period("2026-04", Sample.byZone["alsace-moselle"]!).days == 20)
  }

  @Test func `Each day follows the version in force on it, and the strictest target judges`() {
    let contract = SampleContract.contract([
      Sample.terms(),
      Sample.terms(from: "2026-03-16") {
        $0.hours = TimeOfDayRange(startSeconds: 8 * 3600, endSeconds: 18 * 3600)!
        $0.targetBasisPoints = 9950
      },
    ])
    let period = Sample.period("2026-03", contract)
    // 10 working days before Monday 16 March, 12 from it on.
    #expect(period.length == .hours(10 * 13 + 12 * 10))
    #expect(period.targetBasisPoints == 9950)
    #expect(Sample.unavailable([Sample.stop("2026-03-16T06:00:00Z", "2026-03-16T08:00:00Z")], in: period) == 3600)
    #expect(Sample.period("2026-02", contract).targetBasisPoints == 9900)
  }

  @Test func `A version without a promise promises nothing`() {
    #expect(ReferencePeriod(SampleContract.contract(), month: CivilMonth("2026-03")!) == nil)
    let contract = SampleContract.contract([SampleContract.terms(), Sample.terms(from: "2026-03-30")])
    #expect(Sample.period("2026-03", contract).days == 2)
  }

  @Test func `A stop in the maintenance window costs nothing even where the hours are promised`() {
    let contract = SampleContract.contract([
      Sample.terms { $0.hours = TimeOfDayRange(startSeconds: 6 * 3600, endSeconds: 20 * 3600)! }
    ])
    let period = Sample.period("2026-03", contract)
    #expect(period.length == .hours(22 * 14))
    // 06:30 to 07:30 in Paris: the window is open until 07:00.
    #expect(Sample.unavailable([Sample.stop("2026-03-10T05:30:00Z", "2026-03-10T06:30:00Z")], in: period) == 1800)
  }

  @Test(arguments: [(true, 1800), (false, 3600)] as [(Bool, Int64)])
  func `Which cause wins is a key of the contract`(excludedWins: Bool, seconds: Int64) {
    let period = Sample.period(
      "2026-03", SampleContract.contract([Sample.terms { $0.excludedCauseWins = excludedWins }]))
    let stops = [
      Sample.stop("2026-03-10T09:00:00Z", "2026-03-10T10:00:00Z"),
      Sample.stop("2026-03-10T09:30:00Z", "2026-03-10T11:00:00Z", .forceMajeure),
    ]
    #expect(Sample.unavailable(stops, in: period) == seconds)
    let accounts = StopAccount.accounts(of: stops, in: period)
    #expect(accounts[0].counted.length.seconds == seconds)
    #expect(accounts[1].counted.isEmpty)
  }

  @Test func `Hours on the night of a clock change lie where the clock shows them`() {
    // 02:30 comes twice on 25 October 2026 and not at all on 29 March: 02:00–03:30 and 02:30–20:00 as the clock shows.
    let sundays = { (start: Int32, end: Int32) in
      SampleContract.contract([
        Sample.terms {
          $0.hours = TimeOfDayRange(startSeconds: start, endSeconds: end)!
          $0.weekdays = [.sunday]
          $0.exceptHolidays = false
        }
      ])
    }
    let autumn = Sample.period("2026-10", sundays(9000, 12_600)).hours.intervals.last
    #expect(autumn == Interval(start: utc("2026-10-25T00:30:00Z"), end: utc("2026-10-25T02:30:00Z")))
    let spring = Sample.period("2026-03", sundays(9000, 12_600)).hours.intervals.last
    #expect(spring == Interval(start: utc("2026-03-29T01:00:00Z"), end: utc("2026-03-29T01:30:00Z")))
  }
}

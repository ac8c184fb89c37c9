import CivilTime
import TestSupport
import Testing

@testable import Planning

struct WindowTableTests {
  private static func span(_ start: String, _ end: String) -> Interval {
    Interval(start: utc(start), end: utc(end))!
  }

  @Test func `Every minute of the clock-change weekends is inside or outside a window as recorded`() throws {
    var wrong = Mismatches()
    let all = Self.span("2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z")
    let table = WindowTable(contract: SampleContract.contract(), environment: "production", covering: all)
    for row in try Fixtures.rows("clock-change-minutes.txt") {
      let start = utc(row[0])
      let minute = Interval(start: start, length: .minutes(1))!
      wrong.check(table.window(containing: minute) != nil, row[2] == "W", "minute \(row[0])")
      let second = Interval(start: start, length: Elapsed(seconds: 1))!
      wrong.check(table.window(containing: second) != nil, row[2] == "W", "second \(row[0])")
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test func `A window crosses midnight where the contract says so, through both clock changes`() {
    let terms = SampleContract.terms {
      $0.window.nights = [SampleContract.night(22, 5)]
      $0.window.weekdays = []
      $0.window.holidays = false
    }
    let contract = SampleContract.contract([terms])
    for (start, end) in [
      ("2026-03-28T21:00:00Z", "2026-03-29T03:00:00Z"), ("2026-10-24T20:00:00Z", "2026-10-25T04:00:00Z"),
      ("2026-12-31T21:00:00Z", "2027-01-01T04:00:00Z"),
    ] {
      let night = Self.span(start, end)
      let table = WindowTable(contract: contract, environment: "production", covering: night)
      #expect(Array(table.windows(meeting: night)) == [night])
    }
  }

  @Test func `A window whose edge falls into the missing or doubled hour takes the narrower reading`() {
    let terms = SampleContract.terms {
      $0.window.nights = [.init(start: TimeOfDay(hour: 2, minute: 30)!, end: TimeOfDay(hour: 6, minute: 0))]
      $0.window.weekdays = []
      $0.window.holidays = false
    }
    let opens = [("2026-03-29", "2026-03-29T01:00:00Z"), ("2026-10-25", "2026-10-25T01:30:00Z")]
    for (date, start) in opens {
      let range = Self.span("\(date)T00:00:00Z", "\(date)T12:00:00Z")
      let table = WindowTable(contract: SampleContract.contract([terms]), environment: "production", covering: range)
      #expect(table.windows(meeting: range).map(\.start) == [utc(start)])
    }
    var early = terms
    early.window.nights = [.init(start: .midnight, end: TimeOfDay(hour: 2, minute: 30))]
    let closes = [("2026-03-29", "2026-03-29T01:00:00Z"), ("2026-10-25", "2026-10-25T00:30:00Z")]
    for (date, end) in closes {
      let range = Self.span("\(date)T00:00:00Z", "\(date)T12:00:00Z")
      let table = WindowTable(contract: SampleContract.contract([early]), environment: "production", covering: range)
      #expect(table.windows(meeting: range).map(\.end) == [utc(end)])
    }
  }

  @Test func `A night until 24:00 and one from 00:00 are one window`() {
    let terms = SampleContract.terms {
      $0.window.nights = [.init(start: TimeOfDay(hour: 20, minute: 0)!, end: nil), SampleContract.night(0, 7)]
      $0.window.weekdays = []
      $0.window.holidays = false
    }
    let range = Self.span("2026-06-02T12:00:00Z", "2026-06-03T12:00:00Z")
    let table = WindowTable(contract: SampleContract.contract([terms]), environment: "production", covering: range)
    #expect(Array(table.windows(meeting: range)) == [Self.span("2026-06-02T18:00:00Z", "2026-06-03T05:00:00Z")])
  }

  @Test func `A new version of the contract takes effect at midnight of its civil day`() {
    let old = SampleContract.terms(from: "2020-01-01")
    let new = SampleContract.terms(from: "2026-06-03") {
      $0.window.nights = [SampleContract.night(1, 3)]
      $0.planned.notice = .hours(72)
    }
    let contract = SampleContract.contract([new, old])
    let range = Self.span("2026-06-01T21:00:00Z", "2026-06-04T12:00:00Z")
    let table = WindowTable(contract: contract, environment: "production", covering: range)
    #expect(
      Array(table.windows(meeting: range)) == [
        Self.span("2026-06-01T22:00:00Z", "2026-06-02T05:00:00Z"),
        Self.span("2026-06-02T23:00:00Z", "2026-06-03T01:00:00Z"),
        Self.span("2026-06-03T23:00:00Z", "2026-06-04T01:00:00Z"),
      ])
    #expect(contract.terms(at: utc("2026-06-02T21:59:59Z")).planned.notice == .hours(48))
    #expect(contract.terms(at: utc("2026-06-02T22:00:00Z")).planned.notice == .hours(72))
    #expect(contract.terms(on: day("2026-06-02")).planned.notice == .hours(48))
    #expect(contract.terms(on: day("2026-06-03")).planned.notice == .hours(72))
    #expect(contract.terms(on: day("1999-01-01")).planned.notice == .hours(48))
  }

  @Test func `An environment that is open at any time has one window without end`() {
    let range = Self.span("2026-06-02T08:00:00Z", "2026-06-05T12:00:00Z")
    let table = WindowTable(contract: SampleContract.contract(), environment: "test", covering: range)
    #expect(table.window(containing: range) != nil)
  }

  @Test func `A table that grows answers as one made for the question`() {
    var tables = WindowTables(contract: SampleContract.contract(), environment: "production")
    var wrong = Mismatches()
    for year in [2026, 2030, 1990, 2050, 2400, 2027, 1600, 2100] {
      let range = Self.span("\(year)-03-20T00:00:00Z", "\(year)-04-20T00:00:00Z")
      let table = WindowTable(contract: SampleContract.contract(), environment: "production", covering: range)
      let grown = tables.covering(range)
      if !grown.covers(range) { wrong.add("\(year) is not covered") }
      wrong.check(Array(grown.windows(meeting: range)), Array(table.windows(meeting: range)), "\(year)")
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test func `Slots are the earliest of each stretch of free room`() {
    let range = Self.span("2026-06-01T22:00:00Z", "2026-06-03T22:00:00Z")
    let table = WindowTable(contract: SampleContract.contract(), environment: "production", covering: range)
    let search = SlotSearch(
      windows: table, blocked: IntervalSet([Self.span("2026-06-02T00:00:00Z", "2026-06-02T01:00:00Z")]))
    let starts = { (length: Elapsed, until: String, count: Int) in
      search.slots(from: range.start, length: length, until: utc(until), count: count).map {
        TimeText.utc($0.interval.start)
      }
    }
    let all = ["2026-06-01T22:00:00Z", "2026-06-02T01:00:00Z", "2026-06-02T22:00:00Z"]
    #expect(starts(.hours(2), "2026-06-03T22:00:00Z", 9) == all)
    #expect(starts(.hours(2), "2026-06-03T22:00:00Z", 2) == Array(all.prefix(2)))
    #expect(starts(.hours(2), "2026-06-03T00:00:00Z", 9) == all)
    #expect(starts(.hours(2), "2026-06-02T23:59:59Z", 9) == Array(all.prefix(2)))
    #expect(starts(.hours(5), "2026-06-03T22:00:00Z", 9) == ["2026-06-02T22:00:00Z"])
    #expect(starts(.hours(8), "2026-06-03T22:00:00Z", 9) == [])
    #expect(starts(.zero, "2026-06-03T22:00:00Z", 9) == [])
    #expect(starts(.hours(2), "2026-06-01T22:00:00Z", 9) == [])
    #expect(starts(.hours(2), "2026-06-03T22:00:00Z", 0) == [])
  }
}

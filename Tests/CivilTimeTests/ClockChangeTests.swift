import CivilTime
import TestSupport
import Testing

struct ClockChangeTests {
  @Test func `Paris shows the recorded time in every minute of the clock-change weekends`() throws {
    var wrong = Mismatches()
    let rows = try Fixtures.rows("clock-change-minutes.txt")
    for row in rows {
      let instant = utc(row[0])
      wrong.check(TimeText.utc(instant), String(row[0]), "UTC text")
      wrong.check(TimeText.local(instant, in: Fixtures.paris), String(row[1]), "\(row[0])")
      wrong.check(WrittenTime(String(row[1]), form: .exact), .instant(instant), "\(row[1]) read back")
    }
    #expect(rows.count == 4 * 3 * 24 * 60)
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test func `Every minute of the clock face on clock-change Sundays is unique, missing or double as recorded`() throws
  {
    var wrong = Mismatches()
    let rows = try Fixtures.rows("clock-change-civil.txt")
    for row in rows {
      let expected = row[2].split(separator: " ").map { utc($0) }
      switch (Fixtures.paris.resolve(civil(row[0])), row[1]) {
      case (.unique(let instant), "unique"):
        wrong.check([instant], expected, "\(row[0])")
        wrong.check(Fixtures.paris.earliest(civil(row[0])), instant, "earliest \(row[0])")
      case (.fold(let earlier, let first, let later, let second), "fold"):
        wrong.check([earlier, later], expected, "\(row[0])")
        wrong.check([first, second], [UTCOffset(seconds: 7200), UTCOffset(seconds: 3600)], "\(row[0]) offsets")
        wrong.check(Fixtures.paris.earliest(civil(row[0])), earlier, "earliest \(row[0])")
      case (.gap(let before, let after), "gap"):
        wrong.check([before, after], [UTCOffset(seconds: 3600), UTCOffset(seconds: 7200)], "\(row[0]) offsets")
        let change = utc("\(row[0].prefix(10))T01:00:00Z")
        wrong.check(Fixtures.paris.earliest(civil(row[0])), change, "earliest \(row[0])")
      case (let found, let kind): wrong.add("\(row[0]): \(found), expected \(kind)")
      }
    }
    #expect(rows.count == 4 * 24 * 60)
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test func `Paris changes at 01:00 UTC on the last Sundays of March and October, up to 2100`() {
    var wrong = Mismatches()
    for year in 1996...2100 {
      for (month, before, after) in [(3, "+01:00", "+02:00"), (10, "+02:00", "+01:00")] {
        var day = CivilDate(year: year, month: month, day: 31)!
        while day.weekday != .sunday { day = day.advanced(byDays: -1) }
        let change = utc("\(TimeText.date(day))T01:00:00Z")
        let second = Elapsed(seconds: 1)
        wrong.check(TimeText.offset(Fixtures.paris.offset(at: change - second)), before, "before \(day)")
        wrong.check(TimeText.offset(Fixtures.paris.offset(at: change)), after, "at \(day)")
      }
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test func `Every instant of 2026, hour by hour, resolves back to itself`() {
    var wrong = Mismatches()
    var instant = utc("2025-12-31T23:00:00Z")
    while instant < utc("2026-12-31T23:00:00Z") {
      switch Fixtures.paris.resolve(Fixtures.paris.civil(instant)) {
      case .unique(let found): wrong.check(found, instant, "unique")
      case .fold(let earlier, _, let later, _):
        if instant != earlier, instant != later { wrong.add("fold without \(TimeText.utc(instant))") }
      case .gap: wrong.add("gap at \(TimeText.utc(instant))")
      }
      instant = instant + .hours(1)
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test(arguments: [
    ("2026-03-29", "2026-03-28T23:00:00Z", 23), ("2026-03-30", "2026-03-29T22:00:00Z", 24),
    ("2026-10-25", "2026-10-24T22:00:00Z", 25), ("2026-10-26", "2026-10-25T23:00:00Z", 24),
    ("2099-03-29", "2099-03-28T23:00:00Z", 23), ("2099-10-25", "2099-10-24T22:00:00Z", 25),
  ])
  func `A civil day of Paris begins at midnight and lasts 23, 24 or 25 hours`(
    date: String, start: String, hours: Int64
  ) {
    #expect(Fixtures.paris.startOfDay(day(date)) == utc(start))
    #expect(Fixtures.paris.startOfDay(day(date).advanced(byDays: 1)) - utc(start) == .hours(hours))
  }
}

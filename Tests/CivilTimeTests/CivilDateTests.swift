import TestSupport
import Testing

@testable import CivilTime

struct CivilDateTests {
  @Test func `Every day number that can be written round-trips through year, month and day`() {
    var wrong = Mismatches()
    var (year, month, day, weekday) = (1, 1, 1, 1)
    for number in CivilDate.dayNumbers {
      let date = CivilDate(dayNumber: number)
      let (y, m, d) = date.components
      if (y, m, d) != (year, month, day) {
        wrong.add("day \(number): \(y)-\(m)-\(d), expected \(year)-\(month)-\(day)")
      }
      if CivilDate(year: year, month: month, day: day) != date { wrong.add("\(year)-\(month)-\(day) back") }
      if date.weekday.rawValue != weekday { wrong.add("weekday of \(year)-\(month)-\(day)") }
      weekday = weekday % 7 + 1
      day += 1
      if day > lengths[month - 1] + (month == 2 && leap(year) ? 1 : 0) { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    #expect((year, month, day) == (10_000, 1, 1))
    #expect(wrong.isEmpty, "\(wrong)")
  }

  private let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  private func leap(_ year: Int) -> Bool { year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) }

  @Test(arguments: [
    (0, 1, 1), (10_000, 1, 1), (-1, 1, 1), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 32), (2026, 2, 29),
    (2100, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 1, -1), (Int.max, 1, 1), (Int.min, 1, 1), (2026, 1, Int.max),
  ])
  func `A day that does not exist is not made`(year: Int, month: Int, day: Int) {
    #expect(CivilDate(year: year, month: month, day: day) == nil)
  }

  @Test func `Arithmetic beyond what four digits of year can write stops at the first and last day`() {
    let first = CivilDate(year: 1, month: 1, day: 1)!
    let last = CivilDate(year: 9999, month: 12, day: 31)!
    #expect(first.dayNumber == CivilDate.dayNumbers.lowerBound)
    #expect(last.dayNumber == CivilDate.dayNumbers.upperBound)
    #expect(first.advanced(byDays: -1) == first)
    #expect(last.advanced(byDays: 1) == last)
    #expect(CivilDate(dayNumber: .min) == first)
    #expect(CivilDate(dayNumber: .max) == last)
    #expect(first.advanced(byDays: 3_652_058) == last)
  }

  @Test(arguments: ["2026-12-06", "0001-01-01", "9999-12-31", "2028-02-29"])
  func `A date is read and written`(text: String) {
    #expect(CivilDate(text).map(TimeText.date) == text)
  }

  @Test(arguments: [
    "", "2026-12-6", "2026-2-29", "2026-02-29", "20261206", "2026/12/06", "2026-12-06 ", " 2026-12-06", "2026-12-06T",
    "12026-12-06", "+026-12-06", "2026-1２-06", "2026-00-10", "0000-01-01", "２026-12-06",
  ])
  func `A text of another form is no date`(text: String) {
    #expect(CivilDate(text) == nil)
  }

  @Test func `Civil seconds round-trip before and after 1970`() {
    for seconds: Int64 in [-62_135_596_800, -86_401, -86_400, -86_399, -1, 0, 1, 86_399, 86_400, 253_402_300_799] {
      #expect(CivilDateTime(secondsSinceCivilEpoch: seconds).secondsSinceCivilEpoch == seconds)
    }
  }
}

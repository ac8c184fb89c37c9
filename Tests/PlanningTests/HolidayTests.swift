import CivilTime
import JSONText
import Planning
import TestSupport
import Testing

struct HolidayTests {
  @Test func `Easter falls on the recorded date in every year from 1583 to 2299`() throws {
    var wrong = Mismatches()
    let rows = try Fixtures.rows("easter.txt")
    for row in rows { wrong.check(Easter.sunday(of: day(row[0]).year), day(row[0]), "\(row[0].prefix(4))") }
    #expect(rows.count == 2299 - 1583 + 1)
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test
  func `Easter is a Sunday between 22 March and 25 April in every year of the Gregorian calendar, and in no other`() {
    var wrong = Mismatches()
    for year in 1583...9999 {
      guard let date = Easter.sunday(of: year) else {
        wrong.add("none in \(year)")
        continue
      }
      let first = CivilDate(year: year, month: 3, day: 22)!
      if date.weekday != .sunday || date < first || date > first.advanced(byDays: 34) { wrong.add("\(date)") }
    }
    #expect(wrong.isEmpty, "\(wrong)")
    for year in [Int.min, -1, 0, 1582, 10_000, Int.max] { #expect(Easter.sunday(of: year) == nil) }
  }

  @Test func `Every public holiday of every zone from 1990 to 2100 is as decided, and no other day is one`() throws {
    var decided: [String: [CivilDate: [String]]] = [:]
    for row in try Fixtures.rows("holidays-decided.tsv") {
      decided[String(row[0]), default: [:]][day(row[1])] = row[2].split(separator: "|").map(String.init)
    }
    #expect(decided.keys.sorted() == FrenchHolidays.zones)
    var wrong = Mismatches()
    for zone in FrenchHolidays.zones {
      var found: [CivilDate: [String]] = [:]
      for year in 1990...2100 {
        let holidays = FrenchHolidays.calendar(zone).holidays(in: year)
        if zip(holidays, holidays.dropFirst()).contains(where: { $0.date >= $1.date }) { wrong.add("order in \(year)") }
        for holiday in holidays {
          found[holiday.date] = holiday.names.sorted()
          if holiday.laws.count != holiday.names.count { wrong.add("laws of \(holiday)") }
        }
      }
      for date in Set(found.keys).union(decided[zone, default: [:]].keys).sorted() {
        wrong.check(found[date], decided[zone]?[date], "\(zone) \(TimeText.date(date))")
      }
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test func `The worked examples of holidays hold`() throws {
    var wrong = Mismatches()
    for value in try Fixtures.values("cases/holidays.jsonl") {
      let id = value["id"]?.string ?? "?"
      guard let input = value["input"], let zone = input["zone"]?.string, let year = input["year"]?.integer,
        let expected = value["expected"]?["holidays"]?.array
      else {
        wrong.add("\(id) cannot be read")
        continue
      }
      let found = FrenchHolidays.calendar(zone).holidays(in: Int(year)).map {
        "\(TimeText.date($0.date)) \($0.date.weekday.rawValue) \($0.names.sorted())"
      }
      wrong.check(
        found,
        expected.map { day in
          let names = day["names"]?.array?.compactMap(\.string) ?? []
          return "\(day["date"]?.string ?? "") \(day["weekday"]?.integer ?? 0) \(names)"
        }, id)
    }
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test func `A rule holds from its first to its last year and only where its day exists`() {
    let leapDay = HolidayRule(name: "x", day: .fixed(month: 2, day: 29), law: "", since: 2024, until: 2028)
    #expect([2020, 2024, 2025, 2028, 2032].map { leapDay.date(in: $0) != nil } == [false, true, false, true, false])
  }
}

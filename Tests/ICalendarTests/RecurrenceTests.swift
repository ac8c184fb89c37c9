import CivilTime
import Foundation
import TestSupport
import Testing

@testable import ICalendar

/// Recurrence rules: what is taken, and that libical and another expander agree on it.
struct RecurrenceTests {
  @Test("Each rule falls on the days that dateutil names")
  func days() throws {
    let url = Fixtures.folder.deletingLastPathComponent().appending(path: "recurrences.tsv")
    let rows = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    #expect(rows.count == 600)
    for row in rows {
      let columns = row.split(separator: "\t")
      let bytes = calendar(
        "BEGIN:VEVENT\nUID:a\nSUMMARY:a\nDTSTART;VALUE=DATE:\(columns[1])\nRRULE:\(columns[0])\nEND:VEVENT")
      let start = try #require(CalendarTime(day: columns[1]))
      let end = try #require(CalendarTime(day: columns[2]))
      do {
        let found = try CalendarFile.occurrences(
          in: bytes, from: start.civil.date, to: end.civil.date)
        let days = found.map { occurrence in
          guard case .allDay(let first, _) = occurrence.span else { return "" }
          return TimeText.basicDate(first)
        }
        #expect(days.joined(separator: ",") == columns[3], "\(columns[0]) from \(columns[1])")
      } catch {
        Issue.record("\(columns[0]): \(error.all[0].text)")
      }
    }
  }

  @Test(
    "A rule is taken or refused by its parts",
    arguments: [
      ("FREQ=DAILY", nil), ("freq=weekly;byday=mo,we", nil), ("FREQ=WEEKLY;WKST=SU;BYDAY=TU;INTERVAL=2", nil),
      ("INTERVAL=1000;FREQ=DAILY;COUNT=10000", nil), ("FREQ=MONTHLY;BYDAY=-1TU", nil), ("FREQ=YEARLY;BYDAY=53MO", nil),
      ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", nil), ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", nil),
      ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=22001231", nil), ("FREQ=MONTHLY;BYMONTHDAY=-1", nil),
      ("", .badRecurrence), ("FREQ", .badRecurrence), ("FREQ=", .badRecurrence), ("COUNT=1", .badRecurrence),
      ("FREQ=DAILY;", .badRecurrence), ("FREQ=DAILY;FREQ=DAILY", .badRecurrence), ("FREQ=DAILY=1", .badRecurrence),
      ("FREQ=DAILY;COUNT=0", .badRecurrence), ("FREQ=DAILY;COUNT=10001", .badRecurrence),
      ("FREQ=DAILY;COUNT=x", .badRecurrence), ("FREQ=DAILY;COUNT=99999999999999999999", .badRecurrence),
      ("FREQ=DAILY;INTERVAL=0", .badRecurrence), ("FREQ=DAILY;INTERVAL=-1", .badRecurrence),
      ("FREQ=DAILY;INTERVAL=1001", .badRecurrence), ("FREQ=DAILY;COUNT=1;UNTIL=20260101", .badRecurrence),
      ("FREQ=DAILY;UNTIL=20260230", .badRecurrence), ("FREQ=DAILY;UNTIL=99991231T235959Z", .badRecurrence),
      ("FREQ=DAILY;UNTIL=tomorrow", .badRecurrence), ("FREQ=DAILY;WKST=XX", .badRecurrence),
      ("FREQ=DAILY;BYMONTH=13", .badRecurrence), ("FREQ=DAILY;BYMONTH=-1", .badRecurrence),
      ("FREQ=MONTHLY;BYMONTHDAY=32", .badRecurrence), ("FREQ=MONTHLY;BYMONTHDAY=0", .badRecurrence),
      ("FREQ=MONTHLY;BYDAY=0MO", .badRecurrence), ("FREQ=MONTHLY;BYDAY=1", .badRecurrence),
      ("FREQ=MONTHLY;BYDAY=MO,", .badRecurrence), ("FREQ=YEARLY;BYDAY=54MO", .badRecurrence),
      ("FREQ=SECONDLY", .unsupportedRecurrence), ("FREQ=MINUTELY;BYMONTH=2", .unsupportedRecurrence),
      ("FREQ=HOURLY", nil), ("FREQ=HOURLY;BYMONTH=2", .unsupportedRecurrence),
      ("FREQ=FORTNIGHTLY", .unsupportedRecurrence),
      ("RSCALE=HEBREW;FREQ=MONTHLY", .unsupportedRecurrence), ("FREQ=DAILY;BYHOUR=1", nil),
      ("FREQ=YEARLY;BYWEEKNO=20", .unsupportedRecurrence), ("FREQ=YEARLY;BYYEARDAY=1", nil),
      ("FREQ=YEARLY;BYYEARDAY=1;BYHOUR=2", .unsupportedRecurrence),
      ("FREQ=DAILY;SKIP=OMIT", .unsupportedRecurrence), ("FREQ=DAILY;X-A=1", .unsupportedRecurrence),
      ("FREQ=WEEKLY;BYDAY=1MO", .unsupportedRecurrence), ("FREQ=WEEKLY;BYMONTHDAY=1", .unsupportedRecurrence),
      ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=7", .impossibleRecurrence), ("FREQ=MONTHLY;BYSETPOS=1", .unsupportedRecurrence),
      ("FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=31", .unsupportedRecurrence),
      ("FREQ=YEARLY;BYMONTHDAY=1", nil), ("FREQ=DAILY;BYMONTHDAY=-1", nil),
      ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU", nil),
      ("FREQ=MONTHLY;BYMONTHDAY=1,-1;BYSETPOS=1", nil),
      ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", .impossibleRecurrence),
      ("FREQ=YEARLY;BYMONTH=2,4;BYMONTHDAY=31", .impossibleRecurrence),
      ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-30", .impossibleRecurrence),
      ("FREQ=MONTHLY;BYDAY=6MO", .impossibleRecurrence),
      ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", .impossibleRecurrence),
      ("FREQ=MONTHLY;BYMONTHDAY=1,2;BYSETPOS=-3", .impossibleRecurrence),
    ] as [(String, ScreenError.Code?)])
  func parts(_ rule: String, _ code: ScreenError.Code?) {
    #expect(ScreenTests.code(calendar(ScreenTests.event("RRULE:\(rule)"))) == code.map { "7 \($0.rawValue)" })
  }
}

import CivilTime
import TestSupport
import Testing

@testable import ICalendar

/// Calendar files as occurrences. Expected times are worked out by hand from the rules of Europe/Paris: summer time from
/// 29 March to 25 October 2026, both changes at 01:00Z.
struct CalendarFileTests {
  /// `uid start/end` of each occurrence, days as days and times in UTC, or the text of the error.
  static func read(_ lines: String, from: String = "2026-01-01", to: String = "2027-01-01") -> [String] {
    do {
      return try CalendarFile.occurrences(
        in: calendar(lines), from: day(from), to: day(to)
      ).map { occurrence in
        switch occurrence.span {
        case .allDay(let first, let end): "\(occurrence.uid) \(TimeText.date(first))/\(TimeText.date(end))"
        case .timed(let interval):
          "\(occurrence.uid) \(TimeText.basicUTC(interval.start))/\(TimeText.basicUTC(interval.end))"
        }
      }
    } catch {
      return error.all.map(\.text)
    }
  }

  static func event(_ lines: String, uid: String = "a") -> String {
    "BEGIN:VEVENT\nUID:\(uid)\nSUMMARY:x\n\(lines)\nEND:VEVENT"
  }

  @Test(
    "One event, in each form a time can have",
    arguments: [
      ("DTSTART:20260601T200000Z\nDTEND:20260601T220000Z", "a 20260601T200000Z/20260601T220000Z"),
      ("DTSTART:20260601T200000Z\nDURATION:PT90M", "a 20260601T200000Z/20260601T213000Z"),
      (
        "DTSTART;TZID=Europe/Paris:20260601T220000\nDTEND;TZID=Europe/Paris:20260602T000000",
        "a 20260601T200000Z/20260601T220000Z"
      ),
      ("DTSTART;TZID=Europe/Paris:20261201T220000\nDURATION:PT1H", "a 20261201T210000Z/20261201T220000Z"),
      ("DTSTART;TZID=Romance Standard Time:20261201T220000\nDURATION:PT1H", "a 20261201T210000Z/20261201T220000Z"),
      ("DTSTART;TZID=UTC:20261201T220000\nDURATION:PT1H", "a 20261201T220000Z/20261201T230000Z"),
      ("DTSTART;VALUE=DATE:20261219\nDTEND;VALUE=DATE:20270104", "a 2026-12-19/2027-01-04"),
      ("DTSTART;VALUE=DATE:20261219", "a 2026-12-19/2026-12-20"),
      ("DTSTART;VALUE=DATE:20261219\nDURATION:P1W", "a 2026-12-19/2026-12-26"),
      ("DTSTART;VALUE=DATE;TZID=Europe/Paris:20261219", "a 2026-12-19/2026-12-20"),
      // Without a zone it is the contract's own; one that is not known is what the file says.
      ("DTSTART:20260601T220000\nDTEND:20260602T000000", "a 20260601T200000Z/20260601T220000Z"),
      ("DTSTART:20261219\nDTEND:20261219", "a 2026-12-19/2026-12-20"),
      ("DTSTART:20260601T200000Z\nDTEND:20260601T210000Z\nDURATION:PT1H", "a 20260601T200000Z/20260601T210000Z"),
      (
        "DTSTART;TZID=/citadel.org/20190914_1/Europe/Paris:20261201T220000\nDURATION:PT1H",
        "a 20261201T210000Z/20261201T220000Z"
      ),
      (
        "DTSTART:20260601T200000Z\nDURATION:PT1H\nX_BAD:1\nDESCRIPTION:\nFREEBUSY:x",
        "a 20260601T200000Z/20260601T210000Z"
      ),
      // 24 hours and one day differ on the day of the change.
      ("DTSTART;TZID=Europe/Paris:20261024T120000\nDURATION:PT24H", "a 20261024T100000Z/20261025T100000Z"),
      ("DTSTART;TZID=Europe/Paris:20261024T120000\nDURATION:P1D", "a 20261024T100000Z/20261025T110000Z"),
      ("DTSTART;TZID=Europe/Paris:20260328T120000\nDURATION:P1DT1H", "a 20260328T110000Z/20260329T110000Z"),
    ])
  func single(_ lines: String, _ expected: String) {
    #expect(CalendarFileTests.read(CalendarFileTests.event(lines)) == [expected])
  }

  @Test(
    "What cannot be placed on the time line is an error that names its line",
    arguments: [
      (
        "DTSTART;TZID=Europe/Paris:20260329T023000\nDURATION:PT1H",
        "line 7: the clock never shows 2026-03-29T02:30:00 in its zone; write it in UTC (UID a)"
      ),
      (
        "DTSTART;TZID=Europe/Paris:20261025T023000\nDURATION:PT1H",
        "line 7: the clock shows 2026-10-25T02:30:00 twice in its zone; write it in UTC (UID a)"
      ),
      ("DTSTART:20260601T200000Z", "line 7: the event has no length; give it DTEND or DURATION (UID a)"),
      (
        "DTSTART:20260601T200000Z\nDTEND:20260601T200000Z",
        "line 8: the event has no length; give it DTEND or DURATION (UID a)"
      ),
      (
        "DTSTART:20260601T200000Z\nDTEND;TZID=Europe/Paris:20260601T210000",
        "line 8: the event ends before it begins; mend DTEND (UID a)"
      ),
      (
        "DTSTART;TZID=Europe/London:20260601T200000\nDURATION:PT1H",
        "line 7: unknown time zone, and no VTIMEZONE of the file says its rules; name one such as Europe/Paris: Europe/London"
      ),
      (
        "DTSTART;VALUE=DATE:20260602\nRRULE:FREQ=WEEKLY;BYDAY=MO",
        "line 8: DTSTART is not an occurrence of its RRULE, and counts as one; move it to the first one (UID a)"
      ),
      (
        "DTSTART;TZID=Europe/Paris:20260328T023000\nDURATION:PT1H\nRRULE:FREQ=DAILY",
        "line 9: the clock never shows 2026-03-29T02:30:00 in its zone; write it in UTC (UID a)"
      ),
    ])
  func errors(_ lines: String, _ expected: String) {
    #expect(CalendarFileTests.read(CalendarFileTests.event(lines)) == [expected])
  }

  @Test("A weekly rule keeps its local time and its exact length over both changes of clock")
  func weekly() {
    let lines = CalendarFileTests.event(
      """
      DTSTART;TZID=Europe/Paris:20260321T220000
      DTEND;TZID=Europe/Paris:20260322T060000
      RRULE:FREQ=WEEKLY;BYDAY=SA;COUNT=33
      """)
    #expect(
      CalendarFileTests.read(lines, from: "2026-03-21", to: "2026-04-05") == [
        "a 20260321T210000Z/20260322T050000Z", "a 20260328T210000Z/20260329T050000Z",
        "a 20260404T200000Z/20260405T040000Z",
      ])
    #expect(
      CalendarFileTests.read(lines, from: "2026-10-18", to: "2027-01-01") == [
        "a 20261017T200000Z/20261018T040000Z", "a 20261024T200000Z/20261025T040000Z",
        "a 20261031T210000Z/20261101T050000Z",
      ])
  }

  @Test("UNTIL is in UTC for times in a zone: the last start may be that very moment")
  func until() {
    func read(_ until: String) -> Int {
      CalendarFileTests.read(
        CalendarFileTests.event(
          "DTSTART;TZID=Europe/Paris:20260601T233000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=\(until)")
      ).count
    }
    #expect(read("20260605T213000Z") == 5)
    #expect(read("20260605T212959Z") == 4)
    #expect(read("20260605T233000") == 5)
    #expect(read("20260605T232959") == 4)
    #expect(read("20260605") == 5)
  }

  @Test("EXDATE takes away, RDATE adds, once each, and COUNT counts what EXDATE takes away")
  func dates() {
    let lines = CalendarFileTests.event(
      """
      DTSTART;TZID=Europe/Paris:20260601T200000
      DURATION:PT1H
      RRULE:FREQ=DAILY;COUNT=5
      EXDATE;TZID=Europe/Paris:20260602T200000
      EXDATE:20260604T180000Z
      EXDATE;VALUE=DATE:20260605
      RDATE;TZID=Europe/Paris:20260610T200000,20260601T200000
      """)
    #expect(
      CalendarFileTests.read(lines) == [
        "a 20260601T180000Z/20260601T190000Z", "a 20260603T180000Z/20260603T190000Z",
        "a 20260610T180000Z/20260610T190000Z",
      ])
    let missed = lines.replacing("20260602T200000", with: "20260602T200000,20260603T210000")
    #expect(
      CalendarFileTests.read(missed) == [
        "line 12: 2026-06-03 is no time of its series: nothing was taken out; write it as DTSTART is written (UID a)"
      ])
    // A day on a series in UTC, as some programs write it.
    let utc = CalendarFileTests.event(
      "DTSTART:20260601T200000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE;VALUE=DATE:20260602")
    #expect(CalendarFileTests.read(utc) == ["a 20260601T200000Z/20260601T210000Z"])
    let days = CalendarFileTests.event(
      "DTSTART;VALUE=DATE:20260601\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20260602")
    #expect(CalendarFileTests.read(days) == ["a 2026-06-01/2026-06-02", "a 2026-06-03/2026-06-04"])
  }

  @Test("An event with RECURRENCE-ID replaces one occurrence, or takes it away when it is cancelled")
  func overrides() {
    let rule = CalendarFileTests.event("DTSTART;VALUE=DATE:20260601\nRRULE:FREQ=DAILY;COUNT=3")
    let moved = CalendarFileTests.event("RECURRENCE-ID;VALUE=DATE:20260602\nDTSTART;VALUE=DATE:20260615")
    let expected = ["a 2026-06-01/2026-06-02", "a 2026-06-03/2026-06-04", "a 2026-06-15/2026-06-16"]
    #expect(CalendarFileTests.read(rule + "\n" + moved) == expected)
    #expect(CalendarFileTests.read(moved + "\n" + rule) == expected)
    let cancelled = moved.replacing("END:VEVENT", with: "STATUS:CANCELLED\nEND:VEVENT")
    #expect(CalendarFileTests.read(rule + "\n" + cancelled) == Array(expected.prefix(2)))
  }

  @Test("Cancelled events are left out, others come in order of time, all that touch the days and no more")
  func order() {
    func days(_ uid: String, _ first: String, _ end: String, _ more: String = "") -> String {
      CalendarFileTests.event("DTSTART;VALUE=DATE:\(first)\nDTEND;VALUE=DATE:\(end)\(more)", uid: uid)
    }
    let lines = [
      days("late", "20260610", "20260611"), days("before", "20260501", "20260601"),
      days("over", "20260501", "20260602"),
      days("after", "20260701", "20260702"), days("last", "20260630", "20260702"), days("b", "20260605", "20260606"),
      days("a", "20260605", "20260606"), days("gone", "20260605", "20260606", "\nSTATUS:CANCELLED"),
      CalendarFileTests.event("DTSTART:20260604T215959Z\nDURATION:PT1H", uid: "eve"),
      CalendarFileTests.event("DTSTART:20260604T220000Z\nDURATION:PT1H", uid: "midnight"),
      CalendarFileTests.event("DTSTART:20260531T210000Z\nDURATION:PT1H", uid: "ends at midnight"),
      CalendarFileTests.event("DTSTART:20260531T210000Z\nDURATION:PT1H0M1S", uid: "ends a second later"),
      CalendarFileTests.event("DTSTART:20260630T215959Z\nDURATION:PT1H", uid: "last second"),
      CalendarFileTests.event("DTSTART:20260630T220000Z\nDURATION:PT1H", uid: "too late"),
    ].joined(separator: "\n")
    let found = CalendarFileTests.read(lines, from: "2026-06-01", to: "2026-07-01")
    #expect(
      found.map { String($0.split(separator: " 2026")[0]) } == [
        "over", "ends a second later", "eve", "midnight", "a", "b", "late", "last", "last second",
      ])
  }

  @Test("Occurrences are bounded, and so is the way to them")
  func bounds() {
    let daily = CalendarFileTests.event("DTSTART;VALUE=DATE:20000101\nRRULE:FREQ=DAILY")
    #expect(CalendarFileTests.read(daily, from: "2000-01-01", to: "2027-05-19").count == 10_000)
    #expect(
      CalendarFileTests.read(daily, from: "2000-01-01", to: "2027-05-20") == [
        "line 8: more than 10000 occurrences (UID a)"
      ])
    #expect(CalendarFileTests.read(daily, from: "2026-01-01", to: "2026-01-01").isEmpty)
    func many(_ count: Int) -> String {
      (0..<count).map {
        CalendarFileTests.event("DTSTART;VALUE=DATE:19000101\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=1,29", uid: "\($0)")
          .replacing("19000101", with: "19000201")
      }.joined(separator: "\n")
    }
    let time = processorTime {
      #expect(CalendarFileTests.read(many(20), from: "2028-02-02", to: "2028-03-01").count == 20)
    }
    #expect(time < .seconds(3))
    #expect(CalendarFileTests.read(many(22)).first?.contains("begin too long ago") ?? false)
  }

  @Test("A VTIMEZONE is not used; one that contradicts the zone is an error")
  func zoneDefinitions() {
    func zone(_ summer: String) -> String {
      """
      BEGIN:VTIMEZONE
      TZID:Europe/Paris
      BEGIN:DAYLIGHT
      DTSTART:19810329T020000
      TZOFFSETFROM:+0100
      TZOFFSETTO:\(summer)
      RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
      END:DAYLIGHT
      BEGIN:STANDARD
      DTSTART:19111231T235000
      TZOFFSETFROM:+000921
      TZOFFSETTO:+0000
      END:STANDARD
      END:VTIMEZONE

      """
    }
    let event = CalendarFileTests.event("DTSTART;TZID=Europe/Paris:20260601T220000\nDURATION:PT1H")
    #expect(CalendarFileTests.read(zone("+0200") + event) == ["a 20260601T200000Z/20260601T210000Z"])
    #expect(
      CalendarFileTests.read(zone("+0300") + event) == [
        "line 4: VTIMEZONE Europe/Paris contradicts the tz database, which is followed; remove it"
      ])
    let other = zone("+0300").replacing("Europe/Paris", with: "Elsewhere")
    #expect(CalendarFileTests.read(other + event) == ["a 20260601T200000Z/20260601T210000Z"])
  }

  @Test("Text of a file is cleaned, since it may be shown")
  func text() throws {
    let bytes = calendar(
      "BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20260601\nSUMMARY:a\u{202E}b\\nc\\, d\u{2028}e\nEND:VEVENT")
    let found = try CalendarFile.occurrences(
      in: bytes, from: day("2026-01-01"), to: day("2027-01-01"))
    #expect(found.map(\.summary) == ["ab\nc, d\ne"])
  }
}

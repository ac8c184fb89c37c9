import CivilTime
import ICalendar
import Testing

@testable import FeedDoctor

/// Values and rules, against the examples of RFC 5545.
@Suite struct ValueTests {
  private func day(_ text: String) throws -> CivilDate {
    try #require(CalendarTime(text: text)).civil.date
  }

  /// RFC 5545, section 3.8.5.3, examples; all begin on 2 September 1997 at 09:00 unless said.
  @Test(arguments: [
    ("19970902", "FREQ=DAILY;COUNT=10", "19970902 19970903 19970904"),
    ("19970902", "FREQ=DAILY;INTERVAL=10;COUNT=5", "19970902 19970912 19970922 19971002 19971012"),
    ("19970902", "FREQ=WEEKLY;INTERVAL=2;WKST=SU", "19970902 19970916 19970930 19971014 19971028"),
    ("19970902", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "19970902 19970904 19970909 19970911"),
    ("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "19970805 19970810 19970819 19970824"),
    ("19970805", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "19970805 19970817 19970819 19970831"),
    ("19970905", "FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "19970905 19971003 19971107 19971205 19980102"),
    ("19970907", "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "19970907 19970928 19971102 19971130 19980104"),
    ("19970922", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "19970922 19971020 19971117 19971222 19980119 19980216"),
    ("19970928", "FREQ=MONTHLY;BYMONTHDAY=-3", "19970928 19971029 19971128 19971229 19980129 19980226"),
    ("19970930", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "19970930 19971001 19971031 19971101 19971130"),
    ("19970902", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "19980213 19980313 19981113 19990813 20001013"),
    ("19970610", "FREQ=YEARLY;COUNT=10;BYMONTH=6,7", "19970610 19970710 19980610 19980710 19990610"),
    ("19970101", "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "19970101 19970410 19970719 20000101 20000409"),
    ("19970519", "FREQ=YEARLY;BYDAY=20MO", "19970519 19980518 19990517"),
    ("19970313", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "19970313 19970320 19970327 19980305"),
    ("19961105", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "19961105 20001107 20041102"),
    ("19970904", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "19970904 19971007 19971106"),
    ("19970929", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "19970929 19971030 19971127 19971230 19980129"),
  ])
  func `rules expand as the examples of the RFC do`(start: String, rule: String, expected: String) throws {
    let wanted = expected.split(separator: " ").map(String.init)
    var budget = RecurrenceRule.daysPerFile
    let found = try RecurrenceRule(rule, letting: .doctor).occurrences(
      from: day(start).midnight, limit: wanted.count, last: day("20101231"), budget: &budget)
    #expect(try found?.map(\.date) == wanted.map(day))
  }

  @Test(arguments: [
    ("P1W", 604_800), ("P15DT5H0M20S", 1_314_020), ("PT15M", 900), ("-PT15M", -900), ("P1D", 86_400), ("PT0S", 0),
  ])
  func `durations are read`(text: String, seconds: Int) {
    #expect(CalendarDuration(text: text)?.seconds == seconds)
  }

  @Test(arguments: ["", "P", "PT", "15M", "P1H", "PT1D", "P1W2D", "P1DT", "PT1M1H", "P-1D", "PT1.5H", "pt1h"])
  func `what is no duration is refused`(text: String) {
    #expect(CalendarDuration(text: text) == nil)
  }

  @Test(arguments: ["20260229", "20261301", "20260101T240000Z", "20260101T000061", "2026-01-01", "20260101T0000", "x"])
  func `what is no time is refused`(text: String) {
    #expect(CalendarTime(text: text) == nil)
  }

  @Test(arguments: [("+0100", 3600), ("-0500", -18_000), ("+053000", 19_800), ("+0000", 0)])
  func `offsets are read`(text: String, seconds: Int) {
    #expect(UTCOffset(text: text).map { Int($0.seconds) } == seconds)
  }

  @Test(arguments: ["-0000", "+1401", "0100", "+01", "+01:00", "+0160", "+2500"])
  func `what is no offset is refused`(text: String) { #expect(UTCOffset(text: text) == nil) }
}

extension CalendarTime {
  init?(text: String) { self.init(text.utf8Span.span, zone: nil, letting: .doctor) }
}

extension CalendarDuration {
  init?(text: String) { self.init(text.utf8Span.span, letting: .doctor) }
}

extension UTCOffset {
  init?(text: String) { self.init(text.utf8Span.span, letting: .doctor) }
}

import CivilTime
import Testing

@testable import ICalendar

/// The screen, one fault at a time, each with its line.
struct ScreenTests {
  typealias Code = ScreenError.Code

  /// An event of six lines, the third of which can be replaced; it begins on line 4 of the calendar.
  static func event(_ line: String = "DTEND:20260601T220000Z", more: String = "") -> String {
    "BEGIN:VEVENT\nUID:a\nDTSTART:20260601T200000Z\n\(line)\nSUMMARY:x\(more.isEmpty ? "" : "\n" + more)\nEND:VEVENT"
  }

  static func code(_ bytes: [UInt8], _ limits: CalendarScreen.Limits = .default) -> String? {
    do {
      try CalendarScreen.check(bytes, limits: limits)
      return nil
    } catch {
      #expect(!error.text.isEmpty)
      return error.line.map { "\($0) \(error.code.rawValue)" } ?? error.code.rawValue
    }
  }

  /// RFC 5545, section 3.6: METHOD must not occur more than once.
  @Test(arguments: [("", nil), ("METHOD:PUBLISH\n", nil), ("METHOD:PUBLISH\nmethod:CANCEL\n", "5 repeated_property")])
  func `A method that is given twice is refused with its line`(lines: String, code: String?) {
    let text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n\(lines)\(ScreenTests.event())\nEND:VCALENDAR\n"
    #expect(ScreenTests.code(Array(text.replacing("\n", with: "\r\n").utf8)) == code)
  }

  @Test(
    "A property that can be misread is refused with its line",
    arguments: [
      ("DTEND:20263401T220000Z", "bad_time"), ("DTEND:20260230T220000Z", "bad_time"),
      ("DTEND:20260601T240000Z", "bad_time"), ("DTEND:20260601T226000Z", "bad_time"),
      ("DTEND:20260601T220060Z", "bad_time"), ("DTEND:20260601T2200Z", "bad_time"),
      ("DTEND:2026-06-01T22:00:00Z", "bad_time"), ("DTEND:20260601T220000+0200", "bad_time"),
      ("DTEND:", "bad_time"), ("DTEND;VALUE=DATE:20260601T220000Z", "bad_time"), ("DTEND:20260602", "bad_time"),
      ("DTEND;TZID=Europe/Paris:20260601T220000Z", "bad_time"), ("DTEND;VALUE=DATE:20260602", "bad_time"),
      ("DTEND:18990601T220000Z", "year_out_of_range"), ("DTEND:22010601T220000Z", "year_out_of_range"),
      ("DTEND;VALUE=PERIOD:20260601T220000Z/PT1H", "unsupported"), ("DTEND:20260601T195959Z", "end_before_start"),
      ("DTEND:20260601T220000Z,20260602T220000Z", "too_many_values"),
      ("DTEND;TZID=Mars/Olympus:20260601T220000", "bad_zone"),
      ("DTEND;TZID=../../etc/passwd:20260601T220000", "bad_zone"),
      ("DTEND;TZID=/etc/passwd:20260601T220000", "bad_zone"), ("DTEND;TZID=:20260601T220000", "bad_zone"),
      ("DTEND;TZID=UTC;TZID=UTC:20260601T220000", "repeated_property"),
      ("DTEND;TZID=/../../../Europe/Paris:20260601T220000", "bad_zone"),
      ("DURATION:-PT1H", "bad_duration"), ("DURATION:PT0S", "bad_duration"), ("DURATION:P1W2D", "bad_duration"),
      ("DURATION:PT1H5S", "bad_duration"), ("DURATION:1H", "bad_duration"), ("DURATION:P", "bad_duration"),
      ("DURATION:PT", "bad_duration"), ("DURATION:P1DT", "bad_duration"), ("DURATION:P999999D", "bad_duration"),
      ("SEQUENCE:v2", "bad_number"), ("SEQUENCE:-1", "bad_number"), ("SEQUENCE:18446744073709551616", "bad_number"),
      ("SEQUENCE:2147483648", "bad_number"), ("SEQUENCE:", "bad_number"), ("SEQUENCE:1.0", "bad_number"),
      ("DTSTAMP:20260100T000000Z", "bad_time"), ("LAST-MODIFIED:soon", "bad_time"),
      ("EXDATE:20260231T000000Z", "bad_time"),
      ("RDATE:20260601T200000Z,20269901T200000Z", "bad_time"), ("X-A;VALUE=DATE-TIME:20263401T000000Z", "bad_time"),
      ("X-A;VALUE=PERIOD:x", "unsupported"), ("X-A;VALUE=RECUR:FREQ=SECONDLY", "unsupported"),
      ("FREEBUSY:x", "unsupported"), ("RECURRENCE-ID;RANGE=THISANDFUTURE:20260601T200000Z", "unsupported"),
      ("UID:b", "repeated_property"), ("SUMMARY", "bad_line"), (":x", "bad_line"), ("SUM MARY:x", "bad_line"),
      ("SUMMARY;X:x", "bad_line"), ("SUMMARY;X=\"a:x", "bad_line"), ("SUMMARY;X=a\"b\":x", "bad_line"),
      ("SUMMARY;X=\"a\"b:x", "bad_line"), ("SUMMARY;=a:x", "bad_line"), ("BEGIN:VEVENT", "bad_nesting"),
      ("BEGIN:STANDARD", "bad_nesting"), ("BEGIN:X-THING", "bad_nesting"), ("END:VCALENDAR", "bad_nesting"),
      ("END:VTODO", "bad_nesting"), ("END;X=1:VEVENT", "bad_nesting"), ("EXRULE:FREQ=DAILY", "unsupported_recurrence"),
    ])
  func properties(_ line: String, _ code: String) {
    #expect(ScreenTests.code(calendar(ScreenTests.event(line))) == "7 \(code)")
  }

  @Test(
    "A property that reads well passes",
    arguments: [
      "DTEND:20260601T220000Z", "DTEND:20260601T200000Z", "dtend:20260601t220000z", "DTEND:22000601T220000Z",
      "DTEND;TZID=\"Europe/Paris\":20260601T220000", "DTEND;VALUE=DATE-TIME:20260601T220000Z", "DURATION:PT2H",
      "DURATION:P1W", "DURATION:P1DT2H3M4S", "DURATION:+P15DT5H0M20S",
      "SEQUENCE:2147483647",
      "RRULE:FREQ=WEEKLY;BYDAY=MO", "EXDATE:20260601T200000Z,20260608T200000Z", "GEO:1;2", "X-A:",
      "ATTENDEE;CN=\"A; B: C\",D;ROLE=CHAIR:mailto:a@b", "ATTACH;FMTTYPE=a/b;ENCODING=BASE64;VALUE=BINARY:AAAA",
      "BEGIN:VALARM\nTRIGGER:-PT15M\nEND:VALARM", "BEGIN:VALARM\nTRIGGER;VALUE=DATE-TIME:20260601T200000Z\nEND:VALARM",
    ])
  func good(_ line: String) {
    #expect(ScreenTests.code(calendar(ScreenTests.event(line))) == nil)
  }

  @Test(
    "A file that is no calendar, or not one calendar, is refused",
    arguments: [
      ("", "no_calendar"), ("\r\n\r\n", "no_calendar"), ("hello\r\n", "1 bad_line"), ("A:1\r\n", "1 no_calendar"),
      ("BEGIN:VEVENT\r\nEND:VEVENT\r\n", "1 no_calendar"), ("BEGIN:VCALENDAR\r\n", "1 unclosed"),
      ("BEGIN:VCALENDAR\r\nEND:VCALENDAR", nil), (" BEGIN:VCALENDAR\r\nEND:VCALENDAR", "1 bad_line"),
      ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nA:1\r\n", "3 bad_nesting"),
      ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "3 several_calendars"),
      ("BEGIN:VCALENDAR\r\nBEGIN:VCALENDAR\r\n", "2 bad_nesting"), ("\u{FEFF}BEGIN:VCALENDAR\r\n", "1 byte_order_mark"),
      ("BEGIN:VCALENDAR\r\nVERSION:1.0\r\nEND:VCALENDAR\r\n", "2 unsupported"),
      ("BEGIN:VCALENDAR\r\nX-A:a\u{0}b\r\nEND:VCALENDAR\r\n", "2 control_character"),
      ("BEGIN:VCALENDAR\r\nX-A:a\rb\r\nEND:VCALENDAR\r\n", "2 control_character"),
      ("BEGIN:VCALENDAR\r\nX-A:a\u{1B}\r\nEND:VCALENDAR\r\n", "2 control_character"),
      ("BEGIN:VCALENDAR\r\nX-A:a\u{7F}\r\nEND:VCALENDAR\r\n", "2 control_character"),
      ("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r", "2 control_character"),
    ] as [(String, String?)])
  func files(_ text: String, _ expected: String?) {
    #expect(ScreenTests.code(Array(text.utf8)) == expected)
  }

  @Test("What is no UTF-8 is refused where it stands; a character cut by a fold is not")
  func encoding() {
    var bytes = calendar("X-A:é\nX-B:1")
    let accent = bytes.firstIndex(of: 0xC3)!
    bytes.insert(contentsOf: [0x0D, 0x0A, 0x20], at: accent + 1)
    #expect(ScreenTests.code(bytes) == nil)
    bytes[accent] = 0x20
    #expect(ScreenTests.code(bytes) == "4 not_utf8")
    for wrong in [[0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xE9]] as [[UInt8]] {
      let bytes = Array("BEGIN:VCALENDAR\nX-A:".utf8) + wrong + Array("\nEND:VCALENDAR\n".utf8)
      #expect(ScreenTests.code(bytes) == "2 not_utf8")
    }
  }

  @Test("An event lacks nothing and contradicts nothing")
  func events() {
    func outcome(_ lines: String) -> String? { ScreenTests.code(calendar(lines)) }
    let start = "DTSTART:20260601T200000Z"
    #expect(outcome("BEGIN:VEVENT\n\(start)\nEND:VEVENT") == "4 missing_property")
    #expect(outcome("BEGIN:VEVENT\nUID:a\nEND:VEVENT") == "4 missing_property")
    #expect(outcome(ScreenTests.event(more: "DURATION:PT1H")) == "9 repeated_property")
    #expect(outcome(ScreenTests.event() + "\n" + ScreenTests.event()) == "10 repeated_uid")
    let override = "RECURRENCE-ID:20260601T200000Z"
    #expect(outcome(ScreenTests.event() + "\n" + ScreenTests.event(more: override)) == nil)
    #expect(
      outcome(ScreenTests.event(more: override) + "\n" + ScreenTests.event(more: override)) == "11 repeated_uid")
    #expect(outcome(ScreenTests.event(more: override + "\nRRULE:FREQ=DAILY")) == "10 unsupported")
    #expect(outcome(ScreenTests.event(more: "RRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY")) == "10 repeated_property")
    #expect(outcome(ScreenTests.event(more: "RRULE:FREQ=DAILY;UNTIL=20260531T000000Z")) == "9 impossible_recurrence")
    #expect(outcome(ScreenTests.event(more: "RRULE:FREQ=DAILY;UNTIL=20260601T195959Z")) == "9 impossible_recurrence")
    #expect(outcome(ScreenTests.event(more: "RRULE:FREQ=DAILY;UNTIL=20260601T200000Z")) == nil)
    #expect(outcome(ScreenTests.event(more: "RRULE:FREQ=DAILY;UNTIL=20260601")) == nil)
    let days = "BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20260601\nDURATION:PT5H\nEND:VEVENT"
    #expect(outcome(days) == "7 bad_time")
  }

  @Test("A time zone is defined once, with offsets that exist")
  func zones() {
    func zone(_ name: String, _ offset: String) -> String {
      "BEGIN:VTIMEZONE\nTZID:\(name)\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:\(offset)\n"
        + "END:STANDARD\nEND:VTIMEZONE"
    }
    #expect(ScreenTests.code(calendar(zone("A", "+0100"))) == nil)
    #expect(ScreenTests.code(calendar(zone("A", "-001500"))) == nil)
    for offset in ["+1401", "+9959", "0100", "+01", "+0160", "+010060", "+1:00", ""] {
      #expect(ScreenTests.code(calendar(zone("A", offset))) == "9 bad_offset", "\(offset)")
    }
    #expect(ScreenTests.code(calendar(zone("A", "+0100") + "\n" + zone("A", "+0200"))) == "12 repeated_zone")
    #expect(ScreenTests.code(calendar("BEGIN:VTIMEZONE\nEND:VTIMEZONE")) == "4 missing_property")
    let rule = zone("A", "+0100").replacing(
      "END:STANDARD", with: "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\nEND:STANDARD")
    #expect(ScreenTests.code(calendar(rule)) == "10 unsupported_recurrence")
  }

  @Test("Each limit holds at its figure and not below it")
  func limits() {
    let bytes = calendar(ScreenTests.event(more: "EXDATE:20260601T200000Z,20260602T200000Z"))
    func outcome(_ change: (inout CalendarScreen.Limits) -> Void) -> String? {
      var limits = CalendarScreen.Limits.default
      change(&limits)
      return ScreenTests.code(bytes, limits)
    }
    #expect(outcome { $0.octets = bytes.count } == nil)
    #expect(outcome { $0.octets = bytes.count - 1 } == "too_large")
    #expect(outcome { $0.lines = 11 } == nil)
    #expect(outcome { $0.lines = 10 } == "11 too_many_lines")
    #expect(outcome { $0.lineOctets = 40 } == nil)
    #expect(outcome { $0.lineOctets = 39 } == "9 line_too_long")
    #expect(outcome { $0.components = 2 } == nil)
    #expect(outcome { $0.components = 1 } == "4 too_many_components")
    #expect(outcome { $0.propertiesPerComponent = 5 } == nil)
    #expect(outcome { $0.propertiesPerComponent = 4 } == "9 too_many_properties")
    #expect(outcome { $0.valuesPerProperty = 2 } == nil)
    #expect(outcome { $0.valuesPerProperty = 1 } == "9 too_many_values")
    #expect(outcome { $0.uidOctets = 1 } == nil)
    #expect(outcome { $0.uidOctets = 0 } == "5 line_too_long")
  }

  @Test("Every prefix of a good file is refused, and so is the file without any one of its lines that frame it")
  func prefixes() throws {
    let bytes = calendar(ScreenTests.event(more: "RRULE:FREQ=WEEKLY;BYDAY=MO"))
    for length in 0..<(bytes.count - 2) { #expect(ScreenTests.code(Array(bytes.prefix(length))) != nil) }
    #expect(ScreenTests.code(bytes) == nil)
  }

  @Test("Random octets and random changes of a good file never stop the program", .timeLimit(.minutes(20)))
  func random() throws {
    var state: UInt64 = 0x5EED
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let good = calendar(
      ScreenTests.event("DTEND;TZID=Europe/Paris:20260601T220000", more: "RRULE:FREQ=WEEKLY;BYDAY=MO"))
    let pieces = [
      "BEGIN:", "END:", "VEVENT", "\n", "\r\n ", ";", "=", "\"", "9999", "DTSTART:", "-", "RRULE:", "20260230",
    ]
    for _ in 0..<20_000 {
      var bytes = good
      for _ in 0...next(3) {
        switch next(3) {
        case 0: bytes[next(bytes.count)] = UInt8(next(256))
        case 1: bytes.removeSubrange(next(bytes.count / 2)..<bytes.count / 2)
        default: bytes.insert(contentsOf: pieces[next(pieces.count)].utf8, at: next(bytes.count))
        }
      }
      _ = HostileFileTests.outcome(bytes)
    }
  }

  @Test("Large files of every kind are judged within three seconds", .timeLimit(.minutes(20)))
  func large() {
    let fill = [
      String(repeating: "BEGIN:VEVENT\n", count: 70_000), String(repeating: " a", count: 400_000),
      String(repeating: "X-A:1\n", count: 170_000), "X-A:" + String(repeating: "é", count: 500_000),
      "X-A" + String(repeating: ";B=\"c\"", count: 150_000) + ":1", String(repeating: "\n", count: 1_000_000),
      "EXDATE:" + String(repeating: "20260601T200000Z,", count: 60_000), String(repeating: "X-A:\n \n", count: 140_000),
      "RRULE:FREQ=DAILY;BYDAY=" + String(repeating: "MO,", count: 300_000), String(repeating: "\\", count: 1_000_000),
      (0..<4_000).map { "BEGIN:VEVENT\nUID:\($0)\nDTSTART:19000101T200000Z\nRRULE:FREQ=DAILY\nEND:VEVENT\n" }.joined(),
    ]
    for text in fill {
      let bytes = Array("BEGIN:VCALENDAR\n\(text)\nEND:VCALENDAR\n".utf8)
      let time = processorTime { _ = HostileFileTests.outcome(bytes) }
      #expect(time < .seconds(3), "\(text.prefix(30))")
    }
  }
}

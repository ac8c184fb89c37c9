import CivilTime
import TestSupport
import Testing

@testable import ICalendar

/// What libical makes of a calendar, and what is not believed of it.
struct ReaderTests {
  static func event(_ lines: String) -> [UInt8] {
    calendar("BEGIN:VEVENT\nUID:a\nDTSTART:20260601T200000Z\n\(lines)\nEND:VEVENT")
  }

  @Test("An event is read with all that it says")
  func fields() throws {
    let bytes = ReaderTests.event(
      """
      DTEND;TZID=Europe/Paris:20260602T000000
      DTSTAMP:20260101T000000Z
      LAST-MODIFIED:20260102T000000Z
      SUMMARY:a\\, b\\nc
      DESCRIPTION:d
      URL:https://example.org/
      STATUS:TENTATIVE
      SEQUENCE:7
      TRANSP:TRANSPARENT
      RRULE:FREQ=WEEKLY;COUNT=2
      EXDATE:20260601T200000Z,20260608T200000Z
      RDATE;VALUE=DATE:20260701
      """)
    let event = try #require(try LibicalReader.events(in: bytes).first)
    var expected = ReadEvent()
    expected.uid = "a"
    expected.start = .utc(utc("2026-06-01T20:00:00Z"))
    let end = CivilDateTime(date: day("2026-06-02"), time: .midnight)
    expected.end = .local(end, zone: "Europe/Paris")
    expected.stamp = utc("2026-01-01T00:00:00Z")
    expected.lastModified = utc("2026-01-02T00:00:00Z")
    expected.summary = "a, b\nc"
    expected.description = "d"
    expected.url = "https://example.org/"
    expected.status = "TENTATIVE"
    expected.sequence = 7
    expected.isTransparent = true
    expected.recurrenceRule = "FREQ=WEEKLY;COUNT=2"
    expected.excluded = [.utc(utc("2026-06-01T20:00:00Z")), .utc(utc("2026-06-08T20:00:00Z"))]
    expected.added = [.date(day("2026-07-01"))]
    #expect(event == expected)
    #expect(event.span == nil, "no zone is known here")
  }

  @Test(
    "The span of an event needs no zone when it is in days or in UTC",
    arguments: [
      ("DTSTART:20260601T200000Z\nDTEND:20260601T210000Z", 3600), ("DTSTART:20260601T200000Z\nDURATION:P1DT1H", 90_000),
      ("DTSTART:20260601T200000Z", nil), ("DTSTART:20260601T200000Z\nDTEND:20260601T200000Z", nil),
      ("DTSTART:20260601T200000\nDTEND:20260601T210000", nil), ("DTSTART;VALUE=DATE:20260601", -1),
      ("DTSTART;VALUE=DATE:20260601\nDTEND;VALUE=DATE:20260604", -3), ("DTSTART;VALUE=DATE:20260601\nDURATION:P2D", -2),
      ("DTSTART;VALUE=DATE:20260601\nDTEND;VALUE=DATE:20260601", nil),
    ] as [(String, Int?)])
  func spans(_ lines: String, _ expected: Int?) throws {
    let event = try #require(try LibicalReader.events(in: calendar("BEGIN:VEVENT\nUID:a\n\(lines)\nEND:VEVENT")).first)
    let length: Int? =
      switch event.span {
      case .timed(let interval): Int(interval.length.seconds)
      case .allDay(let first, let end): -Int(end.dayNumber - first.dayNumber)
      case nil: nil
      }
    #expect(length == expected)
  }

  @Test(
    "A value of another type than the property's is never taken for text or a number",
    arguments: [
      "SUMMARY;VALUE=INTEGER:12345678", "SUMMARY;VALUE=DATE:20260101", "SUMMARY;VALUE=BINARY;ENCODING=BASE64:AAAA",
      "SUMMARY;VALUE=FLOAT:1.5", "SUMMARY;VALUE=BOOLEAN:TRUE", "DESCRIPTION;VALUE=INTEGER:99", "URL;VALUE=INTEGER:99",
      "SEQUENCE;VALUE=TEXT:1", "SEQUENCE;VALUE=FLOAT:1", "DTSTAMP;VALUE=TEXT:20260101T000000Z",
      "DTSTAMP;VALUE=DATE:20260101", "LAST-MODIFIED;VALUE=INTEGER:20260101", "SUMMARY;VALUE=UTC-OFFSET:+0100",
      "DURATION;VALUE=TEXT:PT1H", "DTSTAMP:20260101T000000", "STATUS;VALUE=INTEGER:5", "TRANSP;VALUE=INTEGER:5",
      "RRULE;VALUE=TEXT:FREQ=DAILY", "GEO;VALUE=TEXT:1", "SUMMARY;VALUE=DURATION:PT1H", "SUMMARY;VALUE=X-Y:1",
    ])
  func types(_ line: String) {
    // Refused or read as text: what matters is that it returns.
    do {
      let events = try LibicalReader.events(in: ReaderTests.event(line))
      #expect(events.count == 1)
    } catch {
      #expect(!error.text.isEmpty)
    }
    _ = HostileFileTests.outcome(ReaderTests.event(line))
  }

  @Test("An error that libical marks is told; one that the file had marked before is data")
  func errors() throws {
    let foreign = "X-LIC-ERROR;X-LIC-ERRORTYPE=VALUE-PARSE-ERROR:old"
    #expect(try LibicalReader.events(in: ReaderTests.event(foreign)).count == 1)
    for line in ["PRIORITY:", "STATUS:", "X-A:", "ACTION:"] {
      let error = #expect(throws: ReadError.self) { try LibicalReader.events(in: ReaderTests.event(line)) }
      #expect(error != nil, "\(line)")
    }
    let error = #expect(throws: ReadError.self) {
      try LibicalReader.events(in: ReaderTests.event(foreign + "\nURL;VALUE=TEXT-:"))
    }
    guard case .parser(let count, let first) = error else { return }
    #expect(count > 0)
    #expect(!first.isEmpty)
  }

  @Test("A calendar that libical is given in pieces is read whole, and in order")
  func pieces() throws {
    let lines = (0..<600).map { number in
      """
      BEGIN:VEVENT
      UID:\(number)
      DTSTART:20260601T200000Z
      BEGIN:VALARM
      ACTION:DISPLAY
      DESCRIPTION:\(String(repeating: "d", count: 1 + number % 7 * 40))
      END:VALARM
      SUMMARY:after the alarm of \(number)
      END:VEVENT
      """
    }
    let bytes = calendar(lines.joined(separator: "\n") + "\nBEGIN:VTODO\nEND:VTODO\nX-A:after all components")
    #expect(bytes.count > 100_000)
    let events = try LibicalReader.events(in: bytes)
    #expect(events.map(\.uid) == (0..<600).map(String.init))
    #expect(events.map(\.summary) == (0..<600).map { "after the alarm of \($0)" })
    // What libical marks in a late piece is told too.
    let wrong = calendar(lines.joined(separator: "\n") + "\nX-A:")
    #expect(throws: ReadError.self) { try LibicalReader.events(in: wrong) }
  }

  @Test("Many tasks may read at once", .timeLimit(.minutes(20)))
  func concurrent() async throws {
    let event = sample()
    let fragment = try event.render()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<200 { try ReadBack.verify(fragment: fragment, header: sampleHeader, equals: event) }
          let lines = "BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY;COUNT=50\nEND:VEVENT"
          let found = try CalendarFile.occurrences(
            in: calendar(lines), from: day("2026-01-01"), to: day("2027-01-01"))
          #expect(found.count == 50)
        }
      }
      try await group.waitForAll()
    }
  }
}

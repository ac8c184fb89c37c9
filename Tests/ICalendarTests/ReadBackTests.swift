import CivilTime
import TestSupport
import Testing

@testable import ICalendar

/// Fragments read back, whole and with one fault each.
struct ReadBackTests {
  static let days = sample { $0.span = .allDay(first: day("2026-12-19"), end: day("2027-01-04")) }

  @Test("A rendered event reads back, with all or with hardly any of its properties")
  func whole() throws {
    let bare = CalendarEvent(uid: "b", span: ReadBackTests.days.span, stamp: utc("2026-01-01T00:00:00Z"), summary: "x")
    for event in [sample(), ReadBackTests.days, bare] {
      for status in CalendarEvent.Status.allCases {
        var event = event
        event.status = status
        event.isTransparent = status == .cancelled
        try ReadBack.verify(fragment: try event.render(), header: sampleHeader, equals: event)
        try ReadBack.verify(fragment: try event.render(), header: CalendarHeader(prodID: "-//A//B"), equals: event)
      }
    }
  }

  @Test(
    "A fault in a fragment is told by its field",
    arguments: [
      ("UID:a-1", "UID:a-2", "uid"), ("DTSTART:20260601T200000Z", "DTSTART:20260601T200001Z", "span"),
      ("DTEND:20260601T22", "DTEND:20260601T23", "span"), ("SUMMARY:D", "SUMMARY:d", "summary"),
      ("part 2\\;", "part 2", "summary"), ("STATUS:CONFIRMED", "STATUS:TENTATIVE", "status"),
      ("STATUS:CONFIRMED\r\n", "", "status"), ("SEQUENCE:3", "SEQUENCE:4", "sequence"),
      ("SEQUENCE:3\r\n", "", "sequence"), ("DTSTAMP:20260115T090000Z", "DTSTAMP:20260115T090001Z", "stamp"),
      ("LAST-MODIFIED:20260115T09", "LAST-MODIFIED:20260115T08", "lastModified"),
      ("Second: ", "second: ", "description"), ("URL:https://example.org/m/1", "URL:https://example.org/m/2", "url"),
      ("TRANSP:OPAQUE", "TRANSP:TRANSPARENT", "isTransparent"),
      ("DTSTART:20260601T200000Z", "DTSTART;TZID=Europe/Paris:20260601T200000", "span"),
      ("DTEND:20260601T220000Z\r\n", "", "span"),
      ("END:VEVENT", "END:VEVENT\r\nBEGIN:VTODO\r\nUID:t\r\nEND:VTODO", "events"),
      (
        "END:VEVENT",
        "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:inj3ct\r\nDTSTART:20260101T000000Z\r\nEND:VEVENT", "events"
      ),
    ])
  func faults(_ right: String, _ wrong: String, _ field: String) throws {
    let text = String(decoding: try sample().render(), as: UTF8.self)
    let changed = text.replacing(right, with: wrong)
    #expect(changed != text)
    let error = #expect(throws: ReadBackMismatch.self) {
      try ReadBack.verify(fragment: Array(changed.utf8), header: sampleHeader, equals: sample())
    }
    #expect(error?.field == field)
    #expect(error?.uid == "a-1@example.org")
    #expect(error?.written != error?.read)
    #expect(throws: try #require(error)) {
      try ReadBackTests.seasoned().verify(fragment: Array(changed.utf8), header: sampleHeader, equals: sample())
    }
  }

  /// A desk that has read the header before.
  static func seasoned() throws -> ReadBack.Desk {
    let desk = ReadBack.Desk()
    for _ in 0..<2 { try desk.verify(fragment: try sample().render(), header: sampleHeader, equals: sample()) }
    return desk
  }

  @Test(
    "A fault that no calendar may have is told by the screen or the parser",
    arguments: [
      ("DTSTART:20260601T200000Z", "DTSTART:20263401T200000Z"), ("DTSTART:20260601T200000Z", "DTSTART:2026-06-01"),
      ("SEQUENCE:3", "SEQUENCE:x"), ("END:VEVENT\r\n", ""), ("BEGIN:VEVENT\r\n", ""), ("UID:", "UID;"),
      ("END:VEVENT", "END:VEVENT\r\nEND:VCALENDAR"), ("SUMMARY:", "SUMMARY;VALUE=INTEGER:"),
      ("STATUS:CONFIRMED", "STATUS:CONFIRMED\r\nSTATUS:TENTATIVE"), ("SEQUENCE:3", "SEQUENCE:"),
      ("réseau", "r\u{1}seau"),
    ])
  func unreadable(_ right: String, _ wrong: String) throws {
    let text = String(decoding: try sample().render(), as: UTF8.self)
    let changed = text.replacing(right, with: wrong)
    #expect(changed != text)
    #expect(throws: ReadError.self) {
      try ReadBack.verify(fragment: Array(changed.utf8), header: sampleHeader, equals: sample())
    }
    #expect(throws: ReadError.self) {
      try ReadBackTests.seasoned().verify(fragment: Array(changed.utf8), header: sampleHeader, equals: sample())
    }
  }

  @Test("A header that was not read before is read with the fragment, whatever other headers were")
  func headers() throws {
    let desk = try ReadBackTests.seasoned()
    var header = sampleHeader
    header.method = "X:\r\nEND:VCALENDAR"
    #expect(throws: (any Error).self) {
      try desk.verify(fragment: try sample().render(), header: header, equals: sample())
    }
    header.method = nil
    header.name = String(repeating: "n", count: 70_000)
    #expect(throws: ReadError.self) {
      try desk.verify(fragment: try sample().render(), header: header, equals: sample())
    }
  }

  @Test("Flipping any one octet of what is compared never passes unseen")
  func everyOctet() throws {
    let event = sample { $0.additional = [] }
    let fragment = try event.render()
    let text = String(decoding: fragment, as: UTF8.self)
    var seen = 0
    var position = 0
    let compared = ["UID:", "DTSTAMP:", "LAST-MODIFIED:", "SEQUENCE:", "DTSTART:", "DTEND:", "SUMMARY:", "STATUS:"]
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      defer { position += line.count + 1 }
      let content = String(decoding: line.dropLast(), as: UTF8.self)
      guard compared.contains(where: content.hasPrefix) else { continue }
      for index in 0..<content.utf8.count {
        var changed = fragment
        changed[position + index] ^= 1
        #expect(throws: (any Error).self, "\(content) at \(index)") {
          try ReadBack.verify(fragment: changed, header: sampleHeader, equals: event)
        }
        seen += 1
      }
    }
    #expect(seen > 150)
  }

  @Test("What cannot be an event is refused before it is written")
  func refused() {
    let cases: [(CalendarEvent, ContentLineError)] = [
      (sample { $0.uid = "" }, .init(property: "UID", reason: .emptyValue)),
      (sample { $0.uid = "a\nb" }, .init(property: "UID", reason: .lineBreak)),
      (sample { $0.summary = "" }, .init(property: "SUMMARY", reason: .emptyValue)),
      (sample { $0.sequence = -1 }, .init(property: "SEQUENCE", reason: .outOfRange)),
      (
        sample { $0.span = .allDay(first: day("2026-01-01"), end: day("2026-01-01")) },
        .init(property: "DTEND", reason: .emptySpan)
      ),
    ]
    for (event, error) in cases { #expect(throws: error) { try event.render() } }
  }

  @Test("The same event renders to the same bytes, in a golden order")
  func golden() throws {
    let event = sample {
      $0.created = utc("2026-01-02T03:04:05Z")
      $0.location = "Paris"
      $0.contact = "Astreinte"
      $0.additional = [ExtensionProperty("X-ACCOUNT", "a;b")]
    }
    let expected = """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//Example//Feed 1.0//FR
      CALSCALE:GREGORIAN
      METHOD:PUBLISH
      NAME:Maintenance\\, production
      X-WR-CALNAME:Maintenance\\, production
      X-WR-CALDESC:À venir
      REFRESH-INTERVAL;VALUE=DURATION:PT15M
      X-PUBLISHED-TTL:PT15M
      COLOR:steelblue
      BEGIN:VEVENT
      UID:a-1@example.org
      DTSTAMP:20260115T090000Z
      CREATED:20260102T030405Z
      LAST-MODIFIED:20260115T090000Z
      SEQUENCE:3
      DTSTART:20260601T200000Z
      DTEND:20260601T220000Z
      SUMMARY:Database moves\\, part 2\\; réseau
      DESCRIPTION:First line.\\nSecond: a\\\\b\\, c\\; d.
      LOCATION:Paris
      CONTACT:Astreinte
      URL:https://example.org/m/1?a=b&c=%20#x
      ORGANIZER;CN="Équipe ^'réseau^'; 24/7":mailto:operations@example.org
      STATUS:CONFIRMED
      TRANSP:OPAQUE
      X-MICROSOFT-CDO-BUSYSTATUS:BUSY
      CATEGORIES:one\\, two,three
      X-ACCOUNT:a\\;b
      END:VEVENT
      END:VCALENDAR

      """
    let bytes = try sampleHeader.render() + event.render() + CalendarHeader.footer
    #expect(String(decoding: bytes, as: UTF8.self) == expected.replacing("\n", with: "\r\n"))
    #expect(try LibicalReader.events(in: bytes).map(\.uid) == ["a-1@example.org"])
  }
}

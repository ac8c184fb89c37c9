import CivilTime
import Planning
import Testing

@testable import Files
@testable import ICalendar

/// iCalendar files as change requests.
@Suite struct CalendarRowsTests {
  static let paris: ZoneRules = {
    do { return try SystemZones.load("Europe/Paris") } catch { fatalError("\(error)") }
  }()

  static func read(_ properties: String...) throws -> RowFile {
    var text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n"
    for (index, event) in properties.enumerated() {
      let lines = event.split(separator: "\n").map { "\($0)\r\n" }.joined()
      text += "BEGIN:VEVENT\r\nUID:\(index)@test\r\nDTSTAMP:20261101T000000Z\r\n\(lines)END:VEVENT\r\n"
    }
    return try CalendarRows.read(Array((text + "END:VCALENDAR\r\n").utf8), zone: paris, note: \.text)
  }

  @Test func `Texts are unescaped, and the impact is in our words`() throws {
    let file = try Self.read(
      """
      DTSTART:20261206T000000Z
      DURATION:PT2H
      SUMMARY:Base\\, étape 1\\; fin
      DESCRIPTION:Un\\nDeux\\\\trois
      X-MAINTNOTE-IMPACT:REDUCED-REDUNDANCY
      BEGIN:VALARM
      ACTION:DISPLAY
      TRIGGER:-PT5M
      DESCRIPTION:not this one
      END:VALARM
      """,
      "DTSTART:20261207T000000Z\nDURATION:PT1H\nSUMMARY:B\nX-MAINTNOTE-IMPACT:NO-IMPACT\nX-PREAVIS-IMPACT:degraded",
      "DTSTART:20261208T000000Z\nDURATION:PT1H\nSUMMARY:C\nX-MAINTNOTE-IMPACT:NO-IMPACT")
    let row = try #require(file.rows.first)
    #expect(row.line == 4)
    #expect(row[.title] == "Base, étape 1; fin")
    #expect(row[.description] == "Un\nDeux\\trois")
    #expect(row[.start] == "2026-12-06T00:00:00Z")
    #expect(row[.end] == "2026-12-06T02:00:00Z")
    #expect(file.rows.map { $0[.impact] } == ["reduced-redundancy", "degraded", "none"])
  }

  @Test func `Days are whole civil days of the zone, however long they are`() throws {
    let file = try Self.read(
      "DTSTART;VALUE=DATE:20261025\nSUMMARY:25 hours",
      "DTSTART;VALUE=DATE:20270328\nDTEND;VALUE=DATE:20270330\nSUMMARY:47 hours")
    // Paris leaves summer time on 2026-10-25 and enters it on 2027-03-28.
    #expect(file.rows.map { $0[.start] } == ["2026-10-24T22:00:00Z", "2027-03-27T23:00:00Z"])
    #expect(file.rows.map { $0[.end] } == ["2026-10-25T23:00:00Z", "2027-03-29T22:00:00Z"])
  }

  @Test func `A recurrence with an end is a row an occurrence, on the same wall clock`() throws {
    var file = try Self.read(
      """
      DTSTART;TZID=Europe/Paris:20270307T010000
      DTEND;TZID=Europe/Paris:20270307T023000
      RRULE:FREQ=WEEKLY;COUNT=5
      EXDATE;TZID=Europe/Paris:20270314T010000
      SUMMARY:Weekly
      """)
    // The time that EXDATE takes out takes back what an earlier file may have asked for.
    #expect(file.rows.filter { $0.withdrawal == .time }.map(\.identity) == ["0@test\n20270314T000000Z"])
    file.rows.removeAll { $0.withdrawal != nil }
    #expect(
      file.rows.map { $0[.start] } == [
        "2027-03-07T00:00:00Z", "2027-03-21T00:00:00Z", "2027-03-28T00:00:00Z", "2027-04-03T23:00:00Z",
      ])
    #expect(Set(file.rows.map(\.line)) == [4])
  }

  @Test func `An exception moves its occurrence, and cancelled events are left out`() throws {
    let text = """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//test//EN
      BEGIN:VEVENT
      UID:a
      DTSTART:20261206T000000Z
      DURATION:PT1H
      RRULE:FREQ=DAILY;UNTIL=20261208T000000Z
      SUMMARY:Daily
      END:VEVENT
      BEGIN:VEVENT
      UID:a
      RECURRENCE-ID:20261207T000000Z
      DTSTART:20261207T030000Z
      DURATION:PT1H
      SUMMARY:Later
      END:VEVENT
      BEGIN:VEVENT
      UID:b
      DTSTART:20261209T000000Z
      DURATION:PT1H
      STATUS:CANCELLED
      SUMMARY:Gone
      END:VEVENT
      BEGIN:VTODO
      UID:c
      SUMMARY:Task
      END:VTODO
      END:VCALENDAR

      """
    let file = try CalendarRows.read(Array(text.utf8), zone: Self.paris, note: \.text)
    let planned = file.rows.filter { $0.withdrawal == nil }
    #expect(planned.map { $0[.start] } == ["2026-12-06T00:00:00Z", "2026-12-08T00:00:00Z", "2026-12-07T03:00:00Z"])
    #expect(planned.map(\.identity) == ["a\n20261206T000000Z", "a\n20261208T000000Z", "a\n20261207T000000Z"])
    #expect(file.rows.filter { $0.withdrawal == .event }.map(\.identity) == ["b\n"])
    #expect(
      file.skipped == [
        SkippedRow(line: nil, title: "", reason: .noEvent)
      ])
  }

  @Test(arguments: [
    ("DTSTART:20261206T000000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY", 9, CalendarFileError.Reason.endless),
    ("DTSTART:20261206T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=1001", 9, .tooMany(1000)),
    ("DTSTART;TZID=Europe/Paris:20270328T023000\nDURATION:PT1H", 7, .gap("2027-03-28T02:30:00")),
    ("DTSTART;TZID=Europe/Paris:20261025T023000\nDURATION:PT1H", 7, .fold("2026-10-25T02:30:00")),
    ("DTSTART:20261206T000000Z\nDTEND;TZID=Europe/Paris:20261206T003000", 8, .empty),
  ])
  func `What cannot be a request refuses the file, with the line`(
    properties: String, line: Int, reason: CalendarFileError.Reason
  ) {
    let fault = CalendarFileError(line: line, uid: "0@test", reason: reason)
    #expect(throws: CalendarFileErrors([fault])) { try Self.read(properties) }
  }
}

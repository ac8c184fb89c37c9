import CivilTime
import Foundation
import TestSupport
import Testing

@testable import ICalendar

/// Files that lie beside the tests.
enum Fixtures {
  static let folder = Project.fixtures.appending(path: "hostile")

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: path)))
  }

  /// One hostile file and what a careful reader does with it.
  struct File: Decodable, Sendable {
    var `do`: String
    var right: String
  }

  static func files() throws -> [String: File] {
    try JSONDecoder().decode([String: File].self, from: Data(try bytes("ics/MANIFEST.json")))
  }

  /// One hostile string.
  struct Text: Decodable, Sendable, CustomTestStringConvertible {
    var id: String
    var targets: [String]
    var file: String

    var testDescription: String { id }
  }

  static func texts() throws -> [Text] {
    struct All: Decodable { var strings: [Text] }
    return try JSONDecoder().decode(All.self, from: Data(try bytes("strings.json"))).strings
  }

  /// The rules of Europe/Paris on this machine.
  static let paris = TestSupport.Fixtures.paris
}

extension CalendarFile {
  /// Occurrences of a file in which times of Paris, of UTC and of what Outlook calls Paris are known.
  static func occurrences(
    in bytes: [UInt8], from: CivilDate, to: CivilDate
  ) throws(CalendarFileErrors) -> [Occurrence] {
    let names = ["UTC": ZoneRules.utc, "Romance Standard Time": Fixtures.paris, "Europe/Paris": Fixtures.paris]
    return try occurrences(in: bytes, zones: ZoneBook(civil: Fixtures.paris) { names[$0] }, from: from, to: to)
  }
}

/// An event like those of a feed, to be changed by each test.
func sample(_ change: (inout CalendarEvent) -> Void = { _ in }) -> CalendarEvent {
  let span = CalendarSpan.timed(Interval(start: utc("2026-06-01T20:00:00Z"), end: utc("2026-06-01T22:00:00Z"))!)
  var event = CalendarEvent(
    uid: "a-1@example.org", span: span, stamp: utc("2026-01-15T09:00:00Z"), sequence: 3,
    summary: "Database moves, part 2; réseau", description: "First line.\nSecond: a\\b, c; d.",
    url: "https://example.org/m/1?a=b&c=%20#x", categories: ["one, two", "three"],
    organizer: .init(address: "operations@example.org", name: "Équipe \"réseau\"; 24/7"))
  change(&event)
  return event
}

/// The header of a feed.
let sampleHeader = CalendarHeader(
  prodID: "-//Example//Feed 1.0//FR", method: "PUBLISH", name: "Maintenance, production", description: "À venir",
  refreshInterval: .minutes(15), color: "steelblue")

/// A whole calendar from the lines of one or more events.
func calendar(_ lines: String) -> [UInt8] {
  let text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\n\(lines)\nEND:VCALENDAR\n"
  return Array(text.split(separator: "\n").joined(separator: "\r\n").utf8) + [0x0D, 0x0A]
}

extension CalendarDuration {
  init?(text: String) { self.init(text.utf8Span.span, letting: .screen) }
}

extension CalendarTime {
  init?(day: Substring) { self.init(day.utf8Span.span, zone: nil, letting: .screen) }
}

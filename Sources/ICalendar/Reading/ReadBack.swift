import CivilTime
import Synchronization

/// What was read differs from what was to be written.
package struct ReadBackMismatch: Error, Hashable, Sendable {
  package var uid: String
  /// `events`, `uid`, `span`, `summary`, `status`, `sequence`, `stamp`, `lastModified`, `description`, `url` or
  /// `isTransparent`.
  package var field: String
  package var written: String
  package var read: String
}

/// Reads rendered fragments before they are published.
package enum ReadBack {
  /// Wraps `fragment` in a calendar, reads that with libical, and compares what readers act upon.
  ///
  /// Throws ``ReadBackMismatch`` for the first field that differs, ``ReadError`` when the calendar cannot be read, and
  /// ``ContentLineError`` when the header cannot be written.
  package static func verify(
    fragment: [UInt8], header: CalendarHeader, equals event: CalendarEvent
  ) throws {
    try verify(fragment, in: try header.render(), equals: event)
  }

  private static func verify(_ fragment: [UInt8], in header: [UInt8], equals event: CalendarEvent) throws {
    let (calendar, events) = try read(header + fragment + CalendarHeader.footer)
    guard events.count == 1, calendar.componentCount == 1, let read = events.first else {
      throw ReadBackMismatch(
        uid: event.uid, field: "events", written: "1", read: "\(max(events.count, calendar.componentCount))")
    }
    try compare(event, read)
  }

  private static func read(_ bytes: [UInt8]) throws(ReadError) -> (calendar: ScreenedCalendar, events: [ReadEvent]) {
    // Own times are in UTC: no zone is needed.
    let calendar: ScreenedCalendar
    do {
      calendar = try CalendarScreen.screen(bytes, limits: .default)
    } catch {
      throw ReadError.screened(error)
    }
    return (calendar, try LibicalReader.parse(calendar, .whole))
  }

  private static func compare(_ event: CalendarEvent, _ read: ReadEvent) throws(ReadBackMismatch) {
    func same<Value: Equatable>(_ field: String, _ written: Value?, _ value: Value?) throws(ReadBackMismatch) {
      guard written != value else { return }
      throw ReadBackMismatch(
        uid: event.uid, field: field, written: written.map { "\($0)" } ?? "nothing",
        read: value.map { "\($0)" } ?? "nothing")
    }
    /// Octet by octet, since `==` takes composed and decomposed letters for the same; blanks at both ends aside, since
    /// libical drops them.
    func sameText(_ field: String, _ written: String, _ value: String?) throws(ReadBackMismatch) {
      guard !trimmed(written).elementsEqual(trimmed(value ?? "")) else { return }
      throw ReadBackMismatch(uid: event.uid, field: field, written: written, read: value ?? "")
    }
    try sameText("uid", event.uid, read.uid)
    try same("span", event.span, read.span)
    try sameText("summary", event.summary, read.summary)
    try same("status", event.status.rawValue, read.status)
    try same("sequence", event.sequence, read.sequence)
    try same("stamp", event.stamp, read.stamp)
    try same("lastModified", event.stamp, read.lastModified)
    try sameText("description", event.description, read.description)
    try sameText("url", event.url ?? "", read.url)
    try same("isTransparent", event.isTransparent, read.isTransparent)
  }

  private static func trimmed(_ text: String) -> Substring.UTF8View {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    let rest = text.utf8.drop(while: isBlank)
    guard let last = rest.lastIndex(where: { !isBlank($0) }) else { return rest.prefix(0) }
    return rest[...last]
  }
}

extension ReadBack {
  /// Reads fragments that are published below the same few headers, and each header once only: line by line, what
  /// passes below a bare header and the header that passes alone make the calendar that readers get.
  package final class Desk: Sendable {
    /// Headers that were read back.
    private let headers = Mutex<Set<CalendarHeader>>([])

    /// A register has a handful of contracts, each in two languages.
    private static let room = 64
    private static let bare = Array("BEGIN:VCALENDAR\r\n".utf8)

    package init() {}

    /// As ``ReadBack/verify(fragment:header:equals:)``.
    package func verify(fragment: [UInt8], header: CalendarHeader, equals event: CalendarEvent) throws {
      guard headers.withLock({ $0.contains(header) }) else {
        try ReadBack.verify(fragment: fragment, header: header, equals: event)
        headers.withLock { headers in
          if headers.count >= Desk.room { headers.removeAll() }
          headers.insert(header)
        }
        return
      }
      try ReadBack.verify(fragment, in: Desk.bare, equals: event)
    }
  }
}

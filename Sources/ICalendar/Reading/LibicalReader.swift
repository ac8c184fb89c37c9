import CLibical
import Synchronization

/// Reads a calendar with libical, which shares no code with our own writer.
package enum LibicalReader {
  /// libical keeps its error state, its zones and its ring of buffers in globals: one caller at a time.
  static let lock = Mutex<Void>(())

  /// The events of the one calendar in `bytes`, in the order of the file. The screen comes first, always.
  package static func events(
    in bytes: [UInt8], limits: CalendarScreen.Limits = .default
  ) throws(ReadError) -> [ReadEvent] {
    do {
      return try parse(CalendarScreen.screen(bytes, limits: limits), .whole)
    } catch let error as ScreenError {
      throw .screened(error)
    } catch let error as ReadError {
      throw error
    } catch {
      throw .notACalendar
    }
  }

  /// Refuses what libical marks as wrong and the file had not marked itself: libical parses on after an error and
  /// leaves an X-LIC-ERROR property in its place.
  static func parse(_ calendar: ScreenedCalendar, _ part: ScreenedCalendar.Part) throws(ReadError) -> [ReadEvent] {
    let foreignErrors = part == .whole ? calendar.foreignErrorCount : 0
    var events: [ReadEvent] = []
    events.reserveCapacity(calendar.events.count)
    var errors = 0
    var firstError: String?
    // What libical marks is told before what it reads otherwise than expected.
    var unexpected: ReadError?
    var pieces = CalendarPieces(of: calendar, part)
    var piece: [UInt8] = []
    while pieces.fill(&piece) {
      try lock.withLock { _ throws(ReadError) in
        guard let tree = CalendarTree.parse(piece) else { throw .notACalendar }
        errors += tree.errorCount
        if errors > 0 { firstError = firstError ?? tree.firstError }
        do throws(ReadError) {
          try tree.read(into: &events)
        } catch {
          unexpected = unexpected ?? error
        }
      }
    }
    guard errors <= foreignErrors else {
      throw .parser(count: errors - foreignErrors, first: ContentText.cleaned(firstError ?? ""))
    }
    if let unexpected { throw unexpected }
    guard events.count == calendar.events.count else {
      throw .eventCount(expected: calendar.events.count, found: events.count)
    }
    return events
  }
}

/// Why a calendar could not be read.
package enum ReadError: Error, Hashable, Sendable {
  /// Stopped before the parser.
  case screened(ScreenError)
  /// The parser found no calendar.
  case notACalendar
  /// The parser marked `count` properties as wrong; its words on the first.
  case parser(count: Int, first: String)
  /// The parser returned another number of events than the file has.
  case eventCount(expected: Int, found: Int)
  /// A property that the parser read as another type of value.
  case unexpectedValue(property: String)

  /// One English line.
  package var text: String {
    switch self {
    case .screened(let error): error.text
    case .notACalendar: "the parser found no calendar"
    case .parser(let count, let first): "the parser found \(count) error(s), first: \(first)"
    case .eventCount(let expected, let found): "the parser found \(found) event(s) where the file has \(expected)"
    case .unexpectedValue(let property): "\(property) has a value of another type than it should"
    }
  }
}

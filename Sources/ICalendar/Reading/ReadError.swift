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

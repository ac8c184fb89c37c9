/// One content line taken apart, as places in the text that it stands in. Source: RFC 5545, section 3.1.
struct ContentLine {
  /// A parameter that the screen reads.
  struct Parameter {
    /// Its value as it was written; nil when the line does not have it.
    fileprivate(set) var range: Range<Int>?
    fileprivate(set) var isRepeated = false

    fileprivate mutating func take(_ range: Range<Int>) {
      isRepeated = self.range != nil
      self.range = range
    }
  }

  let number: Int
  let property: PropertyName
  /// Where the name stands, in whatever case.
  let name: Range<Int>
  private(set) var hasParameters = false
  /// VALUE, TZID and RANGE.
  private(set) var kind = Parameter()
  private(set) var zone = Parameter()
  private(set) var range = Parameter()
  private(set) var value: Range<Int>

  private static let kindName = FoldedName("VALUE")
  private static let zoneName = FoldedName("TZID")
  private static let rangeName = FoldedName("RANGE")

  /// Nil for a name that is no token, a parameter without `=`, a quotation mark out of place and a missing colon.
  init?(_ line: LogicalLine, in text: UnfoldedText) {
    let bytes = text.bytes.span
    let end = line.range.upperBound
    var index = line.range.lowerBound
    let folded = FoldedName(bytes, at: &index)
    number = line.number
    name = line.range.lowerBound..<index
    property = PropertyName(folded, name, in: text)
    value = end..<end
    guard !name.isEmpty else { return nil }
    // The octet at `end` is the CR of the line's end.
    while bytes[index] == UInt8(ascii: ";") {
      hasParameters = true
      index += 1
      let parameter = FoldedName(bytes, at: &index)
      guard parameter.count > 0, bytes[index] == UInt8(ascii: "=") else { return nil }
      index += 1
      let start = index
      guard ContentLine.skipParameterValues(bytes, at: &index, end: end) else { return nil }
      switch parameter {
      case ContentLine.kindName: kind.take(start..<index)
      case ContentLine.zoneName: zone.take(start..<index)
      case ContentLine.rangeName: range.take(start..<index)
      default: break
      }
    }
    guard bytes[index] == UInt8(ascii: ":") else { return nil }
    value = (index + 1)..<end
  }

  /// The one value of a parameter, without its quotation marks; an error when the parameter is given twice.
  func text(
    of parameter: Parameter, _ name: String, in text: UnfoldedText
  ) throws(ScreenError) -> String? {
    guard let range = parameter.range else { return nil }
    guard !parameter.isRepeated else { throw ScreenError(line: number, .repeatedProperty, name) }
    let quotes = UInt8(ascii: "\"")
    let isQuoted =
      range.count >= 2 && text.bytes[range.lowerBound] == quotes && text.bytes[range.upperBound - 1] == quotes
    return text.string(isQuoted ? range.lowerBound + 1..<range.upperBound - 1 : range)
  }

  /// Steps over values separated by commas, each quoted or free of `"`, `;`, `:`; false when they are not so, or when
  /// the line ends after them.
  private static func skipParameterValues(_ bytes: Span<UInt8>, at index: inout Int, end: Int) -> Bool {
    let quotes = UInt8(ascii: "\"")
    while index < end {
      if bytes[index] == quotes {
        index += 1
        while index < end, bytes[index] != quotes { index += 1 }
        guard index < end else { return false }
        index += 1
      } else {
        while index < end, !isDelimiter(bytes[index]) { index += 1 }
      }
      guard index < end else { return false }
      if bytes[index] == UInt8(ascii: ";") || bytes[index] == UInt8(ascii: ":") { return true }
      guard bytes[index] == UInt8(ascii: ",") else { return false }
      index += 1
    }
    return false
  }

  /// `:`, `;`, `,` and `"`: what may not stand in a parameter value without quotation marks.
  private static func isDelimiter(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ":") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"")
  }

  /// What is to be told of a line that is none.
  static func fault(_ line: LogicalLine, in text: UnfoldedText) -> CalendarFault {
    CalendarFault(line.number, .badContentLine, text.string(line.range.prefix(60)))
  }
}

/// The properties that the screen knows by name. Source: RFC 5545, section 3.8; RFC 7986; libical's X-LIC-ERROR.
enum PropertyName: UInt8, CaseIterable {
  /// Any other; also of no line at all.
  case other
  case begin, end, version
  case uid, summary, description, status, sequence, transp, url, location, organizer, priority, geo
  case `class`, created, dtstamp, lastModified, completed, acknowledged
  case dtstart, dtend, due, duration, rrule, exrule, exdate, rdate, recurrenceID, freebusy
  case tzid, tzoffsetfrom, tzoffsetto, tzuntil
  case trigger, `repeat`, percentComplete, refreshInterval, licError

  /// In capitals; empty for any other.
  var text: String {
    switch self {
    case .other: ""
    case .lastModified: "LAST-MODIFIED"
    case .recurrenceID: "RECURRENCE-ID"
    case .percentComplete: "PERCENT-COMPLETE"
    case .refreshInterval: "REFRESH-INTERVAL"
    case .licError: "X-LIC-ERROR"
    default: "\(self)".uppercased()
    }
  }

  /// Whether it may stand only once in an event.
  var isSingle: Bool {
    switch self {
    case .uid, .dtstamp, .dtstart, .dtend, .duration, .rrule, .summary, .status, .sequence, .transp, .class: true
    case .recurrenceID, .lastModified, .created, .description, .url, .location, .organizer, .priority, .geo: true
    default: false
    }
  }

  /// The smallest part of a calendar that it belongs to, when it stands in an event.
  var part: ScreenedCalendar.Part {
    switch self {
    case .uid, .dtstart, .dtend, .duration, .summary, .status, .rrule, .exdate, .rdate, .recurrenceID: .events
    case .description: .requests
    default: .whole
    }
  }
}

/// A name that was read, in capitals: iana-token or x-name. Source: RFC 5545, section 3.1.
struct FoldedName: Equatable {
  /// How many octets it has, and the first sixteen of them, one after the other.
  private(set) var count = 0
  private(set) var head: UInt128 = 0

  /// The name that begins at `index`, which is moved behind it; empty when there is none.
  init(_ bytes: Span<UInt8>, at index: inout Int) {
    while index < bytes.count {
      var byte = bytes[index]
      switch byte {
      case 0x61...0x7A: byte -= 0x20
      case 0x30...0x39, 0x41...0x5A, 0x2D: break
      default: return
      }
      if count < 16 { head = head << 8 | UInt128(byte) }
      count += 1
      index += 1
    }
  }

  init(_ text: String) {
    var index = 0
    self.init(Array(text.utf8).span, at: &index)
  }
}

extension PropertyName {
  private struct Entry {
    let name: PropertyName
    let folded: FoldedName
  }

  /// The names by length: of those of `count` octets, the first stands at `places[count]`.
  private static let entries = allCases.map { Entry(name: $0, folded: FoldedName($0.text)) }
    .sorted { $0.folded.count < $1.folded.count }
  private static let places = (0...20).map { count in
    entries.firstIndex { $0.folded.count >= count } ?? entries.count
  }

  /// - Parameter range: where the name stands in `text`.
  init(_ folded: FoldedName, _ range: Range<Int>, in text: UnfoldedText) {
    self = .other
    guard folded.count < PropertyName.places.count - 1 else { return }
    for place in PropertyName.places[folded.count]..<PropertyName.places[folded.count + 1] {
      let entry = PropertyName.entries[place]
      guard entry.folded == folded else { continue }
      // A long name is not told by its first sixteen octets.
      if folded.count <= 16 || text.string(range).uppercased() == entry.name.text { self = entry.name }
    }
  }
}

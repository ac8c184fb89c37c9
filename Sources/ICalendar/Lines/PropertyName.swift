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
  case preavisImpact, maintnoteImpact

  /// In capitals; empty for any other.
  var text: String {
    switch self {
    case .other: ""
    case .lastModified: "LAST-MODIFIED"
    case .recurrenceID: "RECURRENCE-ID"
    case .percentComplete: "PERCENT-COMPLETE"
    case .refreshInterval: "REFRESH-INTERVAL"
    case .licError: "X-LIC-ERROR"
    case .preavisImpact: "X-PREAVIS-IMPACT"
    case .maintnoteImpact: "X-MAINTNOTE-IMPACT"
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

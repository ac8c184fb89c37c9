package import CivilTime

/// Writes iCalendar content lines: validates, escapes, folds, ends each line with CR LF.
/// Source: RFC 5545, sections 3.1 and 3.3.
///
/// Whatever the values hold, one call writes one property: nothing in a value can begin a line of its own.
package struct ContentLineWriter: Sendable {
  /// What has been written so far: whole lines only, also after an error.
  package private(set) var bytes: [UInt8] = []
  /// A line that has to be folded, while it is.
  private var longLine: [UInt8] = []

  /// Room for what a change mostly has to say: an event of some 900 octets, a line of some 400.
  package init() {
    bytes.reserveCapacity(1_400)
    longLine.reserveCapacity(500)
  }

  /// `BEGIN:` of a component (RFC 5545, section 3.6).
  package mutating func begin(_ component: StaticString) {
    frame("BEGIN:", component)
  }

  /// `END:` of a component.
  package mutating func end(_ component: StaticString) {
    frame("END:", component)
  }

  private mutating func frame(_ name: String, _ component: StaticString) {
    bytes.append(contentsOf: name.utf8)
    bytes.append(contentsOf: component.description.utf8)
    LineFolding.appendLineEnd(to: &bytes)
  }

  /// Lines that have been rendered before, as they are.
  package mutating func append(_ fragment: [UInt8]) { bytes.append(contentsOf: fragment) }

  /// TEXT (RFC 5545, section 3.3.11): a line feed is written `\n`; `\`, `;` and `,` are escaped.
  package mutating func text(
    _ name: String, _ value: String, parameters: [(String, String)] = []
  ) throws(ContentLineError) {
    try line(name, parameters) { (line) throws(ContentLineError) in try line.appendText(value, property: name) }
  }

  /// Several TEXT values in one property, separated by commas: CATEGORIES (RFC 5545, section 3.8.1.2).
  package mutating func texts(_ name: String, _ values: [String]) throws(ContentLineError) {
    try line(name) { (line) throws(ContentLineError) in
      if values.isEmpty { throw ContentLineError(property: name, reason: .emptyValue) }
      for (index, value) in values.enumerated() {
        if index > 0 { line.bytes.append(UInt8(ascii: ",")) }
        try line.appendText(value, property: name)
      }
    }
  }

  /// A value that is an iana-token, written as it is: `STATUS:CONFIRMED`, `METHOD:PUBLISH`.
  package mutating func token(_ name: String, _ value: String) throws(ContentLineError) {
    try line(name) { (line) throws(ContentLineError) in
      guard ContentLineWriter.isToken(value) else { throw ContentLineError(property: name, reason: .badToken) }
      line.bytes.append(contentsOf: value.utf8)
    }
  }

  /// INTEGER, 32 bits with a sign (RFC 5545, section 3.3.8).
  package mutating func integer(_ name: String, _ value: Int) throws(ContentLineError) {
    try line(name) { (line) throws(ContentLineError) in
      guard Int32(exactly: value) != nil else { throw ContentLineError(property: name, reason: .outOfRange) }
      line.bytes.append(contentsOf: String(value).utf8)
    }
  }

  /// DATE-TIME in UTC: `20261206T000000Z` (RFC 5545, section 3.3.5, form 2).
  package mutating func utc(_ name: String, _ value: Instant) throws(ContentLineError) {
    try line(name) { (line) throws(ContentLineError) in
      guard TimeBounds.instants.contains(value) else { throw ContentLineError(property: name, reason: .outOfRange) }
      TimeText.appendBasicUTC(value, to: &line.bytes)
    }
  }

  /// DATE: `;VALUE=DATE:20261206` (RFC 5545, section 3.3.4).
  package mutating func date(_ name: String, _ value: CivilDate) throws(ContentLineError) {
    try line(name, [("VALUE", "DATE")]) { (line) throws(ContentLineError) in
      TimeText.appendBasicDate(value, to: &line.bytes)
    }
  }

  /// DURATION in hours, minutes and seconds, never in days (RFC 5545, section 3.3.6).
  package mutating func duration(
    _ name: String, _ value: Elapsed, parameters: [(String, String)] = []
  ) throws(ContentLineError) {
    try line(name, parameters) { (line) throws(ContentLineError) in
      line.bytes.append(contentsOf: DurationText.text(value).utf8)
    }
  }

  /// URI, written as it is once it is known to be one (RFC 5545, section 3.3.13; RFC 3986, appendix A).
  package mutating func uri(
    _ name: String, _ value: String, parameters: [(String, String)] = []
  ) throws(ContentLineError) {
    try line(name, parameters) { (line) throws(ContentLineError) in
      guard AddressText.isURI(value) else { throw ContentLineError(property: name, reason: .badURI) }
      line.bytes.append(contentsOf: value.utf8)
    }
  }

  /// CAL-ADDRESS: `ORGANIZER;CN="…":mailto:…` (RFC 5545, section 3.3.3; RFC 6068).
  package mutating func calendarAddress(
    _ name: String, address: String, commonName: String?
  ) throws(ContentLineError) {
    try line(name, commonName.map { [("CN", $0)] } ?? []) { (line) throws(ContentLineError) in
      guard AddressText.appendMailto(address, to: &line.bytes) else {
        throw ContentLineError(property: name, reason: .badAddress)
      }
    }
  }
}

extension ContentLineWriter {
  /// One content line: name, parameters, the colon, what `value` appends; nothing of it when that fails.
  ///
  /// Most lines fit, so each is written where it belongs and only a long one is taken out again and folded.
  @inline(__always)
  private mutating func line(
    _ name: String, _ parameters: [(String, String)] = [],
    value: (inout ContentLineWriter) throws(ContentLineError) -> Void
  ) throws(ContentLineError) {
    let start = bytes.count
    do throws(ContentLineError) {
      try appendName(name)
      for (parameter, value) in parameters { try appendParameter(parameter, value, property: name) }
      bytes.append(UInt8(ascii: ":"))
      try value(&self)
    } catch {
      bytes.removeLast(bytes.count - start)
      throw error
    }
    if bytes.count - start > LineFolding.octets {
      longLine.removeAll(keepingCapacity: true)
      longLine.append(contentsOf: bytes[start...])
      bytes.removeLast(bytes.count - start)
      LineFolding.append(longLine, to: &bytes)
    } else {
      LineFolding.appendLineEnd(to: &bytes)
    }
  }

  /// iana-token or x-name: letters, digits and hyphens of ASCII (RFC 5545, section 3.1).
  static func isToken(_ text: String) -> Bool {
    let bytes = text.utf8Span.span
    for index in bytes.indices {
      switch bytes[index] {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: continue
      default: return false
      }
    }
    return !bytes.isEmpty
  }

  private mutating func appendName(_ name: String) throws(ContentLineError) {
    guard ContentLineWriter.isToken(name) else { throw ContentLineError(property: name, reason: .badName) }
    bytes.append(contentsOf: name.utf8)
  }

  /// `;NAME=` and the value: a token as it is; anything else in quotes, with the encoding of RFC 6868 for `^`, `"` and
  /// line feeds.
  private mutating func appendParameter(
    _ parameter: String, _ value: String, property: String
  ) throws(ContentLineError) {
    guard ContentLineWriter.isToken(parameter) else {
      throw ContentLineError(property: property, reason: .badParameter)
    }
    if let reason = ContentText.firstForbidden(in: value) { throw ContentLineError(property: property, reason: reason) }
    bytes.append(UInt8(ascii: ";"))
    bytes.append(contentsOf: parameter.utf8)
    bytes.append(UInt8(ascii: "="))
    if ContentLineWriter.isToken(value) {
      bytes.append(contentsOf: value.utf8)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "^"): bytes.append(contentsOf: "^^".utf8)
      case UInt8(ascii: "\""): bytes.append(contentsOf: "^'".utf8)
      case 0x0A: bytes.append(contentsOf: "^n".utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendText(_ value: String, property: String) throws(ContentLineError) {
    let text = value.utf8Span.span
    guard text.indices.contains(where: { text[$0] != 0x20 && text[$0] != 0x09 }) else {
      throw ContentLineError(property: property, reason: .emptyValue)
    }
    var escapes = 0
    for index in text.indices {
      switch text[index] {
      case 0x20, 0x2D..<0x3B, 0x3C..<0x5C, 0x5D..<0x7F: continue
      case let byte where ContentLineWriter.needsEscape(byte): escapes += 1
      default:
        guard ContentText.mayBeForbidden(text, at: index), let reason = ContentText.firstForbidden(in: value) else {
          continue
        }
        throw ContentLineError(property: property, reason: reason)
      }
    }
    let start = bytes.count
    bytes.append(contentsOf: value.utf8)
    guard escapes > 0 else { return }
    // From the end, each octet moves to its place behind the backslashes that come before it.
    bytes.append(contentsOf: repeatElement(0, count: escapes))
    var written = bytes.mutableSpan
    var source = written.count - escapes
    var target = written.count
    while target > source, source > start {
      source -= 1
      target -= 1
      let byte = written[source]
      guard ContentLineWriter.needsEscape(byte) else {
        written[target] = byte
        continue
      }
      written[target] = byte == 0x0A ? UInt8(ascii: "n") : byte
      target -= 1
      written[target] = UInt8(ascii: "\\")
    }
  }

  /// Line feed, `\`, `;` and `,` (RFC 5545, section 3.3.11).
  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte == 0x0A || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",")
  }
}

/// The instants that four digits of year can write in UTC.
enum TimeBounds {
  static let instants =
    CivilDate(dayNumber: CivilDate.dayNumbers.lowerBound).midnight.instant(at: .utc)..<CivilDate(
      dayNumber: CivilDate.dayNumbers.upperBound
    ).midnight.instant(at: .utc) + .hours(24)
}

/// Elapsed time as a DURATION. Source: RFC 5545, section 3.3.6.
enum DurationText {
  /// `PT15M`, `PT36H`, `PT1H0M5S`, `-PT5M`, `PT0S`. Days are never written: a day is not always 24 hours.
  static func text(_ value: Elapsed) -> String {
    let seconds = value.seconds.magnitude
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
    var text = value.seconds < 0 ? "-PT" : "PT"
    if hours > 0 { text += "\(hours)H" }
    // The grammar has no hours followed by seconds.
    if minutes > 0 || (hours > 0 && rest > 0) { text += "\(minutes)M" }
    if rest > 0 || seconds == 0 { text += "\(rest)S" }
    return text
  }
}

/// Why a value cannot be written as a content line.
package struct ContentLineError: Error, Hashable, Sendable {
  /// The property that was to be written, for instance `SUMMARY`.
  package var property: String
  package var reason: Reason

  package init(property: String, reason: Reason) {
    self.property = property
    self.reason = reason
  }

  package enum Reason: Hashable, Sendable {
    /// A control character, a Unicode line separator, a byte order mark or a noncharacter; the code point.
    case controlCharacter(UInt32)
    /// An embedding, override or isolate (U+202A…U+202E, U+2066…U+2069): it can make a text read otherwise.
    case bidirectionalOverride
    /// A line feed where the value has no way to write one.
    case lineBreak
    /// Not an iana-token or x-name (RFC 5545, section 3.1), or not one that may stand here.
    case badName
    /// Not a URI (RFC 3986, appendix A): no scheme, or a character that has to be percent-encoded.
    case badURI
    /// Not a mail address of the plain form `local@domain`.
    case badAddress
    /// A parameter whose name is not an iana-token.
    case badParameter
    /// Not an iana-token where the value has to be one.
    case badToken
    /// Empty where the value says something: readers take an empty property for an error.
    case emptyValue
    /// A time that ends no later than it begins.
    case emptySpan
    /// Outside years 1…9999, or outside the 32 bits of INTEGER (RFC 5545, section 3.3.8).
    case outOfRange
  }
}

/// A time as someone wrote it: with an offset it names an instant, without one it is civil time that a zone must resolve.
/// Source of the forms: ISO 8601-1:2019, section 5.4; RFC 3339. Fractions of a second are read and left out.
public enum WrittenTime: Hashable, Sendable {
  case instant(Instant)
  case civil(CivilDateTime)
}

extension WrittenTime {
  /// How much of ISO 8601 is taken.
  public enum Form: Sendable {
    /// `YYYY-MM-DDTHH:MM:SS` and then nothing, `Z` or `±HH:MM`: what programs exchange.
    case exact
    /// Also without seconds or with a fraction of one (`00.000`, `00,5`), with a blank for `T`, without punctuation
    /// (`20261206T0100Z`), with `±HH` or `±HHMM`.
    case lenient
  }

  /// Nil when `text` has not that form or names a day or time that does not exist.
  public init?(_ text: String, form: Form = .lenient) {
    self.init(text.utf8.span, form: form)
  }

  public init?(_ text: Span<UInt8>, form: Form) {
    var reader = TimeReader(lenient: form == .lenient)
    guard let value = reader.read(text) else { return nil }
    self = value
  }

  /// The first part of a text that is not what it should be, and what stands there.
  public struct Fault: Hashable, Sendable {
    public enum Part: Hashable, Sendable {
      case year, month, day
      /// Between the day and the hour.
      case separator
      case hour, minute, second, offset
      /// Behind all of them.
      case end
    }

    public var part: Part
    public var text: String
  }

  /// Why `text` is no time in the lenient form; nil where it is one.
  public static func fault(in text: String) -> Fault? {
    var reader = TimeReader(lenient: true)
    guard reader.read(text.utf8.span) == nil else { return nil }
    let rest = text.utf8.dropFirst(reader.start)
    let length =
      switch reader.part {
      case .year: 4
      case .separator: 1
      case .month, .day, .hour, .minute, .second: 2
      case .offset, .end: rest.count
      }
    return Fault(part: reader.part, text: String(decoding: rest.prefix(length), as: UTF8.self))
  }
}

extension CivilDate {
  /// Reads `YYYY-MM-DD`; nil for anything else.
  public init?(_ text: String) {
    let bytes = text.utf8.span
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = bytes.digits(at: 0, count: 4), let month = bytes.digits(at: 5, count: 2),
      let day = bytes.digits(at: 8, count: 2)
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}

private struct TimeReader {
  let lenient: Bool
  var position = 0
  /// What is being read, and where it begins.
  private(set) var part = WrittenTime.Fault.Part.year
  private(set) var start = 0

  init(lenient: Bool) { self.lenient = lenient }

  mutating func read(_ text: Span<UInt8>) -> WrittenTime? {
    guard let year = text.digits(at: 0, count: 4), year > 0 else { return nil }
    position = 4
    let extended = skip("-", in: text)
    guard extended || lenient, let month = two(.month, 1...12, in: text), !extended || skip("-", in: text),
      let day = two(.day, 1...31, in: text), let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    begin(.separator)
    guard separator(in: text), let hour = two(.hour, 0...23, in: text) else { return nil }
    begin(.minute)
    guard !extended || skip(":", in: text), let minute = two(.minute, 0...59, in: text) else { return nil }
    var second = 0
    if extended ? skip(":", in: text) : isDigit(text, at: position) {
      guard let value = two(.second, 0...59, in: text), skipFraction(in: text) else { return nil }
      second = value
    } else if !lenient {
      return nil
    }
    guard let time = TimeOfDay(hour: hour, minute: minute, second: second) else { return nil }
    let civil = CivilDateTime(date: date, time: time)
    // The first and last day are left out, so that every offset can show what was read.
    func isWithinBounds(_ instant: Instant) -> Bool { instant >= Instant.earliest && instant <= Instant.latest }
    if position == text.count {
      begin(.year, at: 0)
      return isWithinBounds(civil.instant(at: .utc)) ? .civil(civil) : nil
    }
    begin(.offset)
    guard let offset = offset(text) else { return nil }
    begin(.end)
    guard position == text.count else { return nil }
    begin(.year, at: 0)
    let instant = civil.instant(at: offset)
    return isWithinBounds(instant) ? .instant(instant) : nil
  }

  private mutating func begin(_ part: WrittenTime.Fault.Part, at position: Int? = nil) {
    self.part = part
    start = position ?? self.position
  }

  /// The next two digits, where they are within bounds.
  private mutating func two(_ part: WrittenTime.Fault.Part, _ bounds: ClosedRange<Int>, in text: Span<UInt8>) -> Int? {
    begin(part)
    guard let value = two(text), bounds.contains(value) else { return nil }
    return value
  }

  /// Whether a fraction that follows the seconds is one; none is. What is shorter than a second changes no verdict.
  private mutating func skipFraction(in text: Span<UInt8>) -> Bool {
    guard lenient, skip(".", in: text) || skip(",", in: text) else { return true }
    guard isDigit(text, at: position) else { return false }
    while isDigit(text, at: position) { position += 1 }
    return true
  }

  private mutating func separator(in text: Span<UInt8>) -> Bool {
    if skip("T", in: text) { return true }
    return lenient && (skip("t", in: text) || skip(" ", in: text))
  }

  private mutating func offset(_ text: Span<UInt8>) -> UTCOffset? {
    if skip("Z", in: text) || (lenient && skip("z", in: text)) { return .utc }
    let negative = skip("-", in: text)
    guard negative || skip("+", in: text), let hours = two(text), hours < 24 else { return nil }
    var minutes = 0
    if skip(":", in: text) || (lenient && isDigit(text, at: position)) {
      guard let value = two(text), value < 60 else { return nil }
      minutes = value
    } else if !lenient {
      return nil
    }
    let seconds = Int32(hours * 3600 + minutes * 60)
    return UTCOffset(seconds: negative ? -seconds : seconds)
  }

  private mutating func skip(_ character: Unicode.Scalar, in text: Span<UInt8>) -> Bool {
    guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func two(_ text: Span<UInt8>) -> Int? {
    guard let value = text.digits(at: position, count: 2) else { return nil }
    position += 2
    return value
  }

  private func isDigit(_ text: Span<UInt8>, at index: Int) -> Bool {
    index < text.count && text[index] &- 0x30 < 10
  }
}

extension Span<UInt8> {
  /// The number that exactly `count` decimal digits at `index` write.
  fileprivate func digits(at index: Int, count: Int) -> Int? {
    guard index + count <= self.count else { return nil }
    var value = 0
    for i in index..<index + count {
      let digit = self[i] &- 0x30
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }
}

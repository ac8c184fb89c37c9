/// A time as someone wrote it: with an offset it names an instant, without one it is civil time that a zone must resolve.
/// Source of the forms: ISO 8601-1:2019, section 5.4; RFC 3339. Whole seconds only.
public enum WrittenTime: Hashable, Sendable {
  case instant(Instant)
  case civil(CivilDateTime)
}

extension WrittenTime {
  /// How much of ISO 8601 is taken.
  public enum Form: Sendable {
    /// `YYYY-MM-DDTHH:MM:SS` and then nothing, `Z` or `±HH:MM`: what programs exchange.
    case exact
    /// Also without seconds, with a blank for `T`, without punctuation (`20261206T0100Z`), with `±HH` or `±HHMM`.
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

  init(lenient: Bool) { self.lenient = lenient }

  mutating func read(_ text: Span<UInt8>) -> WrittenTime? {
    guard let year = text.digits(at: 0, count: 4) else { return nil }
    position = 4
    let extended = skip("-", in: text)
    guard extended || lenient, let month = two(text), !extended || skip("-", in: text), let day = two(text),
      let date = CivilDate(year: year, month: month, day: day), separator(in: text), let hour = two(text)
    else { return nil }
    guard !extended || skip(":", in: text), let minute = two(text) else { return nil }
    var second = 0
    if extended ? skip(":", in: text) : isDigit(text, at: position) {
      guard let value = two(text) else { return nil }
      second = value
    } else if !lenient {
      return nil
    }
    guard let time = TimeOfDay(hour: hour, minute: minute, second: second) else { return nil }
    let civil = CivilDateTime(date: date, time: time)
    if position == text.count {
      let asUTC = civil.instant(at: .utc)
      return asUTC >= Instant.earliest && asUTC <= Instant.latest ? .civil(civil) : nil
    }
    guard let offset = offset(text), position == text.count else { return nil }
    let instant = civil.instant(at: offset)
    // The first and last day are left out, so that every offset can show what was read.
    let seconds = instant.secondsSinceEpoch
    guard (Instant.earliest.secondsSinceEpoch...Instant.latest.secondsSinceEpoch).contains(seconds) else { return nil }
    return .instant(instant)
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

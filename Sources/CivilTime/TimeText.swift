/// Writes dates and times in the forms of ISO 8601, into bytes so that a stream of answers needs no strings.
public enum TimeText {
  /// `2026-12-06T00:00:00Z`
  public static func appendUTC(_ instant: Instant, to bytes: inout [UInt8]) {
    append(instant.civil(at: .utc), to: &bytes)
    bytes.append(UInt8(ascii: "Z"))
  }

  /// `2026-12-06T01:00:00+01:00`; an offset with seconds (before 1911 in Paris) is written `+00:09:21`.
  public static func append(_ instant: Instant, at offset: UTCOffset, to bytes: inout [UInt8]) {
    append(instant.civil(at: offset), to: &bytes)
    append(offset, to: &bytes)
  }

  public static func append(_ offset: UTCOffset, to bytes: inout [UInt8]) {
    let seconds = Int(offset.seconds.magnitude)
    bytes.append(offset.seconds < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    append(seconds / 3600, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(seconds / 60 % 60, digits: 2, to: &bytes)
    if seconds % 60 != 0 {
      bytes.append(UInt8(ascii: ":"))
      append(seconds % 60, digits: 2, to: &bytes)
    }
  }

  static func append(_ civil: CivilDateTime, to bytes: inout [UInt8]) {
    append(civil.date, to: &bytes)
    bytes.append(UInt8(ascii: "T"))
    append(civil.time.hour, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(civil.time.minute, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(civil.time.second, digits: 2, to: &bytes)
  }

  static func append(_ date: CivilDate, to bytes: inout [UInt8]) {
    let (year, month, day) = date.components
    append(year, digits: 4, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    append(month, digits: 2, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    append(day, digits: 2, to: &bytes)
  }

  /// Zero-padded on the left; two or four digits.
  package static func append(_ value: Int, digits: Int, to bytes: inout [UInt8]) {
    if digits > 2 { append(value / 100, digits: digits - 2, to: &bytes) }
    let pair = value % 100
    bytes.append(UInt8(truncatingIfNeeded: pair / 10) + 0x30)
    bytes.append(UInt8(truncatingIfNeeded: pair % 10) + 0x30)
  }

  private static func string(_ fill: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(25)
    fill(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  public static func utc(_ instant: Instant) -> String { string { appendUTC(instant, to: &$0) } }
  public static func local(_ instant: Instant, in zone: ZoneRules) -> String {
    string { append(instant, at: zone.offset(at: instant), to: &$0) }
  }
  public static func offset(_ offset: UTCOffset) -> String { string { append(offset, to: &$0) } }
  public static func date(_ date: CivilDate) -> String { string { append(date, to: &$0) } }

  /// `20261206T000000Z`: the basic form, as iCalendar wants it (RFC 5545, section 3.3.5).
  public static func basicUTC(_ instant: Instant) -> String { string { appendBasicUTC(instant, to: &$0) } }

  /// `20261206` (RFC 5545, section 3.3.4).
  public static func basicDate(_ date: CivilDate) -> String { string { appendBasicDate(date, to: &$0) } }

  package static func appendBasicUTC(_ instant: Instant, to bytes: inout [UInt8]) {
    let civil = instant.civil(at: .utc)
    bytes.append(addingCapacity: 16) { text in
      append(civil.date, basicTo: &text)
      text.append(UInt8(ascii: "T"))
      appendPair(civil.time.hour, to: &text)
      appendPair(civil.time.minute, to: &text)
      appendPair(civil.time.second, to: &text)
      text.append(UInt8(ascii: "Z"))
    }
  }

  package static func appendBasicDate(_ date: CivilDate, to bytes: inout [UInt8]) {
    bytes.append(addingCapacity: 8) { text in append(date, basicTo: &text) }
  }

  private static func append(_ date: CivilDate, basicTo text: inout OutputSpan<UInt8>) {
    let (year, month, day) = date.components
    appendPair(year / 100, to: &text)
    appendPair(year % 100, to: &text)
    appendPair(month, to: &text)
    appendPair(day, to: &text)
  }

  private static func appendPair(_ value: Int, to text: inout OutputSpan<UInt8>) {
    text.append(UInt8(truncatingIfNeeded: value / 10) + 0x30)
    text.append(UInt8(truncatingIfNeeded: value % 10) + 0x30)
  }
}

extension BinaryInteger {
  /// The digits of a number that is not negative, zeros before them up to `width`: `07`, `0042`, `001F`.
  public func padded(_ width: Int, radix: Int = 10, uppercase: Bool = false) -> String {
    let digits = String(self, radix: radix, uppercase: uppercase)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

package import CivilTime

/// A DURATION value: civil days and elapsed time, which only a zone can add up. Source: RFC 5545, section 3.3.6.
package struct CalendarDuration: Hashable, Sendable {
  /// Weeks count as seven.
  package var days: Int
  package var time: Elapsed
  package var isNegative: Bool

  package init(days: Int, time: Elapsed, isNegative: Bool) {
    self.days = days
    self.time = time
    self.isNegative = isNegative
  }

  /// Whether it has any length forwards.
  var isPositive: Bool { !isNegative && (days > 0 || time > .zero) }

  /// Reads `P1W`, `P1DT2H`, `-PT15M`; nil for another form, for weeks together with anything else, and for a number of
  /// more than five digits.
  init?(_ text: Span<UInt8>) {
    var index = 0
    isNegative = !text.isEmpty && text[0] == UInt8(ascii: "-")
    if isNegative || !text.isEmpty && text[0] == UInt8(ascii: "+") { index += 1 }
    guard index < text.count, text[index] & 0xDF == UInt8(ascii: "P") else { return nil }
    index += 1
    (days, time) = (0, .zero)
    // Each unit may follow only those before it; hours and seconds only with minutes between them.
    var allowed = Array("WD".utf8)
    var isComplete = false
    var isTimeStarted = false
    while index < text.count {
      if text[index] & 0xDF == UInt8(ascii: "T") {
        guard !isTimeStarted else { return nil }
        isTimeStarted = true
        allowed = Array("HMS".utf8)
        isComplete = false
        index += 1
        continue
      }
      let start = index
      while index < text.count, (0x30...0x39).contains(text[index]) { index += 1 }
      guard (1...5).contains(index - start), let value = text.number(at: start, digits: index - start),
        index < text.count
      else { return nil }
      let unit = text[index] & 0xDF
      guard allowed.contains(unit) else { return nil }
      index += 1
      isComplete = true
      switch unit {
      case UInt8(ascii: "W"):
        guard index == text.count else { return nil }
        days = value * 7
      case UInt8(ascii: "D"):
        days = value
        allowed = []
      case UInt8(ascii: "H"):
        time = time + .hours(Int64(value))
        allowed = Array("M".utf8)
      case UInt8(ascii: "M"):
        time = time + .minutes(Int64(value))
        allowed = Array("S".utf8)
      default:
        time = time + Elapsed(seconds: Int64(value))
        allowed = []
      }
    }
    guard isComplete else { return nil }
  }
}

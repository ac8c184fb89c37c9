package import CivilTime

/// A DURATION value: civil days and elapsed time, which only a zone can add up. Source: RFC 5545, section 3.3.6.
package struct CalendarDuration: Hashable, Sendable {
  /// Weeks count as seven.
  package var days: Int
  package var time: Elapsed
  package var isNegative: Bool

  init(days: Int, time: Elapsed, isNegative: Bool) {
    self.days = days
    self.time = time
    self.isNegative = isNegative
  }

  /// Whether it has any length forwards.
  var isPositive: Bool { seconds > 0 }

  /// With its sign; days count 86 400 seconds.
  package var seconds: Int { (isNegative ? -1 : 1) * (days * 86_400 + Int(time.seconds)) }

  /// The units in the order in which they may follow one another; those from the third on stand behind `T`.
  private static let units: [(letter: UInt8, seconds: Int)] = [
    (UInt8(ascii: "W"), 604_800), (UInt8(ascii: "D"), 86_400), (UInt8(ascii: "H"), 3600), (UInt8(ascii: "M"), 60),
    (UInt8(ascii: "S"), 1),
  ]

  /// Reads `P1W`, `P1DT2H`, `-PT15M`; nil for another form, and for weeks together with anything else.
  package init?(_ text: Span<UInt8>, letting leniency: Leniency) {
    var index = 0
    isNegative = !text.isEmpty && text[0] == UInt8(ascii: "-")
    if isNegative || !text.isEmpty && text[0] == UInt8(ascii: "+") { index += 1 }
    guard index < text.count, leniency.capital(text[index]) == UInt8(ascii: "P") else { return nil }
    index += 1
    (days, time) = (0, .zero)
    var last = -1
    var isComplete = false
    var isInTime = false
    while index < text.count {
      if leniency.capital(text[index]) == UInt8(ascii: "T") {
        guard !isInTime else { return nil }
        isInTime = true
        isComplete = false
        index += 1
        continue
      }
      let start = index
      while index < text.count, (0x30...0x39).contains(text[index]) { index += 1 }
      guard (1...(leniency.contains(.longNumbers) ? 9 : 5)).contains(index - start),
        let value = text.number(at: start, digits: index - start), index < text.count
      else { return nil }
      let letter = leniency.capital(text[index])
      guard let unit = CalendarDuration.units.firstIndex(where: { $0.letter == letter }), unit > last, last != 0,
        (unit >= 2) == isInTime, (last, unit) != (2, 4) || leniency.contains(.leftOutMinutes)
      else { return nil }
      index += 1
      last = unit
      isComplete = true
      if unit < 2 {
        days = value * (unit == 0 ? 7 : 1)
      } else {
        time = time + Elapsed(seconds: Int64(value * CalendarDuration.units[unit].seconds))
      }
    }
    guard isComplete else { return nil }
  }
}

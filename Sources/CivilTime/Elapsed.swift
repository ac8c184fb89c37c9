/// A length of elapsed time in whole seconds; may be negative. Never a number of civil days.
public struct Elapsed: Hashable, Comparable, Sendable {
  public var seconds: Int64

  public init(seconds: Int64) { self.seconds = seconds }
  public static func hours(_ hours: Int64) -> Elapsed { Elapsed(seconds: hours * 3600) }
  public static func minutes(_ minutes: Int64) -> Elapsed { Elapsed(seconds: minutes * 60) }
  public static let zero = Elapsed(seconds: 0)

  public static func < (a: Elapsed, b: Elapsed) -> Bool { a.seconds < b.seconds }
  public static func + (a: Elapsed, b: Elapsed) -> Elapsed { Elapsed(seconds: a.seconds + b.seconds) }
  public static func - (a: Elapsed, b: Elapsed) -> Elapsed { Elapsed(seconds: a.seconds - b.seconds) }
}

extension Elapsed {
  /// The longest length that can be written: 10 years of hours, so that sums never overflow.
  static let longestWritten: Int64 = 10 * 366 * 86_400

  /// Reads `90m`, `2h`, `2h30`, `1h30m15s`, `45s`, `PT2H`, `PT1H30M`; nil for anything else, for a sign and for days,
  /// since a civil day has 23, 24 or 25 hours. Zero is read; whether it makes sense is for the caller to say.
  public init?(_ text: String) {
    var rest = ByteScanner(Array(text.lowercased().utf8))
    let iso = rest.skip(UInt8(ascii: "p"))
    if iso, !rest.skip(UInt8(ascii: "t")) { return nil }
    var total: Int64 = 0
    var unit: Int64 = 86_400
    while let value = rest.number(digits: 1...9) {
      let next: Int64
      if rest.skip(UInt8(ascii: "h")) {
        next = 3600
      } else if rest.skip(UInt8(ascii: "m")) {
        next = 60
        // `min` is what people write in France.
        if !iso, rest.skip(UInt8(ascii: "i")), !rest.skip(UInt8(ascii: "n")) { return nil }
      } else if rest.skip(UInt8(ascii: "s")) {
        next = 1
      } else if !iso, rest.isAtEnd, unit == 3600, value < 60 {
        next = 60
      } else {
        return nil
      }
      guard next < unit else { return nil }
      unit = next
      total += Int64(value) * next
      if total > Elapsed.longestWritten { return nil }
    }
    guard rest.isAtEnd, unit < 86_400 else { return nil }
    self.init(seconds: total)
  }
}

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

  /// Seconds of each unit, by the names that people give it in France and England.
  private static let units: [String: Int64] = [
    "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600, "heure": 3600, "heures": 3600,
    "m": 60, "mn": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60,
    "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "seconde": 1, "secondes": 1,
  ]

  /// Reads `90m`, `2h`, `2h30`, `3 h 30 min`, `1h30m15s`, `45s`, `PT2H`, `PT1H30M`; nil for anything else, for a sign and
  /// for days, since a civil day has 23, 24 or 25 hours. Zero is read; whether it makes sense is for the caller to say.
  public init?(_ text: String) {
    let plain = text.lowercased().map { $0 == "\u{A0}" || $0 == "\u{202F}" ? " " : $0 }
    var rest = ByteScanner(Array(String(plain).utf8))
    let iso = rest.skip(UInt8(ascii: "p"))
    if iso, !rest.skip(UInt8(ascii: "t")) { return nil }
    var total: Int64 = 0
    var unit: Int64 = 86_400
    while let value = rest.number(digits: 1...9) {
      if !iso { rest.skipBlanks() }
      let name = rest.letters()
      let next: Int64
      if let seconds = Elapsed.units[name], !iso || name.utf8.count == 1 {
        next = seconds
      } else if !iso, name.isEmpty, rest.isAtEnd, unit == 3600, value < 60 {
        next = 60
      } else {
        return nil
      }
      guard next < unit else { return nil }
      unit = next
      total += Int64(value) * next
      if total > Elapsed.longestWritten { return nil }
      if !iso, !rest.isAtEnd {
        rest.skipBlanks()
        if rest.isAtEnd { return nil }
      }
    }
    guard rest.isAtEnd, unit < 86_400 else { return nil }
    self.init(seconds: total)
  }
}

import CivilTime

/// A recurrence rule of the plain kind that is taken: DAILY, WEEKLY, MONTHLY or YEARLY, with parts whose expansion is
/// bounded and on which readers agree. Source: RFC 5545, section 3.3.10.
struct RecurrenceRule {
  enum Frequency: String {
    case daily = "DAILY"
    case weekly = "WEEKLY"
    case monthly = "MONTHLY"
    case yearly = "YEARLY"
  }

  /// One BYDAY value: `-1SU`; `ordinal` is nil without a number.
  struct Day: Hashable {
    var ordinal: Int?
    var weekday: String
  }

  /// As it was written, in capitals.
  let text: String
  var frequency: Frequency
  var interval = 1
  var count: Int?
  /// DATE, UTC or local without zone.
  var until: CalendarTime?
  var weekStart = "MO"
  var months: [Int] = []
  var monthDays: [Int] = []
  var days: [Day] = []
  var positions: [Int] = []

  static let counts = 1...10_000
  static let intervals = 1...1000
  static let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

  /// Refuses what is not a rule, what is not supported, and what can never occur; `number` is the line for the error.
  init(_ text: String, line number: Int) throws(ScreenError) {
    func bad(_ part: some StringProtocol) -> ScreenError { ScreenError(line: number, .badRecurrence, String(part)) }
    var parts: [String: String] = [:]
    guard text.utf8.count <= 500 else { throw bad("longer than 500 octets") }
    for part in text.uppercased().split(separator: ";", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else { throw bad(part) }
      guard parts.updateValue(String(sides[1]), forKey: String(sides[0])) == nil else { throw bad(part) }
    }
    guard let name = parts.removeValue(forKey: "FREQ") else { throw bad("no FREQ") }
    guard let frequency = Frequency(rawValue: name) else {
      throw ScreenError(line: number, .unsupportedRecurrence, "FREQ=\(name.prefix(20))")
    }
    self.frequency = frequency
    self.text = text.uppercased()
    // Sorted, so that of several errors the same one is told each time.
    for (name, value) in parts.sorted(by: { $0.key < $1.key }) {
      let isValid =
        switch name {
        case "INTERVAL": setInterval(value)
        case "COUNT": setCount(value)
        case "UNTIL": setUntil(value)
        case "WKST": setWeekStart(value)
        case "BYMONTH": RecurrenceRule.set(&months, value, limit: 12, signed: false)
        case "BYMONTHDAY": RecurrenceRule.set(&monthDays, value, limit: 31, signed: true)
        case "BYSETPOS": RecurrenceRule.set(&positions, value, limit: 366, signed: true)
        case "BYDAY": setDays(value)
        default: throw ScreenError(line: number, .unsupportedRecurrence, name)
        }
      guard isValid else { throw bad("\(name)=\(value)") }
    }
    if count != nil, until != nil { throw bad("COUNT together with UNTIL") }
    try checkCombination(line: number)
  }

  private mutating func setInterval(_ text: String) -> Bool {
    guard let value = RecurrenceRule.integer(text), RecurrenceRule.intervals.contains(value) else { return false }
    interval = value
    return true
  }

  private mutating func setCount(_ text: String) -> Bool {
    guard let value = RecurrenceRule.integer(text), RecurrenceRule.counts.contains(value) else { return false }
    count = value
    return true
  }

  private mutating func setWeekStart(_ text: String) -> Bool {
    weekStart = text
    return RecurrenceRule.weekdays.contains(text)
  }

  private mutating func setUntil(_ text: String) -> Bool {
    let bytes = text.utf8Span.span
    until = CalendarTime(bytes, isDate: bytes.count == 8, zone: nil)
    return until.map { CalendarScreen.years.contains($0.civil.date.year) } ?? false
  }

  private static func set(_ target: inout [Int], _ text: String, limit: Int, signed: Bool) -> Bool {
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let value = integer(item), value != 0, value.magnitude <= limit, signed || value > 0 else {
        return false
      }
      target.append(value)
    }
    return target.count <= 62
  }

  private mutating func setDays(_ text: String) -> Bool {
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      let weekday = String(item.suffix(2))
      guard RecurrenceRule.weekdays.contains(weekday) else { return false }
      let number = item.dropLast(2)
      if number.isEmpty {
        days.append(Day(ordinal: nil, weekday: weekday))
      } else {
        guard let value = RecurrenceRule.integer(number), value != 0, value.magnitude <= 53 else { return false }
        days.append(Day(ordinal: value, weekday: weekday))
      }
    }
    return days.count <= 62
  }

  /// Digits, at most nine, after a sign or none.
  private static func integer(_ text: some StringProtocol) -> Int? {
    let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text[...]
    guard (1...9).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(text)
  }
}

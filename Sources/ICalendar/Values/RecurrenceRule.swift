import CivilTime

/// A recurrence rule. Source: RFC 5545, section 3.3.10; RFC 7529, section 4 (RSCALE, SKIP).
package struct RecurrenceRule: Sendable {
  package enum Frequency: String, Sendable {
    case secondly = "SECONDLY"
    case minutely = "MINUTELY"
    case hourly = "HOURLY"
    case daily = "DAILY"
    case weekly = "WEEKLY"
    case monthly = "MONTHLY"
    case yearly = "YEARLY"

    /// More often than once a day.
    package var isTooFast: Bool { self == .secondly || self == .minutely || self == .hourly }
  }

  /// One BYDAY value: `-1SU`.
  package struct Day: Hashable, Sendable {
    /// Nil without a number.
    package var ordinal: Int?
    /// As in ISO 8601: Monday 1 … Sunday 7.
    package var weekday: Int
  }

  /// Why a text is no rule, or none that is let through.
  package struct Fault: Error {
    var code: ScreenError.Code
    /// What is wrong, as the import tells it.
    var detail: String
    /// The part that is wrong.
    package var part: String

    init(_ detail: String, part: Substring = "", _ code: ScreenError.Code = .badRecurrence) {
      self.code = code
      self.detail = detail
      self.part = String(part)
    }
  }

  /// As it was written, in capitals.
  let text: String
  package private(set) var frequency: Frequency
  package private(set) var interval = 1
  package private(set) var count: Int?
  package private(set) var until: CalendarTime?
  package private(set) var weekStart = 1
  package private(set) var months: [Int] = []
  package private(set) var monthDays: [Int] = []
  package private(set) var yearDays: [Int] = []
  package private(set) var days: [Day] = []
  package private(set) var positions: [Int] = []
  package private(set) var hasScale = false
  /// Whether it has parts that are read but not followed: BYHOUR and smaller, BYWEEKNO, another calendar, SKIP.
  package private(set) var hasUnexpanded = false
  /// Whether any part that begins with BY stands in it; and whether one of the time of day does.
  private var hasParts = false
  private var hasHours = false

  private static let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
  /// Parts that are lists of numbers.
  private static let ranges: [String: ClosedRange<Int>] = [
    "BYSECOND": 0...60, "BYMINUTE": 0...59, "BYHOUR": 0...23, "BYMONTHDAY": -31...31, "BYYEARDAY": -366...366,
    "BYWEEKNO": -53...53, "BYMONTH": 1...12, "BYSETPOS": -366...366,
  ]
  /// Parts whose expansion is bounded and on which readers agree.
  private static let plain: Set<String> = [
    "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "BYDAY", "BYYEARDAY", "BYHOUR",
    "BYMINUTE", "BYSECOND",
  ]

  /// Where ``Leniency/anyRule`` does not pass, only rules of the plain kind are taken, and what can never occur is
  /// refused.
  package init(_ text: String, letting leniency: Leniency) throws(Fault) {
    let isAny = leniency.contains(.anyRule)
    guard text.utf8.count <= (isAny ? 4096 : 500) else {
      throw Fault("longer than 500 octets", part: text.prefix(40))
    }
    var parts: [String: Substring] = [:]
    for part in text.split(separator: ";", omittingEmptySubsequences: false) {
      let bad = Fault(part.uppercased(), part: part)
      guard let equals = part.firstIndex(of: "="), equals > part.startIndex else { throw bad }
      let (name, value) = (part[..<equals].uppercased(), part[part.index(after: equals)...])
      guard isAny || !value.isEmpty && !value.contains("=") else { throw bad }
      guard parts.updateValue(value, forKey: name) == nil else { throw Fault(bad.detail, part: name[...]) }
    }
    guard let name = parts.removeValue(forKey: "FREQ")?.uppercased() else { throw Fault("no FREQ", part: "FREQ") }
    guard let frequency = Frequency(rawValue: name), isAny || frequency == .hourly || !frequency.isTooFast else {
      throw Fault("FREQ=\(name.prefix(20))", part: "FREQ", .unsupportedRecurrence)
    }
    self.frequency = frequency
    self.text = text.uppercased()
    // Sorted, so that of several errors the same one is told each time.
    for (name, value) in parts.sorted(by: { $0.key < $1.key }) {
      guard isAny || RecurrenceRule.plain.contains(name) else { throw Fault(name, .unsupportedRecurrence) }
      guard take(name, value, leniency) else {
        throw Fault("\(name)=\(value.uppercased())", part: "\(name)=\(value.prefix(40))"[...])
      }
    }
    if count != nil, until != nil { throw Fault("COUNT together with UNTIL", part: "COUNT, UNTIL") }
    hasParts = parts.keys.contains { $0.hasPrefix("BY") }
    hasHours = parts.keys.contains { ["BYHOUR", "BYMINUTE", "BYSECOND"].contains($0) }
    if !isAny { try checkCombination() }
  }

  /// False where the value is none for the part.
  private mutating func take(_ name: String, _ written: Substring, _ leniency: Leniency) -> Bool {
    let isAny = leniency.contains(.anyRule)
    if let range = RecurrenceRule.ranges[name] {
      guard let numbers = RecurrenceRule.numbers(written, in: range), isAny || numbers.count <= 62 else {
        return false
      }
      switch name {
      case "BYMONTH": months = numbers
      case "BYMONTHDAY": monthDays = numbers
      case "BYYEARDAY": yearDays = numbers
      case "BYSETPOS": positions = numbers
      default: hasUnexpanded = true
      }
      return true
    }
    let value = leniency.contains(.smallLetters) ? written.uppercased() : String(written)
    switch name {
    case "INTERVAL":
      interval = RecurrenceRule.integer(written) ?? 0
      return interval >= 1 && (isAny || interval <= 1000)
    case "COUNT":
      count = RecurrenceRule.integer(written)
      return count.map { $0 >= 1 && (isAny || $0 <= 10_000) } ?? false
    case "UNTIL":
      until = CalendarTime(value.utf8Span.span, zone: nil, letting: leniency)
      return until.map { isAny || CalendarScreen.years.contains($0.civil.date.year) } ?? false
    case "WKST":
      guard let index = RecurrenceRule.weekdays.firstIndex(of: value) else { return false }
      weekStart = index + 1
    case "BYDAY":
      for item in value.split(separator: ",", omittingEmptySubsequences: false) {
        guard let index = RecurrenceRule.weekdays.firstIndex(of: String(item.suffix(2))) else { return false }
        let number = RecurrenceRule.integer(item.dropLast(2))
        guard item.count == 2 || number.map({ (1...53).contains($0.magnitude) }) ?? false else { return false }
        days.append(Day(ordinal: number, weekday: index + 1))
      }
      return isAny || days.count <= 62
    case "RSCALE":
      hasScale = true
      hasUnexpanded = hasUnexpanded || written.uppercased() != "GREGORIAN"
    case "SKIP": hasUnexpanded = true
    default: return false
    }
    return true
  }

  /// Numbers parted by commas; nought is one only of parts that count from nought.
  private static func numbers(_ text: Substring, in range: ClosedRange<Int>) -> [Int]? {
    var numbers: [Int] = []
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let number = integer(item), range.contains(number), number != 0 || range.lowerBound == 0 else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// Digits, at most nine, after a sign or none.
  private static func integer(_ text: Substring) -> Int? {
    let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text
    guard (1...9).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(text)
  }
}

extension RecurrenceRule {
  /// Whether libical 3.0.16 would expand the rule wrongly, so that it is expanded here: BYMONTHDAY in a year without BYMONTH
  /// (it takes the month of the start only), BYMONTHDAY from the end of the month with DAILY (it takes the days from the
  /// start), every second or later week with several days and a week that does not begin on Monday, BYSETPOS in a day or a
  /// week, and BYSETPOS over several BYMONTHDAY of which some count from the end (it takes them in the order of writing).
  /// Days of the year are expanded here too.
  var isExpandedHere: Bool {
    switch frequency {
    case .daily: monthDays.contains { $0 < 0 } || !positions.isEmpty || !yearDays.isEmpty
    case .weekly: interval > 1 && days.count > 1 && weekStart != 1 || !positions.isEmpty || !yearDays.isEmpty
    case .monthly, .yearly:
      !yearDays.isEmpty || frequency == .yearly && !monthDays.isEmpty && months.isEmpty
        || !positions.isEmpty && monthDays.count > 1 && monthDays.contains { $0 < 0 }
    default: false
    }
  }

  /// Which parts may stand together, and whether anything can come of them. Source: RFC 5545, section 3.3.10.
  private func checkCombination() throws(Fault) {
    func unsupported(_ what: String) -> Fault { Fault(what, .unsupportedRecurrence) }
    let hasOrdinals = days.contains { $0.ordinal != nil }
    // What never meets its parts makes libical search for ever.
    if frequency.isTooFast, hasParts { throw unsupported("FREQ=\(frequency.rawValue) with BY parts") }
    if hasHours, isExpandedHere || !positions.isEmpty {
      throw unsupported("BYHOUR, BYMINUTE or BYSECOND with these parts")
    }
    if !yearDays.isEmpty, frequency != .yearly { throw unsupported("BYYEARDAY needs YEARLY") }
    switch frequency {
    case .daily, .weekly:
      if hasOrdinals { throw unsupported("BYDAY with a number needs MONTHLY or YEARLY") }
      if frequency == .weekly, !monthDays.isEmpty { throw unsupported("BYMONTHDAY with WEEKLY") }
    default:
      if hasOrdinals, !monthDays.isEmpty || !yearDays.isEmpty {
        throw unsupported("BYMONTHDAY or BYYEARDAY with a numbered BYDAY")
      }
    }
    let isWithinMonth = frequency == .monthly || !months.isEmpty
    if isWithinMonth, days.contains(where: { ($0.ordinal ?? 0).magnitude > 5 }) {
      throw Fault("no month has more than five of a weekday", .impossibleRecurrence)
    }
    if !monthDays.isEmpty, !months.isEmpty {
      // In a leap year, so that 29 February counts.
      let longest = months.map { CivilDate.length(ofMonth: $0, year: 2000) }.max() ?? 31
      guard monthDays.contains(where: { $0.magnitude <= longest }) else {
        throw Fault("no such day in these months", .impossibleRecurrence)
      }
    }
    if !positions.isEmpty {
      if days.isEmpty, monthDays.isEmpty, yearDays.isEmpty { throw unsupported("BYSETPOS without BYDAY or BYMONTHDAY") }
      guard positions.allSatisfy({ $0.magnitude <= largestSet }) else {
        throw Fault("BYSETPOS is beyond the set", .impossibleRecurrence)
      }
    }
  }

  /// How many days one period can hold at the most.
  private var largestSet: Int {
    if frequency == .daily { return 1 }
    if frequency == .weekly { return days.count }
    if !yearDays.isEmpty { return yearDays.count }
    let monthCount = frequency == .monthly ? 1 : months.isEmpty ? 12 : Set(months).count
    var inMonth = 31
    if !days.isEmpty { inMonth = min(inMonth, days.reduce(0) { $0 + ($1.ordinal == nil ? 5 : 1) }) }
    if !monthDays.isEmpty { inMonth = min(inMonth, Set(monthDays).count) }
    // A numbered weekday of a year without BYMONTH is one day a year.
    let isYearlyOrdinal = frequency == .yearly && months.isEmpty && days.contains { $0.ordinal != nil }
    return isYearlyOrdinal ? inMonth : inMonth * monthCount
  }
}

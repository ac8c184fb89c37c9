import CivilTime

/// A RECUR value, read tolerantly. Source: RFC 5545, section 3.3.10; RFC 7529, section 4 (RSCALE, SKIP).
struct FeedRule: Sendable {
  enum Frequency: String, Sendable {
    case secondly = "SECONDLY"
    case minutely = "MINUTELY"
    case hourly = "HOURLY"
    case daily = "DAILY"
    case weekly = "WEEKLY"
    case monthly = "MONTHLY"
    case yearly = "YEARLY"

    /// More often than once a day.
    var isTooFast: Bool { self == .secondly || self == .minutely || self == .hourly }
  }

  struct Day: Hashable, Sendable {
    /// `-1` in `-1SU`, nil without a number.
    var ordinal: Int?
    /// As in ISO 8601: Monday 1 … Sunday 7.
    var weekday: Int
  }

  var frequency: Frequency
  var interval = 1
  var count: Int?
  var until: FeedTime?
  var weekStart = 1
  /// BYMONTH, BYMONTHDAY, BYYEARDAY, BYSETPOS by name.
  var lists: [String: [Int]] = [:]
  var days: [Day] = []
  var hasScale = false
  /// Parts that are read but not expanded: BYHOUR and smaller, BYWEEKNO, RSCALE.
  var hasUnexpanded = false

  static let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
  private static let ranges: [String: ClosedRange<Int>] = [
    "BYSECOND": 0...60, "BYMINUTE": 0...59, "BYHOUR": 0...23, "BYMONTHDAY": -31...31, "BYYEARDAY": -366...366,
    "BYWEEKNO": -53...53, "BYMONTH": 1...12, "BYSETPOS": -366...366,
  ]

  /// Why a value is no rule: the part that is wrong.
  struct Fault: Error { var part: String }

  init(_ text: String) throws(Fault) {
    guard text.utf8.count <= 4096 else { throw Fault(part: String(text.prefix(40))) }
    var parts: [String: String] = [:]
    for part in text.split(separator: ";", omittingEmptySubsequences: false) {
      guard let equals = part.firstIndex(of: "="), equals > part.startIndex else { throw Fault(part: String(part)) }
      let name = part[..<equals].uppercased()
      guard parts.updateValue(String(part[part.index(after: equals)...]), forKey: name) == nil else {
        throw Fault(part: name)
      }
    }
    guard let frequency = Frequency(rawValue: (parts.removeValue(forKey: "FREQ") ?? "").uppercased()) else {
      throw Fault(part: "FREQ")
    }
    self.frequency = frequency
    for (name, value) in parts.sorted(by: { $0.key < $1.key }) { try take(name, value) }
    if count != nil, until != nil { throw Fault(part: "COUNT, UNTIL") }
  }

  private mutating func take(_ name: String, _ value: String) throws(Fault) {
    let fault = Fault(part: "\(name)=\(value.prefix(40))")
    if let range = FeedRule.ranges[name] {
      for item in value.split(separator: ",", omittingEmptySubsequences: false) {
        guard let number = FeedRule.integer(item), range.contains(number), number != 0 || range.lowerBound >= 0 else {
          throw fault
        }
        lists[name, default: []].append(number)
      }
      if ["BYSECOND", "BYMINUTE", "BYHOUR", "BYWEEKNO"].contains(name) { hasUnexpanded = true }
      return
    }
    switch name {
    case "INTERVAL", "COUNT":
      guard let number = FeedRule.integer(value[...]), number >= 1 else { throw fault }
      if name == "COUNT" { count = number } else { interval = number }
    case "UNTIL":
      guard let time = FeedTime(value) else { throw fault }
      until = time
    case "WKST":
      guard let index = FeedRule.weekdays.firstIndex(of: value) else { throw fault }
      weekStart = index + 1
    case "BYDAY":
      for item in value.split(separator: ",", omittingEmptySubsequences: false) {
        guard let index = FeedRule.weekdays.firstIndex(of: String(item.suffix(2))) else { throw fault }
        let digits = item.dropLast(2)
        guard !digits.isEmpty else {
          days.append(Day(ordinal: nil, weekday: index + 1))
          continue
        }
        guard let number = FeedRule.integer(digits), (1...53).contains(number.magnitude) else { throw fault }
        days.append(Day(ordinal: number, weekday: index + 1))
      }
    case "RSCALE":
      hasScale = true
      hasUnexpanded = hasUnexpanded || value.uppercased() != "GREGORIAN"
    case "SKIP": hasUnexpanded = true
    default: throw fault
    }
  }

  private static func integer(_ text: Substring) -> Int? {
    let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text
    guard (1...9).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(text)
  }
}

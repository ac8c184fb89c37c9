public import CivilTime

/// One rule of a holiday calendar: on which day of a year it falls, since when, and by which law.
public struct HolidayRule: Hashable, Sendable {
  public enum Day: Hashable, Sendable {
    /// The same month and day every year.
    case fixed(month: Int, day: Int)
    /// Days after (before when negative) Easter Sunday.
    case easter(Int)
  }

  /// As in the official data set of French public holidays, for instance `Lundi de Pâques`.
  public let name: String
  public let day: Day
  /// The text that makes it a public holiday, for instance `Code du travail, art. L3133-1`.
  public let law: String
  /// First and last year in which it holds, both inclusive; nil is open.
  public let since: Int?
  public let until: Int?

  public init(name: String, day: Day, law: String, since: Int? = nil, until: Int? = nil) {
    self.name = name
    self.day = day
    self.law = law
    self.since = since
    self.until = until
  }

  /// Nil in a year in which the rule does not hold or the day does not exist.
  public func date(in year: Int) -> CivilDate? {
    if let since, year < since { return nil }
    if let until, year > until { return nil }
    switch day {
    case .fixed(let month, let day): return CivilDate(year: year, month: month, day: day)
    case .easter(let days): return Easter.sunday(of: year)?.advanced(byDays: days)
    }
  }
}

/// A public holiday of one year; several names where rules coincide, as on 8 May 1997 (8 mai and Ascension).
public struct Holiday: Hashable, Sendable {
  public let date: CivilDate
  /// In the order of the calendar's rules.
  public let names: [String]
  /// The laws behind the names, in the same order.
  public let laws: [String]
}

/// The public holidays of one zone, for instance `fr/metropole`.
public struct HolidayCalendar: Hashable, Sendable {
  public let zone: String
  public let rules: [HolidayRule]

  public init(zone: String, rules: [HolidayRule]) {
    self.zone = zone
    self.rules = rules
  }

  /// By date; a day that falls on a Sunday is kept and has no substitute (no French law gives one).
  public func holidays(in year: Int) -> [Holiday] {
    var byDate: [CivilDate: (names: [String], laws: [String])] = [:]
    for rule in rules {
      guard let date = rule.date(in: year) else { continue }
      byDate[date, default: ([], [])].names.append(rule.name)
      byDate[date]?.laws.append(rule.law)
    }
    return byDate.map { Holiday(date: $0.key, names: $0.value.names, laws: $0.value.laws) }
      .sorted { $0.date < $1.date }
  }
}

/// The date of Easter in the Gregorian calendar.
public enum Easter {
  /// Easter Sunday; nil before the Gregorian reform (1583) and after 9999.
  /// Source: "anonymous Gregorian algorithm", J. Meeus, Astronomical Algorithms, ch. 8.
  public static func sunday(of year: Int) -> CivilDate? {
    guard (1583...9999).contains(year) else { return nil }
    let a = year % 19
    let (b, c) = (year / 100, year % 100)
    let (d, e) = (b / 4, b % 4)
    let g = (8 * b + 13) / 25
    let h = (19 * a + b - d - g + 15) % 30
    let (i, k) = (c / 4, c % 4)
    let l = (32 + 2 * e + 2 * i - h - k) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let n = h + l - 7 * m + 114
    return CivilDate(year: year, month: n / 31, day: n % 31 + 1)
  }
}

public import CivilTime

/// A month of the civil calendar, from January 1583 (the first whole year in which Easter, and with it the public
/// holidays, is known) to December 9998.
public struct CivilMonth: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let first: CivilDate

  /// Years that have one after them, so that a month always has an end.
  public static let years = 1583...9998

  public init?(year: Int, month: Int) {
    guard CivilMonth.years.contains(year), let first = CivilDate(year: year, month: month, day: 1) else { return nil }
    self.first = first
  }

  /// Reads `YYYY-MM`; nil for anything else.
  public init?(_ text: String) {
    guard text.utf8.count == 7, let date = CivilDate(text + "-01") else { return nil }
    self.init(year: date.year, month: date.month)
  }

  /// The month of a day; nil outside of `years`.
  public init?(of date: CivilDate) { self.init(year: date.year, month: date.month) }

  public var year: Int { first.year }
  /// 1…12.
  public var month: Int { first.month }
  public var length: Int { CivilDate.length(ofMonth: month, year: year) }
  /// The first day of the next month.
  public var end: CivilDate { first.advanced(byDays: length) }
  public var days: some Sequence<CivilDate> { (0..<length).lazy.map { [first] in first.advanced(byDays: $0) } }
  /// Nil after the last month that there is.
  public var next: CivilMonth? { CivilMonth(of: end) }

  /// `2026-11`
  public var description: String { String(TimeText.date(first).prefix(7)) }

  public static func < (a: CivilMonth, b: CivilMonth) -> Bool { a.first < b.first }
}

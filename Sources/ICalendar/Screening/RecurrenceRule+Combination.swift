import CivilTime

extension RecurrenceRule {
  /// Which parts may stand together, and whether anything can come of them. Source: RFC 5545, section 3.3.10.
  ///
  /// Four kinds of rules are refused because libical 3.0.16 expands them wrongly: BYMONTHDAY in a year without BYMONTH
  /// (it takes the month of the start only), BYMONTHDAY from the end of the month with DAILY (it takes the days from
  /// the start), every second or later week with several days and a week that does not begin on Monday, and BYSETPOS
  /// over several BYMONTHDAY of which some count from the end (it takes them in the order of writing).
  func checkCombination(line: Int) throws(ScreenError) {
    func unsupported(_ what: String) -> ScreenError { ScreenError(line: line, .unsupportedRecurrence, what) }
    let hasOrdinals = days.contains { $0.ordinal != nil }
    switch frequency {
    case .daily, .weekly:
      if hasOrdinals { throw unsupported("BYDAY with a number needs MONTHLY or YEARLY") }
      if frequency == .daily, monthDays.contains(where: { $0 < 0 }) {
        throw unsupported("negative BYMONTHDAY needs MONTHLY")
      }
      if frequency == .weekly, interval > 1, days.count > 1, weekStart != "MO" {
        throw unsupported("WKST with INTERVAL and several days")
      }
      if frequency == .weekly, !monthDays.isEmpty { throw unsupported("BYMONTHDAY with WEEKLY") }
      if !positions.isEmpty { throw unsupported("BYSETPOS needs MONTHLY or YEARLY") }
    case .monthly, .yearly:
      if frequency == .yearly, !monthDays.isEmpty, months.isEmpty {
        throw unsupported("BYMONTHDAY needs BYMONTH or MONTHLY")
      }
      if hasOrdinals, !monthDays.isEmpty { throw unsupported("BYMONTHDAY with a numbered BYDAY") }
    }
    let isWithinMonth = frequency == .monthly || !months.isEmpty
    if isWithinMonth, days.contains(where: { ($0.ordinal ?? 0).magnitude > 5 }) {
      throw ScreenError(line: line, .impossibleRecurrence, "no month has more than five of a weekday")
    }
    if !monthDays.isEmpty, !months.isEmpty {
      // In a leap year, so that 29 February counts.
      let longest = months.map { CivilDate.length(ofMonth: $0, year: 2000) }.max() ?? 31
      guard monthDays.contains(where: { $0.magnitude <= longest }) else {
        throw ScreenError(line: line, .impossibleRecurrence, "no such day in these months")
      }
    }
    if !positions.isEmpty {
      if days.isEmpty, monthDays.isEmpty { throw unsupported("BYSETPOS without BYDAY or BYMONTHDAY") }
      if monthDays.count > 1, monthDays.contains(where: { $0 < 0 }) {
        throw unsupported("BYSETPOS with a negative BYMONTHDAY among several")
      }
      guard positions.allSatisfy({ $0.magnitude <= largestSet }) else {
        throw ScreenError(line: line, .impossibleRecurrence, "BYSETPOS is beyond the set")
      }
    }
  }

  /// How many days one period can hold at the most.
  private var largestSet: Int {
    let monthCount = frequency == .monthly ? 1 : months.isEmpty ? 12 : Set(months).count
    var inMonth = 31
    if !days.isEmpty { inMonth = min(inMonth, days.reduce(0) { $0 + ($1.ordinal == nil ? 5 : 1) }) }
    if !monthDays.isEmpty { inMonth = min(inMonth, Set(monthDays).count) }
    // A numbered weekday of a year without BYMONTH is one day a year.
    let isYearlyOrdinal = frequency == .yearly && months.isEmpty && days.contains { $0.ordinal != nil }
    return isYearlyOrdinal ? inMonth : inMonth * monthCount
  }
}

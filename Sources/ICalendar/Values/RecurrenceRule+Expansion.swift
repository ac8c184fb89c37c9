package import CivilTime

extension RecurrenceRule {
  /// Days looked at for one rule before the search ends.
  package static let daysPerRule = 20_000
  /// And for all rules of a file: well below a second.
  package static let daysPerFile = 1_000_000

  /// The first occurrences on the wall clock, in order, at most `limit` and none after `last`; nil for a rule that is
  /// not expanded here. UNTIL is not applied: it is in another zone.
  ///
  /// Written apart from libical's expansion, so that the two can be compared.
  ///
  /// - Parameter budget: days that may still be looked at for all rules of a file; nil is returned once it is used up.
  package func occurrences(
    from start: CivilDateTime, limit: Int, last: CivilDate, budget: inout Int
  ) -> [CivilDateTime]? {
    guard !frequency.isTooFast, !hasUnexpanded, budget > 0 else { return nil }
    var found: [CivilDateTime] = []
    var looked = 0
    var period = 0
    let wanted = min(limit, count ?? limit)
    while looked < RecurrenceRule.daysPerRule, found.count < wanted {
      guard let days = days(ofPeriod: period, start: start.date), let first = days.first, first <= last else { break }
      looked += days.count
      budget -= days.count
      period += 1
      var chosen = days.filter { matches($0, start: start.date) }
      if !positions.isEmpty {
        let picked = positions.compactMap { position in
          let index = position > 0 ? position - 1 : chosen.count + position
          return chosen.indices.contains(index) ? chosen[index] : nil
        }
        chosen = Set(picked).sorted()
      }
      for day in chosen where day >= start.date && day <= last && found.count < wanted {
        found.append(CivilDateTime(date: day, time: start.time))
      }
    }
    return found
  }

  /// The days of the `index`th period; nil beyond the years that can be written.
  private func days(ofPeriod index: Int, start: CivilDate) -> [CivilDate]? {
    let (steps, overflow) = index.multipliedReportingOverflow(by: interval)
    guard !overflow, steps < 4_000_000 else { return nil }
    let (year, month, _) = start.components
    let first: CivilDate?
    let length: Int
    switch frequency {
    case .daily: (first, length) = (start.advanced(byDays: steps), 1)
    case .weekly:
      let back = (start.weekday.rawValue - weekStart + 7) % 7
      (first, length) = (start.advanced(byDays: steps * 7 - back), 7)
    case .monthly:
      let months = (month - 1) + steps
      let (y, m) = (year + months / 12, months % 12 + 1)
      (first, length) = (CivilDate(year: y, month: m, day: 1), CivilDate.length(ofMonth: m, year: y))
    default:
      return days(ofYear: year + steps, start: start)
    }
    guard let first, first.year < 9990 else { return nil }
    return (0..<length).map { first.advanced(byDays: $0) }
  }

  /// The days of a year that a yearly rule can mean: all, or those of the months that it names.
  private func days(ofYear year: Int, start: CivilDate) -> [CivilDate]? {
    guard year < 9990 else { return nil }
    let isOnDayOfStart = days.isEmpty && monthDays.isEmpty && yearDays.isEmpty
    let months = !self.months.isEmpty ? Set(self.months).sorted() : isOnDayOfStart ? [start.month] : Array(1...12)
    return months.flatMap { month in
      (1...CivilDate.length(ofMonth: month, year: year)).compactMap { CivilDate(year: year, month: month, day: $0) }
    }
  }

  private func matches(_ day: CivilDate, start: CivilDate) -> Bool {
    let (year, month, dayOfMonth) = day.components
    if !months.isEmpty, !months.contains(month) { return false }
    let length = CivilDate.length(ofMonth: month, year: year)
    if !monthDays.isEmpty,
      !monthDays.contains(dayOfMonth), !monthDays.contains(dayOfMonth - length - 1)
    {
      return false
    }
    let isYearlyOrdinal = frequency == .yearly && months.isEmpty
    if !yearDays.isEmpty, let first = CivilDate(year: year, month: 1, day: 1) {
      let number = Int(day.dayNumber - first.dayNumber) + 1
      let total = CivilDate.isLeap(year: year) ? 366 : 365
      guard yearDays.contains(number) || yearDays.contains(number - total - 1) else { return false }
    }
    if !days.isEmpty {
      let weekday = day.weekday.rawValue
      var (index, size) = (dayOfMonth, length)
      if isYearlyOrdinal, let first = CivilDate(year: year, month: 1, day: 1) {
        index = Int(day.dayNumber - first.dayNumber) + 1
        size = CivilDate.isLeap(year: year) ? 366 : 365
      }
      let fromStart = (index - 1) / 7 + 1
      let fromEnd = -((size - index) / 7 + 1)
      return days.contains { $0.weekday == weekday && ($0.ordinal.map { $0 == fromStart || $0 == fromEnd } ?? true) }
    }
    guard monthDays.isEmpty, yearDays.isEmpty else { return true }
    switch frequency {
    case .weekly: return day.weekday == start.weekday
    case .monthly: return dayOfMonth == start.day
    case .yearly: return dayOfMonth == start.day && (!months.isEmpty || month == start.month)
    default: return true
    }
  }
}

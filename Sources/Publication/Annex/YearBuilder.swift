import CivilTime
import Planning

/// Lays the terms of a contract over a year, day by day, each by the version in force that day.
struct YearBuilder {
  let versions: [ContractTerms]
  let windows: [AnnexWindow]
  private let contract: Contract
  private let environment: String
  private let dates: ClosedRange<CivilDate>
  private let holidays: [CivilDate: Holiday]

  /// Nil for a year whose first or last day cannot be written.
  init?(_ contract: Contract, _ environment: String, _ year: Int) {
    guard let first = CivilDate(year: year, month: 1, day: 1), let last = CivilDate(year: year, month: 12, day: 31),
      let span = Interval(
        start: contract.terms(on: first).timeZone.startOfDay(first),
        end: contract.terms(on: last).timeZone.startOfDay(last.advanced(byDays: 1)))
    else { return nil }
    self.contract = contract
    self.environment = environment
    dates = first...last
    // Of the days beside the year too: windows and bridges reach over its ends.
    let around = first.advanced(byDays: -366)...last.advanced(byDays: 366)
    let holidays = Dictionary(contract.holidays(in: around).map { ($0.date, $0) }) { first, _ in first }
    self.holidays = holidays
    versions = contract.versions.enumerated().filter { index, terms in
      let begin = index == 0 ? first : terms.effectiveFrom
      let next = index + 1 < contract.versions.count ? contract.versions[index + 1].effectiveFrom : nil
      return begin <= last && (next.map { $0 > max(begin, first) } ?? true)
    }.map(\.element)
    windows = WindowTable(contract: contract, environment: environment, covering: span).windows(meeting: span)
      .compactMap { window in
        // An environment that is always open has one window without end; only its part of the year is told.
        window.length > YearBuilder.longest ? window.intersection(span) : window
      }.map { YearBuilder.window($0, contract, holidays) }
  }

  /// No merged window of nights, weekdays and holidays is as long.
  private static let longest = Elapsed.hours(24 * 31)

  private static func window(
    _ interval: Interval, _ contract: Contract, _ holidays: [CivilDate: Holiday]
  ) -> AnnexWindow {
    let zone = contract.timeZone(at: interval.start)
    let (start, end) = (zone.civil(interval.start), zone.civil(interval.end))
    let whole = (start.date.dayNumber...end.date.dayNumber).map { CivilDate(dayNumber: $0) }.filter { date in
      let zone = contract.terms(on: date).timeZone
      return interval.start <= zone.startOfDay(date) && zone.startOfDay(date.advanced(byDays: 1)) <= interval.end
    }
    let within = whole.compactMap { holidays[$0] }
    let joins = within.contains { !contract.terms(on: $0.date).window.weekdays.contains($0.date.weekday) }
    return AnnexWindow(
      interval: interval, wholeDays: whole, holidays: within,
      civilLength: Elapsed(seconds: end.secondsSinceCivilEpoch - start.secondsSinceCivilEpoch),
      isLengthenedByHoliday: whole.count > 1 && joins)
  }

  func days() -> [AnnexDay] {
    var index = 0
    return (dates.lowerBound.dayNumber...dates.upperBound.dayNumber).compactMap { number in
      let date = CivilDate(dayNumber: number)
      let terms = contract.terms(on: date)
      let zone = terms.timeZone
      let (start, end) = (zone.startOfDay(date), zone.startOfDay(date.advanced(byDays: 1)))
      guard let day = Interval(start: start, end: end) else { return nil }
      while index < windows.count, windows[index].interval.end <= start { index += 1 }
      let met = windows[index...].prefix { $0.interval.start < end }
      let counts = environment == Contract.production ? terms.availability : nil
      return AnnexDay(
        date: date, interval: day, zone: zone, holiday: holidays[date], bridged: bridged(date),
        clockChanges: clockChanges(date, day, zone, Array(met)),
        windows: met.compactMap { $0.interval.intersection(day) },
        opening: met.filter { day.contains($0.interval.start) },
        reference: counts.flatMap { $0.reference(on: date, isHoliday: holidays[date] != nil, in: zone) },
        freezes: terms.freezes.filter { $0.interval.overlaps(day) }, targetBasisPoints: counts?.targetBasisPoints)
    }
  }

  /// Source: contract, article 1 (Jour ouvré): Monday to Friday, no public holiday.
  private func isWorkday(_ date: CivilDate) -> Bool {
    date.weekday != .saturday && date.weekday != .sunday && holidays[date] == nil
  }

  private func bridged(_ date: CivilDate) -> [Holiday] {
    let sides = [date.advanced(byDays: -1), date.advanced(byDays: 1)]
    guard isWorkday(date), !sides.contains(where: isWorkday) else { return [] }
    // A holiday at the end of a week adds nothing to it.
    return sides.compactMap { holidays[$0] }.filter { $0.date.weekday != .saturday && $0.date.weekday != .sunday }
  }

  private func clockChanges(
    _ date: CivilDate, _ day: Interval, _ zone: ZoneRules, _ windows: [AnnexWindow]
  ) -> [ClockChange] {
    let (before, after) = (zone.offset(at: day.start), zone.offset(at: day.end))
    guard before != after else { return [] }
    var (low, high) = (day.start.secondsSinceEpoch, day.end.secondsSinceEpoch)
    while low + 1 < high {
      let middle = low + (high - low) / 2
      if zone.offset(at: Instant(secondsSinceEpoch: middle)) == before { low = middle } else { high = middle }
    }
    let at = Instant(secondsSinceEpoch: high)
    return [
      ClockChange(
        at: at, before: before, after: after, date: date, dayLength: day.length,
        window: windows.first { $0.interval.start < at && at < $0.interval.end })
    ]
  }
}

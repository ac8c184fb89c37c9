public import CivilTime

/// One civil day of a month's availability: what was promised in it, and what was lost of that.
public struct AvailabilityDay: Hashable, Sendable {
  public var date: CivilDate
  /// From its beginning to that of the next, by the version of the contract in force that day; 23 to 25 hours.
  public var interval: Interval
  /// Names of the public holiday; empty on other days.
  public var holiday: [String]
  /// All of the sets below lie within `interval`.
  public var reference: IntervalSet
  public var windows: IntervalSet
  /// Goes into TI. The days of a month add up to it.
  public var lost: IntervalSet
  /// Whether a stop of the production environment meets the day, counted or not.
  public var hasStop: Bool
  /// Begins after now.
  public var isToCome: Bool

  /// How much of the reference period was lost, in quarters rounded up, so that any loss shows; 0…4.
  public var lostQuarters: Int {
    let (part, whole) = (lost.length.seconds, reference.length.seconds)
    return whole > 0 ? Int((part * 4 + whole - 1) / whole) : 0
  }
}

extension MonthAvailability {
  /// Every day of the month, in order.
  public func days(_ contract: Contract, now: Instant) -> [AvailabilityDay] {
    let lost = IntervalSet(accounts.flatMap(\.counted.intervals))
    let stops = IntervalSet(accounts.filter(\.stop.isInProduction).map(\.stop.interval))
    var holidays: (version: CivilDate, days: [CivilDate: [String]])?
    return period.month.days.compactMap { date in
      let terms = contract.terms(on: date)
      if holidays?.version != terms.effectiveFrom {
        let year = terms.holidays.holidays(in: date.year).map { ($0.date, $0.names) }
        holidays = (terms.effectiveFrom, Dictionary(year, uniquingKeysWith: +))
      }
      let zone = terms.timeZone
      guard
        let day = Interval(start: zone.startOfDay(date), end: zone.startOfDay(date.advanced(byDays: 1)))
      else { return nil }
      return AvailabilityDay(
        date: date, interval: day, holiday: holidays?.days[date] ?? [],
        reference: period.hours.clipped(to: day), windows: period.windows.clipped(to: day), lost: lost.clipped(to: day),
        hasStop: !stops.meeting(day).isEmpty, isToCome: day.start >= now)
    }
  }
}

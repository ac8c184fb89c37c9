public import CivilTime

/// The availability of one service in one month, with every stop accounted for.
public struct MonthAvailability: Sendable {
  public var service: String
  public var period: ReferencePeriod
  /// Up to when what is on record is counted.
  public var asOf: Instant
  public var figures: AvailabilityFigures
  /// The figures as they would be if urgent maintenance that was recorded when it was over were not excluded.
  public var withoutLateUrgency: AvailabilityFigures
  /// Of the stops that meet the month, by start.
  public var accounts: [StopAccount]
  /// Why the figures may still change; empty when they are final.
  public var provisional: [Provisional]

  public enum Provisional: Hashable, Sendable {
    case monthNotOver
    /// Has no end yet; counted up to now.
    case ongoing(Stop.Source)
    /// Announced work whose time has passed without a word that it began; counted as if it had not.
    case unrecordedStart(ChangeID)
  }

  /// - Parameter stops: in any order; those that do not meet the month are left aside.
  public init(service: String, period: ReferencePeriod, stops: [Stop], unrecorded: [Change] = [], now: Instant) {
    let stops = stops.filter { $0.interval.overlaps(period.bounds) }.sorted {
      ($0.interval.start, $0.interval.end) < ($1.interval.start, $1.interval.end)
    }
    self.service = service
    self.period = period
    asOf = now
    figures = MonthAvailability.figures(stops, in: period) { $0.cause.isCounted }
    withoutLateUrgency = MonthAvailability.figures(stops, in: period) {
      $0.cause.isCounted || $0.isUrgencyRecordedAfterwards
    }
    accounts = StopAccount.accounts(of: stops, in: period)
    provisional = []
    if now < period.bounds.end { provisional.append(.monthNotOver) }
    provisional += stops.filter { $0.isOngoing && $0.isInProduction }.map { .ongoing($0.source) }
    provisional +=
      unrecorded.filter {
        $0.content.environment == Contract.production && $0.content.interval.overlaps(period.bounds)
          && $0.content.interval.end <= now
      }
      .map { .unrecordedStart($0.id) }
  }

  private static func figures(
    _ stops: [Stop], in period: ReferencePeriod, isCounted: (Stop) -> Bool
  ) -> AvailabilityFigures {
    var sweep = DowntimeSweep(period)
    for stop in stops where stop.isInProduction { sweep.add(stop.interval, isCounted: isCounted(stop)) }
    return AvailabilityFigures(
      reference: period.length, unavailable: sweep.finish(), targetBasisPoints: period.targetBasisPoints)
  }

  /// Urgent maintenance that was over when it was recorded, where excluding it changes what counts.
  public var lateUrgency: [StopAccount] {
    accounts.filter { account in
      account.stop.isUrgencyRecordedAfterwards && account.leftOut.contains { $0.reason == .excludedCause }
    }
  }
}

/// TD of one month in whole seconds, judged without rounding: TD = (PRT − ΣTI) / PRT × 100 (contract, article 6).
public struct AvailabilityFigures: Hashable, Sendable {
  /// PRT.
  public let reference: Elapsed
  /// ΣTI, at most PRT.
  public let unavailable: Elapsed
  /// Hundredths of a percent.
  public let targetBasisPoints: Int

  public init(reference: Elapsed, unavailable: Elapsed, targetBasisPoints: Int) {
    self.reference = reference
    self.unavailable = unavailable
    self.targetBasisPoints = targetBasisPoints
  }

  /// Exactly the target is met; so is a month without reference period, in which nothing was promised.
  public var isMet: Bool {
    (reference - unavailable).seconds * 10_000 >= Int64(targetBasisPoints) * reference.seconds
  }

  /// The longest TI, in whole seconds, with which the target is met.
  public var budget: Elapsed {
    Elapsed(seconds: reference.seconds * Int64(10_000 - targetBasisPoints) / 10_000)
  }

  /// Negative exactly when the target is not met.
  public var budgetLeft: Elapsed { budget - unavailable }

  /// TD with six decimals, rounded half up; nil in a month without reference period.
  ///
  /// One second of a month is more than a millionth of a percent, so that no breach is rounded to the target.
  public var percent: String? { AvailabilityFigures.percent(of: reference - unavailable, in: reference) }

  /// TD in hundredths of a percent, rounded down: nothing reads better than it was, and no breach reads as met.
  public var wholeBasisPoints: Int? {
    reference > .zero ? Int((reference - unavailable).seconds * 10_000 / reference.seconds) : nil
  }

  /// `part` of `whole` in percent, six decimals, half up; nil where `whole` is zero.
  public static func percent(of part: Elapsed, in whole: Elapsed) -> String? {
    guard whole > .zero, part >= .zero else { return nil }
    let millionths = (part.seconds * 200_000_000 + whole.seconds) / (2 * whole.seconds)
    return "\(millionths / 1_000_000).\((millionths % 1_000_000).padded(6))"
  }
}

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

public import CivilTime

/// The hours of one month in which the service is promised to be available (PRT). Source: contract, article 6.
///
/// Each civil day follows the version of the contract in force on it. An edge that the clock shows twice, or skips, lies
/// at the earliest instant at which it shows that time or a later one, so that the hours of a day never overlap.
public struct ReferencePeriod: Sendable {
  public let month: CivilMonth
  /// The civil month, by the zones of the versions in force at its two ends.
  public let bounds: Interval
  /// All of the reference period; its length is PRT.
  public let hours: IntervalSet
  /// The maintenance windows that meet the month, uncut.
  public let windows: IntervalSet
  /// Days that have hours.
  public let days: Int
  /// Hundredths of a percent. The strictest target where versions with different ones share the month.
  public let targetBasisPoints: Int
  public let clause: String
  public let windowClause: String
  /// The reference period without the maintenance window, in order: where a stop costs availability.
  let countable: [Piece]

  /// A stretch in which one rule says which cause wins.
  struct Piece: Hashable, Sendable {
    var interval: Interval
    var excludedCauseWins: Bool
  }

  public var length: Elapsed { hours.length }

  /// Nil where no version in force in that month promises availability.
  public init?(_ contract: Contract, month: CivilMonth) {
    let first = contract.terms(on: month.first)
    let last = contract.terms(on: month.end.advanced(byDays: -1))
    guard
      let bounds = Interval(
        start: first.timeZone.startOfDay(month.first), end: last.timeZone.startOfDay(month.end))
    else { return nil }
    var pieces: [Piece] = []
    var target: (basisPoints: Int, clause: String)?
    var holidays: (version: CivilDate, days: Set<CivilDate>)?
    for day in month.days {
      let terms = contract.terms(on: day)
      guard let promise = terms.availability else { continue }
      if target.map({ $0.basisPoints < promise.targetBasisPoints }) ?? true {
        target = (promise.targetBasisPoints, promise.clause)
      }
      if holidays?.version != terms.effectiveFrom {
        holidays = (terms.effectiveFrom, Set(terms.holidays.holidays(in: month.year).map(\.date)))
      }
      let isHoliday = holidays?.days.contains(day) ?? false
      guard let interval = promise.reference(on: day, isHoliday: isHoliday, in: terms.timeZone) else { continue }
      pieces.append(Piece(interval: interval, excludedCauseWins: promise.excludedCauseWins))
    }
    guard let target else { return nil }
    let table = WindowTable(contract: contract, environment: Contract.production, covering: bounds)
    let windows = IntervalSet(table.windows(meeting: bounds))
    self.month = month
    self.bounds = bounds
    hours = IntervalSet(pieces.map(\.interval))
    self.windows = windows
    days = pieces.count
    targetBasisPoints = target.basisPoints
    clause = target.clause
    windowClause = first.window.clause
    countable = pieces.flatMap { piece in
      windows.gaps(in: piece.interval).intervals.map {
        Piece(interval: $0, excludedCauseWins: piece.excludedCauseWins)
      }
    }
  }

  /// Where a stop costs availability.
  public var costly: IntervalSet { IntervalSet(countable.map(\.interval)) }

  /// Where an excluded cause wins over a counted one.
  var excusable: IntervalSet { IntervalSet(countable.filter(\.excludedCauseWins).map(\.interval)) }
}

extension ContractTerms.Availability {
  /// The hours of one civil day in which a stop costs availability; nil on days without.
  public func reference(on day: CivilDate, isHoliday: Bool, in zone: ZoneRules) -> Interval? {
    guard weekdays.contains(day.weekday), !(exceptHolidays && isHoliday) else { return nil }
    func instant(_ seconds: Int32) -> Instant {
      zone.earliest(CivilDateTime(secondsSinceCivilEpoch: day.midnight.secondsSinceCivilEpoch + Int64(seconds)))
    }
    return Interval(start: instant(hours.start), end: instant(hours.end))
  }
}

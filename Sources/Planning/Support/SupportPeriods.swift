public import CivilTime

/// Twelve consecutive months of support. Source: contract, article 12.2.
public struct SupportPeriod: Hashable, Sendable {
  public var first: CivilDate
  /// The first day that no longer belongs to it.
  public var end: CivilDate
  /// False where a version with another start of support cuts it short.
  public var isWhole: Bool
  /// The share of Requests to be taken in charge in time, in hundredths of a percent: of the version in force on the
  /// first day.
  public var shareBasisPoints: Int

  public var last: CivilDate { end.advanced(byDays: -1) }
  public func contains(_ day: CivilDate) -> Bool { first <= day && day < end }
}

/// The successive periods of 12 months counted from the contract's start of support.
///
/// A period begins on the same day of the month each year; where that day does not exist (29 February) on the last day
/// of the month, always counted from the start itself, so that leap years return to the 29th. Source: code de procédure
/// civile, art. 641. A version with another start of support begins a new row of periods on the day it comes into force.
public struct SupportPeriods: Sendable {
  /// Versions in a row with the same start of support; days from `from` (nil: all before) to `until`, exclusive.
  private struct Series {
    var start: CivilDate
    var from: CivilDate?
    var until: CivilDate?
  }

  private var series: [Series] = []
  private let versions: [SupportTerms.Version]

  public init(_ terms: SupportTerms) {
    versions = terms.versions
    for (index, version) in versions.enumerated() {
      let until = index + 1 < versions.count ? versions[index + 1].effectiveFrom : nil
      guard let support = version.support else { continue }
      if let last = series.last, last.start == support.start, last.until == version.effectiveFrom {
        series[series.count - 1].until = until
      } else {
        let from = index == 0 ? nil : version.effectiveFrom
        series.append(Series(start: support.start, from: from, until: until))
      }
    }
  }

  /// Nil before the start of support, and while the contract has no support terms.
  public func period(of day: CivilDate) -> SupportPeriod? {
    let holding = series.first { ($0.from.map { $0 <= day } ?? true) && ($0.until.map { day < $0 } ?? true) }
    guard let holding, holding.start <= day else { return nil }
    var years = day.year - holding.start.year
    if SupportPeriods.anniversary(years, of: holding.start) > day { years -= 1 }
    let begin = SupportPeriods.anniversary(years, of: holding.start)
    let next = SupportPeriods.anniversary(years + 1, of: holding.start)
    let first = max(begin, holding.from ?? begin)
    let end = min(next, holding.until ?? next)
    let version = versions.last { $0.effectiveFrom <= first } ?? versions[0]
    return SupportPeriod(
      first: first, end: end, isWhole: first == begin && end == next,
      shareBasisPoints: version.support?.takeInChargeShareBasisPoints ?? 0)
  }

  /// All periods that begin on or before `day`, in order.
  public func periods(through day: CivilDate) -> [SupportPeriod] {
    var periods: [SupportPeriod] = []
    for row in series {
      var next = max(row.start, row.from ?? row.start)
      while next <= day, row.until.map({ next < $0 }) ?? true, let period = period(of: next) {
        periods.append(period)
        guard period.end > next else { break }
        next = period.end
      }
    }
    return periods
  }

  /// The day `years` after `start`; the last of the month where it lacks that day.
  static func anniversary(_ years: Int, of start: CivilDate) -> CivilDate {
    let (year, month, day) = start.components
    let length = CivilDate.length(ofMonth: month, year: year + years)
    return CivilDate(year: year + years, month: month, day: min(day, length)) ?? CivilDate(dayNumber: .max)
  }
}

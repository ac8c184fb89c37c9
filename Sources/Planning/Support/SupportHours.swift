public import CivilTime

/// The support terms of a contract by version, light enough to look up for every Request of a long file.
public struct SupportTerms: Sendable {
  /// One version of the contract; `support` is nil where it promises none.
  public struct Version: Sendable {
    public let effectiveFrom: CivilDate
    public let zone: ZoneRules
    public let support: ContractTerms.Support?
  }

  /// Ascending by date; never empty.
  public let versions: [Version]

  public init(_ contract: Contract) {
    versions = contract.versions.map {
      Version(effectiveFrom: $0.effectiveFrom, zone: $0.timeZone, support: $0.support)
    }
  }

  /// The version in force at an instant, and the civil day that it is then in its zone. Days before the first version
  /// are judged by the first.
  public func version(at instant: Instant) -> (version: Version, day: CivilDate) {
    for index in versions.indices.reversed() {
      let day = versions[index].zone.civil(instant).date
      if index == 0 || versions[index].effectiveFrom <= day { return (versions[index], day) }
    }
    // Holds: a contract has a version, as its reader sees to.
    preconditionFailure("a contract has at least one version")
  }
}

/// Why a Request has no deadlines.
public enum SupportClockError: Error, Hashable, Sendable {
  /// The version in force on the day of registration has no support terms.
  case noSupport(CivilDate)
  /// The hours of support end before the deadline: a contract whose last version has none, or the end of year 9999.
  case neverReached
}

/// Turns the support hours of a contract into intervals, civil day by civil day.
struct SupportHours {
  /// In order, as the days came.
  private(set) var pieces: [Interval] = []
  /// Monday to Friday without public holidays, in order. Source: contract, article 1 (Jour ouvré).
  private(set) var businessDays: [Int32] = []
  /// For each business day the end of its support hours; where it has none, the last closing before. Nil where the
  /// days begin without any.
  private(set) var closings: [Instant?] = []
  private var lastClosing: Instant?

  /// The civil days `first` to `last`, both inclusive, each by the version in force on it.
  init(_ contract: Contract, from first: CivilDate, through last: CivilDate) {
    for (index, terms) in contract.versions.enumerated() {
      let from = index == 0 ? first : max(first, terms.effectiveFrom)
      let until = index + 1 < contract.versions.count ? contract.versions[index + 1].effectiveFrom : nil
      let through = until.map { min(last, $0.advanced(byDays: -1)) } ?? last
      if from <= through { append(terms, from: from, through: through) }
    }
  }

  private mutating func append(_ terms: ContractTerms, from first: CivilDate, through last: CivilDate) {
    var holidays: Set<Int32> = []
    var year = Int.min
    for dayNumber in first.dayNumber...last.dayNumber {
      let day = CivilDate(dayNumber: dayNumber)
      if day.year != year {
        year = day.year
        holidays = Set(terms.holidays.holidays(in: year).map(\.date.dayNumber))
      }
      if holidays.contains(dayNumber) { continue }
      let weekday = day.weekday
      for range in terms.support?.hours[weekday] ?? [] {
        let midnight = Int64(dayNumber) * 86_400
        let found = terms.timeZone.instants(showing: midnight + Int64(range.start)..<midnight + Int64(range.end))
        pieces += found
        if let end = found.last?.end { lastClosing = max(end, lastClosing ?? end) }
      }
      if weekday.rawValue <= Weekday.friday.rawValue {
        businessDays.append(dayNumber)
        closings.append(lastClosing)
      }
    }
  }
}

extension ZoneRules {
  /// The instants at which a clock shows a time of `civil` (seconds since 1970-01-01T00:00:00 on that clock): one
  /// interval, except where the clock changes: then what is skipped is missing, and what comes twice counts twice.
  func instants(showing civil: Range<Int64>) -> [Interval] {
    var start = civil.lowerBound - 86_400
    let end = civil.upperBound + 86_400
    let last = offset(at: Instant(secondsSinceEpoch: end))
    var pieces: [Interval] = []
    while start < end {
      let current = offset(at: Instant(secondsSinceEpoch: start))
      let change = current == last ? end : self.change(after: start, before: end, from: current)
      let first = max(start, civil.lowerBound - Int64(current.seconds))
      let behind = min(change, civil.upperBound - Int64(current.seconds))
      if let piece = Interval(start: Instant(secondsSinceEpoch: first), end: Instant(secondsSinceEpoch: behind)) {
        pieces.append(piece)
      }
      start = change
    }
    return pieces
  }

  /// The first second after `start` with another offset than `offset`; the tz database has no two changes within the
  /// three days that are asked about.
  private func change(after start: Int64, before end: Int64, from offset: UTCOffset) -> Int64 {
    (start + 1..<end).partitioningIndex { self.offset(at: Instant(secondsSinceEpoch: $0)) != offset }
  }
}

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

package import CivilTime
package import Planning

/// The contract's calendar of one civil year: what can be known of it before anything happens.
package struct AnnexYear: Sendable {
  package let contract: Contract
  package let environment: String
  package let year: Int
  /// The versions of the contract in force on at least one day of the year, in order.
  package let versions: [ContractTerms]
  package let days: [AnnexDay]
  /// Every merged window that meets the year, in order.
  package let windows: [AnnexWindow]
  /// Twelve.
  package let months: [AnnexMonth]
  /// `allowed` is the sum of the months: what one month does not use does not pass on to the next.
  package let total: AnnexFigures

  /// The years that can be computed: Easter begins with the Gregorian calendar, and each year has a neighbour on
  /// both sides.
  package static let years = 1584...9998

  /// Nil outside `years`.
  package init?(contract: Contract, environment: String = Contract.production, year: Int) {
    guard AnnexYear.years.contains(year), let builder = YearBuilder(contract, environment, year) else { return nil }
    self.contract = contract
    self.environment = environment
    self.year = year
    versions = builder.versions
    windows = builder.windows
    days = builder.days()
    months = Dictionary(grouping: days) { $0.date.month }.sorted { $0.key < $1.key }
      .map { AnnexMonth(month: $0.key, days: $0.value) }
    total = months.map(\.figures).reduce(into: AnnexFigures()) { sum, month in
      sum.days += month.days
      sum.windows += month.windows
      sum.window = sum.window + month.window
      sum.referenceDays += month.referenceDays
      sum.reference = sum.reference + month.reference
      if let allowed = month.allowed { sum.allowed = (sum.allowed ?? .zero) + allowed }
    }
  }

  package var holidays: [Holiday] { days.compactMap(\.holiday) }
  /// Working days alone between a holiday and the end of the week, with the holidays beside them.
  package var bridges: [(date: CivilDate, holidays: [Holiday])] {
    days.filter { !$0.bridged.isEmpty }.map { ($0.date, $0.bridged) }
  }
  /// Uncut; those of the versions in force on the days that they touch, in order of their first day.
  package var freezes: [Freeze] {
    var seen: Set<Freeze> = []
    return days.flatMap(\.freezes).filter { seen.insert($0).inserted }
  }
  package var clockChanges: [ClockChange] { days.flatMap(\.clockChanges) }

  /// The targets of the year, each once.
  package var targets: [Int] { months.compactMap(\.target).reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }

  /// The windows that begin in a month, or at the first of the year before it, nights in a row together.
  package func runs(in month: AnnexMonth) -> [WindowRun] {
    guard let first = month.days.first, let last = month.days.last else { return [] }
    let begun = windows.filter {
      (month.month == 1 || first.interval.start <= $0.interval.start) && $0.interval.start < last.interval.end
    }
    return begun.reduce(into: []) { runs, window in
      if let run = runs.last, continues(run.last, window) {
        runs[runs.count - 1] = WindowRun(windows: run.windows + [window])
      } else {
        runs.append(WindowRun(windows: [window]))
      }
    }
  }

  private func continues(_ last: AnnexWindow, _ next: AnnexWindow) -> Bool {
    guard last.wholeDays.isEmpty, next.wholeDays.isEmpty, last.length == next.length else { return false }
    let (start, end) = (civil(last.interval.start), civil(last.interval.end))
    let (nextStart, nextEnd) = (civil(next.interval.start), civil(next.interval.end))
    return start.time == nextStart.time && end.time == nextEnd.time
      && start.date.advanced(byDays: 1) == nextStart.date && end.date.advanced(byDays: 1) == nextEnd.date
  }

  private func civil(_ instant: Instant) -> CivilDateTime { contract.timeZone(at: instant).civil(instant) }
}

/// Sums over some days of the year.
package struct AnnexFigures: Hashable, Sendable {
  package var days = 0
  /// Merged windows that begin in these days.
  package var windows = 0
  /// Their time within these days.
  package var window = Elapsed.zero
  /// Days with a reference period.
  package var referenceDays = 0
  /// The reference period PRT. Source: contract, article 6.
  package var reference = Elapsed.zero
  /// The longest stop, in whole seconds, that still meets the target; nil where no target binds.
  package var allowed: Elapsed?
}

/// One civil month of the year.
package struct AnnexMonth: Sendable {
  /// 1…12
  package let month: Int
  package let days: [AnnexDay]
  package let figures: AnnexFigures
  /// Hundredths of a percent: the strictest target where versions with different ones share the month; nil where none
  /// binds.
  package let target: Int?

  init(month: Int, days: [AnnexDay]) {
    self.month = month
    self.days = days
    target = days.compactMap(\.targetBasisPoints).max()
    var figures = AnnexFigures()
    for day in days {
      figures.days += 1
      figures.windows += day.opening.count
      for window in day.windows { figures.window = figures.window + window.length }
      guard let reference = day.reference else { continue }
      figures.referenceDays += 1
      figures.reference = figures.reference + reference.length
    }
    // TD is at least the target exactly when the stop is at most this; 99 % exactly is met.
    figures.allowed = target.map { Elapsed(seconds: figures.reference.seconds * Int64(10_000 - $0) / 10_000) }
    self.figures = figures
  }
}

/// What one civil day of the year is under the contract's version of that day.
package struct AnnexDay: Sendable {
  package let date: CivilDate
  /// Midnight to midnight: 23, 24 or 25 hours.
  package let interval: Interval
  package let zone: ZoneRules
  package let holiday: Holiday?
  /// The holidays beside a working day that stands alone between one of them and the end of the week (« pont »), or
  /// between two of them; empty for every other day.
  package let bridged: [Holiday]
  package let clockChanges: [ClockChange]
  /// The windows of the day, cut to it.
  package let windows: [Interval]
  /// The merged windows that begin on this day.
  package let opening: [AnnexWindow]
  /// The hours in which a stop costs availability; nil on days that have none.
  package let reference: Interval?
  package let freezes: [Freeze]
  /// Hundredths of a percent; nil where the contract names no target or the environment does not count.
  package let targetBasisPoints: Int?

  package var isOpenAllDay: Bool { windows.first.map { $0.contains(interval) } ?? false }
}

/// A change of the offset from UTC.
package struct ClockChange: Hashable, Sendable {
  /// The first instant of the new offset.
  package let at: Instant
  package let before: UTCOffset
  package let after: UTCOffset
  package let date: CivilDate
  /// Of the civil day.
  package let dayLength: Elapsed
  /// The merged window that it falls in.
  package let window: AnnexWindow?
}

/// A merged maintenance window of the year.
package struct AnnexWindow: Hashable, Sendable {
  /// Uncut: the first and the last of a year may reach into its neighbours.
  package let interval: Interval
  /// The civil days that lie in it as a whole, in order; none for a window of a night.
  package let wholeDays: [CivilDate]
  /// The public holidays among them.
  package let holidays: [Holiday]
  /// What the clock face shows from start to end. Differs from the elapsed length where the clock changes in between.
  package let civilLength: Elapsed
  /// Whether a public holiday joins other whole days here, so that the window is longer than each would be alone.
  package let isLengthenedByHoliday: Bool

  /// Elapsed.
  package var length: Elapsed { interval.length }
  /// What a change of clock adds to the window, negative where it takes away.
  package var clockShift: Elapsed { length - civilLength }
}

/// Windows of nights in a row that look the same: equal times on the clock, equal lengths, each a day after the other.
package struct WindowRun: Hashable, Sendable {
  /// Never empty.
  package let windows: [AnnexWindow]

  package var first: AnnexWindow { windows[0] }
  package var last: AnnexWindow { windows[windows.count - 1] }
}

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

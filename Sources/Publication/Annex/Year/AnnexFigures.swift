package import CivilTime

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

import CivilTime
package import Planning

/// How much of a month's budget is used, as a row of cells: whole up to where the target allows, the rest beyond it.
package struct BudgetBar: Hashable, Sendable {
  package let used: Int
  package let left: Int
  /// Not empty exactly where the target is breached.
  package let beyond: Int

  /// - Parameter width: cells in all; at least two.
  package init(_ figures: AvailabilityFigures, width: Int) {
    let (budget, unavailable) = (figures.budget.seconds, figures.unavailable.seconds)
    let cells = Int64(width)
    if figures.isMet {
      // Any loss shows, and so does the last second that is left.
      let share = budget > 0 ? unavailable * cells / budget : 0
      used = Int(unavailable > 0 ? max(1, share) : 0)
      beyond = 0
    } else {
      // What is over always shows.
      used = Int(min(max(budget > 0 ? 1 : 0, budget * cells / unavailable), cells - max(1, cells / 100)))
      beyond = width - used
    }
    left = width - used - beyond
  }
}

public import CivilTime

/// The merged maintenance windows of one contract and environment over a stretch of time, with an index by day, so that
/// finding the window of an instant takes constant time.
public struct WindowTable: Sendable {
  /// Every window that meets this stretch is in the table, uncut.
  public let coverage: Interval
  public let windows: IntervalSet
  /// For each UTC day from `firstDay` on, the index of the first window that ends after its midnight.
  private let firstWindowByDay: [Int32]
  private let firstDay: Int64

  /// Wider than any merged window can be: a window of a contract that `contract check` accepts ends within a week and
  /// the few holidays that can follow each other.
  private static let margin = 31

  /// Builds the windows that meet `coverage`, at a cost of some 20 ns a day.
  public init(contract: Contract, environment: String, covering coverage: Interval) {
    self.coverage = coverage
    let builder = WindowBuilder(contract: contract, environment: environment)
    let first = builder.date(coverage.start).advanced(byDays: -WindowTable.margin)
    let last = builder.date(coverage.end).advanced(byDays: WindowTable.margin)
    let windows = builder.windows(from: first, through: last)
    self.windows = windows

    firstDay = coverage.start.secondsSinceEpoch.quotientAndRemainderFloored(by: 86_400).quotient
    let lastDay = coverage.end.secondsSinceEpoch.quotientAndRemainderFloored(by: 86_400).quotient
    var index: Int32 = 0
    var byDay: [Int32] = []
    byDay.reserveCapacity(Int(lastDay - firstDay + 1))
    for day in firstDay...lastDay {
      let midnight = Instant(secondsSinceEpoch: day * 86_400)
      while index < windows.intervals.count, windows.intervals[Int(index)].end <= midnight { index += 1 }
      byDay.append(index)
    }
    firstWindowByDay = byDay
  }

  /// Index into `windows.intervals` of the first window that ends after `instant`, which must lie in the coverage.
  func firstIndex(endingAfter instant: Instant) -> Int {
    let day = instant.secondsSinceEpoch.quotientAndRemainderFloored(by: 86_400).quotient - firstDay
    var index = Int(firstWindowByDay[min(max(Int(day), 0), firstWindowByDay.count - 1)])
    while index < windows.intervals.count, windows.intervals[index].end <= instant { index += 1 }
    return index
  }

  /// The merged window that holds the whole of `interval`; nil where none does.
  public func window(containing interval: Interval) -> Interval? {
    let index = firstIndex(endingAfter: interval.start)
    guard index < windows.intervals.count else { return nil }
    let window = windows.intervals[index]
    return window.contains(interval) ? window : nil
  }

  /// The windows that meet `range`, uncut and in order.
  public func windows(meeting range: Interval) -> ArraySlice<Interval> {
    let first = firstIndex(endingAfter: range.start)
    var end = first
    while end < windows.intervals.count, windows.intervals[end].start < range.end { end += 1 }
    return windows.intervals[first..<end]
  }

  public func covers(_ interval: Interval) -> Bool { coverage.contains(interval) }
}

/// Keeps one table and widens it as questions come: for shells that judge many intervals in a row.
public struct WindowTables: Sendable {
  public let contract: Contract
  public let environment: String
  private var table: WindowTable?

  /// Tables reach this far beyond what was asked, so that neighbours find them ready.
  private static let reach = Elapsed.hours(24 * 366)
  /// Questions further apart than this are not joined into one table.
  private static let longest = Elapsed.hours(24 * 366 * 300)

  public init(contract: Contract, environment: String) {
    self.contract = contract
    self.environment = environment
  }

  /// A table that covers `interval`.
  public mutating func covering(_ interval: Interval) -> WindowTable {
    if let table, table.covers(interval) { return table }
    var start = interval.start - WindowTables.reach
    var end = interval.end + WindowTables.reach
    if let old = table?.coverage, max(end, old.end) - min(start, old.start) < WindowTables.longest {
      start = min(start, old.start)
      end = max(end, old.end)
    }
    // Holds: reaches further than an interval does.
    let new = WindowTable(contract: contract, environment: environment, covering: Interval(start: start, end: end)!)
    table = new
    return new
  }
}

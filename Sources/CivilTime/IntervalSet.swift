/// A set of instants as sorted, disjoint intervals that never touch each other.
public struct IntervalSet: Hashable, Sendable {
  public private(set) var intervals: [Interval]

  public static let empty = IntervalSet([])
  public var isEmpty: Bool { intervals.isEmpty }

  /// The union of `pieces`, given in any order; pieces that overlap or touch are merged.
  public init(_ pieces: some Sequence<Interval>) {
    intervals = []
    for piece in pieces.sorted(by: { $0.start < $1.start }) { append(piece) }
  }

  /// Adds a piece that starts no earlier than any piece already here.
  mutating func append(_ piece: Interval) {
    if let last = intervals.last, piece.start <= last.end {
      if piece.end > last.end { intervals[intervals.count - 1] = Interval(unchecked: last.start, piece.end) }
    } else {
      intervals.append(piece)
    }
  }

  /// The sum of the lengths.
  public var length: Elapsed {
    Elapsed(seconds: intervals.reduce(0) { $0 + $1.length.seconds })
  }

  /// The first interval that ends after `instant`: the one that holds it, or the next one.
  public func first(endingAfter instant: Instant) -> Interval? {
    let index = firstIndex(endingAfter: instant)
    return index < intervals.count ? intervals[index] : nil
  }

  /// Binary search; `intervals.count` when none ends after `instant`.
  public func firstIndex(endingAfter instant: Instant) -> Int {
    var low = 0
    var high = intervals.count
    while low < high {
      let middle = (low + high) / 2
      if intervals[middle].end <= instant { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The one interval that holds the whole of `interval`, if there is one.
  public func interval(containing interval: Interval) -> Interval? {
    guard let candidate = first(endingAfter: interval.start), candidate.contains(interval) else { return nil }
    return candidate
  }

  /// Every interval that meets `range`, uncut.
  public func meeting(_ range: Interval) -> [Interval] {
    var result: [Interval] = []
    var index = firstIndex(endingAfter: range.start)
    while index < intervals.count, intervals[index].start < range.end {
      result.append(intervals[index])
      index += 1
    }
    return result
  }

  public func clipped(to range: Interval) -> IntervalSet {
    IntervalSet(meeting(range).compactMap { $0.intersection(range) })
  }

  /// The parts of `range` that do not belong to this set.
  public func gaps(in range: Interval) -> IntervalSet {
    var gaps: [Interval] = []
    var position = range.start
    for piece in meeting(range) {
      if let gap = Interval(start: position, end: piece.start) { gaps.append(gap) }
      position = max(position, piece.end)
    }
    if let gap = Interval(start: position, end: range.end) { gaps.append(gap) }
    return IntervalSet(gaps)
  }

  public func union(_ other: IntervalSet) -> IntervalSet { IntervalSet(intervals + other.intervals) }

  public func intersection(_ other: IntervalSet) -> IntervalSet {
    IntervalSet(intervals.flatMap { other.clipped(to: $0).intervals })
  }

  public func subtracting(_ other: IntervalSet) -> IntervalSet {
    IntervalSet(intervals.flatMap { other.gaps(in: $0).intervals })
  }
}

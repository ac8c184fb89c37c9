/// A point on the time line: whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
public struct Instant: Hashable, Comparable, Sendable {
  public var secondsSinceEpoch: Int64

  public init(secondsSinceEpoch: Int64) { self.secondsSinceEpoch = secondsSinceEpoch }

  /// The bounds of what is read: 0001-01-02T00:00:00Z and 9999-12-30T23:59:59Z, both inclusive.
  public static let earliest = Instant(secondsSinceEpoch: -62_135_510_400)
  public static let latest = Instant(secondsSinceEpoch: 253_402_214_399)

  public static func < (a: Instant, b: Instant) -> Bool { a.secondsSinceEpoch < b.secondsSinceEpoch }
  public static func + (a: Instant, b: Elapsed) -> Instant {
    Instant(secondsSinceEpoch: a.secondsSinceEpoch + b.seconds)
  }
  public static func - (a: Instant, b: Elapsed) -> Instant {
    Instant(secondsSinceEpoch: a.secondsSinceEpoch - b.seconds)
  }
  public static func - (a: Instant, b: Instant) -> Elapsed {
    Elapsed(seconds: a.secondsSinceEpoch - b.secondsSinceEpoch)
  }

  /// The civil time that a clock at `offset` east of Greenwich shows.
  public func civil(at offset: UTCOffset) -> CivilDateTime {
    CivilDateTime(secondsSinceCivilEpoch: secondsSinceEpoch + Int64(offset.seconds))
  }
}

/// Seconds east of Greenwich, as in `+01:00`. Bounds: ±24 h, exclusive (RFC 9636 allows −25 h…26 h; no zone in use needs it).
public struct UTCOffset: Hashable, Comparable, Sendable {
  public var seconds: Int32

  public init(seconds: Int32) { self.seconds = seconds }
  public static let utc = UTCOffset(seconds: 0)
  public static func < (a: UTCOffset, b: UTCOffset) -> Bool { a.seconds < b.seconds }
}

/// A half-open, never empty piece of the time line: `start` belongs to it, `end` does not.
public struct Interval: Hashable, Sendable {
  public let start: Instant
  public let end: Instant

  /// Nil when `end` is not after `start`.
  public init?(start: Instant, end: Instant) {
    guard start < end else { return nil }
    self.start = start
    self.end = end
  }

  /// Nil when `length` is not positive.
  public init?(start: Instant, length: Elapsed) { self.init(start: start, end: start + length) }

  init(unchecked start: Instant, _ end: Instant) {
    self.start = start
    self.end = end
  }

  public var length: Elapsed { end - start }
  public func contains(_ instant: Instant) -> Bool { start <= instant && instant < end }
  public func contains(_ other: Interval) -> Bool { start <= other.start && other.end <= end }
  public func overlaps(_ other: Interval) -> Bool { start < other.end && other.start < end }

  public func intersection(_ other: Interval) -> Interval? {
    Interval(start: max(start, other.start), end: min(end, other.end))
  }
}

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

  /// `intervals.count` when none ends after `instant`.
  public func firstIndex(endingAfter instant: Instant) -> Int {
    intervals.partitioningIndex { $0.end > instant }
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

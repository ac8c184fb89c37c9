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

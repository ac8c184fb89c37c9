public import CivilTime

/// A proposal that would be allowed, and the merged window that holds it.
public struct Slot: Hashable, Sendable {
  public let interval: Interval
  public let window: Interval
}

/// Looks for free room inside maintenance windows.
public struct SlotSearch: Sendable {
  /// Has to cover the whole stretch that is searched.
  public let windows: WindowTable
  /// Bookings and freezes; touching them is allowed.
  public let blocked: IntervalSet

  public init(windows: WindowTable, blocked: IntervalSet) {
    self.windows = windows
    self.blocked = blocked
  }

  /// Up to `count` slots of `length` that start at or after `bound` and end at or before `limit`, earliest first:
  /// the earliest of each stretch of free room, so that each proposal is a different choice.
  public func slots(from bound: Instant, length: Elapsed, until limit: Instant, count: Int) -> [Slot] {
    var found: [Slot] = []
    guard length > .zero, bound < limit else { return found }
    var index = windows.firstIndex(endingAfter: bound)
    while index < windows.windows.intervals.count, found.count < count {
      let window = windows.windows.intervals[index]
      index += 1
      guard window.start < limit else { break }
      guard window.length >= length, let open = Interval(start: max(window.start, bound), end: window.end)
      else { continue }
      for room in blocked.gaps(in: open).intervals where room.length >= length {
        guard found.count < count, room.start + length <= limit else { break }
        // Holds: what is asked for is longer than nothing.
        found.append(Slot(interval: Interval(start: room.start, length: length)!, window: window))
      }
    }
    return found
  }

  public func first(from bound: Instant, length: Elapsed, until limit: Instant) -> Slot? {
    slots(from: bound, length: length, until: limit, count: 1).first
  }
}

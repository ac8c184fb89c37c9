public import CivilTime

/// Adds up the time in which one service was down and it counts (TI), from stops given in the order of their starts.
///
/// Keeps no stop: between two starts only the latest end of the counted and of the excluded ones matters. So a million
/// stops take one pass and the memory of none.
public struct DowntimeSweep: Sendable {
  private let pieces: [ReferencePeriod.Piece]
  /// All time before it is settled.
  private var settled: Instant
  /// The latest ends among the stops so far.
  private var countedUntil: Instant
  private var excludedUntil: Instant
  /// The first piece that ends after `settled`.
  private var piece = 0
  private var seconds: Int64 = 0

  public init(_ period: ReferencePeriod) {
    pieces = period.countable
    settled = period.bounds.start
    countedUntil = settled
    excludedUntil = settled
  }

  /// Takes a stop of the production environment; its start is not earlier than that of any stop before it.
  public mutating func add(_ stop: Interval, isCounted: Bool) {
    settle(until: stop.start)
    if isCounted {
      countedUntil = max(countedUntil, stop.end)
    } else {
      excludedUntil = max(excludedUntil, stop.end)
    }
  }

  /// TI of the stops so far, over the whole month.
  public mutating func finish() -> Elapsed {
    settle(until: countedUntil)
    return Elapsed(seconds: seconds)
  }

  private mutating func settle(until moment: Instant) {
    guard moment > settled else { return }
    while piece < pieces.count, pieces[piece].interval.end <= settled { piece += 1 }
    let end = min(moment, countedUntil)
    var index = piece
    while index < pieces.count, pieces[index].interval.start < end {
      let interval = pieces[index].interval
      // No stop but those seen so far reaches into the time before `moment`.
      let start = pieces[index].excludedCauseWins ? max(settled, excludedUntil) : settled
      seconds += max(0, (min(interval.end, end) - max(interval.start, start)).seconds)
      index += 1
    }
    settled = moment
  }
}

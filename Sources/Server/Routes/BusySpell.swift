import NIOCore
import Synchronization

/// How long another program has held the register's lock: the best guess of how much longer it will. A short commit is over
/// in a second; what has lasted for five will hardly be over in one.
final class BusySpell: Sendable {
  private struct Spell {
    /// Of the first call that found it held.
    var began: NIODeadline
    var seen: NIODeadline
  }

  private let spell = Mutex<Spell?>(nil)
  /// A caller that is patient for half a minute should come a few times.
  private static let longest: Int64 = 8
  /// Found held again after this, the lock is held anew.
  private static let gap = TimeAmount.seconds(20)

  /// Seconds after which to ask again: as long as it has lasted, rounded up, 1 to 8.
  func retryAfter(callBegan: NIODeadline, now: NIODeadline = .now()) -> Int {
    let lasted = spell.withLock { spell -> TimeAmount in
      var current = spell ?? Spell(began: callBegan, seen: callBegan)
      if callBegan - current.seen > BusySpell.gap { current.began = callBegan }
      current.seen = now
      spell = current
      return now - current.began
    }
    let second = TimeAmount.seconds(1).nanoseconds
    return Int(min(max(1, (lasted.nanoseconds + second - 1) / second), BusySpell.longest))
  }

  /// Somebody has got the lock.
  func end() { spell.withLock { $0 = nil } }
}

package import CivilTime
import Synchronization

/// A clock that stands until it is set.
package final class HandClock: Sendable {
  private let state: Mutex<Instant>
  package init(_ now: Instant) { state = Mutex(now) }

  package var now: Instant {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}

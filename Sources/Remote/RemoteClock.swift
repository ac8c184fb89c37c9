import CivilTime
import Register
import Synchronization

/// The server's clock, as it was at its newest answer, and what has passed since.
///
/// A simulation's clock stands where it was put: nothing is added to it.
final class RemoteClock: Sendable {
  private let state: Mutex<(head: LogHead, at: Duration)>
  private let elapsed: @Sendable () -> Duration

  init(_ head: LogHead, elapsed: @escaping @Sendable () -> Duration) {
    state = Mutex((head, elapsed()))
    self.elapsed = elapsed
  }

  func set(_ head: LogHead) { state.withLock { $0 = (head, elapsed()) } }

  var now: Instant {
    state.withLock { state in
      state.head.isSimulation
        ? state.head.now : state.head.now + Elapsed(seconds: (elapsed() - state.at).components.seconds)
    }
  }
}

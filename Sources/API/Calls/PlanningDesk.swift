import Synchronization

/// Lets one in at a time.
final class PlanningDesk: Sendable {
  private let isTaken = Atomic<Bool>(false)

  /// Whether it was free, and is now taken.
  func enter() -> Bool {
    isTaken.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged
  }
  func leave() { isTaken.store(false, ordering: .releasing) }
}

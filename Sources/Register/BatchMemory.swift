import CivilTime
import Planning

/// What stays true from one request of a batch to the next, within its one transaction.
final class BatchMemory {
  /// What a table of windows follows from: the files of a contract, by their digest, and the environment.
  private struct Place: Hashable {
    let contract: String
    let environment: String
  }

  private let now: Instant
  private var tables: [Place: WindowTables] = [:]
  /// The newest event of the log; nil where it has to be looked up: at the beginning, and after a request that failed,
  /// which may have written.
  var newest: StoredEvent?

  /// - Parameter now: the batch's one reading of the clock.
  init(now: Instant) { self.now = now }

  /// How far a window may reach beyond the work. A longer one, as where work is allowed at any time, is put on record as
  /// far as a table of its own shows it, which is a little further than this.
  private static let longestReach = Elapsed.hours(24 * 30)

  /// A table that covers `interval`; nil where the table of one request would show other windows, and for what is
  /// refused anyway: no table reaches that far, or is of such an environment.
  func windows(_ bound: BoundContract, environment: String, covering interval: Interval) -> WindowTable? {
    guard interval.length <= CommandError.Limits.longestInterval,
      (interval.start - now).seconds.magnitude <= CommandError.Limits.horizon.seconds.magnitude,
      bound.contract.environments.contains(environment)
    else { return nil }
    let place = Place(contract: bound.digest, environment: environment)
    let new = WindowTables(contract: bound.contract, environment: environment)
    let table = tables[place, default: new].covering(interval)
    let isWithinReach = table.windows(meeting: interval).allSatisfy {
      interval.start - $0.start <= BatchMemory.longestReach && $0.end - interval.end <= BatchMemory.longestReach
    }
    return isWithinReach ? table : nil
  }
}

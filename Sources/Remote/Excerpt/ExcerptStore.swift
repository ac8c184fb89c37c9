import CivilTime
import JSONText
import Planning
import Register
import RegisterSQLite
import Synchronization

/// A part of a server's log, read as a register: with the same code, and to the same answers. What the part does not hold is
/// fetched when it is read; what no part holds is read in the whole log.
final class ExcerptStore: EventStore {
  /// What was fetched last.
  struct Part: Sendable {
    let head: LogHead
    let needs: [LogNeed: IntervalSet?]
    /// Those that are here are here whole.
    let streams: Set<String>
    let store: SQLiteStore
  }

  /// Nil reads the whole.
  private let state: Mutex<Part?>
  private let fetch: @Sendable (Set<LogNeed>) throws -> Part?
  private let whole: @Sendable () throws -> SQLiteStore

  /// - Parameters:
  ///   - fetch: the part that answers these needs; nil where there is none.
  ///   - whole: the replica.
  init(
    _ part: Part, fetch: @escaping @Sendable (Set<LogNeed>) throws -> Part?,
    whole: @escaping @Sendable () throws -> SQLiteStore
  ) {
    state = Mutex(part)
    self.fetch = fetch
    self.whole = whole
  }

  /// Nobody asks for a part so often.
  private static let mostFetches = 8

  func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    for _ in 0..<ExcerptStore.mostFetches {
      guard let part = state.withLock({ $0 }) else { break }
      do { return try WatchedStore(part.store, part).read(body) } catch let missing as Missing {
        let next = missing.need == .whole ? nil : try fetch(Set(part.needs.keys).union([missing.need]))
        state.withLock { $0 = next }
      }
    }
    state.withLock { $0 = nil }
    return try whole().read(body)
  }

  func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
    throw RegisterError.readOnly("")
  }

  func scratch() throws -> any EventStore { try whole().scratch() }

  /// Something is read that the part does not hold.
  struct Missing: Error { let need: LogNeed }
}

extension ExcerptStore.Part: LogWatch {
  func meet(_ need: LogNeed) throws {
    guard needs[need] == nil else { return }
    if case .stream(let name) = need, streams.contains(name) { return }
    throw ExcerptStore.Missing(need: need)
  }

  func taken(_ need: LogNeed) -> IntervalSet? { needs[need] ?? nil }
}

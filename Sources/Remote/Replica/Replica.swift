import Foundation
import Register
package import RegisterSQLite
import Synchronization

/// A copy of a server's log, with the tables that follow from it, so that what reads a register reads this.
///
/// A replica is a file whose name is its hash, computed each time that it is opened: one that is not what it was is fetched
/// anew, and so is one of an older format. It is never changed; what comes is added to a copy, which takes its place whole.
/// What must not be lost with it is how far the log was seen, since that tells whether the server's history was rewritten:
/// it is noted in a file beside.
package final class Replica: Sendable {
  private struct State {
    var store: SQLiteStore
    /// So much of the log is known to have all that it published here.
    var whole: Checkpoint?
  }

  private let place: ReplicaPlace
  private let state: Mutex<State>

  private init(_ place: ReplicaPlace, _ state: State) {
    self.place = place
    self.state = Mutex(state)
  }

  /// To be read only; another one after each update.
  package var store: SQLiteStore { state.withLock { $0.store } }

  /// Opens the replica, or begins an empty one.
  ///
  /// - Parameters:
  ///   - isRenewed: passes over the one that is there.
  ///   - renewing: told that one is there which is damaged.
  static func open(
    _ place: ReplicaPlace, isRenewed: Bool = false, renewing: (String) -> Void = { _ in }
  ) throws -> Replica {
    if !isRenewed, let state = usable(place, renewing) { return Replica(place, state) }
    return Replica(place, State(store: try SQLiteStore.inMemory()))
  }

  /// Nil where there is none, or one that is better fetched anew.
  private static func usable(_ place: ReplicaPlace, _ renewing: (String) -> Void) -> State? {
    guard FileManager.default.fileExists(atPath: place.current) else { return nil }
    while let pointer = place.pointer() {
      let path = place.register(pointer.digest)
      guard (try? Digest.sha256(fileAt: path)) == pointer.digest,
        let store = try? SQLiteStore.open(at: path, readOnly: true)
      else {
        // Another process may have replaced it between two looks.
        if place.pointer()?.digest != pointer.digest { continue }
        break
      }
      guard (try? SQLiteStore.isCurrent(at: path)) == true, isAsNoted(store, place) else { return nil }
      return State(store: store, whole: (try? isAt(pointer.whole, store)) == true ? pointer.whole : nil)
    }
    renewing(place.current)
    return nil
  }

  private static func isAt(_ checkpoint: Checkpoint?, _ store: SQLiteStore) throws -> Bool {
    guard let checkpoint else { return false }
    return try store.read { try $0.event(checkpoint.size) }?.hash == checkpoint.root
  }

  /// Whether it is of the history that was seen, as far as that can be told.
  private static func isAsNoted(_ store: SQLiteStore, _ place: ReplicaPlace) -> Bool {
    guard let seen = try? place.noted(), let newest = try? store.checkpoint(), seen.size <= newest.size else {
      return true
    }
    return (try? isAt(seen, store)) == true
  }

  /// The newest event of a replica that is not damaged, for whoever has lost the note of it.
  static func witness(_ place: ReplicaPlace) -> Checkpoint? {
    usable(place, { _ in }).flatMap { try? $0.store.checkpoint() }
  }

  /// Fetches what the server has and the replica has not. Safe when two processes do it at once: each works on a copy, and
  /// the last one whole stays.
  ///
  /// - Parameter fetch: the page after so many events.
  func update(_ fetch: (Int) throws -> LogPage) throws -> LogHead {
    let (known, whole) = try state.withLock { (try $0.store.checkpoint(), $0.whole) }
    // Before anything is fetched: what another process notes meanwhile says nothing of these pages.
    let seen = try place.noted()
    let first = try fetch(known?.size ?? 0)
    if let known, known == first.head.checkpoint, known == whole {
      try noteSeen(known, first.head, seen)
      return first.head
    }
    let draft = place.draft()
    defer {
      for ending in ["", "-journal", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: draft + ending) }
    }
    if known != nil, !FileManager.default.fileExists(atPath: store.path) {
      // Another process has replaced it, and has more.
      let renewed = try Replica.open(place)
      state.withLock { state in state = renewed.state.withLock { $0 } }
      return try update(fetch)
    }
    if known != nil { try FileManager.default.copyItem(atPath: store.path, toPath: draft) }
    let copy = try known == nil ? SQLiteStore.create(at: draft) : SQLiteStore.open(at: draft)
    let result = Result { try take(first, into: copy, seen: seen, whole: whole, fetch) }
    // What was fetched before something went wrong need not be fetched again.
    let reached = try copy.checkpoint()
    try copy.close()
    let isWhole = (try? result.get()) != nil
    if isWhole || reached != known {
      let path = try place.publish(draft, whole: isWhole ? reached : whole)
      let store = try SQLiteStore.open(at: path, readOnly: true)
      state.withLock { $0 = State(store: store, whole: isWhole ? reached : whole) }
    }
    let head = try result.get()
    if let reached { try noteSeen(reached, head, seen) }
    return head
  }

  private func take(
    _ first: LogPage, into copy: SQLiteStore, seen: Checkpoint?, whole: Checkpoint?, _ fetch: (Int) throws -> LogPage
  ) throws -> LogHead {
    let memory = StreamMemory()
    var page = first
    while true {
      let before = try copy.checkpoint()?.size ?? 0
      let newest = try page.take(into: copy, seen: seen, whole: whole?.size ?? 0, memory: memory)
      guard newest.size < page.head.checkpoint.size else { return page.head }
      guard newest.size > before else { throw BadExtract(reason: "a page without events") }
      page = try fetch(newest.size)
    }
  }

  private func noteSeen(_ newest: Checkpoint, _ head: LogHead, _ seen: Checkpoint?) throws {
    if let seen, newest.size < seen.size { throw HistoryDiffers(seen: seen, found: head.checkpoint) }
    if newest != seen { try place.noteAtLeast(newest) }
  }
}

extension SQLiteStore {
  /// Size and root hash of the log; nil for an empty one.
  fileprivate func checkpoint() throws -> Checkpoint? {
    try read { try $0.newestEvent() }.map { Checkpoint(size: $0.sequence, root: $0.hash) }
  }
}

import Foundation
import Register
package import RegisterSQLite

/// A copy of a server's log, with the tables that follow from it, so that what reads a register reads this.
///
/// It can always be fetched anew, and is, when it is damaged or its format is old. What must not be lost with it is how
/// far the log was seen, since that tells whether the server's history was rewritten: it is kept in a file beside.
package final class Replica: Sendable {
  package let store: SQLiteStore
  var path: String { place.register }
  private let place: ReplicaPlace
  private let lock: ReplicaLock

  private init(store: SQLiteStore, place: ReplicaPlace, lock: ReplicaLock) {
    self.store = store
    self.place = place
    self.lock = lock
  }

  /// Opens the replica, or makes an empty one.
  ///
  /// - Parameters:
  ///   - isRenewed: takes away the one that is there.
  ///   - pause: waits a moment for another process that replaces the replica, or reads it.
  static func open(_ place: ReplicaPlace, isRenewed: Bool = false, pause: () -> Void) throws -> Replica {
    let lock = try ReplicaLock(place.lock)
    try lock.share(pause: pause)
    if !isRenewed, let store = usable(place) { return Replica(store: store, place: place, lock: lock) }
    let store = try lock.alone(pause: pause) {
      // Another process may have come first.
      if !isRenewed, let store = usable(place) { return store }
      if FileManager.default.fileExists(atPath: place.whole) { try FileManager.default.removeItem(atPath: place.whole) }
      for ending in ["", "-journal", "-wal", "-shm"]
      where FileManager.default.fileExists(atPath: place.register + ending) {
        try FileManager.default.removeItem(atPath: place.register + ending)
      }
      let store = try SQLiteStore.create(at: place.register)
      for file in files(place) { try place.restrict(file) }
      return store
    }
    return Replica(store: store, place: place, lock: lock)
  }

  /// The register file and those that SQLite keeps beside it, as far as they are there.
  private static func files(_ place: ReplicaPlace) -> [String] {
    ["", "-journal", "-wal", "-shm"].map { place.register + $0 }.filter(FileManager.default.fileExists)
  }

  /// Nil where there is none, or one that is better fetched anew.
  private static func usable(_ place: ReplicaPlace) -> SQLiteStore? {
    guard (try? SQLiteStore.isCurrent(at: place.register)) == true,
      let store = try? SQLiteStore.open(at: place.register)
    else { return nil }
    // Of what lies on the disk the newest line is looked at: what is appended hangs on it.
    guard let newest = try? store.read({ try $0.newestEvent() }) else { return isEmpty(store) ? store : nil }
    guard newest.hash == newest.expectedHash else { return nil }
    guard let seen = place.checkpoint, seen.size <= newest.sequence else { return store }
    let known = try? store.read { try $0.events(after: seen.size - 1, limit: 1).first }
    return known?.hash == seen.root ? store : nil
  }

  private static func isEmpty(_ store: SQLiteStore) -> Bool {
    (try? store.read { try $0.newestEvent() == nil && $0.identifiers(after: nil, limit: 1).isEmpty }) ?? false
  }

  /// Takes what is known of the server's history as wrong, and `checkpoint` as right, as its owner says.
  static func forget(_ place: ReplicaPlace, accepting checkpoint: Checkpoint) throws {
    try place.write(checkpoint.description, to: place.seen)
  }

  /// Fetches what the server has and the replica has not. Safe when two processes do it at once: each page is one
  /// transaction, and what the other has added is compared.
  ///
  /// - Parameter fetch: the page after so many events.
  func update(_ fetch: (Int) throws -> LogPage) throws -> LogHead {
    // Nil on the first look.
    let seen = place.checkpoint
    let whole = ReplicaPlace.text(place.whole).flatMap(Checkpoint.init)
    let memory = StreamMemory()
    while true {
      let before = try store.read { try $0.newestEvent()?.sequence ?? 0 }
      let page = try fetch(before)
      let newest = try page.take(into: store, seen: seen, whole: whole?.size ?? 0, memory: memory)
      guard newest.size < page.head.checkpoint.size else {
        if let seen, newest.size < seen.size { throw HistoryDiffers(seen: seen, found: page.head.checkpoint) }
        if newest != seen { try place.write(newest.description, to: place.seen) }
        if newest != whole { try place.write(newest.description, to: place.whole) }
        return page.head
      }
      guard newest.size > before else { throw BadExtract(reason: "a page without events") }
    }
  }
}

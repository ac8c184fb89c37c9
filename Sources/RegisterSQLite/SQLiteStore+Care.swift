import Foundation
import GRDB
package import Register

extension SQLiteStore {
  /// Version of the SQLite library in use.
  package var sqliteVersion: String {
    (try? queue.read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }) ?? "unknown"
  }

  /// Whether the register file has the newest format. Throws what opening it throws; changes nothing in it.
  package static func isCurrent(at path: String) throws -> Bool {
    let store = try open(at: path, readOnly: true)
    return try translate(path) { try store.queue.read { db in try Schema.pending(db).isEmpty } }
  }

  /// Copies the register through SQLite's backup interface into a temporary file, checks and verifies the copy, and
  /// only then gives it its name; a file that is there already is never replaced.
  package func backUp(to target: String) throws -> Verification {
    try FileSystem.makeWhole(target) { temporary in
      try SQLiteStore.translate(target) {
        let copy = try DatabaseQueue(path: temporary)
        try queue.backup(to: copy)
        try copy.inDatabase { db in try SQLiteStore.holdOutbox(db) }
        try copy.close()
        // A replica is copied as it is: without what stands in no event.
        let result = try Register.verify(try SQLiteStore.open(at: temporary, readOnly: true), isCopy: true)
        if let damage = result.problems.first { throw RegisterError.damaged(damage) }
        // Who may not read the register, and the secrets of its webhooks, may not read its copy.
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        if let mode { try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: temporary) }
        return result
      }
    }
  }

  /// What waits in a register when it is copied is sent from the original. A copy that is put back later would send it
  /// again, after what has been sent since; so a copy holds it, until someone asks for it.
  private static func holdOutbox(_ db: Database) throws {
    guard try Schema.version(of: db) >= Schema.withOutbox else { return }
    try db.execute(
      sql: """
        UPDATE outbox SET state = 'dead', last_error = ?, lease = NULL, lease_until = NULL WHERE state = 'pending'
        """, arguments: [OutboxRow.heldByBackup])
  }
}

extension JournalMode {
  /// Why this mode, for `register info`.
  package var reason: String {
    switch self {
    case .wal: "this SQLite has no WAL-reset bug"
    case .truncate: "SQLite before 3.51.3 (3.50.7, 3.44.6) can lose commits in WAL mode"
    }
  }
}

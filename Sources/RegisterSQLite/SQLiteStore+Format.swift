import GRDB
import Register

extension SQLiteStore {
  /// Whether the register file has the newest format. Throws what opening it throws; changes nothing in it.
  package static func isCurrent(at path: String) throws -> Bool {
    let store = try open(at: path, readOnly: true)
    return try translate(path) { try store.queue.read { db in try Schema.pending(db).isEmpty } }
  }
}

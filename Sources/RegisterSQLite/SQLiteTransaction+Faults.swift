import Foundation
import GRDB
import Register

/// What is wrong with the file itself, whatever the rows say.
extension SQLiteTransaction {
  func faults() throws -> [Damage] {
    var faults = try headerFaults()
    for check in [schemaFaults, integrityFaults] {
      do { faults += try SQLiteStore.translate(path, check) } catch RegisterError.damaged(let damage) {
        faults.append(damage)
      }
    }
    return faults
  }

  /// Pages, keys and indices. Source: sqlite.org/pragma.html#pragma_integrity_check.
  private func integrityFaults() throws -> [Damage] {
    let lines = try String.fetchAll(db, sql: "PRAGMA integrity_check(1000)").filter { $0 != "ok" }
    return lines.flatMap { $0.split(separator: "\n") }.map { .file(String($0)) }
  }

  // MARK: The schema

  /// Tables, indices and triggers, against those of a new file that takes the steps up to the same format.
  private func schemaFaults() throws -> [Damage] {
    let expected = try DatabaseQueue().inDatabase { db in
      try Schema.create(db, upTo: format)
      return try SQLiteTransaction(db, of: store).schema()
    }
    let found = try schema()
    return Set(expected.keys).union(found.keys).sorted { ($0.kind, $0.name) < ($1.kind, $1.name) }.compactMap { entry in
      let difference: Damage.Difference? =
        switch (expected[entry], found[entry]) {
        case (_?, nil): .missing
        case (nil, _?): .surplus
        case (let sql, let other): sql == other ? nil : .differs([])
        }
      return difference.map { .schema(kind: entry.kind, name: entry.name, $0) }
    }
  }

  private struct Entry: Hashable {
    let kind: String
    let name: String
  }

  /// The table that each belongs to, and the statement that makes it.
  private func schema() throws -> [Entry: String] {
    let entries = try all("SELECT type, name, tbl_name, sql FROM sqlite_schema", of: "sqlite_schema", keys: 2) {
      (Entry(kind: try $0.text(0), name: try $0.text(1)), "\(try $0.text(2))\n\(try $0.optionalText(3) ?? "")")
    }
    return Dictionary(entries) { $0 + "\n" + $1 }
  }

  // MARK: The header

  /// What these fields are in every register. Source: sqlite.org/fileformat2.html, section 1.3.
  private static let header: [(field: String, offset: Int, bytes: [UInt8])] = [
    ("magic", 0, Array("SQLite format 3\0".utf8)), ("reserved_space", 20, [0]), ("fractions", 21, [64, 32, 32]),
    ("schema_format", 44, [0, 0, 0, 4]), ("cache_size", 48, [0, 0, 0, 0]), ("vacuum_root", 52, [0, 0, 0, 0]),
    ("encoding", 56, [0, 0, 0, 1]), ("vacuum", 64, [0, 0, 0, 0]), ("application_id", 68, Array("PRVS".utf8)),
    ("expansion", 72, [UInt8](repeating: 0, count: 20)),
  ]

  /// SQLite does not look at each of them, and takes some for those of another kind of file, which it reads otherwise.
  private func headerFaults() throws -> [Damage] {
    let (bytes, size) = try store.header()
    guard bytes.count == SQLiteStore.headerLength else { return [.header(field: "size")] }
    func number(_ offset: Int) -> UInt64 { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt64($1) } }
    var fields = SQLiteTransaction.header.filter { !bytes[$0.offset...].starts(with: $0.bytes) }.map(\.field)
    // Both of a journal that is rolled back, or both of one that is written ahead.
    if bytes[18] != bytes[19] || !(1...2).contains(bytes[19]) { fields.append("journal") }
    if bytes[19] != 2 {
      if number(24) != number(92) { fields.append("change_counter") }
      let page = UInt64(bytes[16]) << 8 | UInt64(bytes[17])
      if size != number(28) * (page == 1 ? 65_536 : page) { fields.append("size") }
    }
    return fields.map { .header(field: $0) }
  }
}

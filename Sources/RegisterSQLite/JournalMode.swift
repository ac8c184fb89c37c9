/// How SQLite keeps a commit safe, chosen by what the installed library can be trusted with.
package enum JournalMode: String, Sendable {
  case wal = "WAL"
  /// Without the WAL-reset bug, at the price of readers that wait for a writer.
  case truncate = "TRUNCATE"

  /// WAL only where the WAL-reset bug is mended: 3.51.3 and later, 3.50.7 and later of 3.50, 3.44.6 and later of 3.44.
  /// Source: sqlite.org/wal.html, "The WAL-Reset Bug"; measured on 3.40.1 (docs/design.md).
  package static func suited(toSQLite version: String) -> JournalMode {
    let parts = version.split(separator: ".").compactMap { Int($0) }
    guard parts.count >= 3 else { return .truncate }
    switch (parts[0], parts[1], parts[2]) {
    case (3, 44, 6...), (3, 50, 7...), (3, 51, 3...), (3, 52..., _), (4..., _, _): return .wal
    default: return .truncate
    }
  }
}

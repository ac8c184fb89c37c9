import GRDB
import Register

/// The tables of a register file. `events` is the truth; all else is derived from it and can be rebuilt.
enum Schema {
  /// Kept in `PRAGMA user_version`. A newer one is refused; an older one is migrated before anything is written.
  static let version = 7

  static func create(_ db: Database, upTo format: Int = version) throws {
    try createFirst(db)
    for migration in Migration.all where migration.version <= format { try migration.run(db) }
  }

  /// Format 1, as it was; what came later stands in `Migration`.
  static func createFirst(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE events (
          sequence INTEGER PRIMARY KEY,
          at INTEGER NOT NULL,
          stream TEXT NOT NULL,
          type TEXT NOT NULL,
          body TEXT NOT NULL,
          previous TEXT NOT NULL,
          hash TEXT NOT NULL
        ) STRICT;
        CREATE INDEX events_by_stream ON events (stream, sequence);
        CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
          BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
        CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
          BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

        CREATE TABLE changes (
          year INTEGER NOT NULL,
          number INTEGER NOT NULL,
          service TEXT NOT NULL,
          environment TEXT NOT NULL,
          state TEXT NOT NULL,
          start_at INTEGER NOT NULL,
          end_at INTEGER NOT NULL,
          revision INTEGER,
          newest INTEGER NOT NULL,
          booked INTEGER NOT NULL,
          PRIMARY KEY (year, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX bookings ON changes (service, environment, start_at, end_at, year, number) WHERE booked = 1;
        CREATE INDEX changes_by_end ON changes (service, end_at);

        CREATE TABLE longest_bookings (
          service TEXT NOT NULL,
          environment TEXT NOT NULL,
          seconds INTEGER NOT NULL,
          PRIMARY KEY (service, environment)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE fragments (
          year INTEGER NOT NULL,
          number INTEGER NOT NULL,
          language TEXT NOT NULL,
          revision INTEGER NOT NULL,
          body BLOB NOT NULL,
          PRIMARY KEY (year, number, language)
        ) STRICT;

        CREATE TABLE answers (
          key TEXT PRIMARY KEY,
          request TEXT NOT NULL,
          year INTEGER NOT NULL,
          number INTEGER NOT NULL,
          sequence INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE contracts (service TEXT PRIMARY KEY, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;

        CREATE TABLE clock_incidents (id INTEGER PRIMARY KEY, clock INTEGER NOT NULL, newest INTEGER NOT NULL) STRICT;

        PRAGMA application_id = \(SQLiteStore.applicationID);
        PRAGMA user_version = 1;
        """)
  }

  static func check(_ db: Database) throws {
    guard try Int.fetchOne(db, sql: "PRAGMA application_id") == SQLiteStore.applicationID else {
      throw RegisterError.damaged(.header(field: "application_id"))
    }
    let found = try self.version(of: db)
    guard found > 0 else { throw RegisterError.damaged(.header(field: "user_version")) }
    guard found <= version else { throw RegisterError.newerFormat(found: found, known: version) }
  }

  static func version(of db: Database) throws -> Int {
    try Int.fetchOne(db.cachedStatement(sql: "PRAGMA user_version")) ?? 0
  }

  /// The steps that the file has not taken yet.
  static func pending(_ db: Database) throws -> [Migration] {
    let found = try version(of: db)
    return Migration.all.filter { $0.version > found }
  }

  /// Files of a lower format have no outbox.
  static let withOutbox = Migration.outbox.version

  /// What to read in a file of that format for a table of the newest: older formats keep some otherwise, or not at all.
  static func source(of table: String, format: Int) -> String {
    let steps = Migration.self
    switch table {
    case "subjects" where format < steps.outages.version:
      return none("kind, series, number, stream, service, environment, state, start_at, end_at, newest")
    case "subjects" where format < steps.streams.version: return "(\(steps.rowsOfOutages))"
    case "keys" where format < steps.streams.version:
      let outages = format >= steps.outages.version ? "UNION ALL \(steps.answersOfOutages)" : ""
      return "(\(steps.answersOfChanges) \(outages) UNION ALL \(steps.answersOfTheLog))"
    case "grants" where format < steps.access.version: return none(SQLiteTransaction.grantColumns)
    case "grants" where format < steps.outbox.version: return "(\(steps.grantsOfFormat3))"
    case "grants" where format < steps.grants.version:
      return "(\(steps.grantsOfFormat3) UNION ALL \(steps.grantsOfFormat4))"
    case "outbox" where format < withOutbox: return none(SQLiteTransaction.outboxColumns)
    case "outbox" where format < steps.reminders.version: return "(\(steps.messagesOfFormat4))"
    default: return table
    }
  }

  /// A table with these columns and no row.
  private static func none(_ columns: String) -> String {
    let columns = columns.split(separator: ", ").map { "NULL AS \($0)" }
    return "(SELECT \(columns.joined(separator: ", ")) WHERE 0)"
  }
}

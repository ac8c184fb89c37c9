import GRDB
import Register

/// The tables of a register file. `events` is the truth; all else is derived from it and can be rebuilt.
enum Schema {
  /// Kept in `PRAGMA user_version`. A newer one is refused; an older one is migrated before anything is written.
  static let version = 5

  static func create(_ db: Database) throws {
    try createFirst(db)
    for migration in Migration.all { try migration.run(db) }
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
      throw RegisterError.damaged("the file is not a Préavis register")
    }
    let found = try self.version(of: db)
    guard found <= version else { throw RegisterError.newerFormat(found: found, known: version) }
  }

  /// Asked for each table that an older format lacks, so that the statement is kept.
  static func version(of db: Database) throws -> Int {
    try Int.fetchOne(db.cachedStatement(sql: "PRAGMA user_version")) ?? 0
  }

  /// The steps that the file has not taken yet.
  static func pending(_ db: Database) throws -> [Migration] {
    let found = try version(of: db)
    return Migration.all.filter { $0.version > found }
  }
}

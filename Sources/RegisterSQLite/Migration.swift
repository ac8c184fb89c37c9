import Foundation
import GRDB
import Register

/// A step from one format of the register file to the next. Steps are named, kept for ever and only added to.
struct Migration: Sendable {
  /// Part of the name of the copy that is made before.
  let name: String
  /// The format that the file has after it.
  let version: Int
  let sql: String

  /// In order; the last one leads to `Schema.version`.
  static let all = [outages, access, outbox, grants, streams, reminders]

  /// Rows of outages, and the answers that their idempotency keys were given.
  static let outages = Migration(
    name: "outages", version: 2,
    sql: """
      CREATE TABLE outages (
        year INTEGER NOT NULL,
        number INTEGER NOT NULL,
        service TEXT NOT NULL,
        environment TEXT NOT NULL,
        state TEXT NOT NULL,
        start_at INTEGER NOT NULL,
        end_at INTEGER,
        newest INTEGER NOT NULL,
        PRIMARY KEY (year, number)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX outages_by_start ON outages (service, start_at);

      CREATE TABLE outage_answers (
        key TEXT PRIMARY KEY,
        request TEXT NOT NULL,
        year INTEGER NOT NULL,
        number INTEGER NOT NULL,
        sequence INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      """)

  /// Rows of tokens and private feeds. Of secrets there are digests only.
  static let access = Migration(
    name: "access", version: 3,
    sql: """
      CREATE TABLE tokens (
        number INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        digest TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        created_by TEXT,
        expires_at INTEGER,
        revoked_at INTEGER,
        revoked_by TEXT,
        newest INTEGER NOT NULL,
        last_used_at INTEGER
      ) STRICT;
      CREATE UNIQUE INDEX tokens_by_digest ON tokens (digest);

      CREATE TABLE private_feeds (
        number INTEGER PRIMARY KEY,
        client TEXT NOT NULL,
        parts TEXT NOT NULL,
        language TEXT,
        digest TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        created_by TEXT,
        revoked_at INTEGER,
        revoked_by TEXT,
        newest INTEGER NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX private_feeds_by_digest ON private_feeds (digest);
      """)

  /// Webhooks with their secrets, mailings, and what waits for them.
  static let outbox = Migration(
    name: "outbox", version: 4,
    sql: """
      CREATE TABLE webhooks (
        number INTEGER PRIMARY KEY,
        url TEXT NOT NULL,
        service TEXT NOT NULL,
        events TEXT NOT NULL,
        digest TEXT NOT NULL,
        secret TEXT,
        created_at INTEGER NOT NULL,
        created_by TEXT,
        revoked_at INTEGER,
        revoked_by TEXT,
        gone INTEGER NOT NULL,
        newest INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE mailings (
        number INTEGER PRIMARY KEY,
        address TEXT NOT NULL,
        language TEXT NOT NULL,
        service TEXT NOT NULL,
        kinds TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        created_by TEXT,
        revoked_at INTEGER,
        revoked_by TEXT,
        newest INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE outbox (
        subscription TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        id TEXT NOT NULL UNIQUE,
        created_at INTEGER NOT NULL,
        next_attempt INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        state TEXT NOT NULL,
        last_error TEXT,
        settled_at INTEGER,
        lease TEXT,
        lease_until INTEGER,
        PRIMARY KEY (subscription, sequence)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX outbox_pending ON outbox (subscription, sequence) WHERE state = 'pending';
      CREATE INDEX outbox_dead ON outbox (sequence) WHERE state = 'dead';
      """)

  /// Tokens, private feeds, webhooks and mailings in one table: what their events say as JSON, and what no event says in
  /// columns.
  static let grants = Migration(
    name: "grants", version: 5,
    sql: """
      CREATE TABLE grants (
        kind TEXT NOT NULL,
        number INTEGER NOT NULL,
        content TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        created_by TEXT,
        revoked_at INTEGER,
        revoked_by TEXT,
        gone INTEGER NOT NULL,
        newest INTEGER NOT NULL,
        last_used_at INTEGER,
        secret TEXT,
        address TEXT,
        salt TEXT,
        PRIMARY KEY (kind, number)
      ) STRICT, WITHOUT ROWID;
      CREATE UNIQUE INDEX grants_by_digest ON grants (kind, json_extract(content, '$.digest'));
      INSERT INTO grants \(grantsOfFormat3) UNION ALL \(grantsOfFormat4);
      DROP TABLE tokens;
      DROP TABLE private_feeds;
      DROP TABLE webhooks;
      DROP TABLE mailings;
      """)

  /// One table of the answers to keys, whatever stream a key belongs to, and one of the rows of all that needs no table of
  /// its own. Keys of gates and grants stood in the log alone.
  static let streams = Migration(
    name: "streams", version: 6,
    sql: """
      CREATE TABLE keys (
        key TEXT PRIMARY KEY,
        request TEXT,
        stream TEXT NOT NULL,
        sequence INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      INSERT INTO keys \(answersOfChanges);
      INSERT OR IGNORE INTO keys \(answersOfOutages);
      INSERT OR IGNORE INTO keys \(answersOfTheLog);
      DROP TABLE answers;
      DROP TABLE outage_answers;

      CREATE TABLE subjects (
        kind TEXT NOT NULL,
        series TEXT NOT NULL,
        number INTEGER NOT NULL,
        stream TEXT NOT NULL,
        service TEXT NOT NULL,
        environment TEXT NOT NULL,
        state TEXT NOT NULL,
        start_at INTEGER NOT NULL,
        end_at INTEGER,
        newest INTEGER NOT NULL,
        PRIMARY KEY (series, number)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX subjects_by_start ON subjects (kind, service, start_at);
      INSERT INTO subjects \(rowsOfOutages);
      DROP TABLE outages;
      """)

  /// Messages that wait for an hour of their own, and what was said in those that went.
  static let reminders = Migration(
    name: "reminders", version: 7,
    sql: """
      CREATE TABLE messages (
        subscription TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        lead INTEGER NOT NULL,
        id TEXT NOT NULL UNIQUE,
        created_at INTEGER NOT NULL,
        not_before INTEGER NOT NULL,
        until INTEGER,
        next_attempt INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        state TEXT NOT NULL,
        last_error TEXT,
        settled_at INTEGER,
        lease TEXT,
        lease_until INTEGER,
        text TEXT,
        revision INTEGER,
        recorded INTEGER,
        PRIMARY KEY (subscription, sequence, lead)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO messages (\(SQLiteTransaction.outboxColumns)) \(messagesOfFormat4);
      DROP TABLE outbox;
      ALTER TABLE messages RENAME TO outbox;
      CREATE INDEX outbox_pending ON outbox (subscription, not_before, sequence, lead) WHERE state = 'pending';
      CREATE INDEX outbox_until ON outbox (until) WHERE state = 'pending' AND until IS NOT NULL;
      CREATE INDEX outbox_dead ON outbox (sequence) WHERE state = 'dead';
      CREATE INDEX outbox_untold ON outbox (sequence, lead)
        WHERE state = 'delivered' AND text IS NOT NULL AND recorded IS NULL;
      CREATE INDEX outbox_by_event ON outbox (sequence, lead);
      """)

  func run(_ db: Database) throws { try db.execute(sql: sql + "PRAGMA user_version = \(version);") }
}

/// What older formats hold, as newer ones keep it: for the steps, and for reading a file as it is.
extension Migration {
  static let grantsOfFormat3 = """
    SELECT 'TOK-' AS kind, number,
      json_object('name', name, 'role', role, 'digest', digest,
        'expires', strftime('%Y-%m-%dT%H:%M:%SZ', expires_at, 'unixepoch')) AS content,
      created_at, created_by, revoked_at, revoked_by, 0 AS gone, newest, last_used_at,
      NULL AS secret, NULL AS address, NULL AS salt FROM tokens
    UNION ALL SELECT 'PFD-', number,
      json_object('client', client, 'parts', json(parts), 'language', language, 'digest', digest),
      created_at, created_by, revoked_at, revoked_by, 0, newest, NULL, NULL, NULL, NULL FROM private_feeds
    """

  /// Addresses of these stand in the log, and hence in what is kept of their events.
  static let grantsOfFormat4 = """
    SELECT 'HOOK-', number,
      json_object('url', url, 'service', service, 'events', json(events), 'digest', digest),
      created_at, created_by, revoked_at, revoked_by, gone, newest, NULL, secret, NULL, NULL FROM webhooks
    UNION ALL SELECT 'MAIL-', number,
      json_object('address', address, 'language', language, 'service', service, 'kinds', json(kinds)),
      created_at, created_by, revoked_at, revoked_by, 0, newest, NULL, NULL, NULL, NULL FROM mailings
    """

  static let messagesOfFormat4 = """
    SELECT subscription, sequence, 0 AS lead, id, created_at, created_at AS not_before, NULL AS until, next_attempt,
      attempts, state, last_error, settled_at, lease, lease_until, NULL AS text,
      NULL AS revision, NULL AS recorded FROM outbox
    """

  static let answersOfChanges = """
    SELECT key, request, printf('CHG-%d-%04d', year, number) AS stream, sequence FROM answers
    """

  static let answersOfOutages = """
    SELECT key, request, printf('OUT-%d-%04d', year, number) AS stream, sequence FROM outage_answers
    """

  /// The first event that has the key, in a stretch of the index: `.` comes after the hyphen of `GATE-`.
  static let answersOfTheLog: String = {
    let streams = ["GATE-", "TOK-", "PFD-", "HOOK-", "MAIL-"]
      .map { "(stream > '\($0)' AND stream < '\($0.dropLast()).')" }.joined(separator: " OR ")
    return """
      SELECT key, request, stream, min(sequence) AS sequence FROM (
        SELECT CASE WHEN json_valid(body) THEN json_extract(body, '$.idempotency_key') END AS key,
          CASE WHEN json_valid(body) THEN json_extract(body, '$.request') END AS request, stream, sequence
        FROM events WHERE \(streams)
      ) WHERE key IS NOT NULL GROUP BY key
      """
  }()

  static let rowsOfOutages = """
    SELECT 'OUT-' AS kind, printf('OUT-%d-', year) AS series, number, printf('OUT-%d-%04d', year, number) AS stream,
      service, environment, state, start_at, end_at, newest FROM outages
    """
}

extension SQLiteStore {
  /// Brings a file of an older format to the newest, after a verified copy of it; nothing to do for any other.
  ///
  /// The copy lies beside the register, `register.sqlite.before-outages-128` for one of 128 events; one that an attempt
  /// before this one left is taken where it holds the same log. Two processes may both come here: the second finds the
  /// steps done.
  func migrate() throws {
    let waiting = try queue.read { db in try Schema.pending(db) }
    guard let first = waiting.first else { return }
    guard let newest = try read({ try $0.newestEvent() }) else { throw RegisterError.notInitialised }
    let copy = "\(path).before-\(first.name)-\(newest.sequence)"
    do {
      _ = try backUp(to: copy)
    } catch RegisterError.exists {
      let kept = try Register.verify(try SQLiteStore.open(at: copy, readOnly: true), isCopy: true)
      guard kept.problems.isEmpty, kept.root == newest.hash else { throw RegisterError.exists(copy) }
    }
    try queue.writeWithoutTransaction { db in
      try db.inTransaction(.immediate) {
        for migration in try Schema.pending(db) { try migration.run(db) }
        return .commit
      }
    }
  }
}

import CivilTime
import GRDB
import Planning
import Register

/// A file of an older format, opened for reading, has no outbox; writing migrates it first.
extension SQLiteTransaction {
  static let outboxColumns = """
    subscription, sequence, lead, id, created_at, not_before, until, next_attempt, attempts, state, last_error, \
    settled_at, lease, lease_until, text, revision, recorded
    """

  // MARK: Reading

  private func outboxRow(_ fields: Fields) throws -> OutboxRow {
    OutboxRow(
      id: try fields.text(3), subscription: try fields.text(0), sequence: try fields.number(1),
      lead: Elapsed(seconds: Int64(try fields.count(2))), createdAt: try fields.instant(4),
      notBefore: try fields.instant(5), until: try fields.optionalInstant(6), nextAttempt: try fields.instant(7),
      attempts: try fields.count(8), state: try fields.word(9), lastError: try fields.optionalText(10),
      settledAt: try fields.optionalInstant(11), lease: try fields.optionalText(12),
      leaseUntil: try fields.optionalInstant(13), text: try fields.optionalText(14),
      revision: try fields.optionalCount(15), recorded: try fields.optionalCount(16))
  }

  private var outbox: String { Schema.source(of: "outbox", format: format) }

  private func outboxRows(_ rest: String, _ arguments: StatementArguments) throws -> [OutboxRow] {
    try all(
      "SELECT \(SQLiteTransaction.outboxColumns) FROM \(outbox) \(rest)", arguments, of: "outbox", keys: 3, outboxRow)
  }

  func outboxRow(_ id: String) throws -> OutboxRow? { try outboxRows("WHERE id = ?", [id]).first }

  func outbox(_ filter: OutboxFilter) throws -> [OutboxRow] {
    var conditions = Conditions()
    conditions.add("state", isOneOf: filter.states.map(\.rawValue))
    conditions.add("subscription", is: filter.subscription)
    return try outboxRows(
      "WHERE \(conditions.sql) ORDER BY abs(sequence) DESC, subscription DESC, lead DESC LIMIT ?",
      conditions.values + [filter.limit]
    ).reversed()
  }

  func eachOutboxRow(_ body: (OutboxRow) throws -> Void) throws {
    try each(
      "SELECT \(SQLiteTransaction.outboxColumns) FROM \(outbox) ORDER BY sequence, subscription, lead", of: "outbox",
      keys: 3
    ) {
      try body(outboxRow($0))
      return true
    }
  }

  func conflictRows() throws -> [OutboxRow] { try outboxRows("WHERE sequence < 0 ORDER BY sequence, subscription", []) }

  func dueHeads(at now: Instant, limit: Int) throws -> [OutboxRow] {
    let now = now.secondsSinceEpoch
    // From one subscription to the next by the index, and of each its first: what else waits is not looked at. Of one
    // moment conflicts, whose sequences are negative, come after the events. Without its name the planner would take the
    // primary key, and walk over all that was ever delivered.
    let indexed = outbox == "outbox" ? "outbox INDEXED BY outbox_pending" : outbox
    let sql = """
      WITH RECURSIVE waiting (name) AS (
        SELECT min(subscription) FROM \(outbox) WHERE state = 'pending'
        UNION ALL
        SELECT (SELECT min(subscription) FROM \(outbox) WHERE state = 'pending' AND subscription > name)
        FROM waiting WHERE name IS NOT NULL
      ), first (name, hour) AS (
        SELECT name, (
          SELECT not_before FROM \(outbox)
          WHERE subscription = name AND state = 'pending' AND not_before <= ? AND (until IS NULL OR until > ?)
          ORDER BY not_before LIMIT 1
        ) FROM waiting
      )
      SELECT \(SQLiteTransaction.outboxColumns) FROM first JOIN \(outbox) ON id = coalesce(
        (SELECT id FROM \(indexed)
          WHERE subscription = name AND state = 'pending' AND not_before = hour AND sequence > 0
            AND (until IS NULL OR until > ?) ORDER BY sequence, lead LIMIT 1),
        (SELECT id FROM \(indexed)
          WHERE subscription = name AND state = 'pending' AND not_before = hour AND sequence < 0
          ORDER BY sequence DESC LIMIT 1)
      )
      WHERE next_attempt <= ? AND (lease_until IS NULL OR lease_until <= ?)
      ORDER BY next_attempt, sequence, subscription LIMIT ?
      """
    return try all(sql, [now, now, now, now, now, limit], of: "outbox", keys: 3, outboxRow)
  }

  func untold() throws -> [OutboxRow] {
    try outboxRows(
      """
      WHERE state = 'delivered' AND text IS NOT NULL AND recorded IS NULL ORDER BY sequence, lead, subscription
      """, [])
  }

  func tooLate(at now: Instant) throws -> [OutboxRow] {
    try outboxRows(
      "WHERE state = 'pending' AND until IS NOT NULL AND until <= ? AND (lease_until IS NULL OR lease_until <= ?)",
      [now.secondsSinceEpoch, now.secondsSinceEpoch])
  }

  func outbox(sequence: Int, lead: Elapsed) throws -> [OutboxRow] {
    try outboxRows("WHERE sequence = ? AND lead = ? ORDER BY subscription", [sequence, lead.seconds])
  }

  func mailWaits(sequence: Int, lead: Elapsed) throws -> Bool {
    let sql = """
      SELECT 1 FROM \(outbox) WHERE sequence = ? AND lead = ? AND state = 'pending' AND subscription >= ?
        AND subscription < ? LIMIT 1
      """
    // Behind its hyphen comes a full stop.
    let (from, to) = (MailingID.prefix, MailingID.prefix.dropLast() + ".")
    return try first(sql, [sequence, lead.seconds, from, String(to)], of: "outbox") { _ in true } ?? false
  }

  func outboxFigures(at now: Instant) throws -> OutboxFigures {
    var figures = OutboxFigures()
    let sql = "SELECT count(*), min(not_before) FROM \(outbox) WHERE state ="
    (figures.pending, figures.oldestPending) =
      try first("\(sql) 'pending' AND not_before <= ?", [now.secondsSinceEpoch], of: "outbox") {
        (try $0.count(0), try $0.optionalInstant(1))
      } ?? (0, nil)
    figures.scheduled =
      try first("\(sql) 'pending' AND not_before > ?", [now.secondsSinceEpoch], of: "outbox") { try $0.count(0) } ?? 0
    figures.dead = try first("\(sql) 'dead'", of: "outbox") { try $0.count(0) } ?? 0
    return figures
  }

  // MARK: Writing

  func put(_ row: OutboxRow) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO outbox (\(SQLiteTransaction.outboxColumns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      row.subscription, row.sequence, row.lead.seconds, row.id, row.createdAt.secondsSinceEpoch,
      row.notBefore.secondsSinceEpoch, row.until?.secondsSinceEpoch, row.nextAttempt.secondsSinceEpoch, row.attempts,
      row.state.rawValue, row.lastError, row.settledAt?.secondsSinceEpoch, row.lease,
      row.leaseUntil?.secondsSinceEpoch, row.text, row.revision, row.recorded,
    ])
  }

  func remove(_ row: OutboxRow) throws {
    try db.cachedStatement(sql: "DELETE FROM outbox WHERE subscription = ? AND sequence = ?")
      .execute(arguments: [row.subscription, row.sequence])
  }

  func endDeliveries(to subscription: String, error: String, at now: Instant) throws {
    try db.cachedStatement(
      sql: """
        UPDATE outbox SET state = 'dead', last_error = ?, settled_at = ?, lease = NULL, lease_until = NULL
        WHERE subscription = ? AND state IN ('pending', 'held')
        """
    ).execute(arguments: [error, now.secondsSinceEpoch, subscription])
  }

  func voidReminders(
    of stream: String, to subscription: String, leads: [Elapsed], error: String, at now: Instant
  ) throws {
    let statement = try db.cachedStatement(
      sql: """
        UPDATE outbox SET state = 'void', last_error = ?, settled_at = ?
        WHERE subscription = ? AND lead = ? AND state IN ('pending', 'held', 'dead')
          AND sequence IN (SELECT sequence FROM events WHERE stream = ?)
        """)
    for lead in leads {
      try statement.execute(arguments: [error, now.secondsSinceEpoch, subscription, lead.seconds, stream])
    }
  }
}

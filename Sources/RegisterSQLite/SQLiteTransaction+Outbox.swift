import CivilTime
import GRDB
import Register

/// A file of an older format, opened for reading, has no outbox; writing migrates it first.
extension SQLiteTransaction {
  private static let outboxColumns = """
    subscription, sequence, id, created_at, next_attempt, attempts, state, last_error, settled_at, lease, lease_until
    """

  private var hasOutbox: Bool { format >= Schema.withOutbox }

  // MARK: Reading

  private func outboxRow(_ row: Row) throws -> OutboxRow {
    guard let state = OutboxRow.State(rawValue: row[6]) else {
      throw RegisterError.damaged("the row of message \(row[2] as String) cannot be read")
    }
    return OutboxRow(
      id: row[2], subscription: row[0], sequence: row[1], createdAt: Instant(secondsSinceEpoch: row[3]),
      nextAttempt: Instant(secondsSinceEpoch: row[4]), attempts: row[5], state: state, lastError: row[7],
      settledAt: instant(row[8]), lease: row[9], leaseUntil: instant(row[10]))
  }

  private func outboxRows(_ rest: String, _ arguments: StatementArguments) throws -> [OutboxRow] {
    guard hasOutbox else { return [] }
    return try Row.fetchAll(
      db.cachedStatement(sql: "SELECT \(SQLiteTransaction.outboxColumns) FROM outbox \(rest)"), arguments: arguments
    ).map(outboxRow)
  }

  func outboxRow(_ id: String) throws -> OutboxRow? { try outboxRows("WHERE id = ?", [id]).first }

  func outbox(_ filter: OutboxFilter) throws -> [OutboxRow] {
    var conditions = Conditions()
    conditions.add("state", isOneOf: filter.states.map(\.rawValue))
    conditions.add("subscription", is: filter.subscription)
    return try outboxRows(
      "WHERE \(conditions.sql) ORDER BY sequence DESC, subscription DESC LIMIT ?", conditions.values + [filter.limit]
    ).reversed()
  }

  func eachOutboxRow(_ body: (OutboxRow) throws -> Void) throws {
    guard hasOutbox else { return }
    let sql = "SELECT \(SQLiteTransaction.outboxColumns) FROM outbox ORDER BY sequence, subscription"
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql))
    while let row = try rows.next() { try body(outboxRow(row)) }
  }

  func dueHeads(at now: Instant, limit: Int) throws -> [OutboxRow] {
    guard hasOutbox else { return [] }
    let sql = """
      WITH heads AS (
        SELECT subscription, min(sequence) AS sequence FROM outbox INDEXED BY outbox_pending
        WHERE state = 'pending' GROUP BY subscription
      )
      SELECT \(SQLiteTransaction.outboxColumns) FROM heads JOIN outbox USING (subscription, sequence)
      WHERE next_attempt <= ? AND (lease_until IS NULL OR lease_until <= ?)
      ORDER BY next_attempt, sequence, subscription LIMIT ?
      """
    return try Row.fetchAll(
      db.cachedStatement(sql: sql), arguments: [now.secondsSinceEpoch, now.secondsSinceEpoch, limit]
    ).map(outboxRow)
  }

  func outboxFigures() throws -> OutboxFigures {
    var figures = OutboxFigures()
    guard hasOutbox else { return figures }
    let pending = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT count(*), min(created_at) FROM outbox WHERE state = 'pending'"))
    figures.pending = pending?[0] ?? 0
    figures.oldestPending = instant(pending?[1])
    figures.dead =
      try Int.fetchOne(db.cachedStatement(sql: "SELECT count(*) FROM outbox WHERE state = 'dead'")) ?? 0
    return figures
  }

  // MARK: Writing

  func put(_ row: OutboxRow) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO outbox (\(SQLiteTransaction.outboxColumns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      row.subscription, row.sequence, row.id, row.createdAt.secondsSinceEpoch, row.nextAttempt.secondsSinceEpoch,
      row.attempts, row.state.rawValue, row.lastError, row.settledAt?.secondsSinceEpoch, row.lease,
      row.leaseUntil?.secondsSinceEpoch,
    ])
  }

  func endDeliveries(to subscription: String, error: String, at now: Instant) throws {
    try db.cachedStatement(
      sql: """
        UPDATE outbox SET state = 'dead', last_error = ?, settled_at = ?, lease = NULL, lease_until = NULL
        WHERE subscription = ? AND state = 'pending'
        """
    ).execute(arguments: [error, now.secondsSinceEpoch, subscription])
  }
}

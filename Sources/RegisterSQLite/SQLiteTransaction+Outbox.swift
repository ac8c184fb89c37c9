import CivilTime
import GRDB
import Register

/// A file of an older format, opened for reading, has no outbox; writing migrates it first.
extension SQLiteTransaction {
  static let outboxColumns = """
    subscription, sequence, id, created_at, next_attempt, attempts, state, last_error, settled_at, lease, lease_until
    """

  private var hasOutbox: Bool { format >= Schema.withOutbox }

  // MARK: Reading

  private func outboxRow(_ fields: Fields) throws -> OutboxRow {
    OutboxRow(
      id: try fields.text(2), subscription: try fields.text(0), sequence: try fields.count(1),
      createdAt: try fields.instant(3), nextAttempt: try fields.instant(4), attempts: try fields.count(5),
      state: try fields.word(6), lastError: try fields.optionalText(7), settledAt: try fields.optionalInstant(8),
      lease: try fields.optionalText(9), leaseUntil: try fields.optionalInstant(10))
  }

  private func outboxRows(_ rest: String, _ arguments: StatementArguments) throws -> [OutboxRow] {
    guard hasOutbox else { return [] }
    return try all(
      "SELECT \(SQLiteTransaction.outboxColumns) FROM outbox \(rest)", arguments, of: "outbox", keys: 2, outboxRow)
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
    try each(
      "SELECT \(SQLiteTransaction.outboxColumns) FROM outbox ORDER BY sequence, subscription", of: "outbox", keys: 2
    ) {
      try body(outboxRow($0))
      return true
    }
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
    return try all(sql, [now.secondsSinceEpoch, now.secondsSinceEpoch, limit], of: "outbox", keys: 2, outboxRow)
  }

  func outboxFigures() throws -> OutboxFigures {
    var figures = OutboxFigures()
    guard hasOutbox else { return figures }
    let sql = "SELECT count(*), min(created_at) FROM outbox WHERE state ="
    (figures.pending, figures.oldestPending) =
      try first("\(sql) 'pending'", of: "outbox") { (try $0.count(0), try $0.optionalInstant(1)) } ?? (0, nil)
    figures.dead = try first("\(sql) 'dead'", of: "outbox") { try $0.count(0) } ?? 0
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

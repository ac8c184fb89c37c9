import CivilTime
import GRDB
import JSONText
import Planning
import Register

/// A file of an older format, opened for reading, has no subscriptions and no outbox; writing migrates it first.
extension SQLiteTransaction {
  private static let webhookColumns = """
    number, url, service, events, digest, secret, created_at, created_by, revoked_at, revoked_by, gone, newest
    """
  private static let mailingColumns = """
    number, address, language, service, kinds, created_at, created_by, revoked_at, revoked_by, newest
    """
  private static let outboxColumns = """
    subscription, sequence, id, created_at, next_attempt, attempts, state, last_error, settled_at, lease, lease_until
    """

  private func hasOutbox() throws -> Bool { try Schema.version(of: db) >= Migration.outbox.version }

  private func instant(_ seconds: Int64?) -> Instant? { seconds.map(Instant.init(secondsSinceEpoch:)) }

  private func words<Word: RawRepresentable>(_ text: String) throws -> [Word] where Word.RawValue == String {
    let json: JSON = ["words": try JSON(parsing: text)]
    return try json.words("words")
  }

  private func text(_ words: [String]) -> String { JSON.array(words.map { .string($0) }).text }

  // MARK: Reading

  func webhooks() throws -> [Webhook] {
    guard try hasOutbox() else { return [] }
    let sql = "SELECT \(SQLiteTransaction.webhookColumns) FROM webhooks ORDER BY number"
    return try Row.fetchAll(db.cachedStatement(sql: sql)).map { row in
      let id = WebhookID(number: row[0])
      let secret = (row[5] as String?).map(WebhookSecret.init)
      guard let events: [ClientEvent] = try? words(row[3]), secret == nil || secret! != nil else {
        throw RegisterError.damaged("the row of \(id) cannot be read")
      }
      return Webhook(
        id: id, url: row[1], service: row[2], events: events, digest: row[4], secret: secret ?? nil,
        createdAt: Instant(secondsSinceEpoch: row[6]), createdBy: row[7], revokedAt: instant(row[8]),
        revokedBy: row[9], isGone: row[10], newest: row[11])
    }
  }

  func mailings() throws -> [Mailing] {
    guard try hasOutbox() else { return [] }
    let sql = "SELECT \(SQLiteTransaction.mailingColumns) FROM mailings ORDER BY number"
    return try Row.fetchAll(db.cachedStatement(sql: sql)).map { row in
      let id = MailingID(number: row[0])
      guard let kinds: [NoticeKind] = try? words(row[4]) else {
        throw RegisterError.damaged("the row of \(id) cannot be read")
      }
      return Mailing(
        id: id, address: row[1], language: row[2], service: row[3], kinds: kinds,
        createdAt: Instant(secondsSinceEpoch: row[5]), createdBy: row[6], revokedAt: instant(row[7]),
        revokedBy: row[8], newest: row[9])
    }
  }

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
    guard try hasOutbox() else { return [] }
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
    guard try hasOutbox() else { return }
    let sql = "SELECT \(SQLiteTransaction.outboxColumns) FROM outbox ORDER BY sequence, subscription"
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql))
    while let row = try rows.next() { try body(outboxRow(row)) }
  }

  func dueHeads(at now: Instant, limit: Int) throws -> [OutboxRow] {
    guard try hasOutbox() else { return [] }
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
    guard try hasOutbox() else { return figures }
    let pending = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT count(*), min(created_at) FROM outbox WHERE state = 'pending'"))
    figures.pending = pending?[0] ?? 0
    figures.oldestPending = instant(pending?[1])
    figures.dead =
      try Int.fetchOne(db.cachedStatement(sql: "SELECT count(*) FROM outbox WHERE state = 'dead'")) ?? 0
    return figures
  }

  // MARK: Writing

  func put(_ webhook: Webhook) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO webhooks (\(SQLiteTransaction.webhookColumns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      webhook.id.number, webhook.url, webhook.service, text(webhook.events.map(\.rawValue)), webhook.digest,
      webhook.secret?.text, webhook.createdAt.secondsSinceEpoch, webhook.createdBy,
      webhook.revokedAt?.secondsSinceEpoch, webhook.revokedBy, webhook.isGone, webhook.newest,
    ])
  }

  func put(_ mailing: Mailing) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO mailings (\(SQLiteTransaction.mailingColumns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      mailing.id.number, mailing.address, mailing.language, mailing.service, text(mailing.kinds.map(\.rawValue)),
      mailing.createdAt.secondsSinceEpoch, mailing.createdBy, mailing.revokedAt?.secondsSinceEpoch,
      mailing.revokedBy, mailing.newest,
    ])
  }

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

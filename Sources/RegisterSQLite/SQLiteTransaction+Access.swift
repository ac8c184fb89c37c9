import CivilTime
import GRDB
import JSONText
import Planning
import Register

/// A file of an older format, opened for reading, has no tokens and no private feeds; writing migrates it first.
extension SQLiteTransaction {
  private static let tokenColumns = """
    number, name, role, digest, created_at, created_by, expires_at, revoked_at, revoked_by, newest, last_used_at
    """
  private static let feedColumns = """
    number, client, parts, language, digest, created_at, created_by, revoked_at, revoked_by, newest
    """

  private func hasAccess() throws -> Bool { try Schema.version(of: db) >= Migration.access.version }

  private func instant(_ seconds: Int64?) -> Instant? { seconds.map(Instant.init(secondsSinceEpoch:)) }

  private func tokens(_ condition: String, _ arguments: StatementArguments) throws -> [Token] {
    guard try hasAccess() else { return [] }
    let sql = "SELECT \(SQLiteTransaction.tokenColumns) FROM tokens \(condition) ORDER BY number"
    return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments).map { row in
      let id = TokenID(number: row[0])
      guard let role = Role(rawValue: row[2]) else {
        throw RegisterError.damaged("the row of \(id) cannot be read")
      }
      return Token(
        id: id, name: row[1], role: role, digest: row[3], createdAt: Instant(secondsSinceEpoch: row[4]),
        createdBy: row[5], expiresAt: instant(row[6]), revokedAt: instant(row[7]), revokedBy: row[8], newest: row[9],
        lastUsedAt: instant(row[10]))
    }
  }

  func tokens() throws -> [Token] { try tokens("", []) }

  /// `g` comes after every digit of a digest, so that this is a range of the index.
  func tokens(digestPrefix: String) throws -> [Token] {
    try tokens("WHERE digest >= ? AND digest < ?", [digestPrefix, digestPrefix + "g"])
  }

  private func privateFeeds(_ condition: String, _ arguments: StatementArguments) throws -> [PrivateFeed] {
    guard try hasAccess() else { return [] }
    let sql = "SELECT \(SQLiteTransaction.feedColumns) FROM private_feeds \(condition) ORDER BY number"
    return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments).map { row in
      let id = PrivateFeedID(number: row[0])
      guard let parts = try? [PrivateFeed.Part](json: JSON(parsing: row[2] as String)) else {
        throw RegisterError.damaged("the row of \(id) cannot be read")
      }
      return PrivateFeed(
        id: id, client: row[1], parts: parts, language: row[3], digest: row[4],
        createdAt: Instant(secondsSinceEpoch: row[5]), createdBy: row[6], revokedAt: instant(row[7]),
        revokedBy: row[8], newest: row[9])
    }
  }

  func privateFeeds() throws -> [PrivateFeed] { try privateFeeds("", []) }

  func privateFeeds(digestPrefix: String) throws -> [PrivateFeed] {
    try privateFeeds("WHERE digest >= ? AND digest < ?", [digestPrefix, digestPrefix + "g"])
  }

  func put(_ token: Token) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO tokens (\(SQLiteTransaction.tokenColumns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      token.id.number, token.name, token.role.rawValue, token.digest, token.createdAt.secondsSinceEpoch,
      token.createdBy, token.expiresAt?.secondsSinceEpoch, token.revokedAt?.secondsSinceEpoch, token.revokedBy,
      token.newest, token.lastUsedAt?.secondsSinceEpoch,
    ])
  }

  func put(_ feed: PrivateFeed) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO private_feeds (\(SQLiteTransaction.feedColumns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      feed.id.number, feed.client, feed.parts.json.text, feed.language, feed.digest, feed.createdAt.secondsSinceEpoch,
      feed.createdBy, feed.revokedAt?.secondsSinceEpoch, feed.revokedBy, feed.newest,
    ])
  }

  func noteUse(of token: TokenID, at moment: Instant) throws {
    try db.cachedStatement(sql: "UPDATE tokens SET last_used_at = ? WHERE number = ?")
      .execute(arguments: [moment.secondsSinceEpoch, token.number])
  }
}

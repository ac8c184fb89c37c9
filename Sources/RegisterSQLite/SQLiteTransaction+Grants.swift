import CivilTime
import GRDB
import JSONText
import Planning
import Register

/// A file of an older format, opened for reading, is read as the migration would bring it over.
extension SQLiteTransaction {
  static let grantColumns = """
    kind, number, content, created_at, created_by, revoked_at, revoked_by, gone, newest, last_used_at, secret, address, \
    salt
    """

  /// Each row by its identifier; nil for one that cannot be read.
  private func grants<Content: GrantContent>(
    _: Content.Type, _ rest: String, _ arguments: StatementArguments = []
  ) throws -> [(id: Grant<Content>.ID, grant: Grant<Content>?)] {
    let sql = "SELECT \(SQLiteTransaction.grantColumns) FROM \(table(.grants)) WHERE kind = ? \(rest)"
    return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [Content.Kind.prefix] + arguments).map { row in
      let id = Grant<Content>.ID(number: row[1])
      let secret = (row[10] as String?).map { WebhookSecret($0) }
      guard let content = try? Content(json: try JSON(parsing: row[2] as String)), secret != .some(nil) else {
        return (id, nil)
      }
      var grant = Grant(
        id: id, content: content, createdAt: Instant(secondsSinceEpoch: row[3]), createdBy: row[4], newest: row[8])
      grant.revokedAt = instant(row[5])
      grant.revokedBy = row[6]
      grant.isGone = row[7]
      grant.unlogged.lastUsedAt = instant(row[9])
      grant.unlogged.secret = secret ?? nil
      grant.unlogged.address = row[11]
      grant.unlogged.salt = row[12]
      return (id, grant)
    }
  }

  func eachGrant<Content: GrantContent>(
    _ kind: Content.Type, _ body: (Grant<Content>.ID, Grant<Content>?) throws -> Void
  ) throws { try grants(kind, "ORDER BY number").forEach(body) }

  /// `g` comes after every digit of a digest, so that this is a range of the index.
  func grants<Content: GrantContent>(_ kind: Content.Type, digestPrefix: String) throws -> [Grant<Content>] {
    let digest = "json_extract(content, '$.digest')"
    // Not ordered, for which another index would be taken.
    return try grants(kind, "AND \(digest) >= ? AND \(digest) < ?", [digestPrefix, digestPrefix + "g"]).map {
      guard let grant = $0.grant else { throw RegisterError.damaged("the row of \($0.id) cannot be read") }
      return grant
    }
  }

  func put<Content: GrantContent>(_ grant: Grant<Content>) throws {
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO grants (\(SQLiteTransaction.grantColumns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      Content.Kind.prefix, grant.id.number, grant.content.json.text, grant.createdAt.secondsSinceEpoch,
      grant.createdBy, grant.revokedAt?.secondsSinceEpoch, grant.revokedBy, grant.isGone, grant.newest,
      grant.lastUsedAt?.secondsSinceEpoch, grant.secret?.text, grant.unlogged.address, grant.unlogged.salt,
    ])
  }

  func noteUse(of token: TokenID, at moment: Instant) throws {
    try db.cachedStatement(sql: "UPDATE grants SET last_used_at = ? WHERE kind = ? AND number = ?")
      .execute(arguments: [moment.secondsSinceEpoch, TokenKind.prefix, token.number])
  }
}

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
    let sql = "SELECT \(SQLiteTransaction.grantColumns) FROM \(table("grants")) WHERE kind = ? \(rest)"
    return try all(sql, [Content.Kind.prefix] + arguments, of: "grants", keys: 2) { fields in
      let id = Grant<Content>.ID(number: try fields.count(1))
      return (id, try? grant(id, fields))
    }
  }

  private func grant<Content: GrantContent>(_ id: Grant<Content>.ID, _ fields: Fields) throws -> Grant<Content> {
    var grant = Grant(
      id: id, content: try Content(json: try JSON(parsing: fields.text(2))), createdAt: try fields.instant(3),
      createdBy: try fields.optionalText(4), newest: try fields.count(8))
    grant.revokedAt = try fields.optionalInstant(5)
    grant.revokedBy = try fields.optionalText(6)
    grant.isGone = try fields.count(7) != 0
    grant.unlogged.lastUsedAt = try fields.optionalInstant(9)
    // That before it behind a blank, which no secret holds.
    var secrets = try (fields.optionalText(10) ?? "").split(separator: " ").map {
      try fields.present(WebhookSecret(String($0)), 10)
    }[...]
    (grant.unlogged.secret, grant.unlogged.previousSecret) = (secrets.popFirst(), secrets.popFirst())
    grant.unlogged.address = try fields.optionalText(11)
    grant.unlogged.salt = try fields.optionalText(12)
    return grant
  }

  func eachGrant<Content: GrantContent>(
    _ kind: Content.Type, _ body: (Grant<Content>.ID, Grant<Content>?) throws -> Void
  ) throws { try grants(kind, "ORDER BY number").forEach(body) }

  func grant<Content: GrantContent>(_ id: Grant<Content>.ID) throws -> Grant<Content>? {
    guard let row = try grants(Content.self, "AND number = ?", [id.number]).first else { return nil }
    guard let grant = row.grant, grant.isVouchedFor(isCopy: true) else {
      throw RegisterError.damaged(.row(table: "grants", key: id.description, .unreadable))
    }
    return grant
  }

  func highestGrant<Content: GrantContent>(_ kind: Content.Type) throws -> Int {
    try first(
      "SELECT coalesce(max(number), 0) FROM \(table("grants")) WHERE kind = ?", [Content.Kind.prefix], of: "grants"
    ) { try $0.count(0) } ?? 0
  }

  /// `g` comes after every digit of a digest, so that this is a range of the index.
  func grants<Content: GrantContent>(_ kind: Content.Type, digestPrefix: String) throws -> [Grant<Content>] {
    let digest = "json_extract(content, '$.digest')"
    // Not ordered, for which another index would be taken.
    return try grants(kind, "AND \(digest) >= ? AND \(digest) < ?", [digestPrefix, digestPrefix + "g"]).map {
      guard let grant = $0.grant else {
        throw RegisterError.damaged(.row(table: "grants", key: $0.id.description, .unreadable))
      }
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
      grant.lastUsedAt?.secondsSinceEpoch,
      grant.secret.map { ([$0.text] + (grant.unlogged.previousSecret.map { [$0.text] } ?? [])).joined(separator: " ") },
      grant.unlogged.address, grant.unlogged.salt,
    ])
  }

  func noteUse(of token: TokenID, at moment: Instant) throws {
    try db.cachedStatement(sql: "UPDATE grants SET last_used_at = ? WHERE kind = ? AND number = ?")
      .execute(arguments: [moment.secondsSinceEpoch, TokenKind.prefix, token.number])
  }
}

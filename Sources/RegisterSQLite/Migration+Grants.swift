/// Tokens, private feeds, webhooks and mailings in one table: what their events say as JSON, and what no event says in
/// columns.
extension Migration {
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

  /// What to read grants from in a file of that format; nil for one that has none.
  static func grantTable(format: Int) -> String? {
    switch format {
    case ..<access.version: nil
    case access.version: "(\(grantsOfFormat3))"
    case outbox.version: "(\(grantsOfFormat3) UNION ALL \(grantsOfFormat4))"
    default: "grants"
    }
  }

  private static let grantsOfFormat3 = """
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
  private static let grantsOfFormat4 = """
    SELECT 'HOOK-', number,
      json_object('url', url, 'service', service, 'events', json(events), 'digest', digest),
      created_at, created_by, revoked_at, revoked_by, gone, newest, NULL, secret, NULL, NULL FROM webhooks
    UNION ALL SELECT 'MAIL-', number,
      json_object('address', address, 'language', language, 'service', service, 'kinds', json(kinds)),
      created_at, created_by, revoked_at, revoked_by, 0, newest, NULL, NULL, NULL, NULL FROM mailings
    """
}

import CivilTime
import Foundation
import GRDB
import Planning
import Register
import RegisterSQLite
import TestSupport
import Testing

/// `register verify` finds what was done to tokens and private feeds by hand.
@Suite struct AccessVerificationTests {
  /// Two tokens and two private feeds, the first of each revoked.
  static func live(_ workshop: Workshop) throws {
    try TokenTests.create("ada", expires: .after(.hours(24)), in: workshop)
    try TokenTests.create("bot", .admin, in: workshop)
    try PrivateFeedTests.create(in: workshop)
    try PrivateFeedTests.create("Other", in: workshop)
    try workshop.register.revoke(Token.self, TokenID(number: 1), actor: "root")
    try workshop.register.revoke(PrivateFeed.self, PrivateFeedID(number: 1), actor: "root")
  }

  @Test func `Both stores give the same log but for what is random`() throws {
    let logs = try StoreKind.allCases.map { kind in
      let workshop = try Workshop(kind)
      try Self.live(workshop)
      #expect(try workshop.verify().problems == [])
      return try workshop.events().map { event in
        "\(event.sequence) \(event.stream) \(event.type) "
          + event.body.replacing(/"digest":"[0-9a-f]{64}"/, with: "\"digest\":…")
      }
    }
    #expect(logs[0] == logs[1])
  }

  private static func edit(_ kind: String, _ change: String) -> String {
    "UPDATE grants SET \(change) WHERE kind = '\(kind)' AND number = 1"
  }

  /// Each column of a row that the events give; the last use is none of them.
  static let edits: [(sql: String, place: String?)] = {
    let (token, feed) = ("grants TOK-0001", "grants PFD-0001")
    let digest = String(repeating: "a", count: 64)
    return [
      (edit("TOK-", "content = json_set(content, '$.name', 'eve')"), token),
      (edit("TOK-", "content = json_set(content, '$.role', 'admin')"), token),
      (edit("TOK-", "content = json_set(content, '$.digest', '\(digest)')"), token),
      (edit("TOK-", "content = json_remove(content, '$.expires')"), token),
      (edit("TOK-", "content = json_set(content, '$.expires', '2030-01-01T00:00:00Z')"), token),
      (edit("TOK-", "created_at = created_at - 1"), token), (edit("TOK-", "created_by = 'eve'"), token),
      (edit("TOK-", "revoked_at = NULL"), token), (edit("TOK-", "revoked_by = NULL"), token),
      (edit("TOK-", "newest = 1"), token), (edit("TOK-", "last_used_at = 7"), nil),
      (edit("TOK-", "address = 'https://eve.example/', salt = 'a'"), token), (edit("PFD-", "salt = 'a'"), feed),
      ("DELETE FROM grants WHERE kind = 'TOK-' AND number = 1", token),
      (
        """
        INSERT INTO grants SELECT kind, 3, json_set(content, '$.digest', '\(digest)'), created_at, created_by, NULL, NULL,
          0, newest, NULL, NULL, NULL, NULL FROM grants WHERE kind = 'TOK-' AND number = 2
        """, "grants TOK-0003"
      ),
      (edit("PFD-", "content = json_set(content, '$.client', 'Eve')"), feed),
      (edit("PFD-", "content = json_set(content, '$.parts', json('[]'))"), feed),
      (edit("PFD-", "content = json_set(content, '$.language', 'en')"), feed),
      (edit("PFD-", "content = json_set(content, '$.digest', '\(digest)')"), feed),
      (edit("PFD-", "created_at = 0"), feed), (edit("PFD-", "created_by = NULL"), feed),
      (edit("PFD-", "revoked_at = NULL"), feed), (edit("PFD-", "revoked_by = 'eve'"), feed),
      (edit("PFD-", "newest = 1"), feed), ("DELETE FROM grants WHERE kind = 'PFD-' AND number = 1", feed),
    ]
  }()

  @Test(arguments: edits.indices)
  func `A row edited, removed or added by hand is found`(index: Int) throws {
    let workshop = try Workshop(.sqlite)
    try Self.live(workshop)
    let (sql, place) = Self.edits[index]
    let queue = try DatabaseQueue(path: workshop.path)
    try queue.write { db in
      try db.execute(sql: sql)
      #expect(db.changesCount == 1)
    }
    try queue.close()
    let problems = try workshop.verify().problems
    #expect(Set(problems.map(\.place)) == Set([place].compactMap(\.self)), "\(problems)")
  }

  @Test(arguments: [
    ("TOK-", "json_set(content, '$.role', 'root')"), ("PFD-", "json_set(content, '$.parts', 7)"), ("PFD-", "'{}'"),
  ])
  func `A row that cannot be read is damage, not a role`(kind: String, content: String) throws {
    let workshop = try Workshop(.sqlite)
    try Self.live(workshop)
    let queue = try DatabaseQueue(path: workshop.path)
    try queue.write {
      try $0.execute(sql: "UPDATE grants SET content = \(content) WHERE kind = '\(kind)' AND number = 2")
    }
    // Nobody reads it, and verify names it and goes on.
    let register = workshop.register
    if kind == "TOK-" {
      #expect(throws: RegisterError.self) { try register.tokens() }
    } else {
      #expect(throws: RegisterError.self) { try register.privateFeeds() }
    }
    #expect(try workshop.verify().problems.map(\.place).contains("grants \(kind)0002"))
  }

  /// Events that a program appends without the one write path, well hashed.
  static let forgeries: [(stream: String, type: String, body: String, problem: Damage)] = {
    let digest = String(repeating: "a", count: 64)
    func token(_ name: String, _ role: String) -> String {
      #"{"name":"\#(name)","role":"\#(role)","digest":"\#(digest)"}"#
    }
    return [
      ("TOK-0002", "token-created", token("eve", "admin"), .impossible(sequence: 8, stream: "TOK-0002")),
      // A name that a token in force has, in another spelling.
      ("TOK-0003", "token-created", token("BOT", "admin"), .impossible(sequence: 8, stream: "TOK-0003")),
      ("TOK-0003", "token-created", token("eve", "root"), .unreadable(sequence: 8)),
      ("TOK-0003", "token-created", token("eve", "admin"), .row(table: "grants", key: "TOK-0003", .missing)),
      ("TOK-0004", "token-created", token("eve", "admin"), .numbering(series: "TOK-")),
      ("TOK-0001", "token-revoked", "{}", .impossible(sequence: 8, stream: "TOK-0001")),
      ("TOK-0003", "token-revoked", "{}", .impossible(sequence: 8, stream: "TOK-0003")),
      ("TOK-0002", "token-revoked", "{}", .row(table: "grants", key: "TOK-0002", .differs(["revoked_at", "newest"]))),
      ("TOK-0002", "token-blessed", "{}", .unreadable(sequence: 8)),
      ("TOK-0002", "token-revoked", "[", .unreadable(sequence: 8)),
      ("TOK-002", "token-revoked", "{}", .unreadable(sequence: 8)),
      ("PFD-0001", "private-feed-revoked", "{}", .impossible(sequence: 8, stream: "PFD-0001")),
      (
        "PFD-0002", "private-feed-revoked", "{}",
        .row(table: "grants", key: "PFD-0002", .differs(["revoked_at", "newest"]))
      ),
      (
        "PFD-0009", "private-feed-created", #"{"client":"x","parts":[],"digest":"\#(digest)"}"#,
        .numbering(series: "PFD-")
      ),
      (
        "PFD-0003", "private-feed-created", #"{"client":"x","parts":[7],"digest":"\#(digest)"}"#,
        .unreadable(sequence: 8)
      ),
      ("PFD-0002", "token-revoked", "{}", .unreadable(sequence: 8)),
    ]
  }()

  @Test(arguments: forgeries.indices, StoreKind.allCases)
  func `An event that cannot be, or that no row knows of, is found`(index: Int, kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    try Self.live(workshop)
    let forgery = Self.forgeries[index]
    try workshop.store.write { store in
      let newest = try store.newestEvent()
      try store.append(
        StoredEvent(
          after: newest, at: workshop.clock.now, stream: forgery.stream, type: forgery.type, body: forgery.body))
    }
    let problems = try workshop.verify().problems
    // A store in memory has no columns.
    let isFound = problems.contains(forgery.problem)
    #expect(isFound || kind == .memory && problems.map(\.place).contains(forgery.problem.place), "\(problems)")
  }

  @Test func `An edited event of a token is found`() throws {
    let workshop = try Workshop(.sqlite)
    try Self.live(workshop)
    let queue = try DatabaseQueue(path: workshop.path)
    try queue.write { db in
      try db.execute(sql: "DROP TRIGGER events_are_never_changed; DROP TRIGGER events_are_never_deleted")
      try db.execute(sql: "UPDATE events SET body = replace(body, 'engineer', 'admin') WHERE sequence = 2")
      try db.execute(sql: "DELETE FROM events WHERE type = 'private-feed-revoked'")
    }
    let problems = try workshop.verify().problems
    #expect(problems.contains(.content(sequence: 2)))
    #expect(problems.contains(.row(table: "grants", key: "TOK-0001", .differs(["content"]))))
    #expect(problems.map(\.place).contains("grants PFD-0001"))
  }

  // MARK: Migration

  @Test func `Reading leaves a register of format 2 as it is and finds no tokens`() throws {
    let (folder, path) = try OldRegister.copy(format: 2)
    let bytes = try Data(contentsOf: URL(filePath: path))
    let store = try SQLiteStore.open(at: path, readOnly: true)
    let result = try Register.verify(store)
    #expect(result.problems == [])
    #expect((result.changes, result.outages, result.tokens, result.privateFeeds) == (2, 1, 0, 0))
    let workshop = try Workshop(.memory)
    let register = workshop.register(on: store)
    #expect(try register.tokens() == [])
    #expect(try register.privateFeeds() == [])
    #expect(try register.principal(bearing: TokenSecret.random().text, at: workshop.clock.now) == nil)
    #expect(try register.privateFeed(at: FeedSecret.random().text) == nil)
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    _ = folder
  }

  @Test func `Writing migrates it after a verified copy, once, and keeps all that it held`() throws {
    let (folder, path) = try OldRegister.copy(format: 2)
    let before = try Register.verify(try SQLiteStore.open(at: path, readOnly: true))
    #expect(before.root == "a1523abfd79758da3e625654ad3577a9f691f8665f1edab23ef3c94fa4553efa")
    let store = try SQLiteStore.open(at: path)
    #expect(try OldRegister.version(path) == 7)
    #expect(try Register.verify(store) == before)
    let copy = "\(path).before-access-\(before.events)"
    #expect(try OldRegister.version(copy) == 2)
    #expect(try Register.verify(try SQLiteStore.open(at: copy, readOnly: true)) == before)
    // What it held is there, and it takes tokens.
    let workshop = try Workshop(.memory, at: "2026-11-05T09:00:00Z")
    let register = workshop.register(on: store)
    #expect(try register.changes(ChangeFilter()).count == 2)
    #expect(try register.outages(OutageFilter()).count == 1)
    let secret = try register.createToken(name: "ada", role: .admin, actor: nil).secret
    #expect(try register.principal(bearing: secret.text, at: workshop.clock.now)?.name == "ada")
    #expect(try Register.verify(store, against: Checkpoint(size: before.events, root: before.root)).problems == [])
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(files.filter { $0.contains(".before-") }.count == 1)
  }

  @Test func `A file migrated from format 2 has the tables of a new one`() throws {
    let (folder, path) = try OldRegister.copy(format: 2)
    _ = try SQLiteStore.open(at: path)
    let new = folder.path("new.sqlite")
    _ = try SQLiteStore.create(at: new)
    #expect(try OldRegister.schema(path) == OldRegister.schema(new))
  }
}

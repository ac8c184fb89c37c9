import CivilTime
import Foundation
import GRDB
import Planning
import Register
import TestSupport
import Testing

@testable import RegisterSQLite

/// Tokens go the one way of writing: same log, same hashes, same clock.
@Suite struct TokenTests {
  @discardableResult
  static func create(
    _ name: String, _ role: Role = .engineer, expires: Register.Expiry = .never, in workshop: Workshop
  ) throws -> (record: Token, secret: TokenSecret) {
    try workshop.register.createToken(name: name, role: role, expires: expires, actor: "root")
  }

  private func authenticate(_ text: String, in workshop: Workshop) throws -> Register.Authentication {
    try workshop.register.authenticate(text, at: workshop.clock.now)
  }

  @Test(arguments: StoreKind.allCases)
  func `A token is a stream of its own in the one log, without its secret`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let (token, secret) = try Self.create("ada", .admin, expires: .after(.hours(24)), in: workshop)
    #expect(token.id.description == "TOK-0001")
    #expect(token.createdAt == workshop.clock.now)
    #expect(token.createdBy == "root")
    #expect(token.expiresAt == workshop.clock.now + .hours(24))
    #expect(token.digest == Digest.sha256(secret.text.utf8))
    let second = try Self.create("bot", in: workshop).record
    workshop.clock.now = utc("2026-11-02T10:00:00Z")
    let (revoked, isNew) = try workshop.register.revoke(Token.self, second.id, actor: "ada")
    #expect(isNew)
    #expect(revoked.revokedAt == workshop.clock.now)
    #expect(revoked.revokedBy == "ada")
    let events = try workshop.events()
    #expect(events.map(\.type) == ["register-created", "token-created", "token-created", "token-revoked"])
    #expect(events.map(\.stream) == ["register", "TOK-0001", "TOK-0002", "TOK-0002"])
    #expect(!events.contains { $0.body.contains(secret.text) || $0.body.contains(secret.text.dropFirst(4)) })
    #expect(try workshop.register.tokens() == [token, revoked])
    let result = try workshop.verify()
    #expect(result.problems == [])
    #expect(result.tokens == 2)
    #expect(result.changes == 0)
  }

  @Test func `A secret stands nowhere in the file`() throws {
    let workshop = try Workshop(.sqlite)
    let token = try Self.create("ada", in: workshop).secret
    let feed = try PrivateFeedTests.create(in: workshop).secret
    for name in try FileManager.default.contentsOfDirectory(atPath: workshop.folder.url.path) {
      let bytes = try Data(contentsOf: URL(filePath: workshop.folder.path(name)))
      #expect(bytes.range(of: Data(token.text.utf8.dropFirst(4))) == nil)
      #expect(bytes.range(of: Data(feed.text.utf8)) == nil)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `Who bears a token is its name and role`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let secrets = try Role.allCases.map { try Self.create("of \($0.rawValue)", $0, in: workshop).secret }
    for (role, secret) in zip(Role.allCases, secrets) {
      #expect(
        try workshop.register.principal(bearing: secret.text, at: workshop.clock.now)
          == Principal(name: "of \(role.rawValue)", role: role))
    }
    let stranger = TokenSecret.random().text
    #expect(try authenticate(stranger, in: workshop) == .refused(.unknown, nil))
    #expect(try workshop.register.principal(bearing: stranger, at: workshop.clock.now) == nil)
    for text in TokenSecretTests.hostile {
      #expect(try workshop.register.principal(bearing: text, at: workshop.clock.now) == nil)
    }
    #expect(try authenticate("prv_", in: workshop) == .refused(.malformed, nil))
    var slipped = secrets[0].text
    let last = slipped.removeLast()
    #expect(try authenticate(slipped + (last == "0" ? "1" : "0"), in: workshop) == .refused(.mistyped, nil))
  }

  /// Two digests that begin alike: what the index gives is not yet a match.
  @Test(arguments: StoreKind.allCases)
  func `A digest that only begins alike is not taken`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let (token, secret) = try Self.create("ada", in: workshop)
    try workshop.store.write { store in
      var twin = token
      twin.content.digest = token.digest.dropLast() + (token.digest.last == "0" ? "1" : "0")
      try store.put(twin)
    }
    #expect(try authenticate(secret.text, in: workshop) == .refused(.unknown, nil))
    #expect(
      try workshop.store.read { try $0.grants(TokenContent.self, digestPrefix: String(token.digest.prefix(8))) }.count
        == 1)
    #expect(try workshop.store.read { try $0.grants(TokenContent.self, digestPrefix: "gg") } == [])
  }

  @Test(arguments: StoreKind.allCases)
  func `A token ends at the second of its expiry, not before`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let end = utc("2026-12-01T12:00:00Z")
    let (token, secret) = try Self.create("ada", expires: .at(end), in: workshop)
    let register = workshop.register
    let second = Elapsed(seconds: 1)
    #expect(try register.principal(bearing: secret.text, at: end - second) != nil)
    #expect(try register.principal(bearing: secret.text, at: end) == nil)
    #expect(try register.authenticate(secret.text, at: end) == .refused(.expired, token.id))
    #expect(try register.principal(bearing: secret.text, at: end + second) == nil)
    #expect(token.state(at: end - second) == .active)
    #expect(token.state(at: end) == .expired)
  }

  @Test(arguments: StoreKind.allCases)
  func `A revoked token is refused at once and stays so; revoking again records nothing`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let (token, secret) = try Self.create("ada", expires: .after(.hours(1)), in: workshop)
    try workshop.register.revoke(Token.self, token.id, actor: "root")
    #expect(try authenticate(secret.text, in: workshop) == .refused(.revoked, token.id))
    workshop.clock.now = utc("2026-11-03T09:00:00Z")
    #expect(try authenticate(secret.text, in: workshop) == .refused(.revoked, token.id))
    let count = try workshop.events().count
    let (again, isNew) = try workshop.register.revoke(Token.self, token.id, actor: "other")
    #expect(!isNew)
    #expect(again.revokedBy == "root")
    #expect(try workshop.events().count == count)
    let missing = TokenID(number: 7)
    #expect(throws: AccessError.unknownToken(missing)) {
      try workshop.register.revoke(Token.self, missing, actor: "root")
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `A name is held by one token in force`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let first = try Self.create("José", in: workshop).record
    for name in ["José", "JOSÉ", "Jose\u{301}", "  José "] {
      #expect(throws: AccessError.self, "\(name)") { try Self.create(name, in: workshop) }
    }
    // An expired token is in force as a name: who reads the log may still meet it.
    let brief = try Self.create("brief", expires: .after(.hours(1)), in: workshop).record
    workshop.clock.now = utc("2026-11-03T09:00:00Z")
    #expect(throws: AccessError.nameTaken("brief", brief.id)) { try Self.create("brief", in: workshop) }
    try workshop.register.revoke(Token.self, first.id, actor: nil)
    #expect(try Self.create("José", in: workshop).record.id.number == 3)
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: [
    "", " ", "\u{200B}", "a\nb", "a\u{0}", "\u{1B}[2J", "a\u{202E}b", "a/b", "\u{FFFE}",
    String(repeating: "x", count: 101),
    "a\u{2028}b", "e" + String(repeating: "\u{301}", count: 2000),
  ])
  func `A name that would deceive, break a line or say nothing is refused`(name: String) throws {
    let workshop = try Workshop(.memory)
    #expect(throws: AccessError.self) { try Self.create(name, in: workshop) }
    #expect(try workshop.types() == ["register-created"])
  }

  @Test func `An expiry lies ahead, and ten years at the most`() throws {
    let workshop = try Workshop(.memory)
    let now = workshop.clock.now
    let longest = Elapsed(seconds: 3653 * 86_400)
    let refused: [Register.Expiry] = [
      .at(now), .at(now - Elapsed(seconds: 1)), .at(.earliest), .at(.latest), .after(.zero),
      .after(Elapsed(seconds: -1)), .after(Elapsed(seconds: .max)), .after(Elapsed(seconds: .min)),
      .after(longest + Elapsed(seconds: 1)),
    ]
    for expiry in refused {
      #expect(throws: AccessError.self) { try Self.create("x", expires: expiry, in: workshop) }
    }
    #expect(try workshop.register.tokens() == [])
    try Self.create("x", expires: .at(now + Elapsed(seconds: 1)), in: workshop)
    try Self.create("y", expires: .after(longest), in: workshop)
  }

  @Test(arguments: StoreKind.allCases)
  func `A clock that stands behind makes no token`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    workshop.clock.now = utc("2026-11-01T09:00:00Z")
    #expect(throws: RegisterError.self) { try Self.create("ada", in: workshop) }
    workshop.clock.now = utc("2026-11-02T09:00:00Z")
    try Self.create("ada", in: workshop)
    #expect(try workshop.types() == ["register-created", "clock-recovered", "token-created"])
  }

  // MARK: Last use

  @Test(arguments: StoreKind.allCases)
  func `The last use is written once a minute, and is no event`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let (token, secret) = try Self.create("ada", in: workshop)
    let start = workshop.clock.now
    func use(_ seconds: Int64) throws -> Elapsed? {
      _ = try workshop.register.principal(bearing: secret.text, at: start + Elapsed(seconds: seconds))
      return try workshop.register.tokens()[0].lastUsedAt.map { $0 - start }
    }
    #expect(try workshop.register.tokens()[0].lastUsedAt == nil)
    #expect(try use(0) == .zero)
    #expect(try use(59) == .zero)
    #expect(try use(60) == .minutes(1))
    #expect(try use(30) == .minutes(1))
    #expect(try workshop.types() == ["register-created", "token-created"])
    // Revoking keeps it, and a refused token is not used.
    try workshop.register.revoke(Token.self, token.id, actor: nil)
    #expect(try use(600) == .minutes(1))
    #expect(try workshop.verify().problems == [])
  }

  @Test func `No request fails or waits for the last use`() throws {
    let workshop = try Workshop(.sqlite)
    let secret = try Self.create("ada", in: workshop).secret
    let readOnly = workshop.register(on: try SQLiteStore.open(at: workshop.path, readOnly: true))
    #expect(try readOnly.principal(bearing: secret.text, at: workshop.clock.now) != nil)
    #expect(try workshop.register.tokens()[0].lastUsedAt == nil)
    // Another process holds the write lock, and lets go only when this one has answered.
    let other = try SQLiteStore.open(at: workshop.path)
    try other.write { _ in
      let began = ContinuousClock.now
      let principal = try workshop.register.principal(bearing: secret.text, at: workshop.clock.now)
      #expect(principal != nil)
      #expect(ContinuousClock.now - began < .seconds(5))
    }
    #expect(try workshop.register.tokens()[0].lastUsedAt == nil)
    #expect(try workshop.register.principal(bearing: secret.text, at: workshop.clock.now) != nil)
    #expect(try workshop.register.tokens()[0].lastUsedAt == workshop.clock.now)
  }

  @Test(arguments: [true, false])
  func `What is written without waiting leaves the patience of other writes as it was`(fails: Bool) throws {
    struct Stop: Error {}
    let workshop = try Workshop(.sqlite)
    let store = try SQLiteStore.open(at: workshop.path, patience: 1)
    func patience() throws -> Int? { try store.queue.read { try Int.fetchOne($0, sql: "PRAGMA busy_timeout") } }
    let before = try patience()
    #expect(before == 1000)
    do {
      try store.writeWithoutWaiting { _ in
        if fails { throw Stop() }
      }
    } catch is Stop {}
    #expect(try patience() == before)
    _ = try workshop.store.write { _ in
      #expect(throws: RegisterError.busy) { try store.writeWithoutWaiting { _ in } }
    }
    #expect(try patience() == before)
  }
}

import CivilTime
import Foundation
import GRDB
import Planning
import RegisterSQLite
import TestSupport
import Testing

@testable import Register

/// What tokens, private feeds, webhooks and mailings have in common.
@Suite struct GrantTests {
  static let service = "profession-liberale"
  static let url = "https://hooks.example.org/in?key=s3cret"
  static let mailbox = "clients@example.org"

  // MARK: Events of earlier builds

  /// As builds before format 5 wrote them, with addresses in the log.
  static let old: [(stream: String, type: String, body: String)] = {
    let digest = String(repeating: "0f", count: 32)
    return [
      (
        "TOK-0001", "token-created",
        #"{"name":"ada","role":"admin","digest":"\#(digest)","expires":"2027-01-31T09:01:00Z","actor":"root"}"#
      ),
      ("TOK-0001", "token-revoked", #"{"actor":"root"}"#),
      (
        "PFD-0001", "private-feed-created",
        #"{"client":"Martin","parts":[{"service":"paie","components":["flux"]}],"language":"en","digest":"\#(digest)"}"#
      ),
      (
        "HOOK-0001", "webhook-created",
        #"{"url":"https://a.example/x","service":"paie","events":["change.planned"],"digest":"\#(digest)"}"#
      ),
      ("HOOK-0001", "webhook-revoked", #"{"gone":true}"#),
      (
        "MAIL-0001", "mailing-created",
        #"{"address":"a@b.example","language":"fr","service":"paie","kinds":["announcement"],"actor":"root"}"#
      ),
    ]
  }()

  @Test(arguments: StoreKind.allCases)
  func `Events of earlier builds are read as they were written`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    try workshop.store.write { store in
      for event in Self.old {
        let line = StoredEvent(
          after: try store.newestEvent(), at: workshop.clock.now, stream: event.stream, type: event.type,
          body: event.body)
        try Projection(store: store, memory: StreamMemory()).apply(line)
        try store.append(line)
      }
    }
    let register = workshop.register
    let token = try #require(try register.tokens().first)
    #expect((token.name, token.role, token.createdBy, token.revokedBy) == ("ada", .admin, "root", "root"))
    #expect(token.expiresAt == utc("2027-01-31T09:01:00Z"))
    let feed = try #require(try register.privateFeeds().first)
    #expect(feed.parts == [PrivateFeed.Part("paie", components: ["flux"])])
    #expect((feed.client, feed.language, feed.createdBy) == ("Martin", "en", nil))
    let webhook = try #require(try register.webhooks().first)
    #expect((webhook.address, webhook.service, webhook.events) == ("https://a.example/x", "paie", [.planned]))
    #expect(webhook.state(at: workshop.clock.now) == .gone)
    let mailing = try #require(try register.mailings().first)
    #expect((mailing.address, mailing.language, mailing.kinds) == ("a@b.example", "fr", [.announcement]))
    #expect(try Register.verify(workshop.store, isCopy: true).problems == [])
    // Written again they are the same bytes.
    let bodies = [
      Token.write(.created(token.content), EventContext(actor: "root")),
      PrivateFeed.write(.created(feed.content), EventContext()),
      Webhook.write(.created(webhook.content), EventContext()),
      Mailing.write(.created(mailing.content), EventContext(actor: "root")),
    ].map(\.body)
    #expect(bodies == Self.old.filter { $0.type.hasSuffix("created") }.map(\.body))
  }

  static let root = "f229337905e5df3b31a496b4fd6258107381db860716c1ea673357dc1fce20c6"

  private func check(_ store: any EventStore) throws {
    let result = try Register.verify(store)
    #expect(result.problems == [])
    #expect(result.root == Self.root)
    #expect((result.tokens, result.privateFeeds) == (2, 2))
    let now = utc("2026-11-02T10:00:00Z")
    try store.read { store in
      #expect(try store.tokens().map(\.name) == ["ada", "bot"])
      #expect(try store.tokens().map { $0.state(at: now) } == [.active, .revoked])
      #expect(try store.tokens()[0].expiresAt == utc("2027-01-31T09:01:00Z"))
      #expect(try store.privateFeeds().map(\.language) == ["en", nil])
      #expect(
        try store.webhooks().map(\.address) == [
          "https://hooks.example.org/in?key=old", "https://hooks.example.org/all",
        ])
      #expect(try store.webhooks().map(\.secret?.digest) == store.webhooks().map(\.digest))
      #expect(try store.mailings().map(\.address) == [Self.mailbox, "ops@example.org"])
      #expect(try store.mailings().map(\.revokedBy) == ["root", nil])
      let digest = try store.tokens()[0].digest
      #expect(try store.grants(TokenContent.self, digestPrefix: String(digest.prefix(8))).map(\.name) == ["ada"])
    }
  }

  @Test func `A register of format 4 is read as it is, and brought over with all that it grants`() throws {
    let (folder, path) = try OldRegister.copy(format: 4)
    let bytes = try Data(contentsOf: URL(filePath: path))
    try check(try SQLiteStore.open(at: path, readOnly: true))
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    let store = try SQLiteStore.open(at: path)
    try check(store)
    #expect(FileManager.default.fileExists(atPath: "\(path).before-grants-15"))
    // What was made before is taken back as what is made now, and new addresses are none of the log's.
    let register = try Workshop(.memory, at: "2026-11-03T09:00:00Z").register(on: store)
    #expect(try register.revoke(Webhook.self, WebhookID(number: 1), actor: "ada").isNew)
    #expect(try register.createWebhook(url: Self.url, service: Self.service, actor: "ada").record.id.number == 3)
    let log = try store.read { try $0.events(after: 15, limit: 10) }
    #expect(log.map(\.type).suffix(2) == ["webhook-revoked", "webhook-created"])
    #expect(!log.contains { $0.body.contains("hooks.example.org") })
    #expect(try Register.verify(store).problems == [])
    _ = folder
  }

  @Test func `A mailing that the log names itself has a way out as any other`() throws {
    let (folder, path) = try OldRegister.copy(format: 4)
    let store = try SQLiteStore.open(at: path)
    let register = try Workshop(.memory, at: "2026-11-03T09:00:00Z").register(on: store)
    let old = try #require(try register.mailings().first { !$0.isRevoked })
    #expect(old.leaveToken == nil)
    let token = try #require(try register.salted(old).leaveToken)
    #expect(try register.salted(old).leaveToken == token, "the same in each mail")
    #expect(token != (try register.salted(old).choiceToken))
    try register.leaveMailing("2-" + token.dropFirst(2).reversed())
    try register.leaveMailing("1-" + token.dropFirst(2))
    #expect(try register.mailings().first { $0.id == old.id }?.isRevoked == false)
    try register.leaveMailing(token)
    #expect(try register.mailings().first { $0.id == old.id }?.state(at: register.now) == .left)
    #expect(try Register.verify(store).problems == [])
    _ = folder
  }

  // MARK: Addresses

  @Test(arguments: StoreKind.allCases)
  func `An address stands in its row, and in the log by a digest that a guess does not give`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    for _ in 0..<2 {
      try workshop.register.createWebhook(url: Self.url, service: Self.service, actor: nil)
      try workshop.register.createMailing(address: Self.mailbox, language: "fr", service: Self.service, actor: nil)
    }
    #expect(try workshop.register.webhooks().map(\.address) == [Self.url, Self.url])
    #expect(try workshop.register.mailings().map(\.address) == [Self.mailbox, Self.mailbox])
    let log = try workshop.events().map(\.body).joined()
    for text in [Self.url, "s3cret", Self.mailbox, Digest.sha256(Self.url.utf8), Digest.sha256(Self.mailbox.utf8)] {
      #expect(!log.contains(text))
    }
    // The same address twice is not seen to be the same.
    let digests = log.matches(of: /"(url|address)_digest":"([0-9a-f]{64})"/).map { String($0.2) }
    #expect(Set(digests).count == 4)
    #expect(try workshop.verify().problems == [])
  }

  @Test func `A copy of the log knows no address, and one that should know it is found out`() throws {
    let workshop = try Workshop(.memory)
    try workshop.register.createWebhook(url: Self.url, service: Self.service, actor: nil)
    let copy = try Workshop(.memory)
    try copy.store.write { store in
      for line in try workshop.events().dropFirst() {
        try Projection(store: store, memory: StreamMemory()).apply(line)
        try store.append(line)
      }
    }
    #expect(try copy.register.webhooks().map(\.address) == [nil])
    #expect(try Register.verify(copy.store, isCopy: true).problems == [])
    #expect(try Register.verify(copy.store).problems.map(\.place) == ["grants HOOK-0001"])
  }

  @Test(arguments: [
    "https://127.0.0.1/", "https://10.1.2.3/x", "https://192.168.0.1:8443/", "https://169.254.169.254/latest",
    "https://[::1]/", "https://[fd00::1]/", "https://[::ffff:8.8.8.8]/", "https://localhost/", "https://a.localhost/",
  ])
  func `An address that plainly leads to no public network is refused where it is not allowed`(url: String) throws {
    let workshop = try Workshop(.memory)
    #expect(throws: SubscriptionError.privateAddress(url)) {
      try workshop.register.createWebhook(url: url, service: Self.service, actor: nil)
    }
    try workshop.register.createWebhook(url: url, service: Self.service, allowsPrivate: true, actor: nil)
  }

  // MARK: Rotation

  @Test(arguments: StoreKind.allCases)
  func `Of three secrets two sign, the log has digests, and a copy of the log holds together`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let register = workshop.register
    let hook = try register.createWebhook(url: Self.url, service: Self.service, actor: "ada").record
    func rotate(_ keep: Elapsed, _ secret: WebhookSecret? = nil) throws -> (record: Webhook, isNew: Bool) {
      try register.rotateWebhook(hook.id, keep: keep, secret: secret, idempotencyKey: nil, actor: "ada")
    }
    let now = register.now
    let second = try rotate(.hours(24)).record
    #expect(second.secrets(at: now) == [second.secret, hook.secret].compactMap(\.self))
    #expect(second.secrets(at: now + .hours(24)) == [second.secret].compactMap(\.self))
    // The caller's own answers again, and records nothing.
    let own = WebhookSecret.random()
    #expect(try rotate(.hours(1), own).isNew)
    #expect(try !rotate(.hours(1), own).isNew)
    #expect(try register.webhooks()[0].secrets(at: now) == [own, second.secret].compactMap(\.self))
    let events = try workshop.events()
    #expect(events.map(\.type).suffix(3) == ["webhook-created", "webhook-rotated", "webhook-rotated"])
    #expect(!events.contains { $0.body.contains("whsec_") })
    #expect(try workshop.verify().problems == [])
    let copy = try Workshop(.memory)
    try copy.store.write { store in
      for line in events.dropFirst() {
        try Projection(store: store, memory: StreamMemory()).apply(line)
        try store.append(line)
      }
    }
    #expect(try Register.verify(copy.store, isCopy: true).problems == [])
    // Ended at once: nothing of it stays.
    #expect(try rotate(.zero).record.unlogged.previousSecret == nil)
    try register.revoke(Webhook.self, hook.id, actor: "ada")
    #expect(throws: SubscriptionError.revoked(subscription: "HOOK-0001")) { try rotate(.zero) }
    #expect(try workshop.verify().problems == [])
  }

  // MARK: Keys

  @Test(arguments: StoreKind.allCases)
  func `A key makes one grant, and what it made is answered again`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let register = workshop.register
    func token(_ role: Role, _ key: String) throws -> (record: Token, isNew: Bool) {
      try register.recordToken(
        name: "bot", role: role, digest: TokenSecret.random().digest, isOwnSecret: false, idempotencyKey: key,
        actor: "ada")
    }
    func hook(_ url: String, _ key: String) throws -> (record: Webhook, isNew: Bool) {
      try register.createWebhook(url: url, service: Self.service, idempotencyKey: key, actor: "ada")
    }
    func mailing(_ address: String, _ key: String) throws -> (record: Mailing, isNew: Bool) {
      try register.createMailing(
        address: address, language: "fr", service: Self.service, idempotencyKey: key, actor: "ada")
    }
    let first = try (token(.admin, "a/1"), hook(Self.url, "a/2"), mailing(Self.mailbox, "a/3"))
    #expect((first.0.isNew, first.1.isNew, first.2.isNew) == (true, true, true))
    let count = try workshop.events().count
    #expect(try token(.admin, "a/1") == (first.0.record, false))
    #expect(try hook(Self.url, "a/2") == (first.1.record, false))
    #expect(try mailing(Self.mailbox, "a/3") == (first.2.record, false))
    for attempt in [
      { _ = try token(.engineer, "a/1") }, { _ = try hook("https://other.example/", "a/2") },
      { _ = try mailing("other@example.org", "a/3") }, { _ = try mailing(Self.mailbox, "a/2") },
      { _ = try register.revoke(Webhook.self, WebhookID(number: 1), idempotencyKey: "a/2", actor: nil) },
    ] as [() throws -> Void] {
      #expect(throws: RegisterError.self) { try attempt() }
    }
    #expect(throws: RegisterError.idempotencyKeyReused("a/1")) {
      try workshop.execute(.submit(workshop.content("2026-12-06T01:00:00Z")), key: "a/1")
    }
    #expect(try workshop.events().count == count)
    // Taking back has keys too.
    func revoke(_ number: Int) throws -> Bool {
      try register.revoke(Mailing.self, MailingID(number: number), idempotencyKey: "a/4", actor: nil).isNew
    }
    #expect(try revoke(1))
    #expect(try !revoke(1))
    _ = try mailing("other@example.org", "a/5")
    #expect(throws: RegisterError.idempotencyKeyReused("a/4")) { try revoke(2) }
    #expect(try workshop.verify().problems == [])
  }
}

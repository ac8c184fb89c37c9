import API
import Answers
import CivilTime
import Planning
import Register
import RegisterSQLite
import TestSupport
import Testing

@testable import Remote

/// Tokens, private feeds and overrides of the gate, through networks as they are.
@Suite struct AccessTests {
  private static let service = "profession-liberale"

  @Test(arguments: [TestTransport.Fault.answerLost, .badGateway, .notSent, .unavailable(retryAfter: nil)])
  func `a token whose answer was lost is the token whose secret is known`(fault: TestTransport.Fault) throws {
    let bench = try Bench(fault: { number, request in request.method == .post && number < 5 ? fault : nil })
    let remote = try bench.connect()
    let (token, secret) = try remote.createToken(
      name: "bot", role: .engineer, expires: .after(.hours(12)), actor: nil)
    #expect(token.id == TokenID(number: 1))
    #expect(token.createdBy == "ada")
    #expect(token.expiresAt == bench.api.clock.now + .hours(12))
    #expect(try bench.api.types().filter { $0 == "token-created" }.count == 1)
    #expect(try bench.api.register.principal(bearing: secret.text, at: bench.api.clock.now)?.name == "bot")
    // The secret itself never left this side.
    for call in bench.api.received {
      #expect(!String(decoding: call.body, as: UTF8.self).contains(secret.text))
    }
    #expect(try Register.verify(remote.replica.store).problems == [])
  }

  @Test func `when no answer comes at all, nobody is told that nothing was recorded`() throws {
    let bench = try Bench(fault: { _, request in request.method == .get ? nil : .answerLost })
    let remote = try bench.connect()
    #expect(throws: RemoteError.unknownAccess("reset", verb: "token")) {
      try remote.createToken(name: "bot", role: .engineer, expires: .never, actor: nil)
    }
    #expect(throws: RemoteError.unknownAccess("reset", verb: "token")) {
      try remote.revoke(Token.self, TokenID(number: 1), actor: nil)
    }
    #expect(throws: RemoteError.unknownAccess("reset", verb: "mailing")) {
      try remote.createMailing(
        address: "clients@example.org", language: "fr", service: "profession-liberale", kinds: [], components: [],
        idempotencyKey: nil,
        actor: nil)
    }
    let away = try Bench(bench.api, fault: { _, request in request.method == .get ? nil : .notSent })
    #expect(throws: RemoteError.unreachable("refused")) {
      try away.connect().revoke(Token.self, TokenID(number: 1), actor: nil)
    }
    #expect(try bench.api.types().filter { $0 == "token-created" }.count == 1)
  }

  @Test func `the last use of a token is the server's to say`() throws {
    let bench = try Bench()
    let remote = try bench.connect()
    let (token, secret) = try remote.createToken(name: "bot", role: .admin, expires: .never, actor: nil)
    #expect(try remote.grants(Token.self) == [token])
    _ = try bench.api.register.principal(bearing: secret.text, at: bench.api.clock.now)
    #expect(try remote.grants(Token.self).map(\.lastUsedAt) == [bench.api.clock.now])
  }

  @Test func `a token can take itself back, and then nothing more`() throws {
    let bench = try Bench()
    let (token, secret) = try bench.connect().createToken(
      name: "bot", role: .admin, expires: .never, actor: nil)
    let own = try RemoteRegister.connect(
      place: try bench.place(), courier: bench.courier(token: secret.text))
    let (record, isNew) = try own.revoke(Token.self, token.id, actor: nil)
    #expect(isNew)
    #expect(record.revokedAt == bench.api.clock.now)
    #expect(record.revokedBy == "bot")
    #expect(throws: RemoteError.self) { try own.grants(Token.self) }
    #expect(try bench.connect().revoke(Token.self, token.id, actor: nil).isNew == false)
  }

  @Test func `a private feed whose answer was lost has the address that is known`() throws {
    let bench = try Bench(fault: { number, request in request.method == .post && number < 5 ? .answerLost : nil })
    let remote = try bench.connect()
    let (feed, secret) = try remote.createPrivateFeed(
      client: "Martin", parts: [PrivateFeed.Part(Self.service, components: ["flux"])], language: "en", actor: nil,
      contract: bench.api.bound)
    #expect(try bench.api.register.privateFeed(at: secret.text) == feed)
    #expect(try remote.grants(PrivateFeed.self) == [feed])
    #expect(try remote.revoke(PrivateFeed.self, feed.id, actor: nil).isNew)
    #expect(try bench.api.register.privateFeed(at: secret.text) == nil)
    #expect(try Register.verify(remote.replica.store).problems == [])
  }

  @Test(arguments: [0, 1, 2], [TestTransport.Fault.answerLost, .badGateway])
  func `overrides are made and ended once, whatever is lost`(rest: Int, fault: TestTransport.Fault) throws {
    let local = try ServerAPI()
    let bench = try Bench(fault: { number, _ in number % 3 == rest ? fault : nil })
    let remote = try bench.connect()
    let end = bench.api.clock.now + .hours(1)
    let commands: [GateCommand] = [
      .override(environment: "production", length: .minutes(30), reason: "Login «é»"),
      .overrideUntil(end, environment: "production", reason: "Both"),
      .override(environment: "preproduction", length: .minutes(5), reason: "Try"),
      .endOverride(environment: "production", reason: "Done"), .endOverride(environment: "preproduction", reason: nil),
    ]
    for (number, command) in commands.enumerated() {
      func request(_ key: String) -> Register.GateRequest {
        Register.GateRequest(command, service: Self.service, actor: "ada", idempotencyKey: key)
      }
      let expected = try local.register.execute(request("ada/\(number)"), contract: local.bound)
      let found = try remote.execute(request("\(number)"), contract: bench.api.bound)
      #expect(found.overrides == expected.overrides)
      #expect(found.decidedAt == expected.decidedAt)
      #expect(!found.isReplay)
      #expect(try remote.execute(request("\(number)"), contract: bench.api.bound).isReplay)
    }
    #expect(try bench.api.events() == local.events())
    #expect(throws: RemoteError.self) {
      try remote.execute(
        .init(.endOverride(environment: "production", reason: nil), service: Self.service), contract: bench.api.bound)
    }
    #expect(throws: RegisterError.idempotencyKeyReused("0")) {
      try remote.execute(
        .init(commands[1], service: Self.service, idempotencyKey: "0"), contract: bench.api.bound)
    }
  }

  @Test(arguments: [TestTransport.Fault.answerLost, .badGateway])
  func `a webhook and a mailing whose answers were lost are made once, and the secret is known`(
    fault: TestTransport.Fault
  ) throws {
    let bench = try Bench(fault: { number, request in request.method == .post && number % 3 != 0 ? fault : nil })
    let remote = try bench.connect()
    let hook = try remote.createWebhook(
      url: "https://hooks.example/x?key=1", service: Self.service, events: [.planned], format: .standard, language: nil,
      allowsPrivate: false,
      secret: nil, idempotencyKey: nil, actor: nil
    ).record
    let mailing = try remote.createMailing(
      address: "clients@example.org", language: "fr", service: Self.service, kinds: [], components: [],
      idempotencyKey: nil, actor: nil
    ).record
    let kept = try #require(try bench.api.register.webhooks().first)
    #expect(kept.secret == hook.secret)
    #expect((hook.address, mailing.address) == ("https://hooks.example/x?key=1", "clients@example.org"))
    #expect(try bench.api.types().filter { $0.hasSuffix("-created") }.count == 3)
    #expect(try remote.grants(Webhook.self).map(\.address) == [hook.address])
    #expect(try remote.grants(Mailing.self).map(\.address) == [mailing.address])
    // The replica knows the address of neither.
    #expect(try remote.replica.store.read { try $0.webhooks() }.map(\.address) == [nil])
    #expect(try Register.verify(remote.replica.store, isCopy: true).problems == [])
    // What the server answers of a list, and of mails that came back, is what the log has.
    let list = try remote.importMailings(
      ["clients@example.org", "new@example.org"],
      MailingTerms(language: "fr", service: Self.service, kinds: [], components: []), actor: nil)
    // The answer of an attempt before it was lost.
    #expect(list.made.count + list.existing == 2)
    let back = try remote.recordBounces([MailBounce(addresses: ["new@example.org"], status: "5.1.1")], actor: nil)
    #expect(back.ended.count + back.before == 1)
    // Another secret, likewise: the server has the one that was made here, and the one before it.
    let rotated = try remote.rotateWebhook(
      hook.id, keep: .hours(24), secret: nil, idempotencyKey: nil, actor: nil)
    #expect(rotated.isNew)
    let now = bench.api.register.now
    #expect(
      try bench.api.register.webhooks().map { $0.secrets(at: now) } == [
        [rotated.record.secret, hook.secret].compactMap(\.self)
      ])
    #expect(try bench.api.types().filter { $0 == "webhook-rotated" }.count == 1)
    #expect(try Register.verify(bench.api.register.store).problems == [])
    #expect(try Register.verify(remote.replica.store, isCopy: true).problems == [])
    let (ended, isNew) = try remote.revoke(Webhook.self, hook.id, actor: nil)
    #expect(isNew)
    #expect(ended.isRevoked)
    #expect(ended.address == hook.address)
    #expect(try !remote.revoke(Webhook.self, hook.id, actor: nil).isNew)
  }

  @Test func `what a server sends is listed, and sent again, from afar`() throws {
    let bench = try Bench()
    let remote = try bench.connect()
    let hook = try remote.createWebhook(
      url: "https://hooks.example/x", service: Self.service, events: [], format: .standard, language: nil,
      allowsPrivate: false, secret: nil,
      idempotencyKey: nil, actor: nil
    ).record
    _ = try remote.execute(.init(.submit(Bench.content("2026-12-06T01:00:00Z")))) { try bench.api.bound($0) }
    let claim = try #require(
      try bench.api.register.claimDeliveries(limit: 1, owner: "w", for: .minutes(1)).first)
    try bench.api.register.settle(claim, .dead(error: "no"))
    var filter = OutboxFilter()
    filter.states = [.dead]
    filter.subscription = hook.id.description
    let dead = try remote.deliveries(filter)
    #expect(dead == (try bench.api.register.deliveries(filter)))
    #expect(dead.map(\.lastError) == ["no"])
    #expect(try remote.retryDeadDeliveries().map(\.state) == [.pending])
    #expect(throws: RemoteError.self) { try remote.retryDelivery(claim.id) }
    #expect(throws: SubscriptionError.unknownDelivery("x/../../tokens")) { try remote.retryDelivery("x/../../tokens") }
    filter.subscription = "HOOK&limit=1"
    #expect(try remote.deliveries(filter) == [])
  }
}

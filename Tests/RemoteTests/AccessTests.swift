import API
import CivilTime
import Planning
import Register
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
    #expect(throws: RemoteError.unknownAccess("reset")) {
      try remote.createToken(name: "bot", role: .engineer, expires: .never, actor: nil)
    }
    #expect(throws: RemoteError.unknownAccess("reset")) { try remote.revokeToken(TokenID(number: 1), actor: nil) }
    let away = try Bench(bench.api, fault: { _, request in request.method == .get ? nil : .notSent })
    #expect(throws: RemoteError.unreachable("refused")) {
      try away.connect().revokeToken(TokenID(number: 1), actor: nil)
    }
    #expect(try bench.api.types().filter { $0 == "token-created" }.count == 1)
  }

  @Test func `the last use of a token is the server's to say`() throws {
    let bench = try Bench()
    let remote = try bench.connect()
    let (token, secret) = try remote.createToken(name: "bot", role: .admin, expires: .never, actor: nil)
    #expect(try remote.tokens() == [token])
    _ = try bench.api.register.principal(bearing: secret.text, at: bench.api.clock.now)
    #expect(try remote.tokens().map(\.lastUsedAt) == [bench.api.clock.now])
  }

  @Test func `a token can take itself back, and then nothing more`() throws {
    let bench = try Bench()
    let (token, secret) = try bench.connect().createToken(
      name: "bot", role: .admin, expires: .never, actor: nil)
    let own = try RemoteRegister.connect(
      bench.address, place: try bench.place(), courier: bench.courier(token: secret.text))
    let (record, isNew) = try own.revokeToken(token.id, actor: nil)
    #expect(isNew)
    #expect(record.revokedAt == bench.api.clock.now)
    #expect(record.revokedBy == "bot")
    #expect(throws: RemoteError.self) { try own.tokens() }
    #expect(try bench.connect().revokeToken(token.id, actor: nil).isNew == false)
  }

  @Test func `a private feed whose answer was lost has the address that is known`() throws {
    let bench = try Bench(fault: { number, request in request.method == .post && number < 5 ? .answerLost : nil })
    let remote = try bench.connect()
    let (feed, secret) = try remote.createPrivateFeed(
      client: "Martin", parts: [PrivateFeed.Part(Self.service, components: ["flux"])], language: "en", actor: nil,
      contract: bench.api.bound)
    #expect(try bench.api.register.privateFeed(at: secret.text) == feed)
    #expect(try remote.privateFeeds() == [feed])
    #expect(try remote.revokePrivateFeed(feed.id, actor: nil).isNew)
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
}

import Answers
import CivilTime
import Files
import JSONText
import Planning
import Register
import Wording

extension Route {
  /// Who may write.
  static let tokens: [Route] = [
    Route(
      .get, "/tokens", .manageTokens, name: "listTokens", "All tokens that were ever made, with their last use.",
      gives: Success(200, .list(.named("Token")))
    ) { exchange in
      let json = exchange.accessJSON
      let now = exchange.register.now
      return exchange.json(.array(try exchange.register.tokens().map { json.token($0, at: now) }))
    },
    Route(
      .post, "/tokens", .manageTokens, name: "createToken",
      "Makes a token. Its secret stands in this answer and nowhere else; with a digest it is the caller's own.",
      body: Body(.newToken), mayClash: true, gives: Success(201, .named("Token")), TokenCalls.create),
    Route(
      .delete, "/tokens/{token}", .manageTokens, name: "revokeToken",
      "Takes a token back, from now on; one that is revoked stays as it is.", gives: Success(200, .named("Token")),
      TokenCalls.revoke),
  ]
}

enum TokenCalls {
  @Sendable static func create(_ exchange: Exchange) throws -> APIAnswer {
    let register = exchange.register
    let name = exchange.text("name") ?? ""
    let role: Role = try exchange.words.read(exchange.text("role") ?? "", flag: "role")
    let expires = try exchange.text("expires").map {
      try ExpiryArgument(wording: exchange.firstWording).read($0, flag: "expires")
    }
    let actor = exchange.principal?.name
    guard let digest = exchange.text("digest") else {
      let (token, secret) = try register.createToken(
        name: name, role: role, expires: expires ?? .never, actor: actor)
      return answer(token, isNew: true, secret: secret, exchange)
    }
    let (token, isNew) = try register.recordToken(
      name: name, role: role, expires: expires ?? .never, digest: digest, actor: actor)
    return answer(token, isNew: isNew, exchange)
  }

  private static func answer(
    _ token: Token, isNew: Bool, secret: TokenSecret? = nil, _ exchange: Exchange
  ) -> APIAnswer {
    let location = (name: "location", value: "\(API.prefix)/tokens/\(token.id)")
    return exchange.json(
      exchange.accessJSON.token(token, at: exchange.register.now, secret: secret),
      headers: [location] + (isNew ? [] : [("idempotency-replayed", "true")]))
  }

  @Sendable static func revoke(_ exchange: Exchange) throws -> APIAnswer {
    guard let id = exchange.path["token"].flatMap(TokenID.init) else {
      throw Problem(.unknownToken, exchange.language("There is no such token.", "Il n’y a pas ce jeton."))
    }
    let (token, isNew) = try exchange.register.revokeToken(id, actor: exchange.principal?.name)
    return exchange.json(
      exchange.accessJSON.token(token, at: exchange.register.now),
      headers: isNew ? [] : [("idempotency-replayed", "true")])
  }
}

extension Exchange {
  /// In the zone of the first contract, in UTC where there is none.
  var firstWording: Wording {
    Wording(language, zone: (try? api.contracts.loadAll())?.first?.contract.currentTimeZone ?? .utc)
  }

  var accessJSON: AccessJSON { AccessJSON(zone: firstWording.zone, isSimulation: api.isSimulation) }
}

import Answers
import Files
import JSONText
import Planning
import Publication
import Register
import Wording

/// What is handed out under a number and can be taken back. A repeated Idempotency-Key is answered with what it made, as it
/// stands now and without its secret, which nobody can read again: whoever must not lose it makes it, and sends its digest.
extension Route {
  static let grants =
    grant(TokenContent.self, "Token", .listTokens, .createToken, .newToken, .revokeToken, GrantCalls.createToken)
    + grant(
      PrivateFeedContent.self, "PrivateFeed", .listPrivateFeeds, .createPrivateFeed, .newPrivateFeed,
      .revokePrivateFeed,
      GrantCalls.createPrivateFeed)
    + grant(
      WebhookContent.self, "Webhook", .listWebhooks, .createWebhook, .newWebhook, .revokeWebhook,
      GrantCalls.createWebhook)
    + grant(
      MailingContent.self, "Mailing", .listMailings, .createMailing, .newMailing, .revokeMailing,
      GrantCalls.createMailing)
    + [
      Route(
        .rotateWebhook, body: Body(.rotation), gives: Success(200, .named("Webhook")), GrantCalls.rotateWebhook),
      Route(
        .importMailings, body: Body(.mailingList), gives: Success(200, .named("MailingImport")),
        GrantCalls.importMailings),
      Route(
        .recordBounces, body: Body(.mailBounces), gives: Success(200, .named("MailingBounces")),
        GrantCalls.recordBounces),
    ]

  private static func grant<Content: AnsweredGrant>(
    _: Content.Type, _ name: String, _ list: Operation, _ create: Operation, _ form: Schema, _ revoke: Operation,
    _ handle: @escaping @Sendable (Exchange) throws -> APIAnswer
  ) -> [Route] {
    let answer = Schema.named(name)
    return [
      Route(list, gives: Success(200, .list(answer)), GrantCalls<Content>.list),
      Route(create, body: Body(form), gives: Success(201, answer), handle),
      Route(revoke, gives: Success(200, answer), GrantCalls<Content>.revoke),
    ]
  }
}

extension GrantCalls<TokenContent> {
  @Sendable static func createToken(_ exchange: Exchange) throws -> APIAnswer {
    let role: Role = try exchange.words.read(exchange.text("role") ?? "", field: .role)
    let expires = try exchange.text("expires").map {
      try ExpiryArgument(wording: exchange.firstWording).read($0, field: .expires)
    }
    let secret = exchange.text("digest") == nil ? TokenSecret.random() : nil
    let (token, isNew) = try exchange.register.recordToken(
      name: exchange.text("name") ?? "", role: role, expires: expires ?? .never,
      digest: secret?.digest ?? exchange.text("digest") ?? "", isOwnSecret: secret == nil,
      idempotencyKey: exchange.key(), actor: exchange.principal?.name)
    return made(token, isNew: isNew, once: secret.map { .init("secret", .string($0.text)) }, exchange)
  }
}

extension GrantCalls<PrivateFeedContent> {
  @Sendable static func createPrivateFeed(_ exchange: Exchange) throws -> APIAnswer {
    let client = exchange.text("client") ?? ""
    let parts = (exchange.body["services"]?.array ?? []).map { part in
      PrivateFeed.Part(
        part["service"]?.string ?? "", components: (part["components"]?.array ?? []).compactMap(\.string))
    }
    let contracts = try exchange.api.contracts.loadAll().map(\.contract)
    if parts.isEmpty { try PrivateFeedClient.check(client, of: contracts, exchange.firstWording) }
    let secret = exchange.text("digest") == nil ? FeedSecret.random() : nil
    let (feed, isNew) = try exchange.register.recordPrivateFeed(
      client: client, parts: parts, language: exchange.text("language"),
      digest: secret?.digest ?? exchange.text("digest") ?? "", isOwnSecret: secret == nil,
      idempotencyKey: exchange.key(), actor: exchange.principal?.name
    ) { exchange.bound(try exchange.contract($0)) }
    let addresses = secret.flatMap { secret in
      FeedScope(feed, of: contracts).map { GrantJSON.addresses(secret, $0.first) }
    }
    return made(feed, isNew: isNew, once: addresses.map { .init("addresses", $0) }, exchange)
  }
}

extension GrantCalls<WebhookContent> {
  @Sendable static func createWebhook(_ exchange: Exchange) throws -> APIAnswer {
    let own = try secret(exchange)
    let format = exchange.text("format").flatMap(WebhookFormat.init(rawValue:)) ?? .standard
    let (webhook, isNew) = try exchange.register.createWebhook(
      url: exchange.text("url") ?? "", service: try exchange.contract(exchange.text("service")).contract.service,
      events: (exchange.texts("events") ?? []).compactMap(ClientEvent.init(rawValue:)), format: format,
      language: exchange.text("language") ?? Language.french.rawValue, allowsPrivate: exchange.api.allowsPrivate,
      secret: own, idempotencyKey: exchange.key(), actor: exchange.principal?.name)
    return made(webhook, isNew: isNew, once: once(webhook, own), exchange)
  }

  @Sendable static func rotateWebhook(_ exchange: Exchange) throws -> APIAnswer {
    guard let id = WebhookID(exchange.path["webhook"] ?? "") else {
      throw unknown(exchange)
    }
    let own = try secret(exchange)
    let keep = try RotationArgument(wording: exchange.firstWording).read(exchange.text("keep"))
    let (webhook, isNew) = try exchange.register.rotateWebhook(
      id, keep: keep, secret: own, idempotencyKey: exchange.key(), actor: exchange.principal?.name)
    return answer(webhook, isNew: isNew, once: once(webhook, own), exchange)
  }

  /// The caller's own.
  private static func secret(_ exchange: Exchange) throws -> WebhookSecret? {
    try exchange.text("secret").map { text in
      guard let secret = WebhookSecret(text) else {
        // What is quoted would be a secret: it is not repeated.
        throw BadValue(
          exchange.language(
            "secret: whsec_ and base64 of 24 to 64 octets.", "secret : whsec_ et 24 à 64 octets en base 64."))
      }
      return secret
    }
  }

  /// The secret that was made here; a format that signs nothing needs none.
  private static func once(_ webhook: Webhook, _ own: WebhookSecret?) -> JSON.Member? {
    guard own == nil, webhook.content.format == .standard else { return nil }
    return webhook.secret.map { .init("secret", .string($0.text)) }
  }
}

extension GrantCalls<MailingContent> {
  @Sendable static func createMailing(_ exchange: Exchange) throws -> APIAnswer {
    let terms = try terms(exchange)
    let (mailing, isNew) = try exchange.register.createMailing(
      address: exchange.text("address") ?? "", language: terms.language, service: terms.service, kinds: terms.kinds,
      components: terms.components, idempotencyKey: exchange.key(), actor: exchange.principal?.name)
    return made(mailing, isNew: isNew, exchange)
  }

  private static func terms(_ exchange: Exchange) throws -> MailingTerms {
    let contract = try exchange.contract(exchange.text("service")).contract
    return MailingTerms(
      language: exchange.text("language") ?? Language.french.rawValue, service: contract.service,
      kinds: (exchange.texts("kinds") ?? []).compactMap(NoticeKind.init(rawValue:)),
      components: try MailingTerms.components(exchange.texts("components") ?? [], of: contract))
  }

  @Sendable static func importMailings(_ exchange: Exchange) throws -> APIAnswer {
    let result = try exchange.register.importMailings(
      exchange.texts("addresses") ?? [], terms(exchange), actor: exchange.principal?.name)
    return exchange.json(exchange.grantJSON.imported(result, at: exchange.register.now))
  }

  @Sendable static func recordBounces(_ exchange: Exchange) throws -> APIAnswer {
    let bounces = (exchange.body["bounces"]?.array ?? []).map { bounce in
      MailBounce(
        addresses: (bounce["addresses"]?.array ?? []).compactMap(\.string), status: bounce["status"]?.string,
        messageID: bounce["message_id"]?.string)
    }
    let record = try exchange.register.recordBounces(bounces, actor: exchange.principal?.name)
    return exchange.json(exchange.grantJSON.bounces(record, at: exchange.register.now))
  }
}

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
  static let grants: [Route] = [
    list(
      TokenContent.self, .manageTokens, "listTokens", "All tokens that were ever made, with their last use.", "Token"),
    create(
      TokenContent.self, .manageTokens, "createToken",
      "Makes a token. Its secret stands in this answer and nowhere else; with a digest it is the caller's own.",
      Body(.newToken), "Token", GrantCalls.createToken),
    revoke(
      TokenContent.self, "token", .manageTokens, "revokeToken",
      "Takes a token back, from now on; one that is revoked stays as it is.", "Token"),
    list(
      PrivateFeedContent.self, .managePrivateFeeds, "listPrivateFeeds",
      "All private feeds that were ever made, without their addresses.", "PrivateFeed"),
    create(
      PrivateFeedContent.self, .managePrivateFeeds, "createPrivateFeed",
      "Makes a private feed. Its addresses stand in this answer and nowhere else; with a digest they are the caller's.",
      Body(.newPrivateFeed), "PrivateFeed", GrantCalls.createPrivateFeed),
    revoke(
      PrivateFeedContent.self, "feed", .managePrivateFeeds, "revokePrivateFeed",
      "Takes a private feed back: its addresses lead nowhere. One that is revoked stays as it is.", "PrivateFeed"),
    list(WebhookContent.self, .manageWebhooks, "listWebhooks", "All webhooks that were ever made.", "Webhook"),
    create(
      WebhookContent.self, .manageWebhooks, "createWebhook",
      "Has an https address told of what is published, signed as Standard Webhooks; the secret stands only here.",
      Body(.newWebhook), "Webhook", GrantCalls.createWebhook),
    revoke(
      WebhookContent.self, "webhook", .manageWebhooks, "revokeWebhook",
      "Sends a webhook nothing more; what waits for it is given up.", "Webhook"),
    list(MailingContent.self, .manageWebhooks, "listMailings", "All mailings that were ever made.", "Mailing"),
    create(
      MailingContent.self, .manageWebhooks, "createMailing", "Has a mailbox get the notices of a service.",
      Body(.newMailing), "Mailing", GrantCalls.createMailing),
    revoke(
      MailingContent.self, "mailing", .manageWebhooks, "revokeMailing",
      "Sends a mailbox nothing more; what waits for it is given up.", "Mailing"),
  ]

  private static func list<Content: AnsweredGrant>(
    _: Content.Type, _ action: Permission.Action, _ name: String, _ summary: String, _ schema: String
  ) -> Route {
    Route(
      .get, "/\(Content.word)s", action, name: name, summary, gives: Success(200, .list(.named(schema))),
      GrantCalls<Content>.list)
  }

  private static func create<Content: AnsweredGrant>(
    _: Content.Type, _ action: Permission.Action, _ name: String, _ summary: String, _ body: Body, _ schema: String,
    _ handle: @escaping @Sendable (Exchange) throws -> APIAnswer
  ) -> Route {
    Route(
      .post, "/\(Content.word)s", action, name: name, summary, body: body, takesKey: true, mayClash: true,
      gives: Success(201, .named(schema)), handle)
  }

  private static func revoke<Content: AnsweredGrant>(
    _: Content.Type, _ parameter: String, _ action: Permission.Action, _ name: String, _ summary: String,
    _ schema: String
  ) -> Route {
    Route(
      .delete, "/\(Content.word)s/{\(parameter)}", action, name: name, summary, takesKey: true,
      gives: Success(200, .named(schema)), GrantCalls<Content>.revoke)
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
    let own = try exchange.text("secret").map { text in
      guard let secret = WebhookSecret(text) else {
        // What is quoted would be a secret: it is not repeated.
        throw BadValue(
          exchange.language(
            "secret: whsec_ and base64 of 24 to 64 octets.", "secret : whsec_ et 24 à 64 octets en base 64."))
      }
      return secret
    }
    let (webhook, isNew) = try exchange.register.createWebhook(
      url: exchange.text("url") ?? "", service: try exchange.contract(exchange.text("service")).contract.service,
      events: (exchange.texts("events") ?? []).compactMap(ClientEvent.init(rawValue:)),
      allowsPrivate: exchange.api.allowsPrivate, secret: own, idempotencyKey: exchange.key(),
      actor: exchange.principal?.name)
    let secret = own == nil ? webhook.secret : nil
    return made(webhook, isNew: isNew, once: secret.map { .init("secret", .string($0.text)) }, exchange)
  }
}

extension GrantCalls<MailingContent> {
  @Sendable static func createMailing(_ exchange: Exchange) throws -> APIAnswer {
    let (mailing, isNew) = try exchange.register.createMailing(
      address: exchange.text("address") ?? "", language: exchange.text("language") ?? Language.french.rawValue,
      service: try exchange.contract(exchange.text("service")).contract.service,
      kinds: (exchange.texts("kinds") ?? []).compactMap(NoticeKind.init(rawValue:)), idempotencyKey: exchange.key(),
      actor: exchange.principal?.name)
    return made(mailing, isNew: isNew, exchange)
  }
}

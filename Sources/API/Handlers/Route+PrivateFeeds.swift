import Answers
import Feeds
import Files
import JSONText
import Planning
import Register
import Wording

extension Route {
  /// Feeds at addresses that one client knows.
  static let privateFeeds: [Route] = [
    Route(
      .get, "/private-feeds", .managePrivateFeeds, name: "listPrivateFeeds",
      "All private feeds that were ever made, without their addresses.",
      gives: Success(200, .list(.named("PrivateFeed")))
    ) { exchange in
      exchange.json(.array(try exchange.register.privateFeeds().map { exchange.accessJSON.privateFeed($0) }))
    },
    Route(
      .post, "/private-feeds", .managePrivateFeeds, name: "createPrivateFeed",
      "Makes a private feed. Its addresses stand in this answer and nowhere else; with a digest they are the caller's.",
      body: Body(.newPrivateFeed), mayClash: true, gives: Success(201, .named("PrivateFeed")), PrivateFeedCalls.create),
    Route(
      .delete, "/private-feeds/{feed}", .managePrivateFeeds, name: "revokePrivateFeed",
      "Takes a private feed back: its addresses lead nowhere. One that is revoked stays as it is.",
      gives: Success(200, .named("PrivateFeed")), PrivateFeedCalls.revoke),
  ]
}

enum PrivateFeedCalls {
  @Sendable static func create(_ exchange: Exchange) throws -> APIAnswer {
    let client = exchange.text("client") ?? ""
    let parts = (exchange.body["services"]?.array ?? []).map { part in
      PrivateFeed.Part(
        part["service"]?.string ?? "", components: (part["components"]?.array ?? []).compactMap(\.string))
    }
    let contracts = try exchange.api.contracts.loadAll().map(\.contract)
    if parts.isEmpty { try PrivateFeedClient.check(client, of: contracts, exchange.language) }
    let (register, actor, language) = (exchange.register, exchange.principal?.name, exchange.text("language"))
    func bound(_ service: String) throws -> BoundContract { exchange.bound(try exchange.contract(service)) }
    guard let digest = exchange.text("digest") else {
      let (feed, secret) = try register.createPrivateFeed(
        client: client, parts: parts, language: language, actor: actor, contract: bound)
      let scope = FeedScope(feed, of: contracts)
      return answer(
        feed, isNew: true, addresses: scope.map { AccessJSON.addresses(secret, $0.first) }, exchange)
    }
    let (feed, isNew) = try register.recordPrivateFeed(
      client: client, parts: parts, language: language, digest: digest, actor: actor, contract: bound)
    return answer(feed, isNew: isNew, exchange)
  }

  private static func answer(
    _ feed: PrivateFeed, isNew: Bool, addresses: JSON? = nil, _ exchange: Exchange
  ) -> APIAnswer {
    let location = (name: "location", value: "\(API.prefix)/private-feeds/\(feed.id)")
    return exchange.json(
      exchange.accessJSON.privateFeed(feed, addresses: addresses),
      headers: [location] + (isNew ? [] : [("idempotency-replayed", "true")]))
  }

  @Sendable static func revoke(_ exchange: Exchange) throws -> APIAnswer {
    guard let id = exchange.path["feed"].flatMap(PrivateFeedID.init) else {
      throw Problem(
        .unknownPrivateFeed, exchange.language("There is no such private feed.", "Il n’y a pas ce flux privé."))
    }
    let (feed, isNew) = try exchange.register.revokePrivateFeed(id, actor: exchange.principal?.name)
    return exchange.json(
      exchange.accessJSON.privateFeed(feed), headers: isNew ? [] : [("idempotency-replayed", "true")])
  }
}

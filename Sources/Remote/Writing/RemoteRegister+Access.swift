import CivilTime
import JSONText
package import Planning
package import Register
import RegisterSQLite

/// Tokens and private feeds of a server. Secrets are made here and never sent: the server gets their digests, so that
/// an attempt whose answer is lost is made again as it was, and hands nothing to whoever reads along.
extension RemoteRegister {
  /// The log does not say when a token was used; the server does.
  package func tokens() throws -> [Token] {
    let listed = try access(ServerRequest(.get, "\(WriteCall.base)/tokens", headers: ["accept": "application/json"]))
    var uses: [String: Instant] = [:]
    for token in listed.array ?? [] {
      if let id = token["id"]?.string, let use = RemoteRegister.lastUse(token) { uses[id] = use }
    }
    try refresh()
    return try replica.store.read { try $0.tokens() }.map { token in
      var token = token
      token.lastUsedAt = uses[token.id.description]
      return token
    }
  }

  private static func lastUse(_ json: JSON) -> Instant? {
    guard let text = json["last_used_at"]?.string, case .instant(let moment)? = WrittenTime(text) else { return nil }
    return moment
  }

  package func createToken(
    name: String, role: Role, expires: Register.Expiry, actor: String?
  ) throws -> (record: Token, secret: TokenSecret) {
    let secret = TokenSecret.random()
    _ = try access(WriteCall.token(name: name, role: role, expires: expires, digest: secret.digest))
    try refreshAfterWriting()
    guard let token = try replica.store.read({ try $0.tokens() }).first(where: { $0.digest == secret.digest }) else {
      throw RemoteError.notUnderstood("log")
    }
    return (token, secret)
  }

  package func revokeToken(_ id: TokenID, actor: String?) throws -> (record: Token, isNew: Bool) {
    func known() throws -> Token? { try replica.store.read { try $0.tokens() }.first { $0.id == id } }
    let before = try known()
    let json = try access(ServerRequest(.delete, "\(WriteCall.base)/tokens/\(id)"))
    do {
      try refreshAfterWriting()
    } catch RemoteError.notPermitted(status: 401, _) {
      // Whoever takes back the token that asks cannot ask any more.
    }
    guard var token = try known() else { throw RemoteError.notUnderstood("log") }
    if token.revokedAt == nil {
      token.revokedAt = try WriteAnswer.understood { try json.instant("revoked_at") }
      token.revokedBy = json["revoked_by"]?.string
    }
    token.lastUsedAt = RemoteRegister.lastUse(json)
    return (token, before?.revokedAt == nil)
  }

  package func privateFeeds() throws -> [PrivateFeed] {
    // Asked although the log has them: it is for the server to say who may see them.
    _ = try access(ServerRequest(.get, "\(WriteCall.base)/private-feeds", headers: ["accept": "application/json"]))
    try refresh()
    return try replica.store.read { try $0.privateFeeds() }
  }

  package func createPrivateFeed(
    client: String, parts: [PrivateFeed.Part], language: String?, actor: String?,
    contract: (String) throws -> BoundContract
  ) throws -> (record: PrivateFeed, secret: FeedSecret) {
    let secret = FeedSecret.random()
    _ = try access(
      WriteCall.privateFeed(client: client, parts: parts, language: language, digest: secret.digest))
    try refreshAfterWriting()
    let feeds = try replica.store.read { try $0.privateFeeds() }
    guard let feed = feeds.first(where: { $0.digest == secret.digest }) else {
      throw RemoteError.notUnderstood("log")
    }
    return (feed, secret)
  }

  package func revokePrivateFeed(
    _ id: PrivateFeedID, actor: String?
  ) throws -> (record: PrivateFeed, isNew: Bool) {
    func known() throws -> PrivateFeed? { try replica.store.read { try $0.privateFeeds() }.first { $0.id == id } }
    let before = try known()
    _ = try access(ServerRequest(.delete, "\(WriteCall.base)/private-feeds/\(id)"))
    try refreshAfterWriting()
    guard let feed = try known() else { throw RemoteError.notUnderstood("log") }
    return (feed, before?.revokedAt == nil)
  }

  private func refreshAfterWriting() throws {
    do { try refresh() } catch RemoteError.unreachable(let text) { throw RemoteError.recordedUnseen(text) }
  }

  /// What the server answers; without an answer nobody knows whether it did as it was told, unless it only had to tell.
  private func access(_ request: ServerRequest) throws -> JSON {
    let delivery: Courier.Delivery
    do {
      delivery = try courier.send(request)
    } catch {
      guard error.isAmbiguous, request.method != .get else { throw WriteAnswer.general(error) }
      switch error.reason {
      case .notConnected(let text), .lost(let text): throw RemoteError.unknownAccess(text)
      case .untrusted, .tooLarge: throw WriteAnswer.general(error)
      }
    }
    let details = ProblemDetails(delivery.answer)
    switch delivery.answer.status {
    case 200, 201: return try WriteAnswer.understood { try JSON(parsing: delivery.answer.body) }
    case 500... where delivery.isAmbiguous && request.method != .get: throw RemoteError.unknownAccess(details.text)
    default: throw WriteAnswer.error(delivery, details, .creation, key: nil)
    }
  }
}

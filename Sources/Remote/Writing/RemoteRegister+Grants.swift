import Answers
package import CivilTime
import JSONText
package import Planning
package import Register

/// Tokens, private feeds, webhooks and mailings of a server. Secrets are made here, so that an attempt whose answer is lost
/// is made again as it was; of those that the server need not sign with it gets the digests only, which hand nothing to
/// whoever reads along.
extension RemoteRegister {
  package func grants<Content: GrantContent>(_: Grant<Content>.Type) throws -> [Grant<Content>] {
    // Asked although the log has them: it is for the server to say who may see them, and what no event says.
    let listed = try access(.get, list(Content.self))
    try lookAnew(.grants(Content.self))
    return try known(Content.self).map { grant in
      let said = listed.array?.first { $0["id"]?.string == grant.id.description }
      return said.map(grant.told) ?? grant
    }
  }

  package func revoke<Content: GrantContent>(
    _: Grant<Content>.Type, _ id: Grant<Content>.ID, idempotencyKey: String?, actor: String?
  ) throws -> (record: Grant<Content>, isNew: Bool) {
    try look(.grants(Content.self))
    let before = try known(Content.self).first { $0.id == id }
    let said = try access(.delete, "\(list(Content.self))/\(id)", key: idempotencyKey)
    do {
      try afterWriting { try lookAnew(.grants(Content.self)) }
    } catch RemoteError.notPermitted(status: 401, _) {
      // Whoever takes back the token that asks cannot ask any more.
    }
    guard var grant = try known(Content.self).first(where: { $0.id == id })?.told(said) else {
      throw RemoteError.notUnderstood("log")
    }
    if !grant.isRevoked {
      grant.revokedAt = try RemoteError.understood { try said.instant("revoked_at") }
      grant.revokedBy = said["revoked_by"]?.string
    }
    return (grant, before?.isRevoked == false)
  }

  package func createToken(
    name: String, role: Role, expires: Register.Expiry, actor: String?
  ) throws -> (record: Token, secret: TokenSecret) {
    let secret = TokenSecret.random()
    let call = WriteCall.token(name: name, role: role, expires: expires, digest: secret.digest)
    return (try made(call, digest: secret.digest), secret)
  }

  package func createPrivateFeed(
    client: String, parts: [PrivateFeed.Part], language: String?, actor: String?,
    contract: (String) throws -> BoundContract
  ) throws -> (record: PrivateFeed, secret: FeedSecret) {
    let secret = FeedSecret.random()
    let call = WriteCall.privateFeed(client: client, parts: parts, language: language, digest: secret.digest)
    return (try made(call, digest: secret.digest), secret)
  }

  /// Whether private networks are taken is the server's to say.
  package func createWebhook(
    url: String, service: String, events: [ClientEvent], format: WebhookFormat, language: String?,
    allowsPrivate: Bool, secret: WebhookSecret?, idempotencyKey: String?, actor: String?
  ) throws -> (record: Webhook, isNew: Bool) {
    let secret = secret ?? WebhookSecret.random()
    let call = WriteCall.webhook(
      url: url, service: service, events: events, format: format, language: language, secret: secret,
      key: WriteKey(idempotencyKey).text)
    try look(.grants(WebhookContent.self))
    let before = try known(WebhookContent.self).count
    var webhook: Webhook = try made(call, digest: secret.digest)
    webhook.unlogged.secret = secret
    return (webhook, webhook.id.number > before)
  }

  package func rotateWebhook(
    _ id: WebhookID, keep: Elapsed, secret: WebhookSecret?, idempotencyKey: String?, actor: String?
  ) throws -> (record: Webhook, isNew: Bool) {
    let secret = secret ?? WebhookSecret.random()
    let call = WriteCall.rotation(id, keep: keep, secret: secret, key: WriteKey(idempotencyKey).text)
    try look(.grants(WebhookContent.self))
    let before = try known(WebhookContent.self).first { $0.id == id }
    var webhook: Webhook = try made(call, digest: secret.digest)
    webhook.unlogged.secret = secret
    return (webhook, before?.content.digest != secret.digest)
  }

  package func createMailing(
    address: String, language: String, service: String, kinds: [NoticeKind], components: [String],
    idempotencyKey: String?, actor: String?
  ) throws -> (record: Mailing, isNew: Bool) {
    let terms = MailingTerms(language: language, service: service, kinds: kinds, components: components)
    let call = WriteCall.mailing(address: address, terms, key: WriteKey(idempotencyKey).text)
    try look(.grants(MailingContent.self))
    let before = try known(MailingContent.self).count
    let mailing: Mailing = try made(call)
    return (mailing, mailing.id.number > before)
  }

  package func importMailings(_ addresses: [String], _ terms: MailingTerms, actor: String?) throws -> MailingImport {
    let said = try access(WriteCall.mailings(addresses, terms))
    var result = MailingImport()
    result.made = try told(said["made"])
    (result.existing, result.twice) = (count(said, "existing"), count(said, "twice"))
    (result.left, result.bounced) = (count(said, "left"), count(said, "bounced"))
    return result
  }

  package func recordBounces(_ bounces: [MailBounce], actor: String?) throws -> BounceRecord {
    var record = BounceRecord()
    // As many as one call takes.
    for start in stride(from: 0, to: max(1, bounces.count), by: 1000) {
      let said = try access(WriteCall.bounces(Array(bounces[start...].prefix(1000))))
      record.ended += try told(said["ended"])
      record.unknown += count(said, "unknown")
      record.before += count(said, "ended_before")
    }
    return record
  }

  private func count(_ said: JSON, _ name: String) -> Int { said[name]?.integer.flatMap(Int.init(exactly:)) ?? 0 }

  /// Mailings that the server names, as the log has them.
  private func told(_ said: JSON?) throws -> [Mailing] {
    try afterWriting { try lookAnew(.grants(MailingContent.self)) }
    let known = try Dictionary(known(MailingContent.self).map { ($0.id.description, $0) }) { first, _ in first }
    return try (said?.array ?? []).map { said in
      guard let mailing = known[said["id"]?.string ?? ""] else { throw RemoteError.notUnderstood("log") }
      return mailing.told(said)
    }
  }

  // MARK: Deliveries

  package func deliveries(_ filter: OutboxFilter) throws -> [OutboxRow] {
    if let name = filter.subscription, WebhookID(name) == nil, MailingID(name) == nil { return [] }
    let query =
      filter.states.map { "state=\($0.rawValue)" }.sorted() + (filter.subscription.map { ["to=\($0)"] } ?? [])
      + ["limit=\(min(filter.limit, RemoteRegister.mostDeliveries))"]
    let listed = try access(.get, "\(Operation.listDeliveries.address())?\(query.joined(separator: "&"))")
    return try RemoteError.understood { try (listed.array ?? []).map(OutboxRow.init(said:)) }
  }

  /// What the API lists at once.
  private static let mostDeliveries = 1000

  package func retryDelivery(_ id: String) throws -> OutboxRow {
    guard id.utf8.count <= 64, id.wholeMatch(of: /msg_[0-9a-z]+/) != nil else {
      throw SubscriptionError.unknownDelivery(id)
    }
    let said = try access(.post, Operation.retryDelivery.address(of: id))
    return try RemoteError.understood { try OutboxRow(said: said) }
  }

  /// One by one, of those whose receiver is in force.
  package func retryDeadDeliveries() throws -> [OutboxRow] {
    var filter = OutboxFilter()
    filter.states = [.dead]
    filter.limit = RemoteRegister.mostDeliveries
    let dead = try deliveries(filter)
    try look(.grants(WebhookContent.self))
    let ended = try Set(
      register.store.read { store in
        try store.webhooks().filter(\.isRevoked).map(\.id.description)
          + store.mailings().filter(\.isRevoked).map(\.id.description)
      })
    return try dead.filter { !ended.contains($0.subscription) }.map { try retryDelivery($0.id) }
  }

  // MARK: Asking

  private func known<Content: GrantContent>(_ kind: Content.Type) throws -> [Grant<Content>] {
    try register.store.read { try $0.grants(kind) }
  }

  /// Sent with a digest, a secret or a key of its own, so that what is asked again makes nothing twice.
  ///
  /// - Parameter digest: of the secret that was made here.
  private func made<Content: GrantContent>(_ call: ServerRequest, digest: String? = nil) throws -> Grant<Content> {
    let said = try access(call)
    try afterWriting { try lookAnew(.grants(Content.self)) }
    let named = try known(Content.self).first { $0.id.description == said["id"]?.string }
    guard let grant = named, grant.content.secretDigest == digest else { throw RemoteError.notUnderstood("log") }
    return grant.told(said)
  }

  private func list<Content: GrantContent>(_: Content.Type) -> String { "\(Operation.prefix)/\(Content.word)s" }

  private func access(_ method: Operation.Method, _ path: String, key: String? = nil) throws -> JSON {
    try access(WriteCall.plain(method, path, key: key))
  }

  /// The verb of the command line that looks after what is asked about: `webhook` for `…/webhooks/HOOK-0001`.
  private func verb(_ request: ServerRequest) -> String {
    let words = [
      TokenContent.word, PrivateFeedContent.word, WebhookContent.word, MailingContent.word,
    ]
    return words.first { request.path.hasPrefix("\(Operation.prefix)/\($0)s") } ?? "deliveries"
  }

  /// What the server answers; without an answer nobody knows whether it did as it was told, unless it only had to tell.
  private func access(_ request: ServerRequest) throws -> JSON {
    do {
      // What asks again by itself, with a key or a digest of its own, has no key that its user could give.
      let key = request.method == .get ? nil : WriteKey(nil)
      return try RemoteRegister.json(RemoteRegister.send(request, courier, key: key?.text), key: key)
    } catch RemoteError.unknownOutcome(let text, _) {
      throw RemoteError.unknownAccess(text, verb: verb(request))
    }
  }
}

extension Grant {
  /// With what the server says of it beside the log.
  fileprivate func told(_ json: JSON) -> Grant {
    var grant = self
    grant.unlogged.lastUsedAt = json.moment("last_used_at")
    grant.unlogged.address = json["url"]?.string ?? json["address"]?.string
    return grant
  }
}

extension OutboxRow {
  fileprivate init(said json: JSON) throws(EventCodecError) {
    guard let state = State(rawValue: try json.required("state")) else { throw EventCodecError(member: "state") }
    guard let sequence = json["event"]?.integer.flatMap(Int.init(exactly:)) else {
      throw EventCodecError(member: "event")
    }
    let createdAt = try json.instant("created_at")
    self.init(
      id: try json.required("id"), subscription: try json.required("subscription"), sequence: sequence,
      lead: json["lead_seconds"] == nil ? .zero : try json.seconds("lead_seconds"), createdAt: createdAt,
      notBefore: json.moment("not_before"), until: json.moment("until"),
      nextAttempt: json.moment("next_attempt") ?? createdAt,
      attempts: json["attempts"]?.integer.flatMap(Int.init(exactly:)) ?? 0, state: state,
      lastError: json["last_error"]?.string, settledAt: json.moment("settled_at"))
  }
}

extension JSON {
  fileprivate func moment(_ key: String) -> Instant? {
    guard let text = self[key]?.string, case .instant(let moment)? = WrittenTime(text) else { return nil }
    return moment
  }
}

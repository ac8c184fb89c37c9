import CivilTime
package import Planning

extension Register {
  /// Records a private feed and gives the secret of its address, which nobody can read again.
  ///
  /// - Parameter parts: what the client gets; empty where the contracts say it, under `clients`.
  /// - Parameter contract: asked for the contract of each service that `parts` names.
  package func createPrivateFeed(
    client: String, parts: [PrivateFeed.Part], language: String? = nil, actor: String?,
    contract: (String) throws -> BoundContract
  ) throws -> (record: PrivateFeed, secret: FeedSecret) {
    let secret = FeedSecret.random()
    let made = try recordPrivateFeed(
      client: client, parts: parts, language: language, digest: secret.digest, actor: actor, contract: contract)
    return (made.record, secret)
  }

  /// Records a private feed whose address its maker keeps: here only the digest of its secret is known, which is also
  /// the key of the request, as that of a token is.
  package func recordPrivateFeed(
    client: String, parts: [PrivateFeed.Part], language: String? = nil, digest: String, actor: String?,
    contract: (String) throws -> BoundContract
  ) throws -> (record: PrivateFeed, isNew: Bool) {
    guard Digest.isWellFormed(digest) else { throw AccessError.invalidDigest }
    let client = try AccessLimits.clientName(client)
    guard parts.count <= AccessLimits.services else { throw AccessError.noService }
    var checked: [PrivateFeed.Part] = []
    // In the order of the services' names, as feeds have their parts.
    for part in parts.sorted(by: { $0.service < $1.service }) {
      if part.service == checked.last?.service { throw AccessError.serviceTwice(part.service) }
      let known = try contract(part.service).contract.components
      if let stranger = part.components.first(where: { !known.contains($0) }) {
        throw AccessError.unknownComponent(stranger, known: known)
      }
      checked.append(PrivateFeed.Part(part.service, components: known.filter(part.components.contains)))
    }
    return try writing { store in
      let all = try store.privateFeeds()
      if let known = all.first(where: { $0.digest == digest }) {
        guard known.client == client, known.parts == checked, known.language == language else {
          throw AccessError.digestTaken(known.id.description)
        }
        return (known, false)
      }
      guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
      let now = try readClock(newest: newest)
      let event = PrivateFeedEvent.created(client: client, parts: checked, language: language, digest: digest)
      let id = PrivateFeedID(number: (all.last?.id.number ?? 0) + 1)
      return (try record(event, on: nil, id: id, actor: actor, store, newest, now), true)
    }
  }

  /// Takes a private feed back, from now on; one that is revoked already stays as it is, and nothing is recorded.
  @discardableResult
  package func revokePrivateFeed(_ id: PrivateFeedID, actor: String?) throws -> (record: PrivateFeed, isNew: Bool) {
    try writing { store in
      guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
      guard let feed = try store.privateFeeds().first(where: { $0.id == id }) else {
        throw AccessError.unknownPrivateFeed(id)
      }
      guard feed.revokedAt == nil else { return (feed, false) }
      let now = try readClock(newest: newest)
      return (try record(.revoked, on: feed, id: id, actor: actor, store, newest, now), true)
    }
  }

  private func record(
    _ event: PrivateFeedEvent, on feed: PrivateFeed?, id: PrivateFeedID, actor: String?,
    _ store: any StoreTransaction, _ newest: StoredEvent, _ now: Instant
  ) throws -> PrivateFeed {
    var writer = LogWriter(store: store, newest: newest, now: now)
    try writer.noteClockRecovery()
    let (type, body) = event.encode(actor: actor)
    try writer.append(stream: id.description, type: type, body: body)
    guard let next = event.apply(to: feed, id: id, line: writer.newest, actor: actor) else {
      throw RegisterError.damaged("an event does not fit the state of \(id)")
    }
    try store.put(next)
    return next
  }

  /// By number.
  package func privateFeeds() throws -> [PrivateFeed] { try store.read { try $0.privateFeeds() } }

  /// The feed whose address holds `secret`; nil for one that is malformed, unknown or revoked, without saying which.
  package func privateFeed(at secret: String) throws -> PrivateFeed? {
    guard let secret = FeedSecret(secret) else { return nil }
    let digest = secret.digest
    let candidates = try store.read { try $0.privateFeeds(digestPrefix: DigestLookup.prefix(digest)) }
    let feed = DigestLookup.match(candidates, \.digest, digest)
    return feed?.state == .active ? feed : nil
  }
}

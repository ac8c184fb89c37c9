import Planning

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

  /// Records a private feed whose address its maker keeps: here only the digest of its secret is known.
  ///
  /// - Parameter isOwnSecret: whether the digest is part of the request, and answers it again; otherwise only the key does.
  package func recordPrivateFeed(
    client: String, parts: [PrivateFeed.Part], language: String? = nil, digest: String, isOwnSecret: Bool = true,
    idempotencyKey: String? = nil, actor: String?, contract: (String) throws -> BoundContract
  ) throws -> (record: PrivateFeed, isNew: Bool) {
    guard Digest.isWellFormed(digest) else { throw AccessError.invalidDigest }
    let client = try AccessLimits.clientName(client)
    let parts = try checked(parts, contract)
    let request = GrantRequest<PrivateFeedContent>(
      actor: actor, idempotencyKey: idempotencyKey, digest: isOwnSecret ? digest : nil,
      isSame: { $0.client == client && $0.parts == parts && $0.language == language })
    return try make(request) { _ in
      PrivateFeedContent(client: client, parts: parts, language: language, digest: digest)
    }
  }

  /// In the order of the services' names, as feeds have their parts.
  private func checked(
    _ parts: [PrivateFeed.Part], _ contract: (String) throws -> BoundContract
  ) throws -> [PrivateFeed.Part] {
    guard parts.count <= AccessLimits.services else { throw AccessError.noService }
    var checked: [PrivateFeed.Part] = []
    for part in parts.sorted(by: { $0.service < $1.service }) {
      if part.service == checked.last?.service { throw AccessError.serviceTwice(part.service) }
      let known = try contract(part.service).contract.components
      if let stranger = part.components.first(where: { !known.contains($0) }) {
        throw AccessError.unknownComponent(stranger, known: known)
      }
      checked.append(PrivateFeed.Part(part.service, components: known.filter(part.components.contains)))
    }
    return checked
  }

  /// The feed whose address holds `secret`; nil for one that is malformed, unknown or revoked, without saying which.
  package func privateFeed(at secret: String) throws -> PrivateFeed? {
    guard let secret = FeedSecret(secret) else { return nil }
    let feed = try grant(PrivateFeed.self, digest: secret.digest)
    return feed?.isRevoked == false ? feed : nil
  }
}

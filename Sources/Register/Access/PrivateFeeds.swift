package import JSONText
package import Planning

/// A feed at an address that only one client knows: all but the address.
package typealias PrivateFeed = Grant<PrivateFeedContent>

package struct PrivateFeedContent: GrantContent {
  package typealias Kind = PrivateFeedKind

  /// A service, and the components that count; none named means all.
  package struct Part: Hashable, Sendable {
    package var service: String
    package var components: [String]

    package init(_ service: String, components: [String] = []) {
      self.service = service
      self.components = components
    }
  }

  package var client: String
  /// Empty where the contracts say what the client takes, under `clients`; they are then asked at each reading.
  package var parts: [Part]
  /// Of what has no language in its name (`maintnote.ics`), and of the address that is handed out first: `fr`, `en`;
  /// English where it is nil.
  package var language: String?
  /// SHA-256 of the secret in the address, in hexadecimal.
  package var digest: String

  package static let word = "private-feed"
  package static func unknown(_ id: PrivateFeedID) -> any Error { AccessError.unknownPrivateFeed(id) }

  package var secretDigest: String? { digest }

  package var json: JSON {
    .members([
      "client": .string(client), "parts": parts.json, "language": language.map { .string($0) },
      "digest": .string(digest),
    ])
  }
}

extension PrivateFeedContent {
  package init(json: JSON) throws {
    self.init(
      client: try json.required("client"), parts: try [Part](json: json["parts"] ?? .null),
      language: json["language"]?.string, digest: try json.required("digest"))
  }
}

extension PrivateFeed {
  package typealias Part = PrivateFeedContent.Part
}

extension [PrivateFeedContent.Part] {
  /// As events and rows keep it.
  package var json: JSON {
    .array(
      map { part in
        ["service": .string(part.service), "components": .array(part.components.map { .string($0) })]
      })
  }

  package init(json: JSON) throws(EventCodecError) {
    guard let items = json.array else { throw EventCodecError(member: "parts") }
    self = []
    for item in items {
      append(PrivateFeedContent.Part(try item.required("service"), components: try item.texts("components")))
    }
  }
}

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
      actor: actor, idempotencyKey: idempotencyKey, ownDigest: isOwnSecret ? digest : nil,
      isSame: { $0.client == client && $0.parts == parts && $0.language == language },
      content: { _ in PrivateFeedContent(client: client, parts: parts, language: language, digest: digest) })
    return try make(request)
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

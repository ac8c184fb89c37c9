package import CivilTime
package import JSONText
package import Planning

/// A feed at an address that only one client knows: all but the address.
package struct PrivateFeed: Hashable, Sendable {
  /// A service, and the components that count; none named means all.
  package struct Part: Hashable, Sendable {
    package var service: String
    package var components: [String]

    package init(_ service: String, components: [String] = []) {
      self.service = service
      self.components = components
    }
  }

  package let id: PrivateFeedID
  package var client: String
  /// Empty where the contracts say what the client takes, under `clients`; they are then asked at each reading.
  package var parts: [Part]
  /// Of what has no language in its name (`maintnote.ics`), and of the address that is handed out first: `fr`, `en`;
  /// English where it is nil.
  package var language: String?
  /// SHA-256 of the secret in the address, in hexadecimal.
  package var digest: String
  package var createdAt: Instant
  package var createdBy: String?
  package var revokedAt: Instant?
  package var revokedBy: String?
  /// Sequence of its newest event.
  package var newest: Int

  package init(
    id: PrivateFeedID, client: String, parts: [Part], language: String?, digest: String, createdAt: Instant,
    createdBy: String?, revokedAt: Instant? = nil, revokedBy: String? = nil, newest: Int
  ) {
    self.id = id
    self.client = client
    self.parts = parts
    self.language = language
    self.digest = digest
    self.createdAt = createdAt
    self.createdBy = createdBy
    self.revokedAt = revokedAt
    self.revokedBy = revokedBy
    self.newest = newest
  }

  package enum State: String, CaseIterable, Hashable, Sendable { case active, revoked }

  package var state: State { revokedAt == nil ? .active : .revoked }
}

extension [PrivateFeed.Part] {
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
      let components = item["components"]?.array ?? []
      let names = components.compactMap(\.string)
      guard names.count == components.count else { throw EventCodecError(member: "components") }
      append(PrivateFeed.Part(try item.required("service"), components: names))
    }
  }
}

/// What happens to a private feed.
enum PrivateFeedEvent: Hashable, Sendable {
  case created(client: String, parts: [PrivateFeed.Part], language: String?, digest: String)
  case revoked

  func encode(actor: String?) -> (type: String, body: String) {
    let actor = actor.map { JSON.string($0) }
    switch self {
    case .created(let client, let parts, let language, let digest):
      return (
        "private-feed-created",
        JSON.members([
          "client": .string(client), "parts": parts.json, "language": language.map { .string($0) },
          "digest": .string(digest), "actor": actor,
        ]).text
      )
    case .revoked: return ("private-feed-revoked", JSON.members(["actor": actor]).text)
    }
  }

  static func decode(type: String, body: String) throws -> (event: PrivateFeedEvent, actor: String?) {
    let json = try JSON(parsing: body)
    let actor = json["actor"]?.string
    switch type {
    case "private-feed-created":
      return (
        .created(
          client: try json.required("client"), parts: try [PrivateFeed.Part](json: json["parts"] ?? .null),
          language: json["language"]?.string, digest: try json.required("digest")),
        actor
      )
    case "private-feed-revoked": return (.revoked, actor)
    default: throw EventCodecError(member: "type")
    }
  }

  /// The feed after this event, recorded as `line`; nil where it cannot follow what came before.
  func apply(to feed: PrivateFeed?, id: PrivateFeedID, line: StoredEvent, actor: String?) -> PrivateFeed? {
    switch (self, feed) {
    case (.created(let client, let parts, let language, let digest), nil):
      return PrivateFeed(
        id: id, client: client, parts: parts, language: language, digest: digest, createdAt: line.at,
        createdBy: actor, newest: line.sequence)
    case (.revoked, var feed?) where feed.revokedAt == nil:
      feed.revokedAt = line.at
      feed.revokedBy = actor
      feed.newest = line.sequence
      return feed
    case (.created, _?), (.revoked, _): return nil
    }
  }
}

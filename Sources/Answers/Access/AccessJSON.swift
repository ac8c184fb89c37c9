package import CivilTime
import Feeds
package import JSONText
package import Planning
package import Register

/// The stable JSON of tokens and private feeds. Source: docs/interface.md, "Tokens and private feeds".
package struct AccessJSON: Sendable {
  /// That times are shown in.
  let zone: ZoneRules
  let isSimulation: Bool

  package init(zone: ZoneRules, isSimulation: Bool) {
    self.zone = zone
    self.isSimulation = isSimulation
  }

  /// - Parameter secret: only in the answer that makes it.
  package func token(_ token: Token, at now: Instant, secret: TokenSecret? = nil) -> JSON {
    .members([
      "id": .string(token.id.description), "name": .string(token.name), "role": .string(token.role.rawValue),
      "state": .string(token.state(at: now).rawValue), "created_at": time(token.createdAt),
      "created_by": name(token.createdBy), "expires_at": token.expiresAt.map(time) ?? .null,
      "revoked_at": token.revokedAt.map(time) ?? .null, "revoked_by": name(token.revokedBy),
      "last_used_at": token.lastUsedAt.map(time) ?? .null, "secret": secret.map { .string($0.text) },
      "simulation": isSimulation ? true : nil,
    ])
  }

  /// - Parameter addresses: only in the answer that makes them.
  package func privateFeed(_ feed: PrivateFeed, addresses: JSON? = nil) -> JSON {
    .members([
      "id": .string(feed.id.description), "client": .string(feed.client), "state": .string(feed.state.rawValue),
      "by_contract": .bool(feed.parts.isEmpty), "services": feed.parts.json, "language": name(feed.language),
      "created_at": time(feed.createdAt), "created_by": name(feed.createdBy),
      "revoked_at": feed.revokedAt.map(time) ?? .null, "revoked_by": name(feed.revokedBy), "addresses": addresses,
      "simulation": isSimulation ? true : nil,
    ])
  }

  /// By file name.
  package static func addresses(_ secret: FeedSecret, _ contract: Contract) -> JSON {
    .object(PrivateFeedFile.all.map { JSON.Member($0.name, .string($0.address(secret, contract))) })
  }

  private func time(_ instant: Instant) -> JSON { .string(TimeText.local(instant, in: zone)) }

  private func name(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
}

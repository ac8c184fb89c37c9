package import CivilTime
package import JSONText
package import Planning
import Publication
package import Register

/// The stable JSON of tokens, private feeds, webhooks and mailings; never a secret, but in the answer that makes it.
/// Source: docs/interface.md.
package struct GrantJSON: Sendable {
  /// That times are shown in.
  let zone: ZoneRules
  let isSimulation: Bool

  package init(zone: ZoneRules, isSimulation: Bool) {
    self.zone = zone
    self.isSimulation = isSimulation
  }

  /// - Parameter once: what only the answer that makes it says: `secret`, or `addresses`.
  package func grant<Content: AnsweredGrant>(
    _ grant: Grant<Content>, at now: Instant, once: JSON.Member? = nil
  ) -> JSON {
    let head = Content.members(of: grant, state: .string(grant.state(at: now).rawValue))
    // Only tokens end by themselves, and are used where the register sees it.
    let isToken = Content.states.contains(.expired)
    let members: [JSON.Member?] =
      [.init("id", .string(grant.id.description))] + (head.members ?? [])
      + [
        .init("created_at", time(grant.createdAt)), .init("created_by", grant.createdBy.json),
        isToken ? .init("expires_at", time(grant.content.expiresAt)) : nil,
        .init("revoked_at", time(grant.revokedAt)), .init("revoked_by", grant.revokedBy.json),
        isToken ? .init("last_used_at", time(grant.lastUsedAt)) : nil, once,
        isSimulation ? .init("simulation", true) : nil,
      ]
    return .object(members.compactMap { $0 })
  }

  private func time(_ instant: Instant?) -> JSON { instant.map { .string(TimeText.local($0, in: zone)) } ?? .null }

  /// By file name.
  package static func addresses(_ secret: FeedSecret, _ contract: Contract) -> JSON {
    .object(PrivateFeedFile.all.map { JSON.Member($0.name, .string($0.address(secret, contract))) })
  }
}

/// A kind of grant as answers show it.
package protocol AnsweredGrant: GrantContent {
  /// What tells one of the kind from another, in order.
  static func members(of grant: Grant<Self>, state: JSON) -> JSON
}

extension TokenContent: AnsweredGrant {
  package static func members(of token: Token, state: JSON) -> JSON {
    ["name": .string(token.name), "role": .string(token.role.rawValue), "state": state]
  }
}

extension PrivateFeedContent: AnsweredGrant {
  package static func members(of feed: PrivateFeed, state: JSON) -> JSON {
    [
      "client": .string(feed.client), "state": state, "by_contract": .bool(feed.parts.isEmpty),
      "services": feed.parts.json, "language": feed.language.json,
    ]
  }
}

extension WebhookContent: AnsweredGrant {
  package static func members(of webhook: Webhook, state: JSON) -> JSON {
    [
      "url": webhook.address.json, "service": .string(webhook.service),
      "events": .array(webhook.events.map { .string($0.rawValue) }), "state": state,
    ]
  }
}

extension MailingContent: AnsweredGrant {
  package static func members(of mailing: Mailing, state: JSON) -> JSON {
    [
      "address": mailing.address.json, "language": .string(mailing.language), "service": .string(mailing.service),
      "kinds": .array(mailing.kinds.map { .string($0.rawValue) }), "state": state,
    ]
  }
}

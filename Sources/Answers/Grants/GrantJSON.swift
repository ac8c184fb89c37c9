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
    Content.form.json((grant, grant.state(at: now), once, isSimulation), .local(zone))
  }

  /// By file name.
  package static func addresses(_ secret: FeedSecret, _ contract: Contract) -> JSON {
    .object(PrivateFeedFile.all.map { JSON.Member($0.name, .string($0.address(secret, contract))) })
  }
}

/// A grant as it is answered.
package typealias ShownGrant<Content: GrantContent> = (
  grant: Grant<Content>, state: GrantState, once: JSON.Member?, isSimulation: Bool
)

/// A kind of grant as answers show it.
package protocol AnsweredGrant: GrantContent {
  static var form: Form<ShownGrant<Self>> { get }
}

extension AnsweredGrant {
  /// - Parameters:
  ///   - own: what tells one of the kind from another, in order.
  ///   - expiry, use: only tokens end by themselves, and are used where the register sees it.
  ///   - once: what only the answer that makes it says.
  fileprivate static func grantForm(
    _ name: String, _ own: [Form<ShownGrant<Self>>.Entry],
    expiry: [Form<ShownGrant<Self>>.Entry] = [], use: [Form<ShownGrant<Self>>.Entry] = [],
    once: [(name: String, schema: Schema)] = []
  ) -> Form<ShownGrant<Self>> {
    Form(
      name,
      [
        .must("id") { $0.grant.id.description }, .all(own), .must("created_at") { $0.grant.createdAt },
        .must("created_by") { $0.grant.createdBy }, .all(expiry), .must("revoked_at") { $0.grant.revokedAt },
        .must("revoked_by") { $0.grant.revokedBy }, .all(use),
        .all(once.map { name, schema in .may(name, schema) { $0.once?.key == name ? $0.once?.value : nil } }),
        .simulation { $0.isSimulation },
      ])
  }

  /// Which states there are is a matter of the kind.
  fileprivate static var state: Form<ShownGrant<Self>>.Entry {
    .must("state", .choice(states.map(\.rawValue))) { $0.state.rawValue }
  }

  fileprivate static var secret: (name: String, schema: Schema) {
    ("secret", .text.saying("Only in the answer that makes it."))
  }
}

extension TokenContent: AnsweredGrant {
  package static let form: Form<ShownGrant<TokenContent>> = grantForm(
    "Token", [.must("name") { $0.grant.name }, .must("role") { $0.grant.role }, state],
    expiry: [.must("expires_at") { $0.grant.content.expiresAt }],
    use: [.must("last_used_at") { $0.grant.lastUsedAt }],
    once: [secret])
}

extension PrivateFeedContent: AnsweredGrant {
  package static let form: Form<ShownGrant<PrivateFeedContent>> = grantForm(
    "PrivateFeed",
    [
      .must("client") { $0.grant.client }, state, .must("by_contract") { $0.grant.parts.isEmpty },
      .must("services", list: part) { $0.grant.parts },
      .must("language", Schema.choice(["fr", "en"]).orNull) { $0.grant.language },
    ], once: [("addresses", Schema.open().saying("By file name; only in the answer that makes them."))])

  private static let part = Form<PrivateFeed.Part>([
    .must("service") { $0.service }, .must("components") { $0.components },
  ])
}

extension WebhookContent: AnsweredGrant {
  package static let form: Form<ShownGrant<WebhookContent>> = grantForm(
    "Webhook",
    [
      .must("url") { $0.grant.address }, .must("service") { $0.grant.service }, .must("events") { $0.grant.events },
      .must("format") { $0.grant.format },
      .must("language", Schema.choice(["fr", "en"]).orNull) { $0.grant.content.language },
      .must("previous_secret_until") { $0.grant.content.previous?.until }, state,
    ], once: [secret])
}

extension MailingContent: AnsweredGrant {
  package static let form: Form<ShownGrant<MailingContent>> = grantForm(
    "Mailing",
    [
      .must("address") { $0.grant.address }, .must("language", .choice(["fr", "en"])) { $0.grant.language },
      .must("service") { $0.grant.service }, .must("kinds") { $0.grant.kinds },
      .must("components") { $0.grant.components },
      .must("origin", .choice(MailingContent.Origin.allCases.map(\.rawValue))) { $0.grant.content.origin.rawValue },
      state, .must("not_reached") { $0.grant.content.unreached.count },
    ])
}

extension GrantJSON {
  package static let imported = Form<(made: [JSON], result: MailingImport)>(
    "MailingImport",
    [
      .must("made", .list(.named("Mailing"))) { JSON.array($0.made) }, .must("existing") { $0.result.existing },
      .must("twice") { $0.result.twice }, .must("left") { $0.result.left }, .must("bounced") { $0.result.bounced },
    ])

  package static let bounces = Form<(ended: [JSON], record: BounceRecord)>(
    "MailingBounces",
    [
      .must("ended", .list(.named("Mailing"))) { JSON.array($0.ended) }, .must("ended_before") { $0.record.before },
      .must("unknown") { $0.record.unknown },
    ])

  package func imported(_ result: MailingImport, at now: Instant) -> JSON {
    GrantJSON.imported.json((result.made.map { grant($0, at: now) }, result), .local(zone))
  }

  package func bounces(_ record: BounceRecord, at now: Instant) -> JSON {
    GrantJSON.bounces.json((record.ended.map { grant($0, at: now) }, record), .local(zone))
  }
}

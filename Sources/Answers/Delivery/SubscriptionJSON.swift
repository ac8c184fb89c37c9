package import CivilTime
package import JSONText
import Planning
package import Register

/// The stable JSON of webhooks, mailings and deliveries; never a secret, but in the answer that makes it.
package struct SubscriptionJSON: Sendable {
  let zone: ZoneRules
  let isSimulation: Bool

  package init(zone: ZoneRules, isSimulation: Bool) {
    self.zone = zone
    self.isSimulation = isSimulation
  }

  package func webhook(_ webhook: Webhook, secret: WebhookSecret? = nil) -> JSON {
    .members([
      "id": .string(webhook.id.description), "url": .string(webhook.url), "service": .string(webhook.service),
      "events": .array(webhook.events.map { .string($0.rawValue) }), "state": .string(webhook.state.rawValue),
      "created_at": time(webhook.createdAt), "created_by": name(webhook.createdBy),
      "revoked_at": time(webhook.revokedAt), "revoked_by": name(webhook.revokedBy),
      "secret": secret.map { .string($0.text) }, "simulation": isSimulation ? true : nil,
    ])
  }

  package func mailing(_ mailing: Mailing) -> JSON {
    .members([
      "id": .string(mailing.id.description), "address": .string(mailing.address),
      "language": .string(mailing.language), "service": .string(mailing.service),
      "kinds": .array(mailing.kinds.map { .string($0.rawValue) }), "state": .string(mailing.state.rawValue),
      "created_at": time(mailing.createdAt), "created_by": name(mailing.createdBy),
      "revoked_at": time(mailing.revokedAt), "revoked_by": name(mailing.revokedBy),
      "simulation": isSimulation ? true : nil,
    ])
  }

  /// - Parameter stream: the change that the message tells of.
  package func delivery(_ row: OutboxRow, stream: String) -> JSON {
    [
      "id": .string(row.id), "subscription": .string(row.subscription), "change": .string(stream),
      "event": .integer(Int64(row.sequence)), "state": .string(row.state.rawValue),
      "created_at": time(row.createdAt), "attempts": .integer(Int64(row.attempts)),
      "next_attempt": row.state == .pending ? time(row.nextAttempt) : .null, "settled_at": time(row.settledAt),
      "last_error": name(row.lastError),
    ]
  }

  private func time(_ instant: Instant?) -> JSON { instant.map { .string(TimeText.local($0, in: zone)) } ?? .null }

  private func name(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
}

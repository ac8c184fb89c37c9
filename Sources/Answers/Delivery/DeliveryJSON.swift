package import CivilTime
package import JSONText
package import Register

extension OutboxRow.State: Formed {}

extension OutboxRow {
  /// The stable JSON of a delivery.
  ///
  /// - Parameters:
  ///   - stream: the change that the message tells of.
  ///   - zone: that times are shown in.
  package func json(of stream: String, in zone: ZoneRules) -> JSON { OutboxRow.form.json((self, stream), .local(zone)) }

  package static let form = Form<(row: OutboxRow, stream: String)>(
    "Delivery",
    [
      .must("id") { $0.row.id }, .must("subscription") { $0.row.subscription }, .must("change") { $0.stream },
      .must("event") { $0.row.event }, .must("state") { $0.row.state }, .must("created_at") { $0.row.createdAt },
      .must("attempts") { $0.row.attempts },
      .may("lead_seconds") { $0.row.isReminder ? $0.row.lead : nil }, .must("not_before") { $0.row.notBefore },
      .may("until") { $0.row.until },
      .must("next_attempt") { $0.row.state == .pending ? $0.row.nextAttempt : nil },
      .must("settled_at") { $0.row.settledAt }, .must("last_error") { $0.row.lastError },
      .may("conflict") { $0.row.tellsConflict ? true : nil },
    ])
}

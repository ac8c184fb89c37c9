package import CivilTime
package import JSONText
package import Register

extension OutboxRow {
  /// The stable JSON of a delivery.
  ///
  /// - Parameters:
  ///   - stream: the change that the message tells of.
  ///   - zone: that times are shown in.
  package func json(of stream: String, in zone: ZoneRules) -> JSON {
    func time(_ instant: Instant?) -> JSON { instant.map { .string(TimeText.local($0, in: zone)) } ?? .null }
    return [
      "id": .string(id), "subscription": .string(subscription), "change": .string(stream),
      "event": .integer(Int64(sequence)), "state": .string(state.rawValue), "created_at": time(createdAt),
      "attempts": .integer(Int64(attempts)), "next_attempt": state == .pending ? time(nextAttempt) : .null,
      "settled_at": time(settledAt), "last_error": lastError.json,
    ]
  }
}

import CivilTime
import Register
import Server

/// Figures of the outbox.
enum DeliverySamples {
  static func of(_ register: Register) -> [Metrics.Sample] {
    guard let figures = try? register.outboxFigures() else { return [] }
    let age = figures.oldestPending.map { (register.now - $0).seconds } ?? 0
    return [
      Metrics.Sample(
        "preavis_outbox_messages", "Webhooks and mails by state.", "gauge",
        [
          ("{state=\"pending\"}", Double(figures.pending)), ("{state=\"scheduled\"}", Double(figures.scheduled)),
          ("{state=\"dead\"}", Double(figures.dead)),
        ]),
      Metrics.Sample(
        "preavis_outbox_oldest_pending_seconds", "Age of the oldest message that has not been delivered.", "gauge",
        [("", Double(max(0, age)))]),
    ]
  }
}

extension Register.Settlement {
  /// For logs, where addresses and answers of others have no place.
  var name: String {
    switch self {
    case .delivered: "delivered"
    case .retry: "retry"
    case .dead: "dead"
    case .gone: "gone"
    case .void: "void"
    }
  }
}

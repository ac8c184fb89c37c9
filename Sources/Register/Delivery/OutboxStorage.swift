package import CivilTime

/// What a store knows of what waits for webhooks and mailings.
package protocol OutboxReader {
  func outboxRow(_ id: String) throws -> OutboxRow?
  /// By event, oldest first, then subscription; the `limit` newest ones.
  func outbox(_ filter: OutboxFilter) throws -> [OutboxRow]
  func eachOutboxRow(_ body: (OutboxRow) throws -> Void) throws
  /// Of each subscription its oldest pending row, where that is due and nobody is sending it.
  func dueHeads(at now: Instant, limit: Int) throws -> [OutboxRow]
  func outboxFigures() throws -> OutboxFigures
}

package protocol OutboxWriter {
  func put(_ row: OutboxRow) throws
  /// Gives up all that waits for a subscription.
  func endDeliveries(to subscription: String, error: String, at now: Instant) throws
}

package import CivilTime
import Planning

/// Writes what clients have to be told of, in the transaction of the change itself: no message of a change that is not,
/// no change without its messages.
enum Outbox {
  /// Why no message of a copy of another register's log waits: it has the rows that verify asks for, and never sends.
  static let elsewhere = "held: sent by the register that this is a copy of"

  /// - Parameter line: the event that made the newest revision of `change`.
  static func rows(
    of change: Change, by line: StoredEvent, isCopy: Bool, _ store: any StoreReader
  ) throws -> [OutboxRow] {
    try subscriptions(taking: change, webhooks: store.webhooks(), mailings: store.mailings()).map { name in
      OutboxRow(
        id: OutboxRow.id(of: line, to: name), subscription: name, sequence: line.sequence, createdAt: line.at,
        nextAttempt: line.at, state: isCopy ? .dead : .pending, lastError: isCopy ? elsewhere : nil)
    }
  }

  static func subscriptions(
    taking change: Change, webhooks: some Sequence<Webhook>, mailings: some Sequence<Mailing>
  ) -> [String] {
    webhooks.filter { $0.takes(change) }.map(\.id.description)
      + mailings.filter { $0.takes(change) }.map(\.id.description)
  }
}

/// One message to one subscription, of one event of the log.
package struct OutboxRow: Hashable, Sendable {
  package enum State: String, CaseIterable, Hashable, Sendable {
    case pending, delivered
    /// Given up: the attempts are used up, the receiver wants no more, or the row came out of a backup.
    case dead
  }

  /// The same at every attempt: receivers know by it what they had already.
  package let id: String
  /// `HOOK-0001` or `MAIL-0001`.
  package let subscription: String
  /// The event that the message tells of.
  package let sequence: Int
  package var createdAt: Instant
  package var nextAttempt: Instant
  /// Those that came to an end.
  package var attempts: Int
  package var state: State
  package var lastError: String?
  /// When it was delivered or given up.
  package var settledAt: Instant?
  /// Who is sending it now, until when; after that moment another may.
  package var lease: String?
  package var leaseUntil: Instant?

  package init(
    id: String, subscription: String, sequence: Int, createdAt: Instant, nextAttempt: Instant, attempts: Int = 0,
    state: State = .pending, lastError: String? = nil, settledAt: Instant? = nil, lease: String? = nil,
    leaseUntil: Instant? = nil
  ) {
    self.id = id
    self.subscription = subscription
    self.sequence = sequence
    self.createdAt = createdAt
    self.nextAttempt = nextAttempt
    self.attempts = attempts
    self.state = state
    self.lastError = lastError
    self.settledAt = settledAt
    self.lease = lease
    self.leaseUntil = leaseUntil
  }

  /// A register that was put back from a backup knows nothing of what was sent since: its copy holds nothing to send.
  package static let heldByBackup = "held: the register was copied before this was sent"
  static let revoked = "the subscription was revoked"

  /// `msg_` and 128 bits of a hash. The hash of the event is in it: after a restore another event may come to have the
  /// same sequence, and must not be taken for the one that receivers have seen.
  static func id(of line: StoredEvent, to subscription: String) -> String {
    "msg_" + Digest.sha256("\(subscription)\n\(line.sequence)\n\(line.hash)".utf8).prefix(32)
  }

  /// Whether what no event says of it fits together, in whatever order it came about.
  var isPossible: Bool {
    let isHeld = lease != nil || leaseUntil != nil
    return switch state {
    case .pending: settledAt == nil && (lease == nil) == (leaseUntil == nil)
    case .delivered: settledAt != nil && lastError == nil && attempts > 0 && !isHeld
    case .dead: lastError != nil && !isHeld
    }
  }

  package func isDue(at now: Instant) -> Bool {
    state == .pending && nextAttempt <= now && leaseUntil.map { $0 <= now } ?? true
  }
}

package struct OutboxFilter: Hashable, Sendable {
  /// Empty for all.
  package var states: Set<OutboxRow.State> = []
  package var subscription: String?
  /// The newest ones.
  package var limit = 1000
  package init() {}
}

/// For those who watch a server.
package struct OutboxFigures: Hashable, Sendable {
  package var pending = 0
  package var dead = 0
  /// When the oldest message that waits was written.
  package var oldestPending: Instant?
  package init() {}
}

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

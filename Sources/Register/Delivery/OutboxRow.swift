package import CivilTime

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

  func isDue(at now: Instant) -> Bool {
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

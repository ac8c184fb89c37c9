package import CivilTime
import Planning

/// Writes what clients have to be told of, in the transaction of the change itself: no message of a change that is not,
/// no change without its messages.
extension Grant {
  /// Brings the messages to this subscription to a change as `line` left it.
  ///
  /// A new revision is a message that may go at once. The reminders of the plan are messages that may go at their hour; those
  /// of the plan before it that are not of this one are void. What follows depends on nothing but the log, whatever has
  /// been delivered meanwhile.
  func tell(
    of change: Change, after before: Change?, by line: StoredEvent, isCopy: Bool, _ store: any StoreTransaction
  ) throws {
    guard !isRevoked else { return }
    if content.takes(change, after: before?.revision == nil ? nil : before) {
      try put(OutboxRow(line, to: id.description), isCopy: isCopy, change.marks.last?.review, store)
    }
    let (old, new) = (before.map(reminders) ?? [], reminders(of: change))
    let void = old.filter { reminder in !new.contains { $0.isSame(as: reminder) } }
    if !void.isEmpty {
      try store.voidReminders(
        of: line.stream, to: id.description, leads: void.map(\.lead), error: OutboxRow.moved, at: line.at)
    }
    for reminder in new where reminder.until > line.at && !old.contains(where: { $0.isSame(as: reminder) }) {
      try put(OutboxRow(line, to: id.description, at: line.at, reminder), isCopy: isCopy, change.reminderReview, store)
    }
  }

  /// A new subscription gets the reminders that are still to come of what was planned before it; one whose reader takes
  /// more than `before`, those that it did not take.
  func promiseReminders(
    at moment: Instant, notTakenBy before: Grant? = nil, isCopy: Bool, _ store: any StoreTransaction
  ) throws {
    guard Content.isSubscription else { return }
    try eachPlan(store) { states, plan in
      guard before.map({ $0.reminders(of: plan).isEmpty }) ?? true else { return }
      for reminder in reminders(of: plan) where reminder.until > moment {
        // The event that promised it, as it is for those who were subscribed then.
        let first = states.lastIndex { !reminders(of: $0.after).contains { $0.isSame(as: reminder) } } ?? -1
        let line = states[first + 1].line
        let known = try store.outbox(sequence: line.sequence, lead: reminder.lead)
          .first { $0.subscription == id.description }
        // What was sent before it was taken no more, was sent.
        if let known, known.state != .void { continue }
        var row = OutboxRow(line, to: id.description, at: moment, reminder)
        if let known {
          row = known
          row.reopen(at: moment)
        }
        try put(row, isCopy: isCopy, plan.reminderReview, store)
      }
    }
  }

  /// What waits for its hour is not sent where the reader does not take it any more.
  func voidReminders(notTakenBy after: Grant, at moment: Instant, _ store: any StoreTransaction) throws {
    try eachPlan(store) { _, plan in
      let leads = reminders(of: plan).map(\.lead)
      guard !leads.isEmpty, after.reminders(of: plan).isEmpty else { return }
      try store.voidReminders(
        of: plan.id.description, to: id.description, leads: leads, error: OutboxRow.unwanted, at: moment)
    }
  }

  private func eachPlan(
    _ store: any StoreTransaction,
    _ body: ([(line: StoredEvent, event: ChangeEvent, after: Change)], Change) throws -> Void
  ) throws {
    var filter = ChangeFilter()
    filter.states = [.planned]
    for row in try store.rows(filter) {
      let states = try Change.states(store.events(stream: row.id.description), id: row.id)
      if let plan = states.last?.after { try body(states, plan) }
    }
  }

  private func reminders(of change: Change) -> [Reminder] {
    content.takesReminders(of: change) ? change.promisedReminders : []
  }

  fileprivate func put(
    _ row: OutboxRow, isCopy: Bool, _ review: Review?, _ store: any StoreTransaction
  ) throws {
    var row = row
    if review == .waiting { row.state = .held }
    if isCopy { (row.state, row.lastError) = (.dead, OutboxRow.elsewhere) }
    try store.put(row)
  }
}

extension Change {
  /// Lets go what waited for somebody to send it, and takes back what a newer notice tells too.
  func review(_ line: StoredEvent, after before: Change, _ store: any StoreTransaction) throws {
    let decided = zip(before.marks, marks).filter { $0.review != $1.review }.map(\.1)
    let areReminders = before.reminderReview == .waiting && reminderReview == .released
    guard !decided.isEmpty || areReminders else { return }
    let states = try Change.states(store.events(stream: line.stream).filter { $0.sequence < line.sequence }, id: id)
    func each(_ sequence: Int, _ lead: Elapsed, _ review: Review?) throws {
      for var row in try store.outbox(sequence: sequence, lead: lead) where row.state == .held {
        if review == .released {
          row.release(at: line.at)
        } else {
          row.end(.void, OutboxRow.superseded, at: line.at)
        }
        try store.put(row)
      }
    }
    for mark in decided {
      guard let made = states.first(where: { $0.after.revision == mark.revision }) else { continue }
      try each(made.line.sequence, .zero, mark.review)
    }
    for state in states where areReminders {
      for lead in reminderLeads { try each(state.line.sequence, lead, .released) }
    }
  }
}

extension Webhook {
  /// Writes what staff asked to be told of: no revision, and nothing that clients hear.
  func tell(
    staff event: ClientEvent, of change: Change, by line: StoredEvent, isCopy: Bool, _ store: any StoreTransaction
  ) throws {
    guard !isRevoked, content.service == change.content.service, content.events.contains(event) else { return }
    try put(OutboxRow(line, to: id.description), isCopy: isCopy, nil, store)
  }
}

/// One message to one subscription, of one event of the log.
package struct OutboxRow: Hashable, Sendable {
  package enum State: String, CaseIterable, Hashable, Sendable {
    case pending, delivered
    /// It goes only once somebody sends it.
    case held
    /// Given up: the attempts are used up, the receiver wants no more, or the row came out of a backup.
    case dead
    /// A reminder of a plan that was moved, cancelled or begun before its hour.
    case void
    /// A reminder that did not go while it would still have reminded anybody.
    case lapsed
  }

  /// The same at every attempt: receivers know by it what they had already.
  package let id: String
  /// `HOOK-0001` or `MAIL-0001`.
  package let subscription: String
  /// The event that the message tells of; of a reminder, the one that published the plan. Of a conflict, which no event
  /// makes: the first event of its change, negative, so that of each change in conflict a subscription has one message, as
  /// long as the conflict lasts.
  package let sequence: Int
  /// Which reminder it is, by the time before the start; zero for what tells of the event itself.
  package let lead: Elapsed
  package var createdAt: Instant
  /// It does not go before that moment, and what may go earlier goes first.
  package private(set) var notBefore: Instant
  /// From then on it would come too late; nil for what never does.
  package let until: Instant?
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

  /// SHA-256 of the text that was delivered, in hexadecimal, and the revision that it told of; nil while none was, and for
  /// webhooks.
  package var text: String?
  package var revision: Int?
  /// The event that says that clients were told by it.
  package var recorded: Int?

  package init(
    id: String, subscription: String, sequence: Int, lead: Elapsed = .zero, createdAt: Instant,
    notBefore: Instant? = nil, until: Instant? = nil, nextAttempt: Instant, attempts: Int = 0,
    state: State = .pending, lastError: String? = nil, settledAt: Instant? = nil, lease: String? = nil,
    leaseUntil: Instant? = nil, text: String? = nil, revision: Int? = nil, recorded: Int? = nil
  ) {
    self.id = id
    self.subscription = subscription
    self.sequence = sequence
    self.lead = lead
    self.createdAt = createdAt
    self.notBefore = notBefore ?? createdAt
    self.until = until
    self.nextAttempt = nextAttempt
    self.attempts = attempts
    self.state = state
    self.lastError = lastError
    self.settledAt = settledAt
    self.lease = lease
    self.leaseUntil = leaseUntil
    self.text = text
    self.revision = revision
    self.recorded = recorded
  }

  /// - Parameters:
  ///   - line: the event that made the newest revision of a change.
  ///   - moment: when the row is written; nil for the moment of the event.
  init(_ line: StoredEvent, to subscription: String, at moment: Instant? = nil, _ reminder: Reminder? = nil) {
    let written = moment ?? line.at
    let hour = reminder.map { max($0.due, written) } ?? written
    self.init(
      id: OutboxRow.id(of: line, to: subscription, lead: reminder?.lead), subscription: subscription,
      sequence: line.sequence, lead: reminder?.lead ?? .zero, createdAt: written, notBefore: hour,
      until: reminder?.until, nextAttempt: hour)
  }

  package var isReminder: Bool { lead > .zero }

  mutating func release(at moment: Instant) {
    (state, notBefore) = (.pending, max(notBefore, moment))
    nextAttempt = notBefore
  }

  /// That it waits again.
  mutating func reopen(at moment: Instant) {
    (state, lastError, settledAt, lease, leaseUntil) = (.pending, nil, nil, nil, nil)
    nextAttempt = max(notBefore, moment)
  }

  /// That it waits no more.
  mutating func end(_ state: State, _ error: String?, at now: Instant) {
    self.state = state
    lastError = error
    settledAt = now
    (lease, leaseUntil) = (nil, nil)
  }

  /// A register that was put back from a backup knows nothing of what was sent since: its copy holds nothing to send.
  package static let heldByBackup = "held: the register was copied before this was sent"
  static let revoked = "the subscription was revoked"
  /// Why no message of a copy of another register's log waits: it has the rows that verify asks for, and never sends.
  static let bounced = "the mail came back"
  static let elsewhere = "held: sent by the register that this is a copy of"
  package static let moved = "void: the plan was moved, cancelled or begun"
  static let unwanted = "void: its reader does not take it any more"
  static let superseded = "void: a newer notice tells it"
  static let tooLate = "lapsed: it would have come too late"

  /// `msg_` and 128 bits of a hash. The hash of the event is in it: after a restore another event may come to have the
  /// same sequence, and must not be taken for the one that receivers have seen.
  static func id(of line: StoredEvent, to subscription: String, lead: Elapsed? = nil) -> String {
    let reminder = lead.map { "\nreminder \($0.seconds)" } ?? ""
    return "msg_" + Digest.sha256("\(subscription)\n\(line.sequence)\n\(line.hash)\(reminder)".utf8).prefix(32)
  }

  /// That a change, whose first event is `line`, is in conflict since `moment`.
  init(conflictSince moment: Instant, of line: StoredEvent, to subscription: String) {
    let text = "\(subscription)\nconflict\n\(line.sequence)\n\(line.hash)\n\(moment.secondsSinceEpoch)"
    self.init(
      id: "msg_" + Digest.sha256(text.utf8).prefix(32), subscription: subscription, sequence: -line.sequence,
      createdAt: moment, nextAttempt: moment)
  }

  package var tellsConflict: Bool { sequence < 0 }
  /// Of the change that it tells of.
  package var event: Int { abs(sequence) }

  /// Whether what no event says of it fits together, in whatever order it came about.
  var isPossible: Bool {
    let isHeld = lease != nil || leaseUntil != nil
    return switch state {
    case .pending: settledAt == nil && (lease == nil) == (leaseUntil == nil)
    case .held: settledAt == nil && attempts == 0 && !isHeld
    case .delivered: settledAt != nil && lastError == nil && attempts > 0 && !isHeld
    case .dead: lastError != nil && !isHeld
    case .lapsed: isReminder && lastError != nil && settledAt != nil && !isHeld
    // Whoever was sending it when it became void may still say that it went.
    case .void: lastError != nil && settledAt != nil
    }
  }

  package func isDue(at now: Instant) -> Bool { nextAttempt <= now && isFree(at: now) && !isTooLate(at: now) }
  package func isTooLate(at now: Instant) -> Bool { until.map { $0 <= now } ?? false }
  /// Whether it waits, and nobody is sending it.
  package func isFree(at now: Instant) -> Bool { state == .pending && leaseUntil.map { $0 <= now } ?? true }
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
  /// Those whose hour has come.
  package var pending = 0
  /// Reminders whose hour is to come.
  package var scheduled = 0
  package var dead = 0
  /// Since when the oldest message that waits may go.
  package var oldestPending: Instant?
  package init() {}
}

/// What a store knows of what waits for webhooks and mailings.
package protocol OutboxReader {
  func outboxRow(_ id: String) throws -> OutboxRow?
  /// By event, oldest first, then subscription; the `limit` newest ones.
  func outbox(_ filter: OutboxFilter) throws -> [OutboxRow]
  func eachOutboxRow(_ body: (OutboxRow) throws -> Void) throws
  /// Those that tell of conflicts.
  func conflictRows() throws -> [OutboxRow]
  /// Of each subscription the row that may go first, of those that wait and whose hour has come, where it is due and nobody
  /// is sending it. Of one moment events come in their order, and after them conflicts by the events of their changes.
  func dueHeads(at now: Instant, limit: Int) throws -> [OutboxRow]
  /// What waits and comes too late from `now` on.
  func tooLate(at now: Instant) throws -> [OutboxRow]
  /// Mails that were delivered, of which no event says so yet, by event.
  func untold() throws -> [OutboxRow]
  /// What tells, to any subscription, the same of one event.
  func outbox(sequence: Int, lead: Elapsed) throws -> [OutboxRow]
  /// Whether a mail of these waits.
  func mailWaits(sequence: Int, lead: Elapsed) throws -> Bool
  func outboxFigures(at now: Instant) throws -> OutboxFigures
}

extension OutboxReader {
  package func mailWaits(sequence: Int, lead: Elapsed) throws -> Bool {
    try outbox(sequence: sequence, lead: lead)
      .contains { $0.state == .pending && MailingID($0.subscription) != nil }
  }
}

package protocol OutboxWriter {
  func put(_ row: OutboxRow) throws
  func remove(_ row: OutboxRow) throws
  /// Gives up all that waits for a subscription.
  func endDeliveries(to subscription: String, error: String, at now: Instant) throws
  /// Makes void the reminders of a change that wait for a subscription, or were given up.
  func voidReminders(
    of stream: String, to subscription: String, leads: [Elapsed], error: String, at now: Instant) throws
}

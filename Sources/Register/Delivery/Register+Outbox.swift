package import CivilTime
package import Planning

extension Register {
  /// What came of an attempt.
  package enum Settlement: Hashable, Sendable {
    case delivered
    case retry(at: Instant, error: String)
    case dead(error: String)
    /// The receiver wants nothing more: its subscription ends.
    case gone(error: String)
  }

  /// Ends what waited until it came too late, and tells what that was.
  package func lapseDeliveries() throws -> [OutboxRow] {
    guard try !store.read({ try $0.tooLate(at: clock()) }).isEmpty else { return [] }
    return try writing { store in
      let now = clock()
      return try store.tooLate(at: now).map { row in
        var row = row
        row.end(.lapsed, row.lastError.map { "\(OutboxRow.tooLate); \($0)" } ?? OutboxRow.tooLate, at: now)
        try store.put(row)
        try recordNotice(of: row, in: store)
        return row
      }
    }
  }

  /// Takes due messages for `owner` until `length` has passed, so that nobody else sends them meanwhile. Of each
  /// subscription at most one, its oldest: messages of one subscription never overtake each other.
  package func claimDeliveries(limit: Int, owner: String, for length: Elapsed) throws -> [OutboxRow] {
    guard limit > 0, try store.read({ try $0.dueHeads(at: clock(), limit: 1) }).isEmpty == false else { return [] }
    return try store.write { store in
      let now = clock()
      return try store.dueHeads(at: now, limit: limit).map { row in
        var row = row
        row.lease = owner
        row.leaseUntil = now + length
        try store.put(row)
        return row
      }
    }
  }

  /// Ends a claim. False where the claim had run out and the row is another's, or no longer waits: nothing is written. What
  /// became void while it was sent, and went, went.
  ///
  /// - Parameter text: SHA-256 of what a mail said, in hexadecimal.
  @discardableResult
  package func settle(_ claim: OutboxRow, _ settlement: Settlement, text: String? = nil) throws -> Bool {
    try writing { store in
      guard var row = try store.outboxRow(claim.id), row.lease == claim.lease,
        row.state == .pending || (row.state == .void && settlement == .delivered)
      else { return false }
      let now = clock()
      row.attempts += 1
      switch settlement {
      case .delivered:
        row.text = text
        row.end(.delivered, nil, at: now)
      case .retry(let moment, let error):
        row.nextAttempt = moment
        row.lastError = error
        (row.lease, row.leaseUntil) = (nil, nil)
      case .dead(let error), .gone(let error): row.end(.dead, error, at: now)
      }
      try store.put(row)
      try recordNotice(of: row, in: store)
      if case .gone = settlement, let id = WebhookID(row.subscription) {
        _ = try perform(Revocation<WebhookContent>(id: id, isGone: true), in: Sitting(store))
      }
      return true
    }
  }

  /// Records that clients were told by mail, once no mail of that notice waits any more and one at least was delivered: in the
  /// transaction that ends the last.
  private func recordNotice(of row: OutboxRow, in store: any StoreTransaction) throws {
    guard row.state != .pending, MailingID(row.subscription) != nil else { return }
    let rows = try store.outbox(sequence: row.sequence, lead: row.lead).filter { MailingID($0.subscription) != nil }
    let delivered = rows.filter { $0.state == .delivered }
    guard !delivered.isEmpty, !rows.contains(where: { $0.state == .pending }) else { return }
    guard let line = try store.event(row.sequence), let id = ChangeID(line.stream) else {
      throw RegisterError.damaged("event \(row.sequence) is of no change")
    }
    let languages = try Dictionary(store.mailings().map { ($0.id.description, $0.language) }) { first, _ in first }
    let texts = delivered.compactMap { row in
      row.text.flatMap { text in languages[row.subscription].map { ($0, text) } }
    }
    let told = try Change.existing(id, after: row.isReminder ? .max : row.sequence, in: store)
    guard let kind = row.isReminder ? .reminder : NoticeKind.current(for: told), let revision = told.revision else {
      throw RegisterError.damaged("event \(row.sequence) published nothing")
    }
    let request = NoticeRecording(
      id: id, kind: kind, revision: revision,
      evidence: NoticeEvidence(
        addresses: delivered.count, texts: Dictionary(texts) { _, last in last },
        lead: row.isReminder ? row.lead : nil))
    _ = try perform(request, in: Sitting(store))
  }

  /// That the program sent a notice itself.
  private struct NoticeRecording: StreamRequest {
    typealias Subject = Change

    var id: ChangeID?
    var actor: String? { nil }
    var idempotencyKey: String? { nil }
    var kind: NoticeKind
    var revision: Int
    var evidence: NoticeEvidence

    var isJudged: Bool { false }
    func service(of before: Change?) -> String? { before?.content.service }

    func decide(
      on before: Change?, contract: BoundContract?, at now: Instant, in sitting: Sitting
    ) -> (verdict: Verdict?, events: [ChangeEvent]) {
      (nil, [.noticePublished(kind, .mail, revision: revision, at: now, evidence)])
    }
  }

  /// Gives a claim back unused. Waits for nobody: a claim that is not given back runs out by itself.
  package func release(_ claim: OutboxRow) {
    try? store.writeWithoutWaiting { store in
      guard var row = try store.outboxRow(claim.id), row.state == .pending, row.lease == claim.lease else { return }
      row.lease = nil
      row.leaseUntil = nil
      try store.put(row)
    }
  }

  /// Sends what was given up again, from the first attempt on.
  package func retryDelivery(_ id: String) throws -> OutboxRow {
    try store.write { store in
      guard let row = try store.outboxRow(id) else { throw SubscriptionError.unknownDelivery(id) }
      guard row.state == .dead else { throw SubscriptionError.notDead(id) }
      guard try active(store).contains(row.subscription) else {
        throw SubscriptionError.revoked(subscription: row.subscription)
      }
      return try again(row, store)
    }
  }

  /// The same for all that was given up and whose subscription is in force.
  package func retryDeadDeliveries() throws -> [OutboxRow] {
    try store.write { store in
      let active = try active(store)
      var filter = OutboxFilter()
      filter.states = [.dead]
      filter.limit = .max
      return try store.outbox(filter).filter { active.contains($0.subscription) }.map { try again($0, store) }
    }
  }

  private func again(_ row: OutboxRow, _ store: any StoreTransaction) throws -> OutboxRow {
    var row = row
    row.state = .pending
    row.attempts = 0
    row.settledAt = nil
    row.nextAttempt = clock()
    try store.put(row)
    return row
  }

  private func active(_ store: any StoreReader) throws -> Set<String> {
    Set(
      try store.webhooks().filter { !$0.isRevoked }.map(\.id.description)
        + store.mailings().filter { !$0.isRevoked }.map(\.id.description))
  }

  package func deliveries(_ filter: OutboxFilter = OutboxFilter()) throws -> [OutboxRow] {
    try store.read { try $0.outbox(filter) }
  }

  package func outboxFigures() throws -> OutboxFigures { try store.read { try $0.outboxFigures(at: clock()) } }

  /// The change as the event of that sequence left it, or as it stands, with the event's line.
  package func state(after sequence: Int, newest: Bool = false) throws -> (change: Change, line: StoredEvent) {
    try store.read { store in
      guard let line = try store.event(sequence), let id = ChangeID(line.stream) else {
        throw RegisterError.damaged("event \(sequence) is of no change")
      }
      return (try Change.existing(id, after: newest ? .max : sequence, in: store), line)
    }
  }

  /// Writes a message of each conflict to each webhook that takes conflicts and has none of it yet, and takes away those
  /// of conflicts that are over, so that the next one is told again. The messages are what is remembered: whoever looks
  /// after a restart, or beside another process, tells nothing twice.
  ///
  /// - Parameter conflicts: all that there are now.
  package func tell(_ conflicts: [Conflict]) throws {
    func differences(_ store: any StoreReader) throws -> (missing: [OutboxRow], over: [OutboxRow]) {
      let webhooks = try store.webhooks().filter { !$0.isRevoked && $0.content.takesConflicts }
      var rows = try store.conflictRows().reduce(into: [:]) { rows, row in
        rows["\(row.subscription) \(row.sequence)"] = row
      }
      guard !webhooks.isEmpty else { return ([], Array(rows.values)) }
      var missing: [OutboxRow] = []
      for conflict in conflicts {
        guard let first = try store.events(stream: conflict.change.id.description).first else { continue }
        for webhook in webhooks where webhook.content.service == conflict.change.content.service {
          let row = OutboxRow(conflictSince: clock(), of: first, to: webhook.id.description)
          if rows.removeValue(forKey: "\(row.subscription) \(row.sequence)") == nil { missing.append(row) }
        }
      }
      return (missing, Array(rows.values))
    }
    let seen = try store.read(differences)
    guard !seen.missing.isEmpty || !seen.over.isEmpty else { return }
    try writing { store in
      let (missing, over) = try differences(store)
      for row in over { try store.remove(row) }
      for row in missing { try store.put(row) }
    }
  }
}

extension OutboxRow {
  /// That it waits no more.
  fileprivate mutating func end(_ state: State, _ error: String?, at now: Instant) {
    self.state = state
    lastError = error
    settledAt = now
    (lease, leaseUntil) = (nil, nil)
  }
}

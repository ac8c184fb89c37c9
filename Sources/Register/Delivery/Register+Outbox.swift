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
    /// A reminder of which there is no need any more.
    case void(error: String)
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
  /// - Parameters:
  ///   - text: SHA-256 of what a mail said, in hexadecimal.
  ///   - revision: the one that it told of.
  @discardableResult
  package func settle(
    _ claim: OutboxRow, _ settlement: Settlement, text: String? = nil, revision: Int? = nil
  ) throws -> Bool {
    try writing { store in
      guard var row = try store.outboxRow(claim.id), row.lease == claim.lease,
        row.state == .pending || (row.state == .void && settlement == .delivered)
      else { return false }
      let now = clock()
      row.attempts += 1
      switch settlement {
      case .delivered:
        (row.text, row.revision) = (text, revision)
        row.end(.delivered, nil, at: now)
      case .retry(let moment, let error):
        row.nextAttempt = moment
        row.lastError = error
        (row.lease, row.leaseUntil) = (nil, nil)
      case .dead(let error), .gone(let error): row.end(.dead, error, at: now)
      case .void(let error): row.end(.void, error, at: now)
      }
      try store.put(row)
      if case .gone = settlement, let id = WebhookID(row.subscription) {
        _ = try perform(Revocation<WebhookContent>(id: id, isGone: true), in: Sitting(store))
      }
      return true
    }
  }

  /// Records that clients were told by mail, of each notice of which no mail waits any more and one at least was delivered.
  /// A step of its own: what was sent is settled, whatever becomes of this; the next round finds what is left. That the
  /// clock stands behind is no incident for the log: nobody's request was refused, and it is tried again each second.
  package func recordTold() throws {
    /// Asked after each mail: of a notice to thousands, nearly always in vain.
    func complete(_ store: any StoreReader) throws -> [[OutboxRow]] {
      var notices: [[OutboxRow]] = []
      var rows = try store.untold()[...]
      while let first = rows.first {
        let same = rows.prefix { ($0.sequence, $0.lead) == (first.sequence, first.lead) }
        rows = rows[same.endIndex...]
        if try !store.mailWaits(sequence: first.sequence, lead: first.lead) { notices.append(Array(same)) }
      }
      return notices
    }
    guard try !store.read(complete).isEmpty else { return }
    try store.write { store in
      let languages = try Dictionary(store.mailings().map { ($0.id.description, $0.language) }) { first, _ in first }
      for rows in try complete(store) { try recordTold(rows, languages, in: store) }
    }
  }

  /// - Parameter rows: of one notice; never empty.
  private func recordTold(
    _ rows: [OutboxRow], _ languages: [String: String], in store: any StoreTransaction
  ) throws {
    guard let line = try store.event(rows[0].sequence), let id = ChangeID(line.stream) else {
      throw RegisterError.damaged("event \(rows[0].sequence) is of no change")
    }
    let lead = rows[0].isReminder ? rows[0].lead : nil
    let change = try Change.existing(id, after: lead == nil ? rows[0].sequence : .max, in: store)
    guard let kind = lead == nil ? NoticeKind.current(for: change) : .reminder, let newest = change.revision,
      let at = rows.compactMap(\.settledAt).max()
    else { throw RegisterError.damaged("event \(rows[0].sequence) published nothing") }
    var texts: [NoticeEvidence.Text] = []
    for row in rows {
      guard let language = languages[row.subscription], let digest = row.text else { continue }
      let text = NoticeEvidence.Text(language: language, digest: digest)
      if !texts.contains(text) { texts.append(text) }
    }
    texts.sort { ($0.language, $0.digest) < ($1.language, $1.digest) }
    let request = NoticeRecording(
      id: id, kind: kind, revision: rows.compactMap(\.revision).max() ?? newest, at: at,
      evidence: NoticeEvidence(addresses: rows.count, texts: texts, lead: lead))
    let recorded = try perform(request, in: Sitting(store)).newest
    for var row in rows {
      row.recorded = recorded
      try store.put(row)
    }
  }

  /// That the program sent a notice itself.
  private struct NoticeRecording: StreamRequest {
    typealias Subject = Change

    var id: ChangeID?
    var actor: String? { nil }
    var idempotencyKey: String? { nil }
    var kind: NoticeKind
    var revision: Int
    var at: Instant
    var evidence: NoticeEvidence

    var isJudged: Bool { false }
    func service(of before: Change?) -> String? { before?.content.service }

    func decide(
      on before: Change?, contract: BoundContract?, at now: Instant, in sitting: Sitting
    ) -> (verdict: Verdict?, events: [ChangeEvent]) {
      (nil, [.noticePublished(kind, .mail, revision: revision, at: min(at, now), evidence)])
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
    row.nextAttempt = max(clock(), row.notBefore)
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

  /// The change as its last event up to that sequence left it.
  package func state(of id: ChangeID, after sequence: Int) throws -> Change {
    try store.read { try Change.existing(id, after: sequence, in: $0) }
  }

  /// Writes a message of each conflict to each webhook that takes conflicts and has none of it yet, and takes away those
  /// of conflicts that are over, so that the next one is told again. The messages are what is remembered: whoever looks
  /// after a restart, or beside another process, tells nothing twice.
  ///
  /// - Parameters:
  ///   - conflicts: all that there are now.
  ///   - services: those that were looked at; nil for all. Of others nothing is known, and nothing taken away.
  package func tell(_ conflicts: [Conflict], of services: Set<String>? = nil) throws {
    func differences(_ store: any StoreReader) throws -> (missing: [OutboxRow], over: [OutboxRow]) {
      let known = try store.webhooks().filter { services?.contains($0.content.service) ?? true }
      let webhooks = known.filter { !$0.isRevoked && $0.content.takesConflicts }
      let names = Set(known.map(\.id.description))
      var rows = try store.conflictRows().filter { names.contains($0.subscription) }.reduce(into: [:]) { rows, row in
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

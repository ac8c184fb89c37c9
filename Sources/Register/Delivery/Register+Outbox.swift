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

  /// Ends a claim. False where the claim had run out and the row is another's, or no longer waits: nothing is written.
  @discardableResult
  package func settle(_ claim: OutboxRow, _ settlement: Settlement) throws -> Bool {
    try writing { store in
      guard var row = try store.outboxRow(claim.id), row.state == .pending, row.lease == claim.lease else {
        return false
      }
      row.lease = nil
      row.leaseUntil = nil
      row.attempts += 1
      switch settlement {
      case .delivered:
        row.state = .delivered
        row.lastError = nil
      case .retry(let moment, let error):
        row.nextAttempt = moment
        row.lastError = error
      case .dead(let error), .gone(let error):
        row.state = .dead
        row.lastError = error
      }
      if row.state != .pending { row.settledAt = clock() }
      try store.put(row)
      if case .gone = settlement, let id = WebhookID(row.subscription) {
        _ = try perform(Revocation<WebhookContent>(id: id, isGone: true), in: Sitting(store))
      }
      return true
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

  package func outboxFigures() throws -> OutboxFigures { try store.read { try $0.outboxFigures() } }

  /// The change as the event of that sequence left it, with the event's line.
  package func state(after sequence: Int) throws -> (change: Change, line: StoredEvent) {
    try store.read { store in
      guard let line = try store.event(sequence), let id = ChangeID(line.stream) else {
        throw RegisterError.damaged("event \(sequence) is of no change")
      }
      return (try Change.existing(id, after: sequence, in: store), line)
    }
  }
}

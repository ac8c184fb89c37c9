import Planning

/// The outbox in a copy of another register's log: it has the rows that verify asks for, and never sends.
extension Outbox {
  /// Why no message of a copy waits.
  static let elsewhere = "held: sent by the register that this is a copy of"

  /// Brings the rows of a subscription to where `line` leaves them; false for a line of any other stream. Webhooks have
  /// no secret here, since no event holds one.
  static func mirror(_ line: StoredEvent, in store: any StoreTransaction) throws -> Bool {
    if let id = WebhookID(line.stream) {
      let (event, actor) = try WebhookEvent.decode(type: line.type, body: line.body)
      let before = try store.webhooks().first { $0.id == id }
      guard let next = event.apply(to: before, id: id, line: line, actor: actor) else { throw misfit(line) }
      try store.put(next)
      return true
    }
    guard let id = MailingID(line.stream) else { return false }
    let (event, actor) = try MailingEvent.decode(type: line.type, body: line.body)
    let before = try store.mailings().first { $0.id == id }
    guard let next = event.apply(to: before, id: id, line: line, actor: actor) else { throw misfit(line) }
    try store.put(next)
    return true
  }

  private static func misfit(_ line: StoredEvent) -> RegisterError {
    .damaged("event \(line.sequence) does not fit the state of \(line.stream)")
  }

  /// As ``announce(_:by:in:)``, with messages that nobody here sends.
  static func mirror(_ change: Change, by line: StoredEvent, in store: any StoreTransaction) throws {
    for var row in try rows(of: change, by: line, store) {
      row.state = .dead
      row.lastError = elsewhere
      try store.put(row)
    }
  }
}

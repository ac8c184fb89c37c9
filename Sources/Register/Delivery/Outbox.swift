import Planning

/// Writes what clients have to be told of, in the transaction of the change itself: no message of a change that is not,
/// no change without its messages.
enum Outbox {
  /// - Parameter line: the event that made the newest revision of `change`.
  static func announce(_ change: Change, by line: StoredEvent, in store: any StoreTransaction) throws {
    for row in try rows(of: change, by: line, store) { try store.put(row) }
  }

  static func rows(of change: Change, by line: StoredEvent, _ store: any StoreReader) throws -> [OutboxRow] {
    try subscriptions(taking: change, webhooks: store.webhooks(), mailings: store.mailings()).map { name in
      OutboxRow(
        id: OutboxRow.id(of: line, to: name), subscription: name, sequence: line.sequence, createdAt: line.at,
        nextAttempt: line.at)
    }
  }

  static func subscriptions(
    taking change: Change, webhooks: some Sequence<Webhook>, mailings: some Sequence<Mailing>
  ) -> [String] {
    webhooks.filter { $0.takes(change) }.map(\.id.description)
      + mailings.filter { $0.takes(change) }.map(\.id.description)
  }
}

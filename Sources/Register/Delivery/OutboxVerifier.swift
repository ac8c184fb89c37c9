import Planning

/// The part of `register verify` that knows the outbox.
struct OutboxVerifier {
  /// The identifier of each message that has to be there, by event and subscription.
  private var expected: [Int: [String: String]] = [:]

  /// Takes an event of a change that made a new revision.
  mutating func revised(_ change: Change, by line: StoredEvent, _ grants: GrantVerifiers) {
    let names = Outbox.subscriptions(
      taking: change, webhooks: grants.webhooks.grants.values, mailings: grants.mailings.grants.values)
    guard !names.isEmpty else { return }
    expected[line.sequence] = Dictionary(uniqueKeysWithValues: names.map { ($0, OutboxRow.id(of: line, to: $0)) })
  }

  /// Only what is told to whom: how far each message got is in no event.
  mutating func problems(_ store: any StoreReader) throws -> [Verification.Problem] {
    var strays: [Verification.Problem] = []
    try store.eachOutboxRow { row in
      if expected[row.sequence]?.removeValue(forKey: row.subscription) != row.id {
        strays.append(.outbox(sequence: row.sequence, subscription: row.subscription))
      }
    }
    for (sequence, names) in expected.sorted(by: { $0.key < $1.key }) {
      strays += names.keys.sorted().map { .outbox(sequence: sequence, subscription: $0) }
    }
    return strays
  }
}

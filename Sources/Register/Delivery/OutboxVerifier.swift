import Planning

/// The part of `register verify` that knows subscriptions and the outbox.
struct OutboxVerifier {
  private var webhooks: [WebhookID: Webhook] = [:]
  private var mailings: [MailingID: Mailing] = [:]
  /// The identifier of each message that has to be there, by event and subscription.
  private var expected: [Int: [String: String]] = [:]

  /// Whether the line is of a stream that is looked at here.
  static func knows(_ line: StoredEvent) -> Bool { WebhookID(line.stream) != nil || MailingID(line.stream) != nil }

  /// Takes one line of such a stream; nil where nothing is wrong with it.
  mutating func problem(_ line: StoredEvent) -> Verification.Problem? {
    do {
      if let id = WebhookID(line.stream) {
        let (event, actor) = try WebhookEvent.decode(type: line.type, body: line.body)
        guard let next = event.apply(to: webhooks[id], id: id, line: line, actor: actor) else {
          return .impossible(sequence: line.sequence)
        }
        webhooks[id] = next
      } else if let id = MailingID(line.stream) {
        let (event, actor) = try MailingEvent.decode(type: line.type, body: line.body)
        guard let next = event.apply(to: mailings[id], id: id, line: line, actor: actor) else {
          return .impossible(sequence: line.sequence)
        }
        mailings[id] = next
      }
      return nil
    } catch { return .unreadable(sequence: line.sequence) }
  }

  /// Takes an event of a change that made a new revision.
  mutating func revised(_ change: Change, by line: StoredEvent) {
    let names = Outbox.subscriptions(taking: change, webhooks: webhooks.values, mailings: mailings.values)
    guard !names.isEmpty else { return }
    expected[line.sequence] = Dictionary(uniqueKeysWithValues: names.map { ($0, OutboxRow.id(of: line, to: $0)) })
  }

  /// What the events give, against the rows beside them. Of the outbox only what is told to whom: how far each message
  /// got is in no event. A secret that is there has to be the one whose hash was recorded.
  mutating func problems(_ store: any StoreReader) throws -> [Verification.Problem] {
    var problems: [Verification.Problem] = []
    if webhooks.keys.map(\.number).sorted() != Array(1..<webhooks.count + 1) { problems.append(.webhookNumbering) }
    if mailings.keys.map(\.number).sorted() != Array(1..<mailings.count + 1) { problems.append(.mailingNumbering) }
    let webhookRows = Dictionary(try store.webhooks().map { ($0.id, $0) }) { first, _ in first }
    for id in Set(webhookRows.keys).union(webhooks.keys).sorted() {
      var row = webhookRows[id]
      let isRight = row?.secret.map { $0.digest == row?.digest } ?? true
      row?.secret = nil
      if row == nil || row != webhooks[id] || !isRight { problems.append(.webhookProjection(id)) }
    }
    let mailingRows = Dictionary(try store.mailings().map { ($0.id, $0) }) { first, _ in first }
    for id in Set(mailingRows.keys).union(mailings.keys).sorted()
    where mailingRows[id] == nil || mailingRows[id] != mailings[id] {
      problems.append(.mailingProjection(id))
    }
    var strays: [Verification.Problem] = []
    try store.eachOutboxRow { row in
      if expected[row.sequence]?.removeValue(forKey: row.subscription) != row.id {
        strays.append(.outbox(sequence: row.sequence, subscription: row.subscription))
      }
    }
    for (sequence, names) in expected.sorted(by: { $0.key < $1.key }) {
      strays += names.keys.sorted().map { .outbox(sequence: sequence, subscription: $0) }
    }
    return problems + strays
  }
}

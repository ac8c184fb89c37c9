import Planning

/// The part of `register verify` that knows the grants of one kind.
struct GrantVerifier<Content: GrantContent> {
  private(set) var grants: [Grant<Content>.ID: Grant<Content>] = [:]

  /// Takes one line; nil where nothing is wrong with it.
  mutating func problem(_ line: StoredEvent) -> Verification.Problem? {
    guard let id = Grant<Content>.ID(line.stream) else { return .unreadable(sequence: line.sequence) }
    do {
      guard let next = try Grant<Content>.after(line, grants[id]) else { return .impossible(sequence: line.sequence) }
      if grants[id] == nil {
        for other in grants.values {
          do { try next.content.checkClash(with: other) } catch { return .impossible(sequence: line.sequence) }
        }
      }
      grants[id] = next
      return nil
    } catch { return .unreadable(sequence: line.sequence) }
  }

  /// What the events give, against the rows beside them, and what only the rows hold against its digests in the log.
  ///
  /// - Parameter isCopy: of another register's log, whose rows may hold nothing else.
  func problems(_ store: any StoreReader, isCopy: Bool) throws -> [Verification.Problem] {
    var problems: [Verification.Problem] = []
    if grants.keys.map(\.number).sorted() != Array(1..<grants.count + 1) {
      problems.append(.grantNumbering(prefix: Content.Kind.prefix))
    }
    let rows = Dictionary(try store.grants(Content.self).map { ($0.id, $0) }) { first, _ in first }
    for id in Set(rows.keys).union(grants.keys).sorted() {
      var row = rows[id]
      let isWhole = row?.isVouchedFor(isCopy: isCopy) ?? false
      row?.unlogged = .init()
      if !isWhole || row == nil || row != grants[id] { problems.append(.grantProjection(id.description)) }
    }
    return problems
  }
}

/// All kinds.
struct GrantVerifiers {
  private(set) var tokens = GrantVerifier<TokenContent>()
  private(set) var feeds = GrantVerifier<PrivateFeedContent>()
  private(set) var webhooks = GrantVerifier<WebhookContent>()
  private(set) var mailings = GrantVerifier<MailingContent>()

  /// Whether the line is of a stream that is looked at here.
  static func knows(_ line: StoredEvent) -> Bool { GrantKinds.all.contains { $0.owns(line.stream) } }

  /// Takes one line of such a stream; nil where nothing is wrong with it.
  mutating func problem(_ line: StoredEvent) -> Verification.Problem? {
    if TokenContent.owns(line.stream) { return tokens.problem(line) }
    if PrivateFeedContent.owns(line.stream) { return feeds.problem(line) }
    if WebhookContent.owns(line.stream) { return webhooks.problem(line) }
    return mailings.problem(line)
  }

  func problems(_ store: any StoreReader, isCopy: Bool) throws -> [Verification.Problem] {
    try tokens.problems(store, isCopy: isCopy) + feeds.problems(store, isCopy: isCopy)
      + webhooks.problems(store, isCopy: isCopy) + mailings.problems(store, isCopy: isCopy)
  }
}

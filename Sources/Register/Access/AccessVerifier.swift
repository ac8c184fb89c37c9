import Planning

/// The part of `register verify` that knows tokens and private feeds.
struct AccessVerifier {
  private var tokens: [TokenID: Token] = [:]
  private var feeds: [PrivateFeedID: PrivateFeed] = [:]
  var tokenCount: Int { tokens.count }
  var feedCount: Int { feeds.count }

  /// Whether the line is of a stream that is looked at here.
  static func knows(_ line: StoredEvent) -> Bool { TokenID(line.stream) != nil || PrivateFeedID(line.stream) != nil }

  /// Takes one line; nil where nothing is wrong with it.
  mutating func problem(_ line: StoredEvent) -> Verification.Problem? {
    if let id = TokenID(line.stream) { return problem(line, of: id) }
    if let id = PrivateFeedID(line.stream) { return problem(line, of: id) }
    return .unreadable(sequence: line.sequence)
  }

  private mutating func problem(_ line: StoredEvent, of id: TokenID) -> Verification.Problem? {
    guard let (event, actor) = try? TokenEvent.decode(type: line.type, body: line.body) else {
      return .unreadable(sequence: line.sequence)
    }
    if case .created(let name, _, _, _) = event, tokens.values.contains(where: { $0.holds(name: name) }) {
      return .impossible(sequence: line.sequence)
    }
    guard let next = event.apply(to: tokens[id], id: id, line: line, actor: actor) else {
      return .impossible(sequence: line.sequence)
    }
    tokens[id] = next
    return nil
  }

  private mutating func problem(_ line: StoredEvent, of id: PrivateFeedID) -> Verification.Problem? {
    guard let (event, actor) = try? PrivateFeedEvent.decode(type: line.type, body: line.body) else {
      return .unreadable(sequence: line.sequence)
    }
    guard let next = event.apply(to: feeds[id], id: id, line: line, actor: actor) else {
      return .impossible(sequence: line.sequence)
    }
    feeds[id] = next
    return nil
  }

  /// What the events give, against the rows beside them; the last use of a token is not of the log.
  func problems(_ store: any StoreReader) throws -> [Verification.Problem] {
    var problems: [Verification.Problem] = []
    if tokens.keys.map(\.number).sorted() != Array(1..<tokens.count + 1) { problems.append(.tokenNumbering) }
    if feeds.keys.map(\.number).sorted() != Array(1..<feeds.count + 1) { problems.append(.privateFeedNumbering) }
    let tokenRows = Dictionary(try store.tokens().map { ($0.id, $0) }) { first, _ in first }
    for id in Set(tokenRows.keys).union(tokens.keys).sorted() {
      var row = tokenRows[id]
      row?.lastUsedAt = nil
      if row == nil || row != tokens[id] { problems.append(.tokenProjection(id)) }
    }
    let feedRows = Dictionary(try store.privateFeeds().map { ($0.id, $0) }) { first, _ in first }
    for id in Set(feedRows.keys).union(feeds.keys).sorted() where feedRows[id] == nil || feedRows[id] != feeds[id] {
      problems.append(.privateFeedProjection(id))
    }
    return problems
  }
}

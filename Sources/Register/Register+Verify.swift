import CivilTime
package import Planning

/// What `register verify` found.
package struct Verification: Hashable, Sendable {
  package var events: Int
  package var changes: Int
  package var outages: Int
  package var tokens: Int
  package var privateFeeds: Int
  /// Hash of the newest event: it stands for the whole log.
  package var root: String
  package var problems: [Problem]

  package enum Problem: Hashable, Sendable {
    /// A sequence number is missing, doubled or out of order.
    case sequence(expected: Int, found: Int)
    /// The content of an event is not what its hash was taken of.
    case content(sequence: Int)
    /// An event does not name the hash of the one before.
    case chain(sequence: Int)
    case clock(sequence: Int)
    case unreadable(sequence: Int)
    /// An event that cannot follow the ones before it.
    case impossible(sequence: Int)
    /// Identifiers of a year are not 1, 2, 3 …
    case numbering(year: Int)
    /// A derived row differs from what the events give.
    case projection(ChangeID)
    case outageNumbering(year: Int)
    case outageProjection(OutageID)
    /// Numbers of tokens (`TOK-`), private feeds, webhooks or mailings are not 1, 2, 3 …
    case grantNumbering(prefix: String)
    /// The row of one of these differs from its events, or from the digests that they hold.
    case grantProjection(String)
    /// A message that no event and subscription call for, or one that they call for and that is not there.
    case outbox(sequence: Int, subscription: String)
    /// What is published differs from what the event recorded.
    case publication(ChangeID)
    case answer(key: String)
    /// The log is shorter than, or differs from, a checkpoint that someone kept.
    case checkpoint(size: Int)
  }
}

/// Size and root hash of the log at some moment, `128:9f86d0…`: whoever keeps one can tell whether history was changed.
package struct Checkpoint: Hashable, Sendable, CustomStringConvertible {
  package var size: Int
  package var root: String

  package init(size: Int, root: String) {
    self.size = size
    self.root = root
  }

  package init?(_ text: String) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let size = Int(parts[0]), size > 0, parts[1].count == 64,
      parts[1].allSatisfy(\.isHexDigit)
    else { return nil }
    self.init(size: size, root: parts[1].lowercased())
  }

  package var description: String { "\(size):\(root)" }
}

extension Register {
  /// Of the log as it is now.
  package static func checkpoint(_ store: any EventStore) throws -> Checkpoint {
    guard let newest = try store.read({ try $0.newestEvent() }) else { throw RegisterError.notInitialised }
    return Checkpoint(size: newest.sequence, root: newest.hash)
  }

  /// Recomputes every hash, rebuilds every change from its events and compares with what is stored beside them.
  ///
  /// - Parameter isCopy: of another register's log, perhaps without what stands in no event of it.
  package static func verify(
    _ store: any EventStore, against checkpoint: Checkpoint? = nil, isCopy: Bool = false
  ) throws -> Verification {
    try store.read { store in
      var verifier = Verifier(checkpoint: checkpoint, isCopy: isCopy)
      while true {
        let batch = try store.events(after: verifier.position, limit: 1000)
        if batch.isEmpty { break }
        for line in batch { try verifier.add(line, store) }
      }
      return try verifier.finish(store)
    }
  }
}

private struct Verifier {
  let checkpoint: Checkpoint?
  let isCopy: Bool
  /// Sequence last read from the store, whatever it was.
  var position = 0
  private var count = 0
  private var previous: StoredEvent?
  private var changes: [ChangeID: (change: Change, newest: Int, published: [String: String])] = [:]
  private var outages = OutageVerifier()
  private var grants = GrantVerifiers()
  private var gates = GateVerifier()
  private var outbox = OutboxVerifier()
  private var problems: [Verification.Problem] = []

  init(checkpoint: Checkpoint?, isCopy: Bool) {
    self.checkpoint = checkpoint
    self.isCopy = isCopy
  }

  mutating func add(_ line: StoredEvent, _ store: any StoreReader) throws {
    count += 1
    if line.sequence != (previous?.sequence ?? 0) + 1 {
      problems.append(.sequence(expected: (previous?.sequence ?? 0) + 1, found: line.sequence))
    }
    if line.hash != line.expectedHash { problems.append(.content(sequence: line.sequence)) }
    if line.previous != previous?.hash ?? StoredEvent.noHash { problems.append(.chain(sequence: line.sequence)) }
    if let previous, line.at < previous.at { problems.append(.clock(sequence: line.sequence)) }
    if let checkpoint, line.sequence == checkpoint.size, line.hash != checkpoint.root {
      problems.append(.checkpoint(size: checkpoint.size))
    }
    previous = line
    position = max(position + 1, line.sequence)
    guard line.stream != StoredEvent.registerStream else { return }
    if let id = OutageID(line.stream) {
      if let problem = try outages.problem(line, of: id, store) { problems.append(problem) }
      return
    }
    if GrantVerifiers.knows(line) {
      if let problem = grants.problem(line) { problems.append(problem) }
      return
    }
    if let service = GateStream.service(of: line.stream) {
      if let problem = gates.problem(line, of: service) { problems.append(problem) }
      return
    }
    guard let id = ChangeID(line.stream),
      let (event, context) = try? EventCodec.decode(type: line.type, body: line.body)
    else {
      problems.append(.unreadable(sequence: line.sequence))
      return
    }
    guard let next = event.apply(to: changes[id]?.change, id: id, at: line.at) else {
      problems.append(.impossible(sequence: line.sequence))
      return
    }
    if next.revision != changes[id]?.change.revision { outbox.revised(next, by: line, grants) }
    let published = context.published.isEmpty ? changes[id]?.published ?? [:] : context.published
    changes[id] = (next, line.sequence, published)
    if let key = context.idempotencyKey, try store.answer(to: key)?.change != id {
      problems.append(.answer(key: key))
    }
  }

  mutating func finish(_ store: any StoreReader) throws -> Verification {
    if let checkpoint, position < checkpoint.size { problems.append(.checkpoint(size: checkpoint.size)) }
    for (year, ids) in Dictionary(grouping: changes.keys, by: \.year).sorted(by: { $0.key < $1.key })
    where ids.map(\.number).sorted() != Array(1...ids.count) {
      problems.append(.numbering(year: year))
    }
    let rows = Dictionary(uniqueKeysWithValues: try store.rows(ChangeFilter()).map { ($0.id, $0) })
    for id in Set(rows.keys).union(changes.keys).sorted() {
      guard let entry = changes[id], rows[id] == ChangeRow(entry.change, newest: entry.newest) else {
        problems.append(.projection(id))
        continue
      }
      // The look-up that keeps changes apart has to find this one, down to its last second.
      let last = Interval(start: entry.change.content.interval.end - Elapsed(seconds: 1), length: Elapsed(seconds: 1))!
      let content = entry.change.content
      if entry.change.isBooked,
        try !store.bookings(service: content.service, environment: content.environment, in: last).contains(where: {
          $0.change == id
        })
      {
        problems.append(.projection(id))
      }
      for (language, hash) in entry.published {
        let fragment = try store.fragment(id, language: language)
        if fragment.map({ Digest.sha256($0.body) }) != hash || fragment?.revision != entry.change.revision {
          problems.append(.publication(id))
          break
        }
      }
    }
    problems += try outages.problems(store)
    problems += try grants.problems(store, isCopy: isCopy)
    problems += try outbox.problems(store)
    return Verification(
      events: count, changes: changes.count, outages: outages.count, tokens: grants.tokens.grants.count,
      privateFeeds: grants.feeds.grants.count, root: previous?.hash ?? StoredEvent.noHash, problems: problems)
  }
}

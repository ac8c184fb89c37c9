import CivilTime
import JSONText
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
    /// An event that cannot follow the ones before it in its stream.
    case impossible(sequence: Int, stream: String)
    /// Identifiers that begin so are not 1, 2, 3 …
    case numbering(series: String)
    /// The row of that name cannot be read, or differs from its events or from the digests that they hold.
    case projection(String)
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

  /// Recomputes every hash, rebuilds whatever has events from them and compares with what is stored beside them.
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
  private let kinds: [any StreamChecking]
  private var outbox = OutboxVerifier()
  private var problems: [Verification.Problem] = []

  init(checkpoint: Checkpoint?, isCopy: Bool) {
    self.checkpoint = checkpoint
    self.isCopy = isCopy
    func verifier<Subject: StreamSubject>(_ kind: Subject.Type) -> any StreamChecking { StreamVerifier(kind) }
    kinds = StreamKinds.all.map { verifier($0) }
  }

  private func of<Subject: StreamSubject>(_: Subject.Type) -> StreamVerifier<Subject> {
    kinds.lazy.compactMap { $0 as? StreamVerifier<Subject> }.first ?? StreamVerifier(Subject.self)
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
    guard let kind = kinds.first(where: { $0.owns(line) }) else {
      problems.append(.unreadable(sequence: line.sequence))
      return
    }
    if let problem = try kind.problem(line, store) { problems.append(problem) }
    if let changes = kind as? StreamVerifier<Change>, let change = changes.revised(by: line) {
      let names = Outbox.subscriptions(
        taking: change, webhooks: of(Webhook.self).subjects, mailings: of(Mailing.self).subjects)
      outbox.revised(by: line, telling: names)
    }
  }

  mutating func finish(_ store: any StoreReader) throws -> Verification {
    if let checkpoint, position < checkpoint.size { problems.append(.checkpoint(size: checkpoint.size)) }
    for kind in kinds { problems += try kind.problems(store, isCopy: isCopy) }
    problems += try outbox.problems(store)
    return Verification(
      events: count, changes: of(Change.self).count, outages: of(Outage.self).count, tokens: of(Token.self).count,
      privateFeeds: of(PrivateFeed.self).count, root: previous?.hash ?? StoredEvent.noHash, problems: problems)
  }
}

/// The part of `register verify` that knows one kind of stream.
private protocol StreamChecking: AnyObject {
  func owns(_ line: StoredEvent) -> Bool
  /// Takes one line of such a stream; nil where nothing is wrong with it.
  func problem(_ line: StoredEvent, _ store: any StoreReader) throws -> Verification.Problem?
  /// What the events give, against what lies beside the log.
  func problems(_ store: any StoreReader, isCopy: Bool) throws -> [Verification.Problem]
}

private final class StreamVerifier<Subject: StreamSubject>: StreamChecking {
  private struct Entry {
    var subject: Subject
    var newest: Int
    /// Hashes of what was published of it last, and the event that did it.
    var published: [String: String]
  }

  private var entries: [Subject.ID: Entry] = [:]
  /// The newest line that was taken, with the states before and after it.
  private var step: (sequence: Int, before: Subject?, after: Subject)?

  init(_: Subject.Type) {}

  var count: Int { entries.count }
  var subjects: some Sequence<Subject> { entries.values.lazy.map(\.subject) }

  func owns(_ line: StoredEvent) -> Bool { Subject.ID(line.stream) != nil }

  func problem(_ line: StoredEvent, _ store: any StoreReader) throws -> Verification.Problem? {
    guard let id = Subject.ID(line.stream) else { return .unreadable(sequence: line.sequence) }
    let before = entries[id]
    guard let (_, context, after) = try? Subject.step(line, before?.subject, id: id) else {
      return .unreadable(sequence: line.sequence)
    }
    guard let after, before != nil || !after.clashes(withAnyOf: subjects) else {
      return .impossible(sequence: line.sequence, stream: line.stream)
    }
    step = (line.sequence, before?.subject, after)
    entries[id] = Entry(
      subject: after, newest: line.sequence,
      published: context.published.isEmpty ? before?.published ?? [:] : context.published)
    return try context.idempotencyKey.flatMap { key -> Verification.Problem? in
      try isAnswered(key, line, context, store) ? nil : .answer(key: key)
    }
  }

  private func isAnswered(
    _ key: String, _ line: StoredEvent, _ context: EventContext, _ store: any StoreReader
  ) throws -> Bool {
    guard let answer = try store.answer(to: key) else { return false }
    if answer.stream == line.stream { return answer.requestDigest == context.requestDigest }
    // For some hours of 23 November 2026 two gates could be given the same key: it answers the first.
    guard answer.sequence < line.sequence, let first = try store.event(answer.sequence) else { return false }
    return first.stream == answer.stream && (try? JSON(parsing: first.body))?["idempotency_key"]?.string == key
  }

  func problems(_ store: any StoreReader, isCopy: Bool) throws -> [Verification.Problem] {
    var problems: [Verification.Problem] = []
    let places = entries.keys.compactMap(\.place)
    for (series, places) in Dictionary(grouping: places, by: \.series).sorted(by: { $0.key < $1.key })
    where places.map(\.number).sorted() != Array(1...places.count) {
      problems.append(.numbering(series: series))
    }
    guard let rows = try Subject.rows(in: store) else { return problems }
    for id in Set(rows.keys).union(entries.keys).sorted() {
      guard let entry = entries[id], let row = rows[id] ?? nil,
        entry.subject.agrees(with: row, newest: entry.newest, isCopy: isCopy)
      else {
        problems.append(.projection(id.description))
        continue
      }
      problems += try entry.subject.problems(published: entry.published, in: store)
    }
    return problems
  }
}

extension StreamVerifier where Subject == Change {
  /// The change that the line, the newest one taken, has made a new revision of.
  fileprivate func revised(by line: StoredEvent) -> Change? {
    guard let step, step.sequence == line.sequence, step.before?.revision != step.after.revision else { return nil }
    return step.after
  }
}

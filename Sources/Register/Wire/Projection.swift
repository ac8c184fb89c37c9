import JSONText
import Planning

/// What stands in the tables beside the log of another register: the effect of each event that is copied.
struct Projection {
  let store: any StoreTransaction
  /// Folded already, by stream, so that a long one is read once.
  let memory: StreamMemory
  /// Of a copy of another register's log nothing is sent, and what was published comes with it. Otherwise the tables become
  /// those of the register itself, with the hash of what was published in its place.
  var isCopy = true

  /// The stream of a line, and whether it begins with it.
  typealias Met = (prefix: String, place: (series: String, number: Int)?, isNew: Bool)

  /// Brings the tables to where `line` leaves them; the line goes on from the store's log, and is not in it yet. A stream of an
  /// unknown kind stays in the log and touches no table; nil of it, and of the register's own.
  @discardableResult
  func apply(_ line: StoredEvent) throws -> Met? {
    if line.stream == StoredEvent.registerStream { try applyToRegister(line) }
    for kind in StreamKinds.all {
      if let met = try apply(line, as: kind) { return met }
    }
    return nil
  }

  private func apply<Subject: StreamSubject>(_ line: StoredEvent, as _: Subject.Type) throws -> Met? {
    guard let id = Subject.ID(line.stream) else { return nil }
    let known = memory.entries[line.stream]
    let before = try known?.subject as? Subject ?? Subject.current(id, in: store)?.subject
    let (_, context, after) = try Subject.step(line, before, id: id)
    guard let after, try isCopy || before != nil || !after.clashes(in: store) else { throw RegisterError.misfit(line) }
    memory.entries[line.stream] = StreamMemory.Entry(
      subject: after, published: context.published.isEmpty ? known?.published : context.published)
    try after.put(line, after: before, in: store, isCopy: isCopy)
    if !isCopy, let change = after as? Change, let revision = change.revision {
      for (language, hash) in context.published {
        try store.put(Fragment(change: change.id, language: language, revision: revision, body: Array(hash.utf8)))
      }
    }
    if let key = context.idempotencyKey {
      let answer = StoredAnswer(
        requestDigest: context.requestDigest, stream: line.stream, sequence: line.sequence)
      // A key that an early build gave to two gates answers the first.
      if try store.answer(to: key)?.stream ?? line.stream == line.stream { try store.put(answer, to: key) }
    }
    return (Subject.ID.prefix, id.place, before == nil)
  }

  private func applyToRegister(_ line: StoredEvent) throws {
    switch line.type {
    case "contract-adopted":
      let (service, digest) = try line.reading { (try $0.required("service"), try $0.required("digest")) }
      try store.setContractDigest(digest, of: service)
    case "clock-recovered": try store.clearClockIncidents()
    default: break
    }
  }
}

/// What the pages of one copy have left of the streams that they met: the next page goes on from there.
///
/// It holds the streams of one page at most; others are read again when they go on.
package final class StreamMemory {
  struct Entry {
    var subject: any StreamSubject
    /// Hashes of what was published of it last, as far as that was met.
    var published: [String: String]?
  }

  var entries: [String: Entry] = [:]
  /// Hash of the newest event that the entries hold for; what another process has added makes them worthless.
  private var root: String?

  package init() {}

  /// Begins a page after the event of that hash.
  func begin(after hash: String?) {
    if hash == nil || hash != root { entries = [:] }
    // Until the page is committed it stands for nothing.
    root = nil
  }

  /// Ends a page, which is committed.
  func end(at hash: String, keeping streams: Set<String>) {
    root = hash
    entries = entries.filter { streams.contains($0.key) }
  }
}

import JSONText
import Planning

/// What stands in the tables beside the log of another register: the effect of each event that is copied.
struct Projection {
  let store: any StoreTransaction
  /// Folded already, by stream, so that a long one is read once.
  let memory: StreamMemory

  /// Brings the tables to where `line` leaves them; the line goes on from the store's log, and is not in it yet. A stream of an
  /// unknown kind stays in the log and touches no table.
  func apply(_ line: StoredEvent) throws {
    if line.stream == StoredEvent.registerStream { return try applyToRegister(line) }
    for kind in StreamKinds.all where try apply(line, as: kind) { return }
  }

  private func apply<Subject: StreamSubject>(_ line: StoredEvent, as _: Subject.Type) throws -> Bool {
    guard let id = Subject.ID(line.stream) else { return false }
    let known = memory.entries[line.stream]
    let before = try known?.subject as? Subject ?? Subject.current(id, in: store)?.subject
    let (_, context, after) = try Projection.readable(line) { try Subject.step(line, before, id: id) }
    guard let after else { throw RegisterError.misfit(line) }
    memory.entries[line.stream] = StreamMemory.Entry(
      subject: after, published: context.published.isEmpty ? known?.published : context.published)
    try after.put(line, after: before, in: store, isCopy: true)
    if let key = context.idempotencyKey {
      let answer = StoredAnswer(
        requestDigest: context.requestDigest, stream: line.stream, sequence: line.sequence)
      // A key that an early build gave to two gates answers the first.
      if try store.answer(to: key)?.stream ?? line.stream == line.stream { try store.put(answer, to: key) }
    }
    return true
  }

  private func applyToRegister(_ line: StoredEvent) throws {
    switch line.type {
    case "contract-adopted":
      let (service, digest) = try Projection.readable(line) {
        let body = try JSON(parsing: line.body)
        return (try body.required("service"), try body.required("digest"))
      }
      try store.setContractDigest(digest, of: service)
    case "clock-recovered": try store.clearClockIncidents()
    default: break
    }
  }

  private static func readable<Result>(_ line: StoredEvent, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch { throw RegisterError.damaged("event \(line.sequence) cannot be read") }
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

import JSONText
import Planning

/// A stretch of the log with what it leaves published, small enough to be held.
package struct LogPage: Sendable {
  package var head: LogHead
  package var events: [StoredEvent]
  /// The newest pieces of the feeds of changes whose newest event is in `events`.
  package var fragments: [Fragment]

  /// The most events of a page.
  package static let largest = 1000
  /// A page ends with the event that passes this many octets of bodies.
  private static let octets = 4 << 20

  /// Up to `limit` events after the first `count`, all of one state of the register.
  package init(after count: Int, limit: Int = LogPage.largest, of register: Register, facts: (String, Bool)) throws {
    let now = register.now
    let (newest, events, fragments) = try register.store.read { store in
      guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
      let events = LogPage.bounded(
        try store.events(after: max(0, count), limit: max(1, min(limit, LogPage.largest))))
      return (newest, events, try LogPage.fragments(events, store))
    }
    head = LogHead(
      now: max(now, newest.at), identity: facts.0, isSimulation: facts.1,
      checkpoint: Checkpoint(size: newest.sequence, root: newest.hash))
    self.events = events
    self.fragments = fragments
  }

  private static func bounded(_ events: [StoredEvent]) -> [StoredEvent] {
    var sum = 0
    let end = events.firstIndex { event in
      defer { sum += event.body.utf8.count }
      return sum > octets
    }
    return Array(events[..<(end ?? events.count)])
  }

  /// Later pages carry the pieces of changes that have later events.
  private static func fragments(_ events: [StoredEvent], _ store: any StoreReader) throws -> [Fragment] {
    guard let last = events.last?.sequence else { return [] }
    var seen: Set<String> = []
    var result: [Fragment] = []
    for event in events where seen.insert(event.stream).inserted {
      guard let id = ChangeID(event.stream), let row = try store.row(id), row.newest <= last, row.revision != nil else {
        continue
      }
      for language in try publishedHashes(event.stream, store).keys.sorted() {
        if let fragment = try store.fragment(id, language: language) { result.append(fragment) }
      }
    }
    return result
  }

  /// Hashes of what was published of the newest revision, by language.
  static func publishedHashes(_ stream: String, _ store: any StoreReader) throws -> [String: String] {
    for line in try store.events(stream: stream).reversed() {
      let context = try EventCodec.decode(type: line.type, body: line.body).context
      if !context.published.isEmpty { return context.published }
    }
    return [:]
  }
}

/// JSON Lines: the head, then the events, then the fragments.
extension LogPage {
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for json in [head.json] + events.map(\.json) + fragments.map(\.json) {
      json.write(to: &bytes)
      bytes.append(0x0A)
    }
    return bytes
  }

  /// Throws `JSONError` or `EventCodecError` at the first line that is none of these.
  package init(bytes: [UInt8]) throws {
    var head: LogHead?
    events = []
    fragments = []
    for line in bytes.split(separator: 0x0A) {
      let json = try JSON(parsing: Array(line))
      if head == nil {
        head = try LogHead(json: json)
      } else if json["fragment"] != nil {
        fragments.append(try Fragment(json: json))
      } else {
        events.append(try StoredEvent(json: json))
      }
    }
    guard let head else { throw EventCodecError(member: "now") }
    self.head = head
  }
}

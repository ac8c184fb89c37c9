import JSONText
import Planning

/// A stretch of the log with what it leaves published, small enough to be held.
package struct LogPage: Sendable {
  package var head: LogHead
  package var events: [StoredEvent]
  /// The newest pieces of the feeds of changes whose newest event is in `events`.
  package var fragments: [Fragment]

  init(head: LogHead, events: [StoredEvent], fragments: [Fragment]) {
    self.head = head
    self.events = events
    self.fragments = fragments
  }

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
      try LogPage.check(events, after: max(0, count), to: newest, store)
      return (newest, events, try LogPage.fragments(events, store))
    }
    head = LogHead(
      now: max(now, newest.at), identity: facts.0, isSimulation: facts.1,
      checkpoint: Checkpoint(size: newest.sequence, root: newest.hash))
    self.events = events
    self.fragments = fragments
  }

  /// Each event was compared with its own hash when it was read. Here: that none is missing, and each names the one before.
  private static func check(_ events: [StoredEvent], after count: Int, to newest: StoredEvent, _ store: any StoreReader)
    throws
  {
    var (sequence, hash) = (min(count, newest.sequence), try store.event(count)?.hash ?? StoredEvent.noHash)
    for line in events {
      guard line.sequence == sequence + 1 else {
        throw RegisterError.damaged(.sequence(expected: sequence + 1, found: line.sequence))
      }
      guard line.previous == hash else { throw RegisterError.damaged(.chain(sequence: line.sequence)) }
      (sequence, hash) = (line.sequence, line.hash)
    }
    guard !events.isEmpty || sequence == newest.sequence else {
      throw RegisterError.damaged(.sequence(expected: sequence + 1, found: newest.sequence))
    }
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
      for (language, hash) in try publishedHashes(event.stream, store).sorted(by: { $0.key < $1.key }) {
        guard let fragment = try store.fragment(id, language: language), Digest.sha256(fragment.body) == hash else {
          throw RegisterError.damaged(.row(table: "fragments", key: "\(id) \(language)", .differs(["body"])))
        }
        result.append(fragment)
      }
    }
    return result
  }

  /// Hashes of what was published of the newest revision, by language.
  static func publishedHashes(_ stream: String, _ store: any StoreReader) throws -> [String: String] {
    var published: [String: String] = [:]
    try store.eachEvent(ofStreamBackwards: stream) { line in
      published = try line.reading { try EventContext(json: $0).published }
      return published.isEmpty
    }
    return published
  }
}

/// JSON Lines: the head, then the events, then the fragments.
extension LogPage {
  package var bytes: [UInt8] { LogPage.bytes(lines) }

  var lines: [JSON] { [head.json] + events.map(\.json) + fragments.map(\.json) }

  static func bytes(_ lines: [JSON]) -> [UInt8] {
    var bytes: [UInt8] = []
    for json in lines {
      json.write(to: &bytes)
      bytes.append(0x0A)
    }
    return bytes
  }

  /// Throws `JSONError` or `EventCodecError` at the first line that is none of these.
  package init(bytes: [UInt8]) throws { try self.init(lines: bytes.split(separator: 0x0A)) }

  init(lines: [ArraySlice<UInt8>]) throws {
    var head: LogHead?
    events = []
    fragments = []
    for line in lines {
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

/// A log that does not go on from what was seen of it before: it was cut, or rewritten.
package struct HistoryDiffers: Error, Hashable, Sendable {
  /// What is known, from an earlier look.
  package let seen: Checkpoint
  /// What the log is said to be now.
  package let found: Checkpoint

  package init(seen: Checkpoint, found: Checkpoint) {
    self.seen = seen
    self.found = found
  }
}

/// An extract whose lines contradict themselves.
package struct BadExtract: Error, Hashable, Sendable {
  package let reason: String
  /// Whether it is about something that an earlier page should have held.
  package let isOfEarlierPage: Bool

  package init(reason: String, isOfEarlierPage: Bool = false) {
    self.reason = reason
    self.isOfEarlierPage = isOfEarlierPage
  }
}

extension LogPage {
  /// Whether the log that begins with this page has the size and root hash of `checkpoint` on its way.
  ///
  /// - Parameter next: the page after so many events.
  package func isAt(_ checkpoint: Checkpoint, next: (Int) throws -> LogPage) throws -> Bool {
    var page = self
    while let last = page.events.last, last.sequence < checkpoint.size { page = try next(last.sequence) }
    return page.events.first { $0.sequence == checkpoint.size }?.hash == checkpoint.root
  }

  /// Adds to `store` the events that it lacks, with all that follows from them, and returns how far it is then.
  ///
  /// Every hash is recomputed. Events that another process has added meanwhile have to be the same ones. Throws
  /// `HistoryDiffers` where the page does not continue what the store holds, or contradicts `seen`; `BadExtract` where
  /// it contradicts itself, or where it is the last page and something published is still missing. Then nothing of it
  /// stays.
  ///
  /// - Parameters:
  ///   - whole: so many events have all that they published in the store already.
  ///   - memory: of the pages before this one.
  package func take(
    into store: any EventStore, seen: Checkpoint? = nil, whole: Int = 0, memory: StreamMemory = StreamMemory()
  ) throws -> Checkpoint {
    let taken = try store.write { store in
      var newest = try store.newestEvent()
      if let newest, head.checkpoint.size < newest.sequence { throw differs(newest) }
      memory.begin(after: newest?.hash)
      let projection = Projection(store: store, memory: memory)
      for event in events {
        guard event.hash == event.expectedHash else { throw BadExtract(reason: "hash of event \(event.sequence)") }
        if let seen, event.sequence == seen.size, event.hash != seen.root {
          throw HistoryDiffers(seen: seen, found: head.checkpoint)
        }
        if let newest, event.sequence <= newest.sequence {
          let known = try store.events(after: event.sequence - 1, limit: 1).first
          guard known?.hash == event.hash else { throw differs(newest) }
          continue
        }
        guard event.sequence == (newest?.sequence ?? 0) + 1, event.sequence <= head.checkpoint.size,
          newest.map({ event.at >= $0.at }) ?? (event.type == "register-created")
        else { throw BadExtract(reason: "place of event \(event.sequence)") }
        guard event.previous == newest?.hash ?? StoredEvent.noHash else {
          if let newest { throw differs(newest) }
          throw BadExtract(reason: "chain of event \(event.sequence)")
        }
        try projection.apply(event)
        try store.append(event)
        newest = event
      }
      guard let newest else { throw BadExtract(reason: "no events") }
      if newest.sequence == head.checkpoint.size, newest.hash != head.checkpoint.root { throw differs(newest) }
      try putFragments(store, memory)
      if newest.sequence == head.checkpoint.size { try checkFragments(after: whole, store) }
      return Checkpoint(size: newest.sequence, root: newest.hash)
    }
    memory.end(at: taken.root, keeping: Set(events.map(\.stream)))
    return taken
  }

  private func differs(_ newest: StoredEvent) -> HistoryDiffers {
    HistoryDiffers(seen: Checkpoint(size: newest.sequence, root: newest.hash), found: head.checkpoint)
  }

  /// Keeps what was published of each change that the page brings to its newest state, compared with the hashes that the
  /// events recorded.
  func putFragments(_ store: any StoreTransaction, _ memory: StreamMemory) throws {
    guard let last = events.last?.sequence else { return }
    let given = Dictionary(grouping: fragments, by: \.change)
    for stream in Set(events.map(\.stream)) {
      guard let id = ChangeID(stream), let row = try store.row(id), let revision = row.revision, row.newest <= last
      else {
        continue
      }
      for (language, hash) in try memory.entries[stream]?.published ?? LogPage.publishedHashes(stream, store) {
        if let kept = try store.fragment(id, language: language), kept.revision == revision { continue }
        // A change that has gone on since comes again, with what was published of it, in a later page.
        guard let fragment = given[id]?.first(where: { $0.language == language }) else { continue }
        guard fragment.revision == revision, Digest.sha256(fragment.body) == hash else {
          throw BadExtract(reason: "what was published of \(id)")
        }
        try store.put(fragment)
      }
    }
  }

  /// With the last page all is there that the events name as published: a server that keeps something back would show
  /// its readers less than it published.
  private func checkFragments(after count: Int, _ store: any StoreReader) throws {
    var streams: Set<String> = []
    var last = count
    while true {
      let lines = try store.events(after: last, limit: LogPage.largest)
      guard let next = lines.last?.sequence else { break }
      streams.formUnion(lines.map(\.stream))
      last = next
    }
    for id in streams.compactMap(ChangeID.init).sorted() {
      try LogPage.checkFragments(of: id, isOfEarlierPage: !events.contains { $0.stream == id.description }, store)
    }
  }

  static func checkFragments(of id: ChangeID, isOfEarlierPage: Bool = false, _ store: any StoreReader) throws {
    guard let revision = try store.row(id)?.revision else { return }
    for language in try publishedHashes(id.description, store).keys
    where try store.fragment(id, language: language)?.revision != revision {
      throw BadExtract(reason: "what was published of \(id) is missing", isOfEarlierPage: isOfEarlierPage)
    }
  }
}

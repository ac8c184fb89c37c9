package import CivilTime
import JSONText
import Planning

/// The part of the log that questions need, with what of it is published, and the checkpoint of the whole.
///
/// Whoever takes it computes each hash, so that no line is another one than the log's; that none is missing, and that the
/// lines between are what they were, shows the whole log alone.
package struct LogExcerpt: Sendable {
  package var page: LogPage
  /// What is answered by it. Where a stretch is taken stands beside it, since no event travels for that.
  package var needs: [LogNeed: IntervalSet?]
  /// Hash of the event that the reader has noted as the newest that it saw; nil where the log has no such event.
  package var seen: String?

  /// More is no part any more: the log is fetched, as it is by those who read much.
  private static let most = (streams: 2000, octets: 4 << 20)
  /// Of two moments, as they are written.
  private static let octetsOfTime = 22

  /// Throws `LogNeed.TooMuch` where the part would be large.
  ///
  /// - Parameters:
  ///   - seen: how many events the reader has noted.
  ///   - now: the moment that the questions were asked at.
  package init(
    of needs: Set<LogNeed>, seen: Int?, at now: Instant, in store: any EventStore, facts: (String, Bool)
  ) throws {
    var answered: [LogNeed: IntervalSet?] = [:]
    (page, self.seen) = try store.read { store in
      guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
      var streams: Set<String> = []
      var octets = 0
      for need in needs {
        streams.formUnion(try need.streams(in: store))
        answered[need] = .some(nil)
        if case .taken(let at, let id) = need {
          let taken = try store.taken(
            service: at.service, environment: at.environment, in: at.interval, except: id)
          octets += LogExcerpt.octetsOfTime * taken.intervals.count
          answered[need] = taken
        }
        // After each, so that many that are large cost no more than one.
        guard streams.count <= LogExcerpt.most.streams, octets <= LogExcerpt.most.octets else {
          throw LogNeed.TooMuch()
        }
      }
      var events: [StoredEvent] = []
      for stream in streams {
        events += try store.events(stream: stream).map { event in
          octets += event.body.utf8.count
          return event
        }
        guard octets <= LogExcerpt.most.octets else { throw LogNeed.TooMuch() }
      }
      let published = try needs.flatMap { need throws -> [Fragment] in
        guard case .published(let id) = need else { return [] }
        return try LogPage.publishedHashes(id.description, store).keys.sorted().compactMap {
          try store.fragment(id, language: $0)
        }
      }
      let head = LogHead(
        now: max(now, newest.at), identity: facts.0, isSimulation: facts.1,
        checkpoint: Checkpoint(size: newest.sequence, root: newest.hash))
      return (
        LogPage(head: head, events: events.sorted { $0.sequence < $1.sequence }, fragments: published),
        try seen.flatMap { try store.event($0)?.hash }
      )
    }
    self.needs = answered
  }
}

/// JSON Lines: the head, what is answered, then the events, then the fragments.
extension LogExcerpt {
  package var bytes: [UInt8] {
    let needs = needs.map { need, taken -> JSON in
      let times = taken.map { $0.intervals.flatMap { [$0.start, $0.end] }.map { JSON.integer($0.secondsSinceEpoch) } }
      return .members(["need": need.json, "times": times.map { .array($0) }])
    }
    var page = page.lines
    page.insert(.members(["needs": .array(needs), "seen": seen.map { .string($0) }]), at: 1)
    return LogPage.bytes(page)
  }

  /// Throws `JSONError` or `EventCodecError` at the first line that is none of these.
  package init(bytes: [UInt8]) throws {
    var lines = bytes.split(separator: 0x0A)
    guard lines.count >= 2 else { throw EventCodecError(member: "needs") }
    let answered = try JSON(parsing: Array(lines.remove(at: 1)))
    page = try LogPage(lines: lines)
    seen = try answered.optional("seen")
    needs = [:]
    for entry in try answered.entries("needs", { $0 }) {
      let times = try entry["times"].map { _ in try entry.entries("times") { $0.integer } }
      needs[try LogNeed(json: entry["need"] ?? .null)] = .some(try times.map(LogExcerpt.intervals))
    }
  }

  private static func intervals(_ times: [Int64?]) throws(EventCodecError) -> IntervalSet {
    let moments = times.compactMap { $0.flatMap(Instant.init(stranger:)) }
    let pieces = stride(from: 0, to: moments.count - 1, by: 2).compactMap {
      Interval(start: moments[$0], end: moments[$0 + 1])
    }
    guard moments.count == times.count, pieces.count * 2 == times.count else { throw EventCodecError(member: "times") }
    return IntervalSet(pieces)
  }
}

extension LogExcerpt {
  /// Lays the events into an empty store, with all that follows from them.
  ///
  /// Throws `HistoryDiffers` where the log has not the event that was noted, `BadExtract` where the excerpt contradicts
  /// itself.
  ///
  /// - Parameter noted: how far the log was seen before.
  package func take(into store: any EventStore, noted: Checkpoint?) throws {
    let (head, events) = (page.head, page.events)
    if let noted, seen != noted.root || head.checkpoint.size < noted.size {
      throw HistoryDiffers(seen: noted, found: head.checkpoint)
    }
    try store.write { store in
      let memory = StreamMemory()
      let projection = Projection(store: store, memory: memory)
      for (index, event) in events.enumerated() {
        guard event.hash == event.expectedHash else { throw BadExtract(reason: "hash of event \(event.sequence)") }
        let last = index > 0 ? events[index - 1] : nil
        guard event.sequence <= head.checkpoint.size,
          last.map({ $0.sequence < event.sequence && $0.at <= event.at }) ?? true,
          last?.sequence != event.sequence - 1 || last?.hash == event.previous
        else { throw BadExtract(reason: "place of event \(event.sequence)") }
        for known in [head.checkpoint, noted] where known?.size == event.sequence && known?.root != event.hash {
          throw BadExtract(reason: "hash of event \(event.sequence)")
        }
        do { try projection.apply(event) } catch RegisterError.damaged(let damage) {
          throw BadExtract(reason: "\(damage)")
        }
        try store.append(event)
      }
      try page.putFragments(store, memory)
      for case .published(let id) in needs.keys { try LogPage.checkFragments(of: id, store) }
    }
  }
}

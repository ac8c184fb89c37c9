import Planning

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
  /// - Parameter whole: so many events have all that they published in the store already.
  package func take(into store: any EventStore, seen: Checkpoint? = nil, whole: Int = 0) throws -> Checkpoint {
    try store.write { store in
      var newest = try store.newestEvent()
      if let newest, head.checkpoint.size < newest.sequence { throw differs(newest) }
      var projection = Projection(store: store)
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
        try store.append(event)
        try projection.apply(event)
        newest = event
      }
      guard let newest else { throw BadExtract(reason: "no events") }
      if newest.sequence == head.checkpoint.size, newest.hash != head.checkpoint.root { throw differs(newest) }
      try putFragments(store)
      if newest.sequence == head.checkpoint.size { try checkFragments(after: whole, store) }
      return Checkpoint(size: newest.sequence, root: newest.hash)
    }
  }

  private func differs(_ newest: StoredEvent) -> HistoryDiffers {
    HistoryDiffers(seen: Checkpoint(size: newest.sequence, root: newest.hash), found: head.checkpoint)
  }

  /// Keeps what was published of each change that the page brings to its newest state, compared with the hashes that the
  /// events recorded.
  private func putFragments(_ store: any StoreTransaction) throws {
    guard let last = events.last?.sequence else { return }
    let given = Dictionary(grouping: fragments, by: \.change)
    for stream in Set(events.map(\.stream)) {
      guard let id = ChangeID(stream), let row = try store.row(id), let revision = row.revision, row.newest <= last
      else {
        continue
      }
      for (language, hash) in try LogPage.publishedHashes(stream, store) {
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
    for stream in streams.sorted() {
      guard let id = ChangeID(stream), let revision = try store.row(id)?.revision else { continue }
      for language in try LogPage.publishedHashes(stream, store).keys
      where try store.fragment(id, language: language)?.revision != revision {
        throw BadExtract(
          reason: "what was published of \(id) is missing",
          isOfEarlierPage: !events.contains { $0.stream == stream })
      }
    }
  }
}

package import CivilTime
package import Planning

extension Register {
  /// Changes of a service that have begun and may have gone on after `moment`, in no order.
  ///
  /// Announced times say nothing of what was done, so that rows cannot be asked for it. But no work ended later than its
  /// newest event was recorded: changes whose newest event is older than `moment` need not be read.
  package func worked(service: String, endingAfter moment: Instant) throws -> [Change] {
    var filter = ChangeFilter()
    filter.service = service
    filter.states = [.inProgress, .completed]
    return try store.read { store in
      let first = try Register.firstSequence(notBefore: moment, store)
      return try store.rows(filter).filter { $0.state == .inProgress || $0.newest >= first }.map {
        try Register.listed($0.id, in: store)
      }
    }
  }

  /// Planned changes of a service whose announced time meets `range`: work of which nobody has said that it began.
  package func announcedOnly(service: String, in range: Interval) throws -> [Change] {
    var filter = ChangeFilter()
    filter.service = service
    filter.states = [.planned]
    filter.range = range
    return try changes(filter)
  }

  /// The first sequence recorded at `moment` or later; one more than the newest where there is none. Binary search.
  private static func firstSequence(notBefore moment: Instant, _ store: any StoreReader) throws -> Int {
    var low = 1
    var high = (try store.newestEvent()?.sequence ?? 0) + 1
    while low < high {
      let middle = (low + high) / 2
      guard let event = try store.events(after: middle - 1, limit: 1).first else { return low }
      if event.at >= moment { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

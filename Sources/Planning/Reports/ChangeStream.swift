public import CivilTime

/// The events of one change in the order in which they were recorded, each with the state that it left.
public struct ChangeStream: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public let event: ChangeEvent
    /// The register's clock when the event was recorded.
    public let at: Instant
    public let after: Change

    public init(event: ChangeEvent, at: Instant, after: Change) {
      self.event = event
      self.at = at
      self.after = after
    }
  }

  public let id: ChangeID
  public let entries: [Entry]
  public let newest: Change

  /// Nil without events.
  public init?(id: ChangeID, entries: [Entry]) {
    guard let newest = entries.last?.after else { return nil }
    self.id = id
    self.entries = entries
    self.newest = newest
  }

  /// Nil without events, and where one cannot follow those before it.
  public init?(id: ChangeID, events: [(event: ChangeEvent, at: Instant)]) {
    var entries: [Entry] = []
    for (event, at) in events {
      guard let after = event.apply(to: entries.last?.after, id: id, at: at) else { return nil }
      entries.append(Entry(event: event, at: at, after: after))
    }
    self.init(id: id, entries: entries)
  }

  /// The change as what was recorded up to `moment` had left it; nil where nothing was. Notices that were published by
  /// then are among it, whenever that was stated.
  public func state(at moment: Instant) -> Change? {
    guard var change = entries.last(where: { $0.at <= moment })?.after else { return nil }
    change.notices += newest.notices.filter {
      $0.publishedAt.recorded > moment && $0.publishedAt.stated <= moment
    }
    return change
  }
}

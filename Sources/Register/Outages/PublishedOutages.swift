import CivilTime
package import Planning

extension PublishedService {
  /// How long that an outage is over, or was none, is told where only the status is: a weekend, and a feed reader that is
  /// asked once a day.
  private static let allClear = Elapsed.hours(24 * 7)

  /// What clients are told of outages now, by start: those that go on; with the status alone those that were over, or
  /// withdrawn, a few days ago; with all of it those that ended within `publication.keep-past`.
  package func outages(of contract: Contract) throws -> [PublishedOutage] {
    guard contract.outages != .none else { return [] }
    let now = register.now
    let oldest = now - .hours(24 * Int64(max(1, contract.keepPastDays)))
    var filter = OutageFilter()
    filter.service = contract.service
    return try register.store.read { store in
      // What a record says now may be other than what was told: one that moved away since is looked at too.
      let first = try store.firstSequence(notBefore: min(oldest, now - Self.allClear))
      return try store.rows(of: Outage.self, filter).compactMap { row -> PublishedOutage? in
        guard row.newest >= first || row.end.map({ $0 > oldest }) ?? true else { return nil }
        let states = try Outage.states(row.id, in: store).map { (outage: $0.after, at: $0.line.at) }
        return PublishedOutage(row.id, states, told: contract.outages)
      }
    }
    .filter { told in
      let ended = told.newest.facts.end ?? told.newest.at
      return told.isGoingOn || (contract.outages == .full && ended > oldest)
        || (told.words.count > 1 && told.newest.at > now - Self.allClear)
    }
  }
}

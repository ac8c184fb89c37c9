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
    var filter = OutageFilter()
    filter.service = contract.service
    filter.environment = Contract.production
    filter.range = Interval(start: now - .hours(24 * Int64(max(1, contract.keepPastDays))), end: .latest)
    return try register.store.read { store in
      try store.rows(of: Outage.self, filter).compactMap { row in
        let states = try Outage.states(row.id, in: store).map { (outage: $0.after, at: $0.line.at) }
        return PublishedOutage(row.id, states, told: contract.outages)
      }
    }
    .filter { contract.outages == .full || $0.isGoingOn || $0.newest.at > now - Self.allClear }
  }
}

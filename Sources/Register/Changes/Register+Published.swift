package import CivilTime
package import Planning

/// What feeds and pages ask for: published changes, as many as they show and no more.
extension Register {
  /// The histories that hold the `limit` newest published revisions of a service, among changes that are active after `end`;
  /// in no order.
  package func newestRevisions(
    service: String, activeAfter end: Instant, limit: Int
  ) throws -> [PublishedHistory] {
    let rows = try rows(service: service, activeAfter: end).sorted { $0.newest > $1.newest }
    var found: [PublishedHistory] = []
    var newest: [(moment: Instant, id: ChangeID)] = []
    var isLevel = false
    for row in rows {
      if newest.count >= limit {
        let bound = newest[limit - 1]
        // Of one moment, as that of an import, the later identifiers are the newer ones.
        if isLevel, row.id <= bound.id { continue }
        // A change has no revision newer than its newest event, so that rows in this order can stop.
        let moment = try moment(row.newest)
        if moment < bound.moment { break }
        isLevel = moment == bound.moment
        if isLevel, row.id <= bound.id { continue }
      }
      guard let history = try published(row.id) else { continue }
      found.append(history)
      newest += history.revisions.compactMap { change in change.revisedAt.map { ($0, row.id) } }
      newest.sort { ($0.moment, $0.id) > ($1.moment, $1.id) }
      newest.removeLast(max(0, newest.count - limit))
    }
    return found
  }

  /// Published changes of a service that end after `moment`, by start, the `limit` first ones; cancelled ones too, since
  /// clients look for what they were told of.
  package func coming(service: String, activeAfter moment: Instant, limit: Int) throws -> [PublishedHistory] {
    try rows(service: service, activeAfter: moment).prefix(limit).compactMap { try published($0.id) }
  }

  /// Changes of a service that are planned or under way and have not ended, by start; `limit` at most of each state.
  package func announced(service: String, at now: Instant, limit: Int) throws -> [PublishedHistory] {
    var result: [ChangeRow] = []
    let rows = try rows(service: service, activeAfter: now)
    result += rows.filter { $0.state == .planned }.prefix(limit)
    var underWay = ChangeFilter()
    underWay.service = service
    underWay.states = [.inProgress]
    result += try store.read { try $0.rows(underWay) }.prefix(limit)
    return try result.compactMap { try published($0.id) }
  }

  /// The `limit` published changes that start last, and before `moment` where one is given, among those that are active
  /// after `end`.
  package func latest(
    service: String, activeAfter end: Instant, before moment: Instant? = nil, limit: Int
  ) throws -> [PublishedHistory] {
    var result: [PublishedHistory] = []
    for row in try rows(service: service, activeAfter: end).reversed() where result.count < limit {
      if let moment, row.interval.start >= moment { continue }
      if let history = try published(row.id) { result.append(history) }
    }
    return result
  }

  /// Rows of published changes, by start.
  package func rows(service: String, activeAfter end: Instant) throws -> [ChangeRow] {
    var filter = ChangeFilter()
    filter.service = service
    filter.states = [.planned, .inProgress, .completed, .cancelled]
    filter.activeAfter = end
    return try store.read { try $0.rows(filter) }.filter { $0.revision != nil }
  }

  /// Hands over the row of every change of a service, drafts too, by start.
  package func eachRow(of service: String, _ body: (ChangeRow) throws -> Void) throws {
    var filter = ChangeFilter()
    filter.service = service
    try store.read { store in
      try store.eachRow(filter) { row in
        try body(row)
        return true
      }
    }
  }

  package func isKnown(_ id: ChangeID) throws -> Bool { try store.read { try $0.row(id) } != nil }

  private func moment(_ sequence: Int) throws -> Instant {
    guard let event = try store.read({ try $0.event(sequence) }) else {
      throw RegisterError.damaged(.sequence(expected: sequence, found: 0))
    }
    return event.at
  }
}

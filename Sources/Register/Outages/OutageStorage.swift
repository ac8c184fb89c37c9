package import CivilTime
package import Planning

/// The derived row of an outage: what look-ups need without reading its events.
package struct OutageRow: Hashable, Sendable {
  package var id: OutageID
  package var service: String
  package var environment: String
  package var state: OutageState
  package var start: Instant
  /// Nil while the outage goes on.
  package var end: Instant?
  /// Sequence of its newest event.
  package var newest: Int

  package init(_ outage: Outage, newest: Int) {
    self.init(
      id: outage.id, service: outage.content.service, environment: outage.content.environment, state: outage.state,
      start: outage.content.start, end: outage.content.end, newest: newest)
  }

  package init(
    id: OutageID, service: String, environment: String, state: OutageState, start: Instant, end: Instant?, newest: Int
  ) {
    self.id = id
    self.service = service
    self.environment = environment
    self.state = state
    self.start = start
    self.end = end
    self.newest = newest
  }

  /// What goes on meets all that lies after its start.
  package func meets(_ range: Interval) -> Bool { start < range.end && end.map { $0 > range.start } ?? true }
}

package struct OutageFilter: Hashable, Sendable {
  package var service: String?
  package var environment: String?
  package var states: Set<OutageState> = []
  /// Only outages that meet this interval.
  package var range: Interval?
  package init() {}
}

/// The answer that an idempotency key was given by a command on an outage. Changes and outages share the keys.
package struct OutageAnswer: Hashable, Sendable {
  package var requestDigest: String
  package var outage: OutageID
  /// Sequence of the event that the answer reports.
  package var sequence: Int
  package init(requestDigest: String, outage: OutageID, sequence: Int) {
    self.requestDigest = requestDigest
    self.outage = outage
    self.sequence = sequence
  }
}

/// What a store knows of outages besides their events.
package protocol OutageReader {
  /// By start, then identifier.
  func outageRows(_ filter: OutageFilter) throws -> [OutageRow]
  /// 0 in a year without outages.
  func highestOutageNumber(in year: Int) throws -> Int
  func outageAnswer(to key: String) throws -> OutageAnswer?
}

package protocol OutageWriter {
  func put(_ row: OutageRow) throws
  func put(_ answer: OutageAnswer, to key: String) throws
}

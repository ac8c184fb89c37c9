package import CivilTime

/// What the events of a stream make where look-ups need no more of it than a row says: a kind of stream that conforms has
/// its rows, their look-up and their verification without a table of its own.
package protocol RowedSubject: StreamSubject {
  associatedtype State: RawRepresentable & Hashable & Sendable where State.RawValue == String
  func row(newest: Int) -> StreamRow<Self>
}

/// The derived row of an outage, and of whatever else is of one service and lasts from a start.
package struct StreamRow<Subject: RowedSubject>: Hashable, Sendable {
  package var id: Subject.ID
  package var service: String
  package var environment: String
  package var state: Subject.State
  package var start: Instant
  /// Nil while it goes on.
  package var end: Instant?
  /// Sequence of its newest event.
  package var newest: Int

  package init(
    id: Subject.ID, service: String, environment: String, state: Subject.State, start: Instant, end: Instant?,
    newest: Int
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

package struct StreamFilter<State: Hashable & Sendable>: Hashable, Sendable {
  package var service: String?
  package var environment: String?
  package var states: Set<State> = []
  /// Only what meets this interval.
  package var range: Interval?
  package init() {}
}

extension RowedSubject {
  package func put(
    _ line: StoredEvent, after before: Self?, in store: any StoreTransaction, isCopy: Bool
  ) throws { try store.put(row(newest: line.sequence)) }

  package static var table: String { "subjects" }

  package static func agrees(_ subject: Self?, newest: Int, id: ID, in store: any StoreReader) throws -> Bool {
    try store.row(of: Self.self, id) == subject?.row(newest: newest)
  }
}

/// What a store knows of such rows.
package protocol RowReader {
  func row<Subject: RowedSubject>(of kind: Subject.Type, _ id: Subject.ID) throws -> StreamRow<Subject>?
  /// By start, then identifier.
  func rows<Subject: RowedSubject>(
    of kind: Subject.Type, _ filter: StreamFilter<Subject.State>
  ) throws -> [StreamRow<Subject>]
  /// The highest number that the series has; 0 where it has none.
  func highestNumber(inSeries series: String) throws -> Int
}

package protocol RowWriter {
  func put<Subject: RowedSubject>(_ row: StreamRow<Subject>) throws
}

package import CivilTime
import Planning

/// A store of which it is told what is read, before it is: to note what a question needs of the log, or to stop where a part
/// of the log does not hold it. Nothing can be written through it.
package struct WatchedStore: EventStore {
  let base: any EventStore
  let watch: any LogWatch

  package init(_ base: any EventStore, _ watch: any LogWatch) {
    self.base = base
    self.watch = watch
  }

  package func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    try base.read { try body(WatchedReader(base: $0, watch: watch)) }
  }

  package func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
    throw RegisterError.readOnly("")
  }

  package func scratch() throws -> any EventStore { try base.scratch() }
}

package protocol LogWatch: Sendable {
  func meet(_ need: LogNeed) throws
  /// What is known of when a stretch is taken; nil asks the store.
  func taken(_ need: LogNeed) -> IntervalSet?
}

/// Of each way to read a register, what it needs of the log.
private struct WatchedReader: StoreReader {
  let base: any StoreReader
  let watch: any LogWatch

  private func meeting<Result>(_ need: LogNeed, _ body: (any StoreReader) throws -> Result) throws -> Result {
    try watch.meet(need)
    return try body(base)
  }

  func events(stream: String) throws -> [StoredEvent] {
    try meeting(.stream(stream)) { try $0.events(stream: stream) }
  }
  func eachEvent(ofStreamBackwards stream: String, _ body: (StoredEvent) throws -> Bool) throws {
    try meeting(.stream(stream)) { try $0.eachEvent(ofStreamBackwards: stream, body) }
  }
  func row(_ id: ChangeID) throws -> ChangeRow? { try meeting(.stream(id.description)) { try $0.row(id) } }
  func eachRow(_ filter: ChangeFilter, _ body: (ChangeRow) throws -> Bool) throws {
    try meeting(.found(LogNeed.Sieve(filter))) { try $0.eachRow(filter, body) }
  }
  func row<Subject: RowedSubject>(of kind: Subject.Type, _ id: Subject.ID) throws -> StreamRow<Subject>? {
    try meeting(.stream(id.description)) { try $0.row(of: kind, id) }
  }
  func rows<Subject: RowedSubject>(
    of kind: Subject.Type, _ filter: StreamFilter<Subject.State>
  ) throws -> [StreamRow<Subject>] {
    try meeting(.found(LogNeed.Sieve(filter, of: kind))) { try $0.rows(of: kind, filter) }
  }
  func eachGrant<Content: GrantContent>(
    _ kind: Content.Type, _ body: (Grant<Content>.ID, Grant<Content>?) throws -> Void
  ) throws {
    try meeting(.found(LogNeed.Sieve(prefix: Content.Kind.prefix))) { try $0.eachGrant(kind, body) }
  }
  func bookings(service: String, environment: String, in interval: Interval) throws -> [Booking] {
    let stretch = LogNeed.Stretch(service: service, environment: environment, interval: interval)
    return try meeting(.bookings(stretch)) {
      try $0.bookings(service: service, environment: environment, in: interval)
    }
  }
  func taken(
    service: String, environment: String, in interval: Interval, except id: ChangeID?
  ) throws -> IntervalSet {
    let stretch = LogNeed.Stretch(service: service, environment: environment, interval: interval)
    let need = LogNeed.taken(stretch, except: id)
    return try meeting(need) {
      try watch.taken(need)
        ?? $0.taken(service: service, environment: environment, in: interval, except: id)
    }
  }
  func fragment(_ id: ChangeID, language: String) throws -> Fragment? {
    try meeting(.published(id)) { try $0.fragment(id, language: language) }
  }
  /// Of the events that are there: whoever compares the sequence of one of these with it finds the same.
  func firstSequence(notBefore moment: Instant) throws -> Int { try base.firstSequence(notBefore: moment) }

  // What no part answers.

  func newestEvent() throws -> StoredEvent? { try meeting(.whole) { try $0.newestEvent() } }
  func events(after sequence: Int, limit: Int) throws -> [StoredEvent] {
    try meeting(.whole) { try $0.events(after: sequence, limit: limit) }
  }
  func highestNumber(in year: Int) throws -> Int { try meeting(.whole) { try $0.highestNumber(in: year) } }
  func highestNumber(inSeries series: String) throws -> Int {
    try meeting(.whole) { try $0.highestNumber(inSeries: series) }
  }
  func answer(to key: String) throws -> StoredAnswer? { try meeting(.whole) { try $0.answer(to: key) } }
  func contractDigest(of service: String) throws -> String? {
    try meeting(.whole) { try $0.contractDigest(of: service) }
  }
  func eachFragment(_ ids: [ChangeID], language: String, _ body: (Fragment) throws -> Void) throws {
    for id in ids { try watch.meet(.published(id)) }
    try base.eachFragment(ids, language: language, body)
  }
  func identifiers(after id: ChangeID?, limit: Int) throws -> [ChangeID] {
    try meeting(.whole) { try $0.identifiers(after: id, limit: limit) }
  }
  func clockIncidents() throws -> [ClockIncident] { try meeting(.whole) { try $0.clockIncidents() } }
  func grants<Content: GrantContent>(_ kind: Content.Type, digestPrefix: String) throws -> [Grant<Content>] {
    try meeting(.whole) { try $0.grants(kind, digestPrefix: digestPrefix) }
  }
  func outboxRow(_ id: String) throws -> OutboxRow? { try meeting(.whole) { try $0.outboxRow(id) } }
  func outbox(_ filter: OutboxFilter) throws -> [OutboxRow] { try meeting(.whole) { try $0.outbox(filter) } }
  func eachOutboxRow(_ body: (OutboxRow) throws -> Void) throws { try meeting(.whole) { try $0.eachOutboxRow(body) } }
  func conflictRows() throws -> [OutboxRow] { try meeting(.whole) { try $0.conflictRows() } }
  func dueHeads(at now: Instant, limit: Int) throws -> [OutboxRow] {
    try meeting(.whole) { try $0.dueHeads(at: now, limit: limit) }
  }
  func tooLate(at now: Instant) throws -> [OutboxRow] { try meeting(.whole) { try $0.tooLate(at: now) } }
  func untold() throws -> [OutboxRow] { try meeting(.whole) { try $0.untold() } }
  func outbox(sequence: Int, lead: Elapsed) throws -> [OutboxRow] {
    try meeting(.whole) { try $0.outbox(sequence: sequence, lead: lead) }
  }
  func outboxFigures(at now: Instant) throws -> OutboxFigures { try meeting(.whole) { try $0.outboxFigures(at: now) } }
  func faults() throws -> [Damage] { try meeting(.whole) { try $0.faults() } }
  func eachLine(_ body: (Result<StoredEvent, RegisterError>) throws -> Void) throws {
    try meeting(.whole) { try $0.eachLine(body) }
  }
  func derivedTables() throws -> [DerivedTable] { try meeting(.whole) { try $0.derivedTables() } }
  func rows(of table: DerivedTable) throws -> () throws -> [Cell]? { try meeting(.whole) { try $0.rows(of: table) } }
}

extension Register {
  /// The same register for questions that `watch` is told of, at a moment that stands still.
  package func watched(by watch: any LogWatch, at now: Instant) -> Register {
    Register(store: WatchedStore(store, watch), publisher: publisher, clock: { now })
  }
}

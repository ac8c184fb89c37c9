package import CivilTime
package import Planning

/// Where a register lives. Every store passes the same suite of tests.
package protocol EventStore: Sendable {
  /// Runs `body` alone: no other writer, in this process or another, comes between its reads and its writes. Returns
  /// when everything is durable; when `body` throws, nothing of it stays.
  func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result
  /// As `write`, but throws busy at once where another process holds the lock: for what may be left out.
  func writeWithoutWaiting<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result
  /// Runs `body` on one consistent state.
  func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result
  /// An empty store, gone with its value, in which `register verify` makes anew what follows from a log.
  func scratch() throws -> any EventStore
  /// The first damage that was met since the store was opened.
  var damage: Damage? { get }
}

/// A published piece of a feed: the `VEVENT` of one change in one language, at its newest revision.
package struct Fragment: Hashable, Sendable {
  package var change: ChangeID
  package var language: String
  package var revision: Int
  package var body: [UInt8]
  package init(change: ChangeID, language: String, revision: Int, body: [UInt8]) {
    self.change = change
    self.language = language
    self.revision = revision
    self.body = body
  }
}

/// The answer that an idempotency key was given. All streams share the keys: one key, one request.
package struct StoredAnswer: Hashable, Sendable {
  /// What the request was the same by; nil where it is compared with what it made.
  package var requestDigest: String?
  package var stream: String
  /// Sequence of the event that the answer reports.
  package var sequence: Int
  package init(requestDigest: String?, stream: String, sequence: Int) {
    self.requestDigest = requestDigest
    self.stream = stream
    self.sequence = sequence
  }
}

/// A refusal to write because the clock stood before the newest event; kept until an event can say so.
package struct ClockIncident: Hashable, Sendable {
  /// What the clock showed, and the newest event that it stood behind.
  package var clock: Instant
  package var newest: Instant
  package init(clock: Instant, newest: Instant) {
    self.clock = clock
    self.newest = newest
  }
}

package struct ChangeFilter: Hashable, Sendable {
  package var service: String?
  package var environment: String?
  package var states: Set<ChangeState> = []
  /// Only changes that meet this interval.
  package var range: Interval?
  /// Only changes that are under way, end after this moment, or have an event later than it.
  package var activeAfter: Instant?
  package init() {}
}

package protocol StoreReader: RowReader, GrantReader, OutboxReader {
  func newestEvent() throws -> StoredEvent?
  /// The events of one stream, in order.
  func events(stream: String) throws -> [StoredEvent]
  /// Hands over the events of one stream from the newest on, until `body` gives false.
  func eachEvent(ofStreamBackwards stream: String, _ body: (StoredEvent) throws -> Bool) throws
  /// Up to `limit` events of all streams with a higher sequence than `sequence`, in order.
  func events(after sequence: Int, limit: Int) throws -> [StoredEvent]
  /// The first sequence recorded at `moment` or later; one more than the newest where there is none.
  func firstSequence(notBefore moment: Instant) throws -> Int
  func row(_ id: ChangeID) throws -> ChangeRow?
  /// Hands over rows one by one, by start, then identifier, until `body` gives false.
  func eachRow(_ filter: ChangeFilter, _ body: (ChangeRow) throws -> Bool) throws
  /// Booked changes of the service and environment that overlap `interval`, and what waits beside a plan.
  func bookings(service: String, environment: String, in interval: Interval) throws -> [Booking]
  /// When bookings take the service and environment, those of one change apart.
  func taken(service: String, environment: String, in interval: Interval, except id: ChangeID?) throws -> IntervalSet
  /// 0 in a year without changes.
  func highestNumber(in year: Int) throws -> Int
  func answer(to key: String) throws -> StoredAnswer?
  /// Hash of the contract last recorded for the service.
  func contractDigest(of service: String) throws -> String?
  func fragment(_ id: ChangeID, language: String) throws -> Fragment?
  /// Hands over, one by one, the fragments of these changes, in their order; those that have none are left out.
  func eachFragment(_ ids: [ChangeID], language: String, _ body: (Fragment) throws -> Void) throws
  /// Up to `limit` identifiers after `id`, in order; from the first one where `id` is nil.
  func identifiers(after id: ChangeID?, limit: Int) throws -> [ChangeID]
  func clockIncidents() throws -> [ClockIncident]

  // `register verify`. What lies there is handed over as it lies there.

  /// What is wrong with the file, its schema and its indices, whatever the rows say.
  func faults() throws -> [Damage]
  /// Every line of the log, by sequence, damaged where it cannot be read.
  func eachLine(_ body: (Result<StoredEvent, RegisterError>) throws -> Void) throws
  func derivedTables() throws -> [DerivedTable]
  /// The rows of a table by its key, one at a call; nil after the last.
  func rows(of table: DerivedTable) throws -> () throws -> [Cell]?
}

package protocol StoreTransaction: StoreReader, RowWriter, GrantWriter, OutboxWriter {
  func append(_ event: StoredEvent) throws
  func put(_ row: ChangeRow) throws
  func put(_ fragment: Fragment) throws
  /// One request may record several events, the last of which is its answer; the key of another request stays as it is,
  /// and that it was to be given is damage.
  func put(_ answer: StoredAnswer, to key: String) throws
  func setContractDigest(_ digest: String, of service: String) throws
  func put(_ incident: ClockIncident) throws
  func clearClockIncidents() throws
}

extension StoreReader {
  /// By start, then identifier.
  package func rows(_ filter: ChangeFilter) throws -> [ChangeRow] {
    var rows: [ChangeRow] = []
    try eachRow(filter) { row in
      rows.append(row)
      return true
    }
    return rows
  }

  /// What waits for approval beside a plan: a second time of its change, which every store counts among bookings.
  package func heldBesidePlans(service: String, environment: String, in interval: Interval) throws -> [Booking] {
    var filter = StreamFilter<Change.Hold>()
    (filter.service, filter.environment, filter.states, filter.range) = (service, environment, [.held], interval)
    return try rows(of: Change.self, filter).compactMap { row in
      row.end.flatMap { Interval(start: row.start, end: $0) }.map { Booking(change: row.id, interval: $0) }
    }
  }

  /// Bookings that stand in the way of other work at `now`, as ``Change/bookings(against:isUrgent:by:at:)`` says.
  ///
  /// - Parameter shared: that may share the time of whoever says so itself.
  package func obstacles(
    service: String, environment: String, in interval: Interval, against shared: ChangeID? = nil,
    isUrgent: Bool = false, by contract: Contract, at now: Instant
  ) throws -> [Booking] {
    let all = try bookings(service: service, environment: environment, in: interval)
    let waiting = try waiting(service: service, environment: environment, in: interval, by: contract)
    let asked = shared == nil ? waiting : Set(all.map(\.change))
    let changes = try asked.map { try Change.listed($0, in: self) }
    let standing = Set(
      changes.flatMap { $0.bookings(against: shared, isUrgent: isUrgent, by: contract, at: now) })
    return all.filter { !asked.contains($0.change) || standing.contains($0) }
  }

  /// Changes of which something waits for approval; none where no version of the contract asks for it.
  private func waiting(
    service: String, environment: String, in interval: Interval, by contract: Contract
  ) throws -> Set<ChangeID> {
    guard contract.versions.contains(where: { $0.approval != nil }) else { return [] }
    var filter = ChangeFilter()
    (filter.service, filter.environment, filter.states, filter.range) = (service, environment, [.requested], interval)
    let beside = try heldBesidePlans(service: service, environment: environment, in: interval)
    return Set(try rows(filter).map(\.id) + beside.map(\.change))
  }

  /// When what stands in the way of other work at `now` takes the service and environment.
  package func taken(
    service: String, environment: String, in interval: Interval, except id: ChangeID?, by contract: Contract,
    at now: Instant
  ) throws -> IntervalSet {
    guard try !waiting(service: service, environment: environment, in: interval, by: contract).isEmpty else {
      return try taken(service: service, environment: environment, in: interval, except: id)
    }
    let all = try obstacles(service: service, environment: environment, in: interval, by: contract, at: now)
    return IntervalSet(all.filter { $0.change != id }.map(\.interval))
  }

  /// Booked changes as above; for everyone, only those intervals that are published.
  package func bookings(
    service: String, environment: String, in interval: Interval, forEveryone: Bool
  ) throws -> [Booking] {
    let all = try bookings(service: service, environment: environment, in: interval)
    guard forEveryone else { return all }
    return try all.filter { booking in
      try row(booking.change).map { $0.revision != nil && $0.interval == booking.interval } ?? false
    }
  }

  package func taken(
    service: String, environment: String, in interval: Interval, except id: ChangeID?
  ) throws -> IntervalSet {
    IntervalSet(
      try bookings(service: service, environment: environment, in: interval).filter { $0.change != id }.map(\.interval))
  }

  /// Nil where there is none of that sequence.
  package func event(_ sequence: Int) throws -> StoredEvent? {
    guard sequence > 0 else { return nil }
    return try events(after: sequence - 1, limit: 1).first { $0.sequence == sequence }
  }

  /// The answer to a key, which the event that it names has to confirm; an edited row would turn an honest retry away.
  func confirmedAnswer(to key: String) throws -> StoredAnswer? {
    guard let answer = try answer(to: key) else { return nil }
    let line = try event(answer.sequence)
    let context = try line?.reading { try EventContext(json: $0) }
    guard line?.stream == answer.stream, context?.idempotencyKey == key, context?.requestDigest == answer.requestDigest
    else { throw RegisterError.damaged(.row(table: "keys", key: key, .differs([]))) }
    return answer
  }
}

extension EventStore {
  package var damage: Damage? { nil }

  /// As `write` where nothing is known of locks.
  package func writeWithoutWaiting<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
    try write(body)
  }
}

import CivilTime
import Foundation
import GRDB
import Planning
import Register

/// Reads and writes of one transaction. Statements are cached by GRDB; rows are read by position.
struct SQLiteTransaction: StoreTransaction {
  let db: Database
  /// Of the file; an older one, opened for reading, is read as the migration would bring it over.
  let format: Int

  init(_ db: Database) throws {
    self.db = db
    format = try Schema.version(of: db)
  }

  func instant(_ seconds: Int64?) -> Instant? { seconds.map(Instant.init(secondsSinceEpoch:)) }

  /// What to read instead of a table that a file of an older format lacks.
  func table(_ table: Schema.Table) -> String { table.source(format: format) }

  // MARK: Reading

  private static let eventColumns = "sequence, at, stream, type, body, previous, hash"

  private func event(_ row: Row) -> StoredEvent {
    StoredEvent(
      sequence: row[0], at: Instant(secondsSinceEpoch: row[1]), stream: row[2], type: row[3], body: row[4],
      previous: row[5], hash: row[6])
  }

  private func events(_ condition: String, _ arguments: StatementArguments) throws -> [StoredEvent] {
    let statement = try db.cachedStatement(sql: "SELECT \(SQLiteTransaction.eventColumns) FROM events \(condition)")
    return try Row.fetchAll(statement, arguments: arguments).map(event)
  }

  func newestEvent() throws -> StoredEvent? { try events("ORDER BY sequence DESC LIMIT 1", []).first }

  func events(stream: String) throws -> [StoredEvent] {
    try events("WHERE stream = ? ORDER BY sequence", [stream])
  }

  func eachEvent(ofStreamBackwards stream: String, _ body: (StoredEvent) throws -> Bool) throws {
    let sql = "SELECT \(SQLiteTransaction.eventColumns) FROM events WHERE stream = ? ORDER BY sequence DESC"
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [stream])
    while let row = try rows.next(), try body(event(row)) {}
  }

  func events(after sequence: Int, limit: Int) throws -> [StoredEvent] {
    try events("WHERE sequence > ? ORDER BY sequence LIMIT ?", [sequence, limit])
  }

  private static let rowColumns = "year, number, service, environment, state, start_at, end_at, revision, newest"

  private func changeRow(_ row: Row) throws -> ChangeRow {
    let id = ChangeID(year: row[0], number: row[1])
    guard let state = ChangeState(rawValue: row[4]), let interval = interval(row[5], row[6]) else {
      throw RegisterError.damaged("the row of \(id) cannot be read")
    }
    return ChangeRow(
      id: id, service: row[2], environment: row[3], state: state, interval: interval, revision: row[7],
      newest: row[8])
  }

  private func interval(_ start: Int64, _ end: Int64) -> Interval? {
    Interval(start: Instant(secondsSinceEpoch: start), end: Instant(secondsSinceEpoch: end))
  }

  func row(_ id: ChangeID) throws -> ChangeRow? {
    let sql = "SELECT \(SQLiteTransaction.rowColumns) FROM changes WHERE year = ? AND number = ?"
    return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id.year, id.number]).map(changeRow)
  }

  func eachRow(_ filter: ChangeFilter, _ body: (ChangeRow) throws -> Bool) throws {
    var conditions = Conditions()
    conditions.add("service", is: filter.service)
    conditions.add("environment", is: filter.environment)
    conditions.add("state", isOneOf: filter.states.map(\.rawValue))
    if let range = filter.range {
      conditions.add(
        "start_at < ? AND end_at > ?", [range.end.secondsSinceEpoch, range.start.secondsSinceEpoch])
    }
    if let moment = filter.activeAfter {
      conditions.add(
        SQLiteTransaction.isActive,
        [moment.secondsSinceEpoch, try firstSequence(notBefore: moment + Elapsed(seconds: 1))])
    }
    let sql = """
      SELECT \(SQLiteTransaction.rowColumns) FROM changes WHERE \(conditions.sql) ORDER BY start_at, year, number
      """
    let rows = try Row.fetchCursor(db, sql: sql, arguments: conditions.values)
    while let row = try rows.next(), try body(changeRow(row)) {}
  }

  /// A booking that meets the interval starts before its end, and no further back than the longest booking is long;
  /// so the index is read over a bounded stretch, however many changes there are.
  func bookings(service: String, environment: String, in interval: Interval) throws -> [Booking] {
    let longest =
      try Int64.fetchOne(
        db.cachedStatement(sql: "SELECT seconds FROM longest_bookings WHERE service = ? AND environment = ?"),
        arguments: [service, environment]) ?? 0
    let sql = """
      SELECT year, number, start_at, end_at FROM changes INDEXED BY bookings
      WHERE booked = 1 AND service = ? AND environment = ? AND start_at < ? AND start_at > ? AND end_at > ?
      ORDER BY start_at, year, number
      """
    let start = interval.start.secondsSinceEpoch
    return try Row.fetchAll(
      db.cachedStatement(sql: sql),
      arguments: [service, environment, interval.end.secondsSinceEpoch, start - longest - 1, start]
    ).compactMap { row in
      self.interval(row[2], row[3]).map { Booking(change: ChangeID(year: row[0], number: row[1]), interval: $0) }
    }
  }

  func highestNumber(in year: Int) throws -> Int {
    try Int.fetchOne(
      db.cachedStatement(sql: "SELECT max(number) FROM changes WHERE year = ?"), arguments: [year]) ?? 0
  }

  func contractDigest(of service: String) throws -> String? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT digest FROM contracts WHERE service = ?"), arguments: [service])
  }

  func fragment(_ id: ChangeID, language: String) throws -> Fragment? {
    let sql = """
      SELECT 0, year, number, revision, body FROM fragments WHERE year = ? AND number = ? AND language = ?
      """
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [id.year, id.number, language])
    return try rows.next().map { try fragment($0, of: id, language: language) }
  }

  func eachFragment(
    service: String, language: String, activeAfter moment: Instant, _ body: (Fragment) throws -> Void
  ) throws {
    // Only identifiers are sorted: with the bodies beside them SQLite would sort the whole feed, in a temporary file.
    // Without a LIMIT it leaves out the inner ORDER BY of a query that is joined.
    let sql = """
      WITH sorted AS MATERIALIZED (
        SELECT start_at, year, number FROM changes WHERE service = ? AND \(SQLiteTransaction.isActive)
        ORDER BY start_at, year, number LIMIT -1
      )
      SELECT s.start_at, s.year, s.number, f.revision, f.body FROM sorted s CROSS JOIN fragments f
      WHERE f.year = s.year AND f.number = s.number AND f.language = ?
      """
    let rows = try Row.fetchCursor(
      db.cachedStatement(sql: sql),
      arguments: [
        service, moment.secondsSinceEpoch, try firstSequence(notBefore: moment + Elapsed(seconds: 1)), language,
      ])
    var last: (Int64, ChangeID)?
    while let row = try rows.next() {
      let key: (Int64, ChangeID) = (row[0], ChangeID(year: row[1], number: row[2]))
      // SQLite keeps the order of a materialized table in an outer loop, but does not promise it.
      if let last, last >= key { throw RegisterError.inputOutput("SQLite gives the fragments out of order") }
      last = key
      try body(fragment(row, of: key.1, language: language))
    }
  }

  /// Revision and body from the fourth column on; one copy, out of SQLite's own memory.
  private func fragment(_ row: Row, of id: ChangeID, language: String) throws -> Fragment {
    let body = try row.withUnsafeData(atIndex: 4) { [UInt8]($0 ?? Data()) }
    return Fragment(change: id, language: language, revision: row[3], body: body)
  }

  /// Two arguments: a moment, and the first sequence number after it.
  private static let isActive = "(end_at > ? OR state = 'in-progress' OR newest >= ?)"

  /// Found by halves: times never fall from one event to the next.
  func firstSequence(notBefore moment: Instant) throws -> Int {
    var low = 1
    var high = try (Int.fetchOne(db.cachedStatement(sql: "SELECT max(sequence) FROM events")) ?? 0) + 1
    let statement = try db.cachedStatement(sql: "SELECT at FROM events WHERE sequence = ?")
    while low < high {
      let middle = (low + high) / 2
      let at = try Int64.fetchOne(statement, arguments: [middle]) ?? .max
      if at >= moment.secondsSinceEpoch { high = middle } else { low = middle + 1 }
    }
    return low
  }

  func identifiers(after id: ChangeID?, limit: Int) throws -> [ChangeID] {
    let sql = "SELECT year, number FROM changes WHERE (year, number) > (?, ?) ORDER BY year, number LIMIT ?"
    return try Row.fetchAll(
      db.cachedStatement(sql: sql), arguments: [id?.year ?? 0, id?.number ?? 0, limit]
    ).map { ChangeID(year: $0[0], number: $0[1]) }
  }

  func clockIncidents() throws -> [ClockIncident] {
    let sql = "SELECT clock, newest FROM clock_incidents ORDER BY id"
    return try Row.fetchAll(db.cachedStatement(sql: sql)).map { row in
      ClockIncident(clock: Instant(secondsSinceEpoch: row[0]), newest: Instant(secondsSinceEpoch: row[1]))
    }
  }

  // MARK: Writing

  func append(_ event: StoredEvent) throws {
    try db.cachedStatement(
      sql: "INSERT INTO events (\(SQLiteTransaction.eventColumns)) VALUES (?, ?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      event.sequence, event.at.secondsSinceEpoch, event.stream, event.type, event.body, event.previous, event.hash,
    ])
  }

  func put(_ row: ChangeRow) throws {
    try db.cachedStatement(
      sql:
        "INSERT OR REPLACE INTO changes (\(SQLiteTransaction.rowColumns), booked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      row.id.year, row.id.number, row.service, row.environment, row.state.rawValue,
      row.interval.start.secondsSinceEpoch, row.interval.end.secondsSinceEpoch, row.revision, row.newest,
      row.isBooked ? 1 : 0,
    ])
    guard row.isBooked else { return }
    try db.cachedStatement(
      sql: """
        INSERT INTO longest_bookings (service, environment, seconds) VALUES (?, ?, ?)
        ON CONFLICT (service, environment) DO UPDATE SET seconds = max(seconds, excluded.seconds)
        """
    ).execute(arguments: [row.service, row.environment, row.interval.length.seconds])
  }

  func put(_ fragment: Fragment) throws {
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO fragments (year, number, language, revision, body) VALUES (?, ?, ?, ?, ?)"
    ).execute(arguments: [
      fragment.change.year, fragment.change.number, fragment.language, fragment.revision,
      Data(fragment.body),
    ])
  }

  func setContractDigest(_ digest: String, of service: String) throws {
    try db.cachedStatement(sql: "INSERT OR REPLACE INTO contracts (service, digest) VALUES (?, ?)")
      .execute(arguments: [service, digest])
  }

  func put(_ incident: ClockIncident) throws {
    try db.execute(
      sql: "INSERT INTO clock_incidents (clock, newest) VALUES (?, ?)",
      arguments: [incident.clock.secondsSinceEpoch, incident.newest.secondsSinceEpoch])
  }

  func clearClockIncidents() throws { try db.execute(sql: "DELETE FROM clock_incidents") }
}

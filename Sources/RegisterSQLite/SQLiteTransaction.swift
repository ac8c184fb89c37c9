import CivilTime
import Foundation
import GRDB
import Planning
import Register

/// Reads and writes of one transaction. Statements are cached by GRDB; rows are read by position, through ``Fields``.
struct SQLiteTransaction: StoreTransaction {
  let db: Database
  let store: SQLiteStore
  var path: String { store.path }
  /// Of the file; an older one, opened for reading, is read as the migration would bring it over.
  let format: Int

  init(_ db: Database, of store: SQLiteStore) throws {
    self.db = db
    self.store = store
    format = try Schema.version(of: db)
  }

  /// What to read instead of a table that a file of an older format lacks.
  func table(_ name: String) -> String { Schema.source(of: name, format: format) }

  // MARK: Reading

  private static let eventColumns = "sequence, at, stream, type, body, previous, hash"

  /// As it lies there.
  private func line(_ fields: Fields) throws -> StoredEvent {
    StoredEvent(
      sequence: try fields.count(0), at: try fields.instant(1), stream: try fields.text(2), type: try fields.text(3),
      body: try fields.text(4), previous: try fields.text(5), hash: try fields.text(6))
  }

  /// Compared with its hash: nobody reads an event that is not the one that was written.
  private func event(_ fields: Fields) throws -> StoredEvent {
    let line = try line(fields)
    guard line.hash == line.expectedHash else { throw RegisterError.damaged(.content(sequence: line.sequence)) }
    return line
  }

  private func events(_ condition: String, _ arguments: StatementArguments) throws -> [StoredEvent] {
    try all("SELECT \(SQLiteTransaction.eventColumns) FROM events \(condition)", arguments, of: "events", event)
  }

  func newestEvent() throws -> StoredEvent? { try events("ORDER BY sequence DESC LIMIT 1", []).first }

  func events(stream: String) throws -> [StoredEvent] {
    try events("WHERE stream = ? ORDER BY sequence", [stream])
  }

  func eachEvent(ofStreamBackwards stream: String, _ body: (StoredEvent) throws -> Bool) throws {
    try each(
      "SELECT \(SQLiteTransaction.eventColumns) FROM events WHERE stream = ? ORDER BY sequence DESC", [stream],
      of: "events"
    ) { try body(event($0)) }
  }

  func events(after sequence: Int, limit: Int) throws -> [StoredEvent] {
    try events("WHERE sequence > ? ORDER BY sequence LIMIT ?", [sequence, limit])
  }

  private static let rowColumns = "year, number, service, environment, state, start_at, end_at, revision, newest"

  private func changeRow(_ fields: Fields) throws -> ChangeRow {
    ChangeRow(
      id: try id(fields), service: try fields.text(2), environment: try fields.text(3), state: try fields.word(4),
      interval: try interval(fields, 5), revision: try fields.optionalCount(7), newest: try fields.count(8))
  }

  private func id(_ fields: Fields) throws -> ChangeID {
    ChangeID(year: try fields.count(0), number: try fields.count(1))
  }

  /// From a start and an end.
  private func interval(_ fields: Fields, _ index: Int) throws -> Interval {
    try fields.present(Interval(start: fields.instant(index), end: fields.instant(index + 1)), index + 1)
  }

  func row(_ id: ChangeID) throws -> ChangeRow? {
    try first(
      "SELECT \(SQLiteTransaction.rowColumns) FROM changes WHERE year = ? AND number = ?", [id.year, id.number],
      of: "changes", keys: 2, changeRow)
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
    // Not a statement that others may ask meanwhile.
    try each(sql, conditions.values, of: "changes", keys: 2, isShared: false) { try body(changeRow($0)) }
  }

  /// A booking that meets the interval starts before its end, and no further back than the longest booking is long;
  /// so the index is read over a bounded stretch, however many changes there are.
  func bookings(service: String, environment: String, in interval: Interval) throws -> [Booking] {
    let longest =
      try first(
        "SELECT service, environment, seconds FROM longest_bookings WHERE service = ? AND environment = ?",
        [service, environment], of: "longest_bookings", keys: 2
      ) { try $0.count(2) } ?? 0
    let start = interval.start.secondsSinceEpoch
    return try heldBesidePlans(service: service, environment: environment, in: interval)
      + all(
        """
        SELECT year, number, start_at, end_at FROM changes INDEXED BY bookings
        WHERE booked = 1 AND service = ? AND environment = ? AND start_at < ? AND start_at > ? AND end_at > ?
        ORDER BY start_at, year, number
        """, [service, environment, interval.end.secondsSinceEpoch, start - Int64(longest) - 1, start],
        of: "changes", keys: 2
      ) { Booking(change: try id($0), interval: try self.interval($0, 2)) }
  }

  func highestNumber(in year: Int) throws -> Int {
    try first(
      "SELECT year, number FROM changes WHERE year = ? ORDER BY number DESC LIMIT 1", [year], of: "changes", keys: 2
    ) { try $0.count(1) } ?? 0
  }

  func contractDigest(of service: String) throws -> String? {
    try first("SELECT service, digest FROM contracts WHERE service = ?", [service], of: "contracts") { try $0.text(1) }
  }

  private func fragment(_ fields: Fields) throws -> Fragment {
    Fragment(
      change: try id(fields), language: try fields.text(2), revision: try fields.count(3), body: try fields.bytes(4))
  }

  func fragment(_ id: ChangeID, language: String) throws -> Fragment? {
    var found: Fragment?
    try eachFragment([id], language: language) { found = $0 }
    return found
  }

  func eachFragment(_ ids: [ChangeID], language: String, _ body: (Fragment) throws -> Void) throws {
    for id in ids {
      try each(
        """
        SELECT year, number, language, revision, body FROM fragments WHERE year = ? AND number = ? AND language = ?
        """, [id.year, id.number, language], of: "fragments", keys: 3
      ) {
        try body(fragment($0))
        return true
      }
    }
  }

  /// Two arguments: a moment, and the first sequence number after it.
  private static let isActive = "(end_at > ? OR state = 'in-progress' OR newest >= ?)"

  /// Found by halves: times never fall from one event to the next. A part of a log has gaps.
  func firstSequence(notBefore moment: Instant) throws -> Int {
    var low = 1
    var high = (try newestEvent()?.sequence ?? 0) + 1
    while low < high {
      let middle = (low + high) / 2
      guard let line = try events(after: middle - 1, limit: 1).first else {
        throw RegisterError.damaged(.sequence(expected: middle, found: high))
      }
      if line.at >= moment { high = middle } else { low = middle + 1 }
    }
    return low
  }

  func identifiers(after id: ChangeID?, limit: Int) throws -> [ChangeID] {
    try all(
      "SELECT year, number FROM changes WHERE (year, number) > (?, ?) ORDER BY year, number LIMIT ?",
      [id?.year ?? 0, id?.number ?? 0, limit], of: "changes", keys: 2, self.id)
  }

  func clockIncidents() throws -> [ClockIncident] {
    try all("SELECT id, clock, newest FROM clock_incidents ORDER BY id", of: "clock_incidents") {
      ClockIncident(clock: try $0.instant(1), newest: try $0.instant(2))
    }
  }

  // MARK: For `register verify`

  func eachLine(_ body: (Result<StoredEvent, RegisterError>) throws -> Void) throws {
    try each("SELECT \(SQLiteTransaction.eventColumns) FROM events ORDER BY sequence", of: "events") { fields in
      do { try body(.success(line(fields))) } catch let error as RegisterError { try body(.failure(error)) }
      return true
    }
  }

  /// All tables but the log's own, with the columns of their keys first.
  func derivedTables() throws -> [DerivedTable] {
    let names = try all(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'events' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
      of: "sqlite_schema"
    ) { try $0.text(0) }
    return try names.sorted().map { name in
      let columns = try all("SELECT name, pk FROM pragma_table_info(?)", [name], of: "pragma_table_info") {
        (name: try $0.text(0), place: try $0.count(1))
      }
      let keys = columns.filter { $0.place > 0 }.sorted { $0.place < $1.place }
      return DerivedTable(
        name: name, columns: (keys + columns.filter { $0.place == 0 }).map(\.name), keys: keys.count)
    }
  }

  func rows(of table: DerivedTable) throws -> () throws -> [Cell]? {
    let (columns, keys) = (table.columns.joined(separator: ", "), table.columns.prefix(table.keys))
    let sql = """
      SELECT \(columns) FROM \(self.table(table.name)) ORDER BY \(keys.joined(separator: ", "))
      """
    return try SQLiteStore.translate(path) {
      let rows = try Row.fetchCursor(db, sql: sql)
      return {
        try SQLiteStore.translate(path) {
          try rows.next().map { Fields($0, of: table.name, keys: table.keys).cells }
        }
      }
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

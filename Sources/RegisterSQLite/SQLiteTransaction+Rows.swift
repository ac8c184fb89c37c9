import CivilTime
import GRDB
import Planning
import Register

/// Rows of outages, and of other kinds that need no table of their own; one table for all of them. A file of an older
/// format, opened for reading, is read as the migration would bring it over.
extension SQLiteTransaction {
  private static let subjectColumns = "series, number, stream, service, environment, state, start_at, end_at, newest"

  func rows<Subject: RowedSubject>(
    of kind: Subject.Type, _ filter: StreamFilter<Subject.State>
  ) throws -> [StreamRow<Subject>] {
    var conditions = Conditions()
    conditions.add("kind = ?", [Subject.ID.prefix])
    conditions.add("service", is: filter.service)
    conditions.add("environment", is: filter.environment)
    conditions.add("state", isOneOf: filter.states.map(\.rawValue))
    if let range = filter.range {
      conditions.add(
        "start_at < ? AND (end_at IS NULL OR end_at > ?)",
        [range.end.secondsSinceEpoch, range.start.secondsSinceEpoch])
    }
    let sql = """
      SELECT \(SQLiteTransaction.subjectColumns) FROM \(table(.subjects)) WHERE \(conditions.sql)
      ORDER BY start_at, series, number
      """
    return try Row.fetchAll(db, sql: sql, arguments: conditions.values).map { row in
      guard let id = Subject.ID(row[2]), let state = Subject.State(rawValue: row[5]) else {
        throw RegisterError.damaged("the row of \(row[2] as String) cannot be read")
      }
      return StreamRow(
        id: id, service: row[3], environment: row[4], state: state, start: Instant(secondsSinceEpoch: row[6]),
        end: instant(row[7]), newest: row[8])
    }
  }

  func highestNumber(inSeries series: String) throws -> Int {
    let sql = "SELECT max(number) FROM \(table(.subjects)) WHERE series = ?"
    return try Int.fetchOne(db.cachedStatement(sql: sql), arguments: [series]) ?? 0
  }

  func put<Subject: RowedSubject>(_ row: StreamRow<Subject>) throws {
    guard let place = row.id.place else { throw RegisterError.damaged("\(row.id) is not counted") }
    try db.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO subjects (kind, \(SQLiteTransaction.subjectColumns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      Subject.ID.prefix, place.series, place.number, row.id.description, row.service, row.environment,
      row.state.rawValue,
      row.start.secondsSinceEpoch, row.end?.secondsSinceEpoch, row.newest,
    ])
  }

  // MARK: The answers to keys

  func answer(to key: String) throws -> StoredAnswer? {
    let sql = "SELECT request, stream, sequence FROM \(table(.keys)) WHERE key = ? LIMIT 1"
    return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [key]).map { row in
      StoredAnswer(requestDigest: row[0], stream: row[1], sequence: row[2])
    }
  }

  func put(_ answer: StoredAnswer, to key: String) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO keys (key, request, stream, sequence) VALUES (?, ?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET sequence = excluded.sequence
        WHERE request IS excluded.request AND stream = excluded.stream
        """
    ).execute(arguments: [key, answer.requestDigest, answer.stream, answer.sequence])
    guard db.changesCount == 1 else { throw RegisterError.damaged("key \(key) answers two requests") }
  }
}

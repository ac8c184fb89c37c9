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
      SELECT \(SQLiteTransaction.subjectColumns) FROM \(table("subjects")) WHERE \(conditions.sql)
      ORDER BY start_at, series, number
      """
    return try all(sql, conditions.values, of: "subjects", keys: 2, streamRow)
  }

  private func streamRow<Subject: RowedSubject>(_ fields: Fields) throws -> StreamRow<Subject> {
    StreamRow(
      id: try fields.present(Subject.ID(fields.text(2)), 2), service: try fields.text(3),
      environment: try fields.text(4), state: try fields.word(5), start: try fields.instant(6),
      end: try fields.optionalInstant(7), newest: try fields.count(8))
  }

  func row<Subject: RowedSubject>(of kind: Subject.Type, _ id: Subject.ID) throws -> StreamRow<Subject>? {
    guard let place = id.place else { return nil }
    return try first(
      "SELECT \(SQLiteTransaction.subjectColumns) FROM \(table("subjects")) WHERE series = ? AND number = ?",
      [place.series, place.number], of: "subjects", keys: 2, streamRow)
  }

  func highestNumber(inSeries series: String) throws -> Int {
    try first(
      "SELECT series, number FROM \(table("subjects")) WHERE series = ? ORDER BY number DESC LIMIT 1", [series],
      of: "subjects", keys: 2
    ) { try $0.count(1) } ?? 0
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
    try first(
      "SELECT key, request, stream, sequence FROM \(table("keys")) WHERE key = ? LIMIT 1", [key], of: "keys"
    ) {
      StoredAnswer(requestDigest: try $0.optionalText(1), stream: try $0.text(2), sequence: try $0.count(3))
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

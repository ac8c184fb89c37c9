import CivilTime
import GRDB
import Planning
import Register

/// A file of an older format, opened for reading, has no outages; writing migrates it first (`Migration`).
extension SQLiteTransaction {
  private static let outageColumns = "year, number, service, environment, state, start_at, end_at, newest"

  private func hasOutages() throws -> Bool { try Schema.version(of: db) >= Migration.outages.version }

  private func outageRow(_ row: Row) throws -> OutageRow {
    let id = OutageID(year: row[0], number: row[1])
    guard let state = OutageState(rawValue: row[4]) else {
      throw RegisterError.damaged("the row of \(id) cannot be read")
    }
    let end: Int64? = row[6]
    return OutageRow(
      id: id, service: row[2], environment: row[3], state: state, start: Instant(secondsSinceEpoch: row[5]),
      end: end.map(Instant.init(secondsSinceEpoch:)), newest: row[7])
  }

  func outageRows(_ filter: OutageFilter) throws -> [OutageRow] {
    guard try hasOutages() else { return [] }
    var conditions = Conditions()
    conditions.add("service", is: filter.service)
    conditions.add("environment", is: filter.environment)
    conditions.add("state", isOneOf: filter.states.map(\.rawValue))
    if let range = filter.range {
      conditions.add(
        "start_at < ? AND (end_at IS NULL OR end_at > ?)",
        [range.end.secondsSinceEpoch, range.start.secondsSinceEpoch])
    }
    let sql = """
      SELECT \(SQLiteTransaction.outageColumns) FROM outages WHERE \(conditions.sql) ORDER BY start_at, year, number
      """
    return try Row.fetchAll(db, sql: sql, arguments: conditions.values).map(outageRow)
  }

  func highestOutageNumber(in year: Int) throws -> Int {
    guard try hasOutages() else { return 0 }
    return try Int.fetchOne(
      db.cachedStatement(sql: "SELECT max(number) FROM outages WHERE year = ?"), arguments: [year]) ?? 0
  }

  func outageAnswer(to key: String) throws -> OutageAnswer? {
    guard try hasOutages() else { return nil }
    let sql = "SELECT request, year, number, sequence FROM outage_answers WHERE key = ?"
    return try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [key]).map { row in
      OutageAnswer(requestDigest: row[0], outage: OutageID(year: row[1], number: row[2]), sequence: row[3])
    }
  }

  func put(_ row: OutageRow) throws {
    try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO outages (\(SQLiteTransaction.outageColumns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      row.id.year, row.id.number, row.service, row.environment, row.state.rawValue, row.start.secondsSinceEpoch,
      row.end?.secondsSinceEpoch, row.newest,
    ])
  }

  func put(_ answer: OutageAnswer, to key: String) throws {
    try db.cachedStatement(
      sql: "INSERT INTO outage_answers (key, request, year, number, sequence) VALUES (?, ?, ?, ?, ?)"
    ).execute(arguments: [key, answer.requestDigest, answer.outage.year, answer.outage.number, answer.sequence])
  }
}

import CivilTime
import Foundation
import GRDB
import Register

/// The columns of one row, of a file that may say anything: a value of another kind, or out of all bounds, throws `damaged`
/// with table, key and column. The row is one of a cursor, so that texts come octet by octet.
struct Fields {
  private let row: Row
  private let table: String
  /// So many columns, the first ones, name the row.
  private let keys: Int

  init(_ row: Row, of table: String, keys: Int) {
    self.row = row
    self.table = table
    self.keys = keys
  }

  /// Counts, numbers and sequences.
  private static let counts: ClosedRange<Int64> = 0...(1 << 53)

  // MARK: Values

  func optionalText(_ index: Int) throws -> String? {
    let bytes = try row.withUnsafeData(atIndex: index) { $0.map { [UInt8]($0) } }
    guard let bytes else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else { throw unreadable(index) }
    return text
  }

  func optionalCount(_ index: Int) throws -> Int? {
    try integer(index, within: Fields.counts).map { Int($0) }
  }

  func optionalInstant(_ index: Int) throws -> Instant? {
    guard let seconds = try integer(index, within: .min...(.max)) else { return nil }
    let instant = Instant(secondsSinceEpoch: seconds)
    return try present(StoredEvent.times ~= instant ? instant : nil, index)
  }

  private func integer(_ index: Int, within range: ClosedRange<Int64>) throws -> Int64? {
    switch (row[index] as DatabaseValue).storage {
    case .null: return nil
    case .int64(let value) where range.contains(value): return value
    default: throw unreadable(index)
    }
  }

  func text(_ index: Int) throws -> String { try present(optionalText(index), index) }
  func count(_ index: Int) throws -> Int { try present(optionalCount(index), index) }
  /// Negative too.
  func number(_ index: Int) throws -> Int {
    try present(integer(index, within: -Fields.counts.upperBound...Fields.counts.upperBound).map { Int($0) }, index)
  }
  func instant(_ index: Int) throws -> Instant { try present(optionalInstant(index), index) }

  func word<Word: RawRepresentable>(_ index: Int) throws -> Word where Word.RawValue == String {
    try present(Word(rawValue: text(index)), index)
  }

  /// One copy, out of SQLite's own memory.
  func bytes(_ index: Int) throws -> [UInt8] {
    try present(row.withUnsafeData(atIndex: index) { $0.map { [UInt8]($0) } }, index)
  }

  /// What was made of a column; nil where that was nothing.
  func present<Value>(_ value: Value?, _ index: Int) throws -> Value {
    guard let value else { throw unreadable(index) }
    return value
  }

  private func unreadable(_ index: Int) -> RegisterError {
    let columns = Array(row.columnNames)
    if table == "events", case .int64(let sequence) = (row[0] as DatabaseValue).storage {
      return .damaged(.unreadable(sequence: Int(sequence)))
    }
    let name = DerivedTable(name: table, columns: columns, keys: keys).name(of: (0..<keys).map(cell))
    return .damaged(.row(table: table, key: name, .differs([columns[index]])))
  }

  // MARK: As it lies there

  var cells: [Cell] { (0..<row.count).map(cell) }

  private func cell(_ index: Int) -> Cell {
    func bytes() -> [UInt8] { (try? row.withUnsafeData(atIndex: index) { $0.map { [UInt8]($0) } }) ?? [] }
    return switch (row[index] as DatabaseValue).storage {
    case .null: .null
    case .int64(let value): .integer(value)
    case .double(let value): .real(value)
    case .string: .text(bytes())
    case .blob(let data): .blob([UInt8](data))
    }
  }
}

extension SQLiteTransaction {
  /// Hands over the rows of a query one by one, until `body` gives false. Where its statement is shared, the same query may
  /// be asked again only after it.
  func each(
    _ sql: String, _ arguments: StatementArguments = [], of table: String, keys: Int = 1, isShared: Bool = true,
    _ body: (Fields) throws -> Bool
  ) throws {
    try SQLiteStore.translate(path) {
      let statement = isShared ? try db.cachedStatement(sql: sql) : try db.makeStatement(sql: sql)
      let rows = try Row.fetchCursor(statement, arguments: arguments)
      while let row = try rows.next(), try body(Fields(row, of: table, keys: keys)) {}
    }
  }

  func all<Value>(
    _ sql: String, _ arguments: StatementArguments = [], of table: String, keys: Int = 1,
    _ read: (Fields) throws -> Value
  ) throws -> [Value] {
    var values: [Value] = []
    try each(sql, arguments, of: table, keys: keys) { fields in
      values.append(try read(fields))
      return true
    }
    return values
  }

  func first<Value>(
    _ sql: String, _ arguments: StatementArguments = [], of table: String, keys: Int = 1,
    _ read: (Fields) throws -> Value
  ) throws -> Value? {
    var value: Value?
    try each(sql, arguments, of: table, keys: keys) { fields in
      value = try read(fields)
      return false
    }
    return value
  }
}

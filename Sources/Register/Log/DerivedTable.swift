import JSONText
import Planning

/// A value in a column, octet by octet.
package enum Cell: Hashable, Comparable, Sendable {
  // In the order in which a store sorts them.
  case null
  case integer(Int64)
  case real(Double)
  case text([UInt8])
  case blob([UInt8])

  package static func < (a: Cell, b: Cell) -> Bool {
    switch (a, b) {
    case (.integer(let a), .integer(let b)): a < b
    case (.real(let a), .real(let b)): a < b
    case (.integer(let a), .real(let b)): Double(a) < b
    case (.real(let a), .integer(let b)): a < Double(b)
    case (.text(let a), .text(let b)), (.blob(let a), .blob(let b)): a.lexicographicallyPrecedes(b)
    default: a.rank < b.rank
    }
  }

  private var rank: Int {
    switch self {
    case .null: 0
    case .integer, .real: 1
    case .text: 2
    case .blob: 3
    }
  }

  fileprivate var state: OutboxRow.State? { OutboxRow.State(rawValue: String(decoding: bytes, as: UTF8.self)) }

  fileprivate var bytes: [UInt8] {
    switch self {
    case .text(let bytes), .blob(let bytes): bytes
    default: []
    }
  }
}

/// A table beside the log, whose rows follow from it: `register verify` makes them anew from the events, by the functions
/// that wrote them, and compares row by row.
package struct DerivedTable: Sendable {
  package let name: String
  package let columns: [String]
  /// So many columns, the first ones, are the key by which rows come.
  package let keys: Int

  package init(name: String, columns: [String], keys: Int) {
    self.name = name
    self.columns = columns
    self.keys = keys
  }

  /// How a column is compared that does not follow from the log octet by octet.
  package enum Rule: Sendable {
    /// No event says it, and nothing vouches for it.
    case unlogged
    /// No event says it, but the log has a digest of it, which ``StreamSubject/unvouched(in:isCopy:)`` compares.
    case vouched
    /// The log has its SHA-256.
    case digest
    /// The same JSON value: what an older format left has its members in another order, and those that are null.
    case json
    /// How far a message got: what no longer waits by the log does not wait.
    case progress
  }

  package static let rules: [String: Rule] = [
    "clock_incidents.clock": .unlogged, "fragments.body": .digest,
    "grants.content": .json, "grants.last_used_at": .unlogged,
    "grants.secret": .vouched, "grants.address": .vouched, "grants.salt": .vouched,
    "outbox.next_attempt": .unlogged, "outbox.attempts": .unlogged, "outbox.state": .progress,
    "outbox.last_error": .unlogged, "outbox.settled_at": .unlogged, "outbox.lease": .unlogged,
    "outbox.lease_until": .unlogged, "outbox.text": .unlogged, "outbox.revision": .unlogged,
    "outbox.recorded": .unlogged,
  ]

  /// Columns for which nothing vouches: `table.column`.
  package static var unlogged: [String] {
    rules.filter { $0.value == .unlogged || $0.value == .progress }.keys.sorted()
  }

  /// Whether the row follows from the log: of conflicts, which today's rules make, it says nothing.
  func isOfLog(_ row: [Cell]) -> Bool {
    guard name == "outbox", row.count > 1, case .integer(let sequence) = row[1] else { return true }
    return sequence > 0
  }

  func key(_ row: [Cell]) -> ArraySlice<Cell> { row.prefix(keys) }

  /// As people know what the row is of: `CHG-2026-0042 fr`, `HOOK-0001 12`.
  package func name(of row: [Cell]) -> String {
    let parts = key(row).map { cell in
      switch cell {
      case .null: "NULL"
      case .integer(let value): "\(value)"
      case .real(let value): "\(value)"
      case .text(let bytes): String(decoding: bytes, as: UTF8.self)
      case .blob(let bytes): "\(bytes.count) octets"
      }
    }
    // Of messages, which reminder it is; most are none.
    if name == "outbox", parts.last == "0" { return parts.dropLast().joined(separator: " ") }
    guard parts.count > 1, case .integer(let number) = row[1] else { return parts.joined(separator: " ") }
    let digits = String(repeating: "0", count: max(0, 4 - "\(number)".count)) + "\(number)"
    if case .integer = row[0] {
      return (["\(ChangeID.prefix)\(parts[0])-\(digits)"] + parts.dropFirst(2)).joined(separator: " ")
    }
    return parts[0].hasSuffix("-") ? parts[0] + digits : parts.joined(separator: " ")
  }

  /// Columns in which the row that lies there is not the one that the log makes.
  func differences(made: [Cell], found: [Cell]) -> [String] {
    zip(columns, zip(made, found)).filter { column, cells in
      !isSame(cells.0, cells.1, by: DerivedTable.rules["\(name).\(column)"])
    }.map(\.0)
  }

  private func isSame(_ made: Cell, _ found: Cell, by rule: Rule?) -> Bool {
    switch rule {
    case nil: made == found
    case .unlogged, .vouched: true
    case .digest: made.bytes.elementsEqual(Digest.sha256(found.bytes).utf8)
    case .json: made == found || DerivedTable.members(made) == DerivedTable.members(found)
    case .progress:
      // What is held by the log waits for somebody, and has not gone.
      switch (made.state, found.state) {
      case (_, nil): false
      case (_, .pending?), (_, .held?), (.held?, .delivered?): made == found
      default: true
      }
    }
  }

  /// Those that say something, in one order; nil for what is no JSON.
  private static func members(_ cell: Cell) -> [JSON.Member]? {
    (try? JSON(parsing: cell.bytes))?.members?.filter { !$0.value.isNull }.sorted { $0.key < $1.key }
  }
}

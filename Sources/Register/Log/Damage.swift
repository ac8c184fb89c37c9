package import JSONText

/// What is wrong with a register: what `register verify` finds, and what any other verb runs into.
package enum Damage: Hashable, Sendable {
  /// A sequence number is missing, doubled or out of order.
  case sequence(expected: Int, found: Int)
  /// The content of an event is not what its hash was taken of.
  case content(sequence: Int)
  /// An event does not name the hash of the one before.
  case chain(sequence: Int)
  case clock(sequence: Int)
  case unreadable(sequence: Int)
  /// An event that cannot follow the ones before it in its stream.
  case impossible(sequence: Int, stream: String)
  /// Identifiers that begin so are not 1, 2, 3 …
  case numbering(series: String)
  /// A row beside the log is not the one that the log makes; without a key, the table as a whole.
  case row(table: String, key: String, Difference)
  /// A table, index or trigger is not the one that files of the format have.
  case schema(kind: String, name: String, Difference)
  /// A field at the beginning of the file has a value that no register has.
  case header(field: String)
  /// What the store itself says of its file, in its own words.
  case file(String)
  /// The log is shorter than, or differs from, a checkpoint that someone kept.
  case checkpoint(size: Int)
  /// What contradicts itself in another way.
  case contradiction(String)

  package enum Difference: Hashable, Sendable {
    case missing, surplus, unreadable
    /// In these columns, as far as they are known.
    case differs([String])

    fileprivate var word: String {
      switch self {
      case .missing: "missing"
      case .surplus: "surplus"
      case .unreadable: "unreadable"
      case .differs: "differs"
      }
    }

    fileprivate var columns: [String] { if case .differs(let columns) = self { columns } else { [] } }
  }
}

extension Damage {
  /// Stable names for programs (docs/interface.md), and the figures that go with them.
  package var told: (code: String, members: [JSON.Member]) {
    func sequence(_ sequence: Int) -> [JSON.Member] { [.init("sequence", .integer(Int64(sequence)))] }
    func names(_ names: KeyValuePairs<String, String>, _ columns: [String] = []) -> [JSON.Member] {
      names.filter { !$0.value.isEmpty }.map { .init($0.key, .string($0.value)) }
        + (columns.isEmpty ? [] : [.init("columns", .array(columns.map { .string($0) }))])
    }
    return switch self {
    case .sequence(let expected, let found):
      ("event_sequence", sequence(found) + [.init("expected", .integer(Int64(expected)))])
    case .content(let number): ("event_content", sequence(number))
    case .chain(let number): ("event_chain", sequence(number))
    case .clock(let number): ("event_clock", sequence(number))
    case .unreadable(let number): ("event_unreadable", sequence(number))
    case .impossible(let number, let stream): ("event_impossible", sequence(number) + names(["stream": stream]))
    case .numbering(let series): ("numbering", names(["series": series]))
    case .row(let table, let key, let difference):
      ("row_\(difference.word)", names(["table": table, "key": key], difference.columns))
    case .schema(let kind, let name, let difference):
      ("schema_\(difference.word)", names(["kind": kind, "name": name]))
    case .header(let field): ("header", names(["field": field]))
    case .file(let detail): ("file", names(["detail": detail]))
    case .checkpoint(let size): ("checkpoint", [.init("size", .integer(Int64(size)))])
    case .contradiction(let detail): ("contradiction", names(["detail": detail]))
    }
  }
}

extension Damage: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) { self = .contradiction(value) }
}

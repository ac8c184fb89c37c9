import GRDB

/// The conditions of a query, all of which have to hold, with their values in the order of the question marks.
struct Conditions {
  private var terms = ["TRUE"]
  private(set) var values = StatementArguments()

  var sql: String { terms.joined(separator: " AND ") }

  mutating func add(_ term: String, _ values: StatementArguments) {
    terms.append(term)
    self.values += values
  }

  /// Nothing is asked where `value` is nil.
  mutating func add(_ column: String, is value: String?) {
    if let value { add("\(column) = ?", [value]) }
  }

  /// Nothing is asked where there are no `words`.
  mutating func add(_ column: String, isOneOf words: [String]) {
    guard !words.isEmpty else { return }
    add("\(column) IN (\(words.map { _ in "?" }.joined(separator: ", ")))", StatementArguments(words))
  }
}

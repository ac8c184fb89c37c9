/// Counts what went wrong in a long loop and keeps the first few for the report.
package struct Mismatches: CustomStringConvertible {
  package private(set) var count = 0
  private var first: [String] = []
  package var isEmpty: Bool { count == 0 }

  package init() {}

  package mutating func add(_ text: @autoclosure () -> String) {
    count += 1
    if count <= 5 { first.append(text()) }
  }

  package mutating func check<T: Equatable>(_ found: T, _ expected: T, _ what: @autoclosure () -> String) {
    if found != expected { add("\(what()): \(found), expected \(expected)") }
  }

  package var description: String { "\(count) mismatches, first: " + first.joined(separator: "; ") }
}

import CivilTime
import Foundation
import JSONText

/// Files that lie beside the tests, and the zones of this machine.
enum Fixtures {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures")

  /// The lines of a tab-separated file, without the empty last one.
  static func rows(_ name: String) throws -> [[Substring]] {
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return text.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
  }

  /// The values of a file with one JSON object a line.
  static func values(_ name: String) throws -> [JSON] {
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
  }

  static let paris: ZoneRules = {
    guard let data = try? Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Paris")),
      let zone = try? ZoneRules(name: "Europe/Paris", tzif: [UInt8](data))
    else { fatalError("tzdata is not installed") }
    return zone
  }()
}

/// Counts what went wrong in a long loop and keeps the first few for the report.
struct Mismatches: CustomStringConvertible {
  private(set) var count = 0
  private var first: [String] = []
  var isEmpty: Bool { count == 0 }

  mutating func add(_ text: @autoclosure () -> String) {
    count += 1
    if count <= 5 { first.append(text()) }
  }

  mutating func check<T: Equatable>(_ found: T, _ expected: T, _ what: @autoclosure () -> String) {
    if found != expected { add("\(what()): \(found), expected \(expected)") }
  }

  var description: String { "\(count) mismatches, first: " + first.joined(separator: "; ") }
}

/// `2026-12-06T00:00:00Z` in a test.
func utc(_ text: some StringProtocol) -> Instant {
  guard case .instant(let instant) = WrittenTime(String(text)) else { fatalError("not an instant: \(text)") }
  return instant
}

/// `2026-12-06` in a test.
func day(_ text: some StringProtocol) -> CivilDate {
  guard let date = CivilDate(String(text)) else { fatalError("not a day: \(text)") }
  return date
}

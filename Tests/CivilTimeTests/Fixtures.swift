import CivilTime
import Foundation

/// Files that lie beside the tests, and the zones of this machine.
enum Fixtures {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures")

  /// The lines of a tab-separated file, without the empty last one.
  static func rows(_ name: String) throws -> [[Substring]] {
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return text.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
  }

  static func zoneBytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo").appending(path: name)))
  }

  static func zone(_ name: String) throws -> ZoneRules { try ZoneRules(name: name, tzif: zoneBytes(name)) }

  static let paris: ZoneRules = {
    guard let zone = try? zone("Europe/Paris") else { fatalError("tzdata is not installed") }
    return zone
  }()
}

/// Random numbers that are the same in each run. Source: S. Vigna, SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
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

/// `2026-12-06T00:00` in a test.
func civil(_ text: some StringProtocol) -> CivilDateTime {
  guard case .civil(let civil) = WrittenTime(String(text)) else { fatalError("not a civil time: \(text)") }
  return civil
}

/// `2026-12-06` in a test.
func day(_ text: some StringProtocol) -> CivilDate {
  guard let date = CivilDate(String(text)) else { fatalError("not a day: \(text)") }
  return date
}

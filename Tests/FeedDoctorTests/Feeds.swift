import CivilTime
import Foundation
import ICalendar
import TestSupport

@testable import FeedDoctor

/// Feeds that lie beside the tests, and what is wrong with each.
enum Feeds {
  static let fixtures = Project.fixtures

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: fixtures.appending(path: "feeds/\(path)")))
  }

  /// One file of the manifest: `code@line`, line 0 for the feed as a whole.
  struct Expectation: Decodable, Sendable {
    var findings: [String]
    var why: String
    var previous: String?
  }

  static let manifest: [String: Expectation] = {
    guard let data = try? Data(contentsOf: fixtures.appending(path: "feeds/MANIFEST.json")),
      let manifest = try? JSONDecoder().decode([String: Expectation].self, from: data)
    else { fatalError("feeds/MANIFEST.json cannot be read") }
    return manifest
  }()

  /// Europe/Paris of this machine, on 1 September 2026.
  static let surroundings = Surroundings(now: Instant(secondsSinceEpoch: 1_788_220_800), zones: zones)

  static let zones = ZoneBook(civil: Fixtures.paris) { $0 == "UTC" ? .utc : nil }

  static func examine(_ path: String, previous: String? = nil, http: HTTPFacts? = nil) throws -> Examination {
    FeedDoctor.examine(
      try bytes(path), previous: try previous.map(bytes), http: http, surroundings: surroundings)
  }
}

extension Examination {
  /// `code@line` of each finding, in order.
  var codes: [String] { findings.map { "\($0.code.rawValue)@\($0.line ?? 0)" } }
}

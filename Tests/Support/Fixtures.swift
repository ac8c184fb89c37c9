package import CivilTime
package import Foundation
package import JSONText

/// Files that lie beside the tests, and the zones of this machine.
package enum Fixtures {
  package static let folder = Project.fixtures

  /// The lines of a tab-separated file, without the empty last one.
  package static func rows(_ name: String) throws -> [[Substring]] {
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return text.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
  }

  /// The values of a file with one JSON object a line.
  package static func values(_ name: String) throws -> [JSON] {
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    return try text.split(separator: "\n").map { try JSON(parsing: String($0)) }
  }

  package static func zoneBytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo").appending(path: name)))
  }

  package static func zone(_ name: String) throws -> ZoneRules { try ZoneRules(name: name, tzif: zoneBytes(name)) }

  package static let paris: ZoneRules = {
    guard let zone = try? zone("Europe/Paris") else { fatalError("tzdata is not installed") }
    return zone
  }()
}

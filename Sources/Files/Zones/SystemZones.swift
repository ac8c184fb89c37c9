package import CivilTime
import Foundation

/// The time zones of the machine.
///
/// No environment variable moves the place (`TZDIR` is not honoured): whoever asks for a change must not bring along
/// the clock that it is judged by.
package enum SystemZones {
  /// Where systems keep the compiled tz database.
  package static let places = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo"]

  /// A compiled zone has a few KB.
  private static let limit = 1 << 20

  /// The rules of `name`, for instance `Europe/Paris`. `UTC` needs no file.
  package static func load(_ name: String) throws(ZoneFileError) -> ZoneRules { try load(name, places: places) }

  static func load(_ name: String, places: [String]) throws(ZoneFileError) -> ZoneRules {
    guard isName(name) else { throw ZoneFileError(zone: shown(name), reason: .badName) }
    if name == "UTC" { return .utc }
    let present = places.filter { FileManager.default.fileExists(atPath: $0) }
    guard !present.isEmpty else { throw ZoneFileError(zone: name, reason: .noDatabase(places)) }
    for place in present {
      let file = "\(place)/\(name)"
      let bytes: [UInt8]
      do {
        bytes = try DataFile.bytes(file, limit: limit)
      } catch {
        switch error {
        case .missing, .notAFile: continue
        case .tooLarge, .unreadable: throw ZoneFileError(zone: name, reason: .damaged(file: file, error.text))
        }
      }
      do {
        return try ZoneRules(name: name, tzif: bytes)
      } catch {
        switch error {
        case .versionOne: throw ZoneFileError(zone: name, reason: .versionOne(file: file))
        case .notTZif: throw ZoneFileError(zone: name, reason: .damaged(file: file, "not a TZif file"))
        case .truncated: throw ZoneFileError(zone: name, reason: .damaged(file: file, "cut short"))
        case .malformed(let what): throw ZoneFileError(zone: name, reason: .damaged(file: file, what))
        }
      }
    }
    // A folder without the zones that everybody has is an empty shell that a slim system left behind.
    let whole = present.contains { FileManager.default.fileExists(atPath: "\($0)/Europe/Paris") }
    throw ZoneFileError(zone: name, reason: whole ? .unknown : .noDatabase(places))
  }

  /// Parts of letters, digits, `_`, `+` and `-` between slashes: no dot, no leading slash, so no way out of the folder.
  private static func isName(_ name: String) -> Bool {
    guard !name.isEmpty, name.utf8.count <= 64 else { return false }
    return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty
        && part.utf8.allSatisfy { byte in
          switch UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 {
          case true: true
          case false: UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "_+-".utf8.contains(byte)
          }
        }
    }
  }

  private static func shown(_ name: String) -> String {
    String(String.UnicodeScalarView(name.unicodeScalars.prefix(80).filter { $0.value >= 0x20 && $0.value != 0x7F }))
  }
}

/// Why the rules of a time zone could not be had.
package struct ZoneFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// As it was asked for.
  package let zone: String
  package let reason: Reason

  /// What went wrong.
  package enum Reason: Hashable, Sendable {
    /// Not the form of a name in the tz database.
    case badName
    /// The database is there and has no such zone.
    case unknown
    /// None of these places holds the database.
    case noDatabase([String])
    /// The file is too old a kind: it says nothing of the future.
    case versionOne(file: String)
    case damaged(file: String, String)
  }

  /// One English line: what, and what to do.
  package var description: String {
    switch reason {
    case .badName: "`\(zone)` is not the name of a time zone; write one such as Europe/Paris"
    case .unknown: "the tz database has no zone `\(zone)`; write one such as Europe/Paris"
    case .noDatabase(let places):
      "time zone \(zone): no tz database in \(places.joined(separator: ", ")); install tzdata"
    case .versionOne(let file):
      "time zone \(zone): \(file) is a version 1 file, which has no rule for the future; install tzdata of today"
    case .damaged(let file, let what): "time zone \(zone): \(file) is damaged (\(what)); install tzdata anew"
    }
  }
}

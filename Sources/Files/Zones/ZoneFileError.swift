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

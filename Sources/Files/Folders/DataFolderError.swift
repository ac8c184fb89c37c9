/// A folder of data that could not be found.
package struct DataFolderError: Error, Hashable, Sendable, CustomStringConvertible {
  /// `calendars` or `templates`.
  package let name: String
  /// The flag or variable that named a folder which is none; nil when nothing named one.
  package let named: String?
  /// The environment variable that may name it.
  package let variable: String
  /// Where it was looked for, in order.
  package let places: [String]

  /// One English line: what, where, and what to do.
  package var description: String {
    if let named { return "\(named) names \(places.joined(separator: ", ")), which is not a folder" }
    return "no \(name) folder in \(places.joined(separator: ", ")); name one with --\(name) or \(variable)"
  }
}

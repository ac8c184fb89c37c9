/// Why no contract was chosen.
package enum ServiceError: Error, Hashable, Sendable {
  case unknown(String, known: [String])
  /// None was named, and there are several.
  case several([String])
  /// - Parameter place: where contracts were looked for, as a message names it.
  case none(place: String)
}

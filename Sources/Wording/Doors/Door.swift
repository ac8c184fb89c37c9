/// Where a request came in: it says what fields and next steps are called, so that a message speaks of what the one who
/// reads it can write. The only place in which they get names.
package enum Door: Hashable, Sendable {
  case commandLine
  case api
  /// Rows of a file that the command line reads.
  case file
  /// Rows of a file that was sent to the API.
  case upload

  /// The prefix of the API's paths.
  static let prefix = "/api/v1"

  /// `--start`, `start`.
  package func name(_ field: Field) -> String {
    switch self {
    case .commandLine: "--\(field.flag)"
    case .api: field.member
    case .file, .upload: field.column
    }
  }

  /// `preavis list`, `GET /api/v1/changes`.
  package func name(_ step: Step) -> String {
    guard self == .api || self == .upload, let blank = step.call.firstIndex(of: " ") else {
      return "preavis \(step.command)"
    }
    return "\(step.call[..<blank]) \(Door.prefix)\(step.call[step.call.index(after: blank)...])"
  }
}

/// A path with parameters: `/changes/{change}/reschedule`.
struct PathTemplate: Hashable, Sendable, CustomStringConvertible {
  enum Segment: Hashable, Sendable {
    case literal(String)
    case parameter(String)
  }

  let description: String
  let segments: [Segment]

  init(_ text: String) {
    description = text
    segments = text.split(separator: "/").map { part in
      part.first == "{" && part.last == "}" ? .parameter(String(part.dropFirst().dropLast())) : .literal(String(part))
    }
  }

  var parameters: [String] {
    segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
  }

  /// The values of the parameters; nil where `path` is another one. An empty segment is no value.
  func match(_ path: [String]) -> [String: String]? {
    guard path.count == segments.count else { return nil }
    var values: [String: String] = [:]
    for (segment, part) in zip(segments, path) {
      switch segment {
      case .literal(let text): guard text == part else { return nil }
      case .parameter(let name):
        guard !part.isEmpty else { return nil }
        values[name] = part
      }
    }
    return values
  }
}

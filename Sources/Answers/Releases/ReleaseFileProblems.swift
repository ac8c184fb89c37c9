/// What is wrong with a release file, or with the file of usage that it names; worded for whoever wrote it.
package struct ReleaseFileProblems: Error, Hashable, Sendable, CustomStringConvertible {
  package struct Problem: Hashable, Sendable {
    package var file: String
    package var line: Int?
    /// `changes[2].after[0].gap`; empty for the file as a whole.
    package var path: String
    package var text: String
  }

  /// By line; never empty.
  package var problems: [Problem]

  package var description: String {
    problems.map { problem in
      let place = problem.line.map { "\(problem.file):\($0): " } ?? "\(problem.file): "
      return place + (problem.path.isEmpty ? "" : "\(problem.path): ") + problem.text
    }.joined(separator: "\n")
  }
}

/// Everything that is wrong, so that one run mends all.
package struct FileProblems: Error, Hashable, Sendable, CustomStringConvertible {
  /// By file and line; never empty.
  package let problems: [FileProblem]

  package init(_ problems: [FileProblem]) { self.problems = problems }

  /// A line for each problem.
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}

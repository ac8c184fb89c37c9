/// Something wrong in a file that an operator edits.
package struct FileProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// As the operator would open it.
  package let file: String
  /// From 1; nil when it concerns the file as a whole.
  package let line: Int?
  /// What is wrong and what would be right, in English.
  package let message: String

  package init(file: String, line: Int?, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// `file:line: message`
  package var description: String {
    line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
  }
}

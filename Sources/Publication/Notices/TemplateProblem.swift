/// Something wrong in a template, named by file and line.
package struct TemplateProblem: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Path below the folder of templates, for instance `notices/fr/announcement.mustache`.
  package var file: String
  /// From 1; a missing file is reported at line 1.
  package var line: Int
  package var message: String

  package init(file: String, line: Int, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  package var description: String { "\(file):\(line): \(message)" }

  package static func < (a: TemplateProblem, b: TemplateProblem) -> Bool {
    (a.file, a.line, a.message) < (b.file, b.line, b.message)
  }
}

/// All that is wrong in a folder of templates; never empty.
package struct TemplateErrors: Error, Hashable, Sendable, CustomStringConvertible {
  package var problems: [TemplateProblem]
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}

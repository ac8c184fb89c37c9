package import Planning

/// One request, of a line of a file, a call or a command line: texts as they were written, still to be read by the one
/// function that reads them all.
package struct RequestRow: Hashable, Sendable {
  /// Physical line on which the row begins, from 1.
  package let line: Int
  private var said: [ChangeField: FieldValue] = [:]

  package init(line: Int = 1) { self.line = line }

  /// A text as it was written; nil where the row says nothing.
  package subscript(field: ChangeField) -> String? {
    get { said[field]?.text }
    set { said[field] = newValue.map { .text($0) } }
  }

  /// The same for fields that hold more than a text.
  package subscript(value field: ChangeField) -> FieldValue? {
    get { said[field] }
    set { said[field] = newValue }
  }
}

/// What a file held.
package struct RowFile: Sendable {
  package var rows: [RequestRow] = []
  /// In order of lines.
  package var problems: [RowProblem] = []
  package var skipped: [SkippedRow] = []

  package init() {}
}

/// Something of a file that asks for no change.
package struct SkippedRow: Hashable, Sendable {
  package var line: Int?
  package var title: String
  package var reason: Reason

  package enum Reason: String, Hashable, Sendable {
    /// A cancelled event.
    case cancelled
    /// A task, a journal entry or another component that is no event.
    case noEvent = "no_event"
  }

  package init(line: Int?, title: String, reason: Reason) {
    self.line = line
    self.title = title
    self.reason = reason
  }
}

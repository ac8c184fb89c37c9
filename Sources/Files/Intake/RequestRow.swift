/// One change request of a file: texts as they were written, still to be read by the functions that read flags.
package struct RequestRow: Hashable, Sendable {
  /// Physical line on which the row begins, from 1.
  package let line: Int
  private var texts: [String?]
  package var components: [String] = []
  package var alongside: [String] = []

  package init(line: Int) {
    self.line = line
    texts = Array(repeating: nil, count: RowField.allCases.count)
  }

  /// Nil where the row says nothing. Flags read `true` or `false`; lists stand in `components` and `alongside`.
  package subscript(field: RowField) -> String? {
    get { texts[field.rawValue] }
    set { texts[field.rawValue] = newValue }
  }

  /// A flag; nil where the row says nothing.
  package func flag(_ field: RowField) -> Bool? { self[field].map { $0 == "true" } }
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

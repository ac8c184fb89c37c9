package import ICalendar
package import Planning

/// One request, of a line of a file, a call or a command line: texts as they were written, still to be read by the one
/// function that reads them all.
package struct RequestRow: Hashable, Sendable {
  /// Physical line on which the row begins, from 1.
  package let line: Int
  /// What tells the event that it comes of from all others, in every file that holds it; nil where nothing does.
  package var identity: String?
  /// What of a calendar takes back what an earlier file asked for; such a row says nothing else but a title.
  package var withdrawal: Withdrawal?

  package enum Withdrawal: String, Hashable, Sendable {
    /// A cancelled event.
    case event
    /// A time that a series does not have any more.
    case time
  }

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
  /// What is to be known of how it was read, worded.
  package var notes: [FileNote] = []

  package init() {}
}

/// What is to be known of a line that was read.
package struct FileNote: Hashable, Sendable {
  package var line: Int?
  package var text: String

  package init(line: Int?, text: String) {
    self.line = line
    self.text = text
  }
}

/// Something of a file that asks for no change.
package struct SkippedRow: Hashable, Sendable {
  package var line: Int?
  package var title: String
  package var reason: Reason

  package enum Reason: Hashable, Sendable {
    case leftOut(CalendarRequest.LeftOut)
    /// A task, a journal entry or another component that is no event.
    case noEvent

    package init?(_ name: String) {
      guard name != "no_event" else {
        self = .noEvent
        return
      }
      guard let reason = CalendarRequest.LeftOut(rawValue: name) else { return nil }
      self = .leftOut(reason)
    }

    package var name: String {
      switch self {
      case .leftOut(let reason): reason.rawValue
      case .noEvent: "no_event"
      }
    }
  }

  package init(line: Int?, title: String, reason: Reason) {
    self.line = line
    self.title = title
    self.reason = reason
  }
}

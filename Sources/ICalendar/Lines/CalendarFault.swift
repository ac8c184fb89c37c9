/// One thing in a file that RFC 5545 does not know, or that a reader stumbles over. The reader goes on after it: who
/// reads decides what refuses a file.
package struct CalendarFault: Hashable, Sendable {
  /// Physical line, from 1.
  package var line: Int
  package var code: Code
  /// The name, value or figure that is meant.
  package var subject: String

  init(_ line: Int, _ code: Code, _ subject: String = "") {
    self.line = line
    self.code = code
    self.subject = subject
  }

  /// Raw values are stable.
  package enum Code: String, Hashable, Sendable, CaseIterable {
    // Octets, lines and folds. Source: RFC 5545, section 3.1.
    case byteOrderMark = "byte_order_mark"
    case bareLineFeed = "bare_line_feed"
    case bareReturn = "bare_return"
    case noFinalLineEnd = "no_final_line_end"
    case lineOver75Octets = "line_over_75_octets"
    case foldWithinCharacter = "fold_within_character"
    case foldWithoutLine = "fold_without_line"
    case emptyFold = "empty_fold"
    case blankLine = "blank_line"
    case nul
    case controlCharacter = "control_character"
    case notUTF8 = "not_utf8"
    case lineTooLong = "line_too_long"
    /// The rest of a line was not kept.
    case lineCut = "line_cut"
    case tooManyLines = "too_many_lines"
    case badContentLine = "bad_content_line"
    // Components. Source: RFC 5545, sections 3.4 and 3.6.
    case lowerCaseComponent = "lower_case_component"
    case unknownComponent = "unknown_component"
    case badNesting = "bad_nesting"
    case mismatchedEnd = "mismatched_end"
    case unclosed
    case outsideCalendar = "outside_calendar"
    case nestedTooDeep = "nested_too_deep"
    case tooManyComponents = "too_many_components"
  }
}

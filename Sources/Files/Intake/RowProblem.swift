/// Why a row, or a whole file, cannot be read. Worded by the shell.
package struct RowProblem: Error, Hashable, Sendable {
  /// Physical line, from 1; nil when it concerns the file as a whole.
  package var line: Int?
  package var reason: Reason

  package init(line: Int?, _ reason: Reason) {
    self.line = line
    self.reason = reason
  }

  package enum Reason: Hashable, Sendable {
    /// No line with the names of the columns.
    case noHeader
    case notUTF8
    /// A name that is no field.
    case unknownName(String)
    /// What only the register says of a change.
    case registersOwn(String)
    /// A field that stands in two columns, or under two keys.
    case repeatedName(String)
    /// A column that the table cannot do without.
    case missingColumn(String)
    /// A column without a name that has values.
    case namelessColumn(Int)
    case columnCount(expected: Int, found: Int)
    /// A quotation mark within a field that does not begin with one.
    case strayQuote(column: Int)
    /// Something between a closing quotation mark and the separator.
    case textAfterQuote(column: Int)
    case unclosedQuote
    /// A carriage return without a line feed.
    case loneReturn
    case lineTooLong(limit: Int)
    /// Where in the line, from 1, and the parser's reason.
    case invalidJSON(byte: Int, String)
    case notAnObject
    case wrongType(String, expected: Expected)
    case notYesOrNo(String, String)
  }

  package enum Expected: Hashable, Sendable {
    case text, flag, texts, updateObject
  }
}

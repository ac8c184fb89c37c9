import Planning

/// Change requests in a file of separated values: a line of column names, then a row each.
package enum CSVRows {
  /// Reads on after a broken row, so that one run names all of them; stops at a broken header.
  ///
  /// - Parameter progress: called now and then with the number of rows so far.
  package static func read(_ bytes: [UInt8], progress: (Int) -> Void = { _ in }) -> RowFile {
    var file = RowFile()
    eachRow(of: bytes, &file.problems, column: ChangeField.init(header:), name: \.rawValue, reason: reason) {
      (line, cells) throws(RowProblem) in
      file.rows.append(try row(line, cells))
      if file.rows.count.isMultiple(of: 1000) { progress(file.rows.count) }
    }
    return file
  }

  /// Hands over each row as its cells that hold something; `column` knows what each may be called.
  static func eachRow<Column: Hashable>(
    of bytes: [UInt8], _ problems: inout [RowProblem], column: (String) -> Column?,
    name: (Column) -> String, reason: (String) -> RowProblem.Reason,
    _ body: (_ line: Int, _ cells: [(column: Column, text: String)]) throws(RowProblem) -> Void
  ) {
    var reader = CSVReader(bytes)
    reader.findSeparator()
    var columns: [Column?] = []
    do throws(RowProblem) {
      guard let header = try reader.next() else { throw RowProblem(line: 1, .noHeader) }
      columns = try self.columns(header, &problems, column, name: name, reason)
    } catch {
      problems.append(error)
    }
    guard problems.isEmpty else { return }
    while true {
      do throws(RowProblem) {
        guard let record = try reader.next() else { return }
        if let cells = try cells(record, columns) { try body(record.line, cells) }
      } catch {
        problems.append(error)
      }
    }
  }

  /// What each column is. Columns without a name at the end, which spreadsheets leave behind, are nil.
  static func columns<Column: Hashable>(
    _ header: CSVReader.Record, _ problems: inout [RowProblem], _ column: (String) -> Column?,
    name called: (Column) -> String, _ reason: (String) -> RowProblem.Reason
  ) throws(RowProblem) -> [Column?] {
    var names = header.fields
    while let last = names.last, last.isEmpty { names.removeLast() }
    guard !names.isEmpty else { throw RowProblem(line: header.line, .noHeader) }
    var columns: [Column?] = []
    for name in names {
      let found = column(name)
      if let found, columns.contains(found) {
        problems.append(RowProblem(line: header.line, .repeatedName(called(found))))
      } else if found == nil {
        problems.append(RowProblem(line: header.line, reason(name)))
      }
      columns.append(found)
    }
    return columns + Array(repeating: nil, count: header.fields.count - names.count)
  }

  /// Nil for a row of empty fields, which spreadsheets leave behind too.
  static func cells<Column>(
    _ record: CSVReader.Record, _ columns: [Column?]
  ) throws(RowProblem) -> [(column: Column, text: String)]? {
    guard record.fields.contains(where: { !$0.isEmpty }) else { return nil }
    guard record.fields.count == columns.count else {
      throw RowProblem(line: record.line, .columnCount(expected: columns.count, found: record.fields.count))
    }
    var cells: [(column: Column, text: String)] = []
    for (index, text) in record.fields.enumerated() where !text.isEmpty {
      guard let column = columns[index] else { throw RowProblem(line: record.line, .namelessColumn(index + 1)) }
      cells.append((column, text))
    }
    return cells
  }

  static func reason(_ name: String) -> RowProblem.Reason {
    ChangeField.registersOwn.contains(name.replacing("-", with: "_")) ? .registersOwn(name) : .unknownName(name)
  }

  private static func row(
    _ line: Int, _ cells: [(column: ChangeField, text: String)]
  ) throws(RowProblem) -> RequestRow {
    var row = RequestRow(line: line)
    for (field, text) in cells {
      switch field {
      case _ where field.isList: row[value: field] = .list(list(text))
      case _ where field.kind == .flag:
        guard let value = flags[text.lowercased()] else {
          throw RowProblem(line: line, .notYesOrNo(field.rawValue, text))
        }
        row[value: field] = .flag(value)
      default: row[field] = text
      }
    }
    return row
  }

  /// Parted by semicolons; blanks around the parts do not count.
  static func list(_ text: String) -> [String] {
    text.split(separator: ";").compactMap { part in
      let name = part.drop { $0 == " " }
      let end = name.lastIndex { $0 != " " }
      return end.map { String(name[...$0]) }
    }
  }

  private static let flags: [String: Bool] = [
    "yes": true, "true": true, "1": true, "oui": true, "vrai": true, "no": false, "false": false, "0": false,
    "non": false, "faux": false,
  ]
}

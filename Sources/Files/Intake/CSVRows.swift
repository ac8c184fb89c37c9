import Planning

/// Change requests in a file of separated values: a line of column names, then a row each.
package enum CSVRows {
  /// Reads on after a broken row, so that one run names all of them; stops at a broken header.
  ///
  /// - Parameter progress: called now and then with the number of rows so far.
  package static func read(_ bytes: [UInt8], progress: (Int) -> Void = { _ in }) -> RowFile {
    var file = RowFile()
    var reader = CSVReader(bytes)
    reader.findSeparator()
    let columns: [ChangeField?]
    do throws(RowProblem) {
      guard let header = try reader.next() else { throw RowProblem(line: 1, .noHeader) }
      columns = try self.columns(header, &file.problems)
    } catch {
      file.problems.append(error)
      return file
    }
    guard file.problems.isEmpty else { return file }
    while true {
      do throws(RowProblem) {
        guard let record = try reader.next() else { return file }
        if let row = try row(record, columns) { file.rows.append(row) }
      } catch {
        file.problems.append(error)
      }
      if file.rows.count.isMultiple(of: 1000) { progress(file.rows.count) }
    }
  }

  /// The field of each column. Columns without a name at the end, which spreadsheets leave behind, are nil.
  private static func columns(
    _ header: CSVReader.Record, _ problems: inout [RowProblem]
  ) throws(RowProblem) -> [ChangeField?] {
    var names = header.fields
    while let last = names.last, last.isEmpty { names.removeLast() }
    guard !names.isEmpty else { throw RowProblem(line: header.line, .noHeader) }
    var columns: [ChangeField?] = []
    for name in names {
      guard let field = ChangeField(column: name) else {
        problems.append(RowProblem(line: header.line, reason(name)))
        columns.append(nil)
        continue
      }
      if columns.contains(field) { problems.append(RowProblem(line: header.line, .repeatedName(field.rawValue))) }
      columns.append(field)
    }
    return columns + Array(repeating: nil, count: header.fields.count - names.count)
  }

  static func reason(_ name: String) -> RowProblem.Reason {
    ChangeField.registersOwn.contains(name.replacing("-", with: "_")) ? .registersOwn(name) : .unknownName(name)
  }

  /// Nil for a row of empty fields, which spreadsheets leave behind too.
  private static func row(_ record: CSVReader.Record, _ columns: [ChangeField?]) throws(RowProblem) -> RequestRow? {
    guard record.fields.contains(where: { !$0.isEmpty }) else { return nil }
    guard record.fields.count == columns.count else {
      throw RowProblem(line: record.line, .columnCount(expected: columns.count, found: record.fields.count))
    }
    var row = RequestRow(line: record.line)
    for (index, text) in record.fields.enumerated() where !text.isEmpty {
      guard let field = columns[index] else { throw RowProblem(line: record.line, .namelessColumn(index + 1)) }
      switch field {
      case _ where field.isList: row[value: field] = .list(list(text))
      case _ where field.kind == .flag:
        guard let value = flags[text.lowercased()] else {
          throw RowProblem(line: record.line, .notYesOrNo(field, text))
        }
        row[value: field] = .flag(value)
      default: row[field] = text
      }
    }
    return row
  }

  /// Parted by semicolons; blanks around the parts do not count.
  private static func list(_ text: String) -> [String] {
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

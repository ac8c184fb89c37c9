/// Requests in a file of separated values that comes in pieces: a line of column names, then a row each.
package struct SupportRows {
  /// One Request, in the texts of the file.
  package struct Row: Sendable {
    /// Physical line, from 1.
    package let line: Int
    fileprivate var texts: [String?]

    fileprivate init(line: Int, texts: [String?]) {
      self.line = line
      self.texts = texts
    }

    /// A Request that comes otherwise than in a file; an empty text says nothing.
    package init(line: Int, _ text: (SupportField) -> String?) {
      self.init(line: line, texts: SupportField.allCases.map { field in text(field).flatMap { $0.isEmpty ? nil : $0 } })
    }

    /// Nil where the field is empty or the file lacks the column.
    package subscript(field: SupportField) -> String? { texts[field.rawValue] }
  }

  private var stream = CSVStream()
  /// Nil before the first line.
  private var columns: [SupportField?]?
  /// Whether the first line is broken: then no row can be read.
  private var isBroken = false
  private var isOver = false
  /// What is wrong with the first line beyond the first fault.
  private var more: [RowProblem] = []

  package init() {}

  /// Whether the file has the column; false before the first line.
  package func has(_ field: SupportField) -> Bool { columns?.contains(field) ?? false }

  package mutating func take(_ bytes: [UInt8], isLast: Bool) {
    stream.take(bytes, isLast: isLast)
    isOver = isLast
  }

  /// The next row or what is wrong with it; nil where it needs more bytes, or at the end.
  package mutating func next() -> Result<Row, RowProblem>? {
    while true {
      if !more.isEmpty { return .failure(more.removeFirst()) }
      guard !isBroken else { return nil }
      do throws(RowProblem) {
        guard let record = try stream.next() else {
          guard isOver, columns == nil else { return nil }
          throw RowProblem(line: 1, .noHeader)
        }
        guard let columns else {
          try readHeader(record)
          continue
        }
        if let row = try row(record, columns) { return .success(row) }
      } catch {
        if columns == nil { isBroken = true }
        return .failure(error)
      }
    }
  }

  /// Columns without a name at the end, which spreadsheets leave behind, are nil.
  private mutating func readHeader(_ header: CSVReader.Record) throws(RowProblem) {
    var names = header.fields
    while let last = names.last, last.isEmpty { names.removeLast() }
    guard !names.isEmpty else { throw RowProblem(line: header.line, .noHeader) }
    var found: [SupportField?] = []
    for name in names {
      let field = SupportField(name: name)
      if field == nil { more.append(RowProblem(line: header.line, .unknownName(name))) }
      if let field, found.contains(field) { more.append(RowProblem(line: header.line, .repeatedName(field.name))) }
      found.append(field)
    }
    for field in SupportField.allCases where field.isRequired && !found.contains(field) {
      more.append(RowProblem(line: header.line, .missingColumn(field.name)))
    }
    isBroken = !more.isEmpty
    columns = found + Array(repeating: nil, count: header.fields.count - names.count)
  }

  /// Nil for a row of empty fields, which spreadsheets leave behind too.
  private func row(_ record: CSVReader.Record, _ columns: [SupportField?]) throws(RowProblem) -> Row? {
    guard record.fields.contains(where: { !$0.isEmpty }) else { return nil }
    guard record.fields.count == columns.count else {
      throw RowProblem(line: record.line, .columnCount(expected: columns.count, found: record.fields.count))
    }
    var row = Row(line: record.line, texts: Array(repeating: nil, count: SupportField.allCases.count))
    for (index, text) in record.fields.enumerated() where !text.isEmpty {
      guard let field = columns[index] else { throw RowProblem(line: record.line, .namelessColumn(index + 1)) }
      row.texts[field.rawValue] = text
    }
    return row
  }
}

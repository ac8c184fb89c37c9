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
  /// Columns of the first line that a report does not read, by their place.
  package private(set) var ignored: [Int: String] = [:]
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

  private mutating func readHeader(_ header: CSVReader.Record) throws(RowProblem) {
    let found = try CSVRows.columns(header, &more, { SupportField(name: $0) }, name: \.name, { .unknownName($0) })
    // A list of tickets has more columns than a report.
    more.removeAll { problem in
      guard case .unknownName(let name) = problem.reason else { return false }
      for (index, other) in header.fields.enumerated() where other == name { ignored[index] = name }
      return true
    }
    for field in SupportField.allCases where field.isRequired && !found.contains(field) {
      more.append(RowProblem(line: header.line, .missingColumn(field.name)))
    }
    isBroken = !more.isEmpty
    columns = found
  }

  /// Nil for a row of empty fields.
  private func row(_ record: CSVReader.Record, _ columns: [SupportField?]) throws(RowProblem) -> Row? {
    var record = record
    for index in ignored.keys where record.fields.indices.contains(index) { record.fields[index] = "" }
    guard let cells = try CSVRows.cells(record, columns) else { return nil }
    var row = Row(line: record.line, texts: Array(repeating: nil, count: SupportField.allCases.count))
    for (field, text) in cells { row.texts[field.rawValue] = text }
    return row
  }
}

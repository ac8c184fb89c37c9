/// Cuts a file of separated values into records. Source: RFC 4180, section 2.
///
/// Written here because SwiftCSV 0.10 counts no lines, takes `a"b` and an unclosed quotation mark without a word, and
/// drops blanks around fields: a row that it shifts would be planned as it stands.
struct CSVReader {
  private let bytes: [UInt8]
  private var position: Int
  /// Whether `bytes` go on to the end of the file.
  private let isComplete: Bool
  /// Whether the rest of a broken line is still to come.
  private var isSkipping = false
  /// Physical line of the next byte, from 1.
  private(set) var line = 1
  var separator = UInt8(ascii: ",")

  /// Of one record, in octets.
  static let longestRecord = 1 << 20

  struct Record {
    var line: Int
    var fields: [String] = []
  }

  /// A byte order mark is left out; where the bytes are the first of several pieces it has to be whole.
  init(_ bytes: [UInt8], isComplete: Bool = true) {
    self.bytes = bytes
    self.isComplete = isComplete
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Goes on where `before` stopped for want of bytes.
  init(after before: CSVReader, _ more: [UInt8], isComplete: Bool) {
    bytes = Array(before.bytes[before.position...]) + more
    self.isComplete = isComplete
    position = 0
    line = before.line
    separator = before.separator
    isSkipping = before.isSkipping
  }

  /// The next record that is no empty line; nil at the end, or where the rest of it is not here yet. After an error the
  /// next call goes on with the next line.
  mutating func next() throws(RowProblem) -> Record? {
    if isSkipping { skipLine() }
    skipEmptyLines()
    guard !isComplete else { return try wholeRecord() }
    let (start, startLine) = (position, line)
    let result: Result<Record?, RowProblem>
    do throws(RowProblem) { result = .success(try record()) } catch { result = .failure(error) }
    // What has touched the last byte may read otherwise with the next one.
    if position + 1 >= bytes.count {
      guard bytes.count - start <= CSVReader.longestRecord else {
        skipLine()
        throw RowProblem(line: startLine, .lineTooLong(limit: CSVReader.longestRecord))
      }
      (position, line) = (start, startLine)
      return nil
    }
    if case .failure = result { skipLine() }
    return try result.get()
  }

  private mutating func wholeRecord() throws(RowProblem) -> Record? {
    do throws(RowProblem) {
      return try record()
    } catch {
      skipLine()
      throw error
    }
  }

  private mutating func record() throws(RowProblem) -> Record? {
    guard position < bytes.count else { return nil }
    var record = Record(line: line)
    let start = position
    while true {
      record.fields.append(try field(record))
      guard position - start <= CSVReader.longestRecord else {
        throw RowProblem(line: record.line, .lineTooLong(limit: CSVReader.longestRecord))
      }
      guard position < bytes.count else { return record }
      if bytes[position] == separator {
        position += 1
        continue
      }
      try endOfLine(record)
      return record
    }
  }

  private mutating func field(_ record: Record) throws(RowProblem) -> String {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { return try plainField(record) }
    position += 1
    var content: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard position < bytes.count, bytes[position] == byte else {
          guard position == bytes.count || isEnd(bytes[position]) else {
            throw RowProblem(line: line, .textAfterQuote(column: record.fields.count + 1))
          }
          return try text(content[...], record)
        }
        position += 1
      } else if byte == 0x0A {
        line += 1
      }
      content.append(byte)
      guard content.count <= CSVReader.longestRecord else {
        throw RowProblem(line: record.line, .lineTooLong(limit: CSVReader.longestRecord))
      }
    }
    throw RowProblem(line: record.line, .unclosedQuote)
  }

  private mutating func plainField(_ record: Record) throws(RowProblem) -> String {
    let start = position
    while position < bytes.count, !isEnd(bytes[position]) {
      guard bytes[position] != UInt8(ascii: "\"") else {
        throw RowProblem(line: line, .strayQuote(column: record.fields.count + 1))
      }
      position += 1
    }
    return try text(bytes[start..<position], record)
  }

  private func isEnd(_ byte: UInt8) -> Bool { byte == separator || byte == 0x0A || byte == 0x0D }

  private func text(_ bytes: ArraySlice<UInt8>, _ record: Record) throws(RowProblem) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw RowProblem(line: record.line, .notUTF8) }
    return text
  }

  /// Lines end with CR LF, or with LF alone as Unix programs write them.
  private mutating func endOfLine(_ record: Record) throws(RowProblem) {
    if bytes[position] == 0x0D {
      guard position + 1 < bytes.count, bytes[position + 1] == 0x0A else {
        throw RowProblem(line: line, .loneReturn)
      }
      position += 1
    }
    position += 1
    line += 1
  }

  private mutating func skipLine() {
    while position < bytes.count, bytes[position] != 0x0A { position += 1 }
    isSkipping = position == bytes.count
    guard !isSkipping else { return }
    position += 1
    line += 1
  }

  private mutating func skipEmptyLines() {
    while position < bytes.count {
      if bytes[position] == 0x0A {
        position += 1
      } else if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A {
        position += 2
      } else {
        return
      }
      line += 1
    }
  }

  /// The separator of the file: names of columns hold neither a comma, a semicolon nor a tab, so the first of them that
  /// stands in the first line is it. French spreadsheets write semicolons; a first line `sep=;` says it, and is skipped.
  ///
  /// - Returns: whether the bytes reach far enough to tell.
  @discardableResult
  mutating func findSeparator() -> Bool {
    let word = Array("sep=".utf8).map { $0 | 0x20 }
    let start = bytes[position...].prefix(7)
    // Whether the line says so is not known before its end.
    if !isComplete, start.count < 7, !start.contains(0x0A), word.starts(with: start.prefix(4).map { $0 | 0x20 }) {
      return false
    }
    if start.count > 5, start.prefix(4).map({ $0 | 0x20 }) == word,
      let end = start.dropFirst(5).firstIndex(of: 0x0A), end <= position + 6
    {
      separator = bytes[position + 4]
      position = end + 1
      line += 1
      return true
    }
    for byte in bytes[position...] where byte == 0x0A || ",;\t".utf8.contains(byte) {
      if byte != 0x0A { separator = byte }
      return true
    }
    return isComplete || bytes.count > CSVReader.longestRecord
  }
}

/// Cuts a file of separated values into records. Source: RFC 4180, section 2.
///
/// Written here because SwiftCSV 0.10 counts no lines, takes `a"b` and an unclosed quotation mark without a word, and
/// drops blanks around fields: a row that it shifts would be planned as it stands.
struct CSVReader {
  private let bytes: [UInt8]
  private var position: Int
  /// Physical line of the next byte, from 1.
  private(set) var line = 1
  var separator = UInt8(ascii: ",")

  /// Of one record, in octets.
  static let longestRecord = 1 << 20

  struct Record {
    var line: Int
    var fields: [String] = []
  }

  /// A byte order mark is left out.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The next record that is no empty line; nil at the end. After an error the next call goes on with the next line.
  mutating func next() throws(RowProblem) -> Record? {
    skipEmptyLines()
    guard position < bytes.count else { return nil }
    var record = Record(line: line)
    let start = position
    do throws(RowProblem) {
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
    } catch {
      skipLine()
      throw error
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
    guard position < bytes.count else { return }
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

  /// The separator of the file: names of columns hold neither a comma nor a semicolon, so the first of them that
  /// stands in the first line is it. French spreadsheets write semicolons.
  mutating func findSeparator() {
    for byte in bytes[position...] where byte == 0x0A || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") {
      if byte != 0x0A { separator = byte }
      return
    }
  }
}

/// One unfolded content line.
struct LogicalLine {
  /// Its first physical line, from 1.
  var number: Int
  /// Without line ends and fold marks.
  var bytes: ArraySlice<UInt8>
}

/// Unfolds a file and refuses what is no text. Source: RFC 5545, section 3.1.
enum LogicalLines {
  /// Lines end with CR LF or LF; empty ones are left out. A fold may fall within a UTF-8 sequence, so the encoding is
  /// looked at once the line is whole.
  static func read(_ bytes: [UInt8], limits: CalendarScreen.Limits) throws(ScreenError) -> [LogicalLine] {
    guard bytes.count <= limits.octets else { throw ScreenError(line: nil, .tooLarge, "\(bytes.count) octets") }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) || bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw ScreenError(line: 1, .byteOrderMark)
    }
    var lines: [LogicalLine] = []
    lines.reserveCapacity(min(bytes.count / 40, limits.lines))
    var number = 0
    var start = 0
    var isASCII = true
    while start < bytes.count {
      number += 1
      guard number <= limits.lines else { throw ScreenError(line: number, .tooManyLines) }
      let end = try endOfLine(bytes, from: start, number: number, isASCII: &isASCII)
      var content = bytes[start..<end]
      if end < bytes.count, content.last == 0x0D { content.removeLast() }
      start = end + 1
      if let first = content.first, first == 0x20 || first == 0x09 {
        guard !lines.isEmpty else { throw ScreenError(line: number, .badLine) }
        lines[lines.count - 1].bytes.append(contentsOf: content.dropFirst())
      } else if !content.isEmpty {
        if let last = lines.last { try check(last, isASCII: isASCII) }
        lines.append(LogicalLine(number: number, bytes: content))
      }
      guard lines.last.map({ $0.bytes.count <= limits.lineOctets }) ?? true else {
        throw ScreenError(line: lines.last?.number, .lineTooLong, "\(limits.lineOctets) octets are allowed")
      }
    }
    if let last = lines.last { try check(last, isASCII: isASCII) }
    return lines
  }

  /// The index of the line feed, or of the end of the file. CR may stand only before the line feed.
  private static func endOfLine(
    _ bytes: [UInt8], from start: Int, number: Int, isASCII: inout Bool
  ) throws(ScreenError) -> Int {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 || byte == 0x7F {
        if byte == 0x0A { return index }
        let isLineEnd = byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
        guard isLineEnd || byte == 0x09 else {
          throw ScreenError(line: number, .controlCharacter, "0x" + String(byte, radix: 16))
        }
      } else if byte >= 0x80 {
        isASCII = false
      }
      index += 1
    }
    return index
  }

  private static func check(_ line: LogicalLine, isASCII: Bool) throws(ScreenError) {
    if !isASCII, (try? UTF8Span(validating: line.bytes.span)) == nil { throw ScreenError(line: line.number, .notUTF8) }
  }
}

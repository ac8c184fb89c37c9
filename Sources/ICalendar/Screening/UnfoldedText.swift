/// One unfolded content line.
struct LogicalLine {
  /// Its first physical line, from 1.
  let number: Int
  /// Where it stands in ``UnfoldedText/bytes``, without its CR LF.
  fileprivate(set) var range: Range<Int>
}

/// The content lines of a file in one buffer; refuses what is no text. Source: RFC 5545, section 3.1.
struct UnfoldedText {
  /// The lines in order, without fold marks, each ended by CR LF.
  private(set) var bytes: [UInt8] = []
  private(set) var lines: [LogicalLine] = []
  /// Whether the newest line holds more than ASCII.
  private var isASCII = true

  /// Lines end with CR LF or LF; empty ones are left out. A fold may fall within a UTF-8 sequence, so the encoding is
  /// looked at once the line is whole.
  init(_ file: [UInt8], limits: CalendarScreen.Limits) throws(ScreenError) {
    guard file.count <= limits.octets else { throw ScreenError(line: nil, .tooLarge, "\(file.count) octets") }
    if file.starts(with: [0xEF, 0xBB, 0xBF]) || file.starts(with: [0xFF, 0xFE]) || file.starts(with: [0xFE, 0xFF]) {
      throw ScreenError(line: 1, .byteOrderMark)
    }
    bytes.reserveCapacity(file.count + 2)
    lines.reserveCapacity(min(file.count / 40, limits.lines))
    var number = 0
    var start = 0
    while start < file.count {
      number += 1
      guard number <= limits.lines else { throw ScreenError(line: number, .tooManyLines) }
      let physical = try PhysicalLine(file.span, from: start, number: number)
      let content = physical.content
      if let first = content.first, file[first] == 0x20 || file[first] == 0x09 {
        guard !lines.isEmpty else { throw ScreenError(line: number, .badLine) }
        bytes.append(contentsOf: file[(first + 1)..<content.upperBound])
        isASCII = isASCII && physical.isASCII
      } else if !content.isEmpty {
        try endLine()
        lines.append(LogicalLine(number: number, range: bytes.count..<bytes.count))
        bytes.append(contentsOf: file[content])
        isASCII = physical.isASCII
      }
      if let last = lines.last, bytes.count - last.range.lowerBound > limits.lineOctets {
        throw ScreenError(line: last.number, .lineTooLong, "\(limits.lineOctets) octets are allowed")
      }
      start = physical.next
    }
    try endLine()
  }

  /// Text that is known to be UTF-8 when it begins and ends between characters.
  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Checks the newest line, and ends it.
  private mutating func endLine() throws(ScreenError) {
    guard let last = lines.indices.last else { return }
    let range = lines[last].range.lowerBound..<bytes.count
    if !isASCII, (try? UTF8Span(validating: bytes.span.extracting(range))) == nil {
      throw ScreenError(line: lines[last].number, .notUTF8)
    }
    lines[last].range = range
    bytes.append(0x0D)
    bytes.append(0x0A)
  }
}

/// One line of a file as it stands there.
private struct PhysicalLine {
  /// Without its line end.
  let content: Range<Int>
  /// Where the line after it begins.
  let next: Int
  private(set) var isASCII = true

  /// Refuses control characters; CR may stand only before the line feed.
  init(_ file: Span<UInt8>, from start: Int, number: Int) throws(ScreenError) {
    var index = start
    var all: UInt8 = 0
    while index < file.count {
      let byte = file[index]
      all |= byte
      if byte < 0x20 || byte == 0x7F {
        if byte == 0x0A { break }
        let isLineEnd = byte == 0x0D && index + 1 < file.count && file[index + 1] == 0x0A
        if isLineEnd { break }
        guard byte == 0x09 else { throw ScreenError(line: number, .controlCharacter, "0x" + String(byte, radix: 16)) }
      }
      index += 1
    }
    content = start..<index
    isASCII = all < 0x80
    next = index < file.count && file[index] == 0x0D ? index + 2 : index + 1
  }
}

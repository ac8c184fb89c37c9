/// Cuts a content line into physical lines of at most 75 octets, without the line end. Source: RFC 5545, section 3.1.
enum LineFolding {
  static let octets = 75

  /// Appends `line` (UTF-8, without line end) and CR LF. A cut never falls within a UTF-8 sequence or between a
  /// backslash and what it escapes, and falls within what a reader sees as one character only when that character is
  /// longer than a line.
  static func append(_ line: [UInt8], to bytes: inout [UInt8]) {
    var start = 0
    var room = octets
    while line.count - start > room {
      let cut = cut(line, from: start, room: room)
      bytes.append(contentsOf: line[start..<cut])
      bytes.append(contentsOf: [0x0D, 0x0A, 0x20])
      start = cut
      // The blank that marks a continuation counts.
      room = octets - 1
    }
    bytes.append(contentsOf: line[start...])
    bytes.append(contentsOf: [0x0D, 0x0A])
  }

  /// The last place in `start + 1 ... start + room` where a new line may begin.
  private static func cut(_ line: [UInt8], from start: Int, room: Int) -> Int {
    let limit = start + room
    // Two ASCII characters side by side are two characters to the reader as well; CR never occurs here.
    if line[limit] < 0x80, line[limit - 1] < 0x80, !isEscaped(line, at: limit, from: start) { return limit }
    var end = limit + 1
    while end < line.count, line[end] & 0xC0 == 0x80 { end += 1 }
    let window = String(decoding: line[start..<end], as: UTF8.self)
    var best = start
    var position = start
    for character in window {
      position += character.utf8.count
      if position > limit { break }
      if !isEscaped(line, at: position, from: start) { best = position }
    }
    if best > start { return best }
    // One character that is longer than a line: between its code points.
    best = limit
    while best > start + 1, line[best] & 0xC0 == 0x80 || isEscaped(line, at: best, from: start) { best -= 1 }
    return best
  }

  /// Whether the octet at `index` belongs to a backslash before it.
  private static func isEscaped(_ line: [UInt8], at index: Int, from start: Int) -> Bool {
    var count = 0
    while index - count > start, line[index - count - 1] == UInt8(ascii: "\\") { count += 1 }
    return count % 2 == 1
  }
}

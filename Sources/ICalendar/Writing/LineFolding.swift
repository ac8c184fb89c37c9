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
      bytes.append(0x0D)
      bytes.append(0x0A)
      bytes.append(0x20)
      start = cut
      // The blank that marks a continuation counts.
      room = octets - 1
    }
    if start == 0 { bytes.append(contentsOf: line) } else { bytes.append(contentsOf: line[start...]) }
    bytes.append(0x0D)
    bytes.append(0x0A)
  }

  /// The last place in `start + 1 ... start + room` where a new line may begin.
  private static func cut(_ line: [UInt8], from start: Int, room: Int) -> Int {
    let limit = start + room
    // Two ASCII characters side by side are two characters to the reader as well; CR never occurs here.
    if line[limit] < 0x80, line[limit - 1] < 0x80, !isEscaped(line, at: limit, from: start) { return limit }
    var end = limit + 1
    while end < line.count, line[end] & 0xC0 == 0x80 { end += 1 }
    // From the last such place on where that is enough, since looking for characters is slow.
    var anchor = limit - 1
    while anchor > start, line[anchor] >= 0x80 || line[anchor - 1] >= 0x80 { anchor -= 1 }
    for first in [anchor, start] {
      let best = lastCharacter(line, from: start, characters: first..<end, limit: limit)
      if best > start { return best }
    }
    // One character that is longer than a line: between its code points.
    var best = limit
    while best > start + 1, line[best] & 0xC0 == 0x80 || isEscaped(line, at: best, from: start) { best -= 1 }
    return best
  }

  /// The last beginning of a character of `characters`, not after `limit`, where a new line may begin; `start` where
  /// there is none.
  private static func lastCharacter(
    _ line: [UInt8], from start: Int, characters: Range<Int>, limit: Int
  ) -> Int {
    var position = characters.lowerBound
    var best = isEscaped(line, at: position, from: start) ? start : position
    for character in String(decoding: line[characters], as: UTF8.self) {
      position += character.utf8.count
      if position > limit { break }
      if !isEscaped(line, at: position, from: start) { best = position }
    }
    return best
  }

  /// Whether the octet at `index` belongs to a backslash before it.
  private static func isEscaped(_ line: [UInt8], at index: Int, from start: Int) -> Bool {
    var count = 0
    while index - count > start, line[index - count - 1] == UInt8(ascii: "\\") { count += 1 }
    return count % 2 == 1
  }
}

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
      bytes.append(addingCapacity: 3) { end in
        end.append(0x0D)
        end.append(0x0A)
        end.append(0x20)
      }
      start = cut
      // The blank that marks a continuation counts.
      room = octets - 1
    }
    if start == 0 { bytes.append(contentsOf: line) } else { bytes.append(contentsOf: line[start...]) }
    appendLineEnd(to: &bytes)
  }

  /// CR LF
  static func appendLineEnd(to bytes: inout [UInt8]) {
    bytes.append(addingCapacity: 2) { end in
      end.append(0x0D)
      end.append(0x0A)
    }
  }

  /// The last place in `start + 1 ... start + room` where a new line may begin.
  private static func cut(_ line: [UInt8], from start: Int, room: Int) -> Int {
    let limit = start + room
    // Mostly both neighbours of the last place are characters by themselves.
    var place = limit
    while place > start + 1, line[place] & 0xC0 == 0x80 { place -= 1 }
    if standsAlone(line, from: place), standsAlone(line, before: place), !isEscaped(line, at: place, from: start) {
      return place
    }
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

  /// Whether the code point that begins here is one that no other is joined to: ASCII, the rest of Latin (U+0080 to
  /// U+02FF) and the spaces, dashes and quotation marks U+2010 to U+2027 and U+202F. CR never occurs here.
  /// Source: Unicode Standard Annex 29, rule GB999.
  private static func standsAlone(_ line: [UInt8], from index: Int) -> Bool {
    switch line[index] {
    case 0x00..<0x80, 0xC2...0xCB: true
    case 0xE2: line[index + 1] == 0x80 && isMark(line[index + 2])
    default: false
    }
  }

  /// The same of the code point that ends before `index`.
  private static func standsAlone(_ line: [UInt8], before index: Int) -> Bool {
    if line[index - 1] < 0x80 { return true }
    if index >= 2, (0xC2...0xCB).contains(line[index - 2]) { return true }
    return index >= 3 && line[index - 3] == 0xE2 && line[index - 2] == 0x80 && isMark(line[index - 1])
  }

  private static func isMark(_ last: UInt8) -> Bool { (0x90...0xA7).contains(last) || last == 0xAF }

  /// Whether the octet at `index` belongs to a backslash before it.
  private static func isEscaped(_ line: [UInt8], at index: Int, from start: Int) -> Bool {
    var count = 0
    while index - count > start, line[index - count - 1] == UInt8(ascii: "\\") { count += 1 }
    return count % 2 == 1
  }
}

import Planning

/// Writes header fields, folded at 78 characters where the text allows it. Source: RFC 5322, section 2.2.
struct HeaderWriter {
  private(set) var bytes: [UInt8] = []

  /// RFC 5322, section 2.1.1; lines with encoded words are limited to 76 by RFC 2047, section 2.
  private static let longestLine = 78
  private static let longestEncodedLine = 76

  /// A value that this program made: short and ASCII.
  mutating func line(_ name: String, _ value: String) { fold(name, [value], limit: HeaderWriter.longestLine) }

  /// Free text: as it is where it is ASCII that survives folding, else as encoded words from end to end.
  mutating func unstructured(_ name: String, _ text: String) throws(MailError) {
    try MailTokens.check(text, in: name)
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let isPlain =
      text.utf8.allSatisfy { $0 < 0x80 } && !text.utf8.containsPair("=?")
      && words.allSatisfy { !$0.isEmpty && $0.utf8.count < HeaderWriter.longestLine }
    if isPlain {
      fold(name, words, limit: HeaderWriter.longestLine)
    } else {
      let room = HeaderWriter.longestEncodedLine - name.utf8.count - 2
      fold(name, EncodedWords.words(text, first: room), limit: HeaderWriter.longestEncodedLine)
    }
  }

  mutating func mailboxes(_ name: String, _ mailboxes: [MailMailbox]) throws(MailError) {
    var pieces: [String] = []
    for (index, mailbox) in mailboxes.enumerated() {
      try MailTokens.check(mailbox.address, in: name)
      guard MailAddress.isAddress(mailbox.address) else {
        throw MailError(field: name, reason: .notAnAddress(mailbox.address))
      }
      let comma = index + 1 < mailboxes.count ? "," : ""
      if let phrase = mailbox.name, !phrase.isEmpty {
        try MailTokens.check(phrase, in: name)
        pieces += HeaderWriter.phrase(phrase, room: HeaderWriter.longestEncodedLine - name.utf8.count - 2)
        pieces.append("<\(mailbox.address)>\(comma)")
      } else {
        pieces.append(mailbox.address + comma)
      }
    }
    fold(name, pieces, limit: HeaderWriter.longestEncodedLine)
  }

  mutating func messageIDs(_ name: String, _ identifiers: [String]) throws(MailError) {
    for identifier in identifiers {
      try MailTokens.check(identifier, in: name)
      guard MailTokens.isMessageID(identifier) else {
        throw MailError(field: name, reason: .notAMessageID(identifier))
      }
    }
    fold(name, identifiers.map { "<\($0)>" }, limit: HeaderWriter.longestLine)
  }

  /// A display name: atoms, a quoted string, or encoded words. Source: RFC 5322, section 3.2.5; RFC 2047, section 5 (3).
  private static func phrase(_ text: String, room: Int) -> [String] {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let isASCII = text.utf8.allSatisfy { $0 < 0x80 } && !text.utf8.containsPair("=?")
    if isASCII, words.allSatisfy({ !$0.isEmpty && $0.utf8.count < 60 && $0.utf8.allSatisfy(MailTokens.isAtomText) }) {
      return words
    }
    if isASCII, text.utf8.count <= 60 {
      var quoted = "\""
      for scalar in text.unicodeScalars {
        if scalar == "\"" || scalar == "\\" { quoted.unicodeScalars.append("\\") }
        quoted.unicodeScalars.append(scalar)
      }
      return [quoted + "\""]
    }
    return EncodedWords.words(text, first: room)
  }

  /// Puts as many pieces on a line as fit; a piece is never cut. The first stands on the line of the name when it fits
  /// there, or when even a line of its own would be too short for it.
  private mutating func fold(_ name: String, _ pieces: [String], limit: Int) {
    bytes += name.utf8
    bytes.append(UInt8(ascii: ":"))
    var column = name.utf8.count + 1
    for piece in pieces {
      let count = piece.utf8.count + 1
      if column + count > limit, column > 1, count <= limit || column > name.utf8.count + 1 {
        bytes += [0x0D, 0x0A]
        column = 0
      }
      bytes.append(0x20)
      bytes += piece.utf8
      column += count
    }
    bytes += [0x0D, 0x0A]
  }
}

extension String.UTF8View {
  /// Whether the two octets of `pair` follow one another here.
  func containsPair(_ pair: StaticString) -> Bool {
    let wanted = Array(pair.description.utf8)
    return zip(self, dropFirst()).contains { $0 == wanted[0] && $1 == wanted[1] }
  }
}

/// A parameter of a MIME header.
enum HeaderParameter {
  /// The pieces to put after semicolons: `name=value` or `name="value"` for short ASCII, else the extended form,
  /// continued where it is long. Source: RFC 2045, section 5.1; RFC 2231, sections 3 and 4.
  static func pieces(_ name: String, _ value: String) -> [String] {
    let isPlain = value.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
    if isPlain, value.utf8.count <= 60 {
      let isToken = !value.isEmpty && value.utf8.allSatisfy { isAttribute($0) }
      return [isToken ? "\(name)=\(value)" : "\(name)=\"\(value)\""]
    }
    var parts: [String] = []
    var part = "UTF-8''"
    for scalar in value.unicodeScalars {
      var encoded: [UInt8] = []
      for byte in String(Character(scalar)).utf8 {
        if isAttribute(byte) {
          encoded.append(byte)
        } else {
          QuotedPrintable.appendEscape(byte, mark: "%", to: &encoded)
        }
      }
      if part.utf8.count + encoded.count > 55 {
        parts.append(part)
        part = ""
      }
      part += String(decoding: encoded, as: UTF8.self)
    }
    parts.append(part)
    if parts.count == 1 { return ["\(name)*=\(parts[0])"] }
    return parts.enumerated().map { "\(name)*\($0.offset)*=\($0.element)" }
  }

  /// What may stand bare both in a token and in an extended value (RFC 2231, section 7: attribute-char).
  private static func isAttribute(_ byte: UInt8) -> Bool {
    MailTokens.isAlphanumeric(byte) || "!#$&+-.^_`{|}~".utf8.contains(byte)
  }
}

/// What may stand in the structured parts of headers.
enum MailTokens {
  /// `left@right` of dot-atoms; on the right also `[…]` without brackets, backslash or blanks inside. At most 900
  /// octets, so that the line stays below 998. Source: RFC 5322, sections 2.1.1 and 3.6.4.
  static func isMessageID(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "@"), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, text.utf8.count <= 900, isDotAtom(parts[0]) else { return false }
    guard parts[1].first == UInt8(ascii: "["), parts[1].last == UInt8(ascii: "]"), parts[1].count > 2 else {
      return isDotAtom(parts[1])
    }
    return parts[1].dropFirst().dropLast().allSatisfy { (0x21...0x7E).contains($0) && !"[]\\".utf8.contains($0) }
  }

  /// Source: RFC 5322, section 3.6.8, with the bound that leaves room for a value on the line.
  static func isHeaderName(_ text: String) -> Bool {
    (1...60).contains(text.utf8.count)
      && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }
  }

  /// Source: RFC 5646, section 2.1: pieces of one to eight letters and digits, the first of letters.
  static func isLanguage(_ text: String) -> Bool {
    let pieces = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard text.utf8.count <= 35, pieces.allSatisfy({ (1...8).contains($0.count) && $0.allSatisfy(isAlphanumeric) })
    else { return false }
    return pieces[0].allSatisfy { !isDigit($0) }
  }

  /// Source: RFC 6047, section 2.4 (`method` is letters, digits and hyphens).
  static func isMethod(_ text: String) -> Bool {
    (1...30).contains(text.utf8.count) && text.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
  }

  static func isAtomText(_ byte: UInt8) -> Bool { MailAddress.isAtomText(byte) }
  static func isAlphanumeric(_ byte: UInt8) -> Bool { MailAddress.isAlphanumeric(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isDotAtom(_ bytes: Substring.UTF8View) -> Bool { MailAddress.isDotAtom(bytes) }

  /// Refuses CR, LF, NUL and every other control character, and the two line separators of Unicode.
  static func check(_ text: String, in field: String) throws(MailError) {
    var position = 0
    for scalar in text.unicodeScalars {
      position += 1
      switch scalar.value {
      case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029:
        throw MailError(field: field, reason: .controlCharacter(scalar.value, position: position))
      default: continue
      }
    }
  }
}

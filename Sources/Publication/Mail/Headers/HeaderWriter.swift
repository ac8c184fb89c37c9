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

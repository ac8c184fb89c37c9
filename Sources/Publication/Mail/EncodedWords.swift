import JSONText

/// Text as encoded words: UTF-8, `Q` or `B`, whichever is shorter. Source: RFC 2047, sections 2, 4 and 5.
enum EncodedWords {
  /// The longest encoded word that the RFC allows.
  static let longest = 75

  /// The words in order, to be joined by blanks or folds. The blanks between encoded words are dropped by readers, so
  /// that every blank of `text` is inside a word. The first has `room` characters at most where that is possible; no
  /// word holds a part of a character, and none is longer than 75.
  static func words(_ text: String, first room: Int) -> [String] {
    let useBase64 = quotedLength(text.utf8) > (text.utf8.count + 2) / 3 * 4
    var words: [String] = []
    var limit = min(max(room, 32), longest)
    var piece: [UInt8] = []
    func flush() {
      guard !piece.isEmpty else { return }
      words.append(useBase64 ? "=?UTF-8?B?\(Base64.text(piece))?=" : "=?UTF-8?Q?\(quoted(piece))?=")
      piece.removeAll(keepingCapacity: true)
      limit = longest
    }
    func fits(_ bytes: [UInt8]) -> Bool {
      let count = useBase64 ? (bytes.count + 2) / 3 * 4 : quotedLength(bytes)
      return count + 12 <= limit
    }
    for character in text {
      let bytes = Array(String(character).utf8)
      if fits(piece + bytes) {
        piece += bytes
        continue
      }
      // Some readers show a blank between two words after all: better between words of the text than within one.
      if let blank = piece.lastIndex(of: 0x20), blank >= piece.count / 2 {
        let rest = Array(piece[(blank + 1)...])
        piece.removeSubrange((blank + 1)...)
        flush()
        piece = rest
        if fits(piece + bytes) {
          piece += bytes
          continue
        }
      }
      flush()
      if fits(bytes) {
        piece = bytes
        continue
      }
      // A letter with so many accents that no word holds it: whole Unicode scalars at least.
      for scalar in character.unicodeScalars {
        let bytes = Array(String(Character(scalar)).utf8)
        if !fits(piece + bytes) { flush() }
        piece += bytes
      }
    }
    flush()
    return words
  }

  private static func quotedLength(_ bytes: some Sequence<UInt8>) -> Int {
    bytes.reduce(0) { $0 + (isPlain($1) || $1 == 0x20 ? 1 : 3) }
  }

  private static func quoted(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    for byte in bytes {
      if byte == 0x20 {
        result.append(UInt8(ascii: "_"))
      } else if isPlain(byte) {
        result.append(byte)
      } else {
        QuotedPrintable.appendEscape(byte, to: &result)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The narrow set of section 5 (3), so that a word may stand in a phrase as well as in a subject.
  private static func isPlain(_ byte: UInt8) -> Bool {
    MailTokens.isAlphanumeric(byte) || "!*+-/".utf8.contains(byte)
  }
}

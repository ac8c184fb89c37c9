import Planning

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

/// URIs and mail addresses that may stand in a content line.
enum AddressText {
  /// `scheme:` and at least one character more, all of them such as a URI may hold; `%` only with two hexadecimal
  /// digits. Source: RFC 3986, appendix A.
  static func isURI(_ text: String) -> Bool {
    let bytes = text.utf8Span.span
    var index = 0
    while index < bytes.count, isSchemeText(bytes[index]) { index += 1 }
    guard index > 0, index + 1 < bytes.count, bytes[index] == UInt8(ascii: ":"), isLetter(bytes[0]) else {
      return false
    }
    index += 1
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%") {
        guard index + 2 < bytes.count, isHexadecimal(bytes[index + 1]), isHexadecimal(bytes[index + 2]) else {
          return false
        }
        index += 3
      } else if isUnreserved(bytes[index]) || isReserved(bytes[index]) {
        index += 1
      } else {
        return false
      }
    }
    return true
  }

  /// Appends `mailto:` and the address, percent-encoded where that scheme wants it (RFC 6068, section 2); appends
  /// nothing and answers false when `address` is not `local@domain` with a dot-atom on the left (RFC 5322, section
  /// 3.2.3) and a host name on the right.
  static func appendMailto(_ address: String, to text: inout [UInt8]) -> Bool {
    let bytes = address.utf8Span.span
    guard bytes.count <= 254, let at = bytes.indices.first(where: { bytes[$0] == UInt8(ascii: "@") }),
      isDotAtom(bytes.extracting(first: at)), isHostName(bytes.extracting(droppingFirst: at + 1))
    else { return false }
    text.append(contentsOf: "mailto:".utf8)
    for index in 0..<at {
      let byte = bytes[index]
      if isUnreserved(byte) || isPlainInMailto(byte) {
        text.append(byte)
      } else {
        // What an atom may hold and this scheme may not has two digits.
        text.append(UInt8(ascii: "%"))
        text.append(contentsOf: String(byte, radix: 16, uppercase: true).utf8)
      }
    }
    for index in at..<bytes.count { text.append(bytes[index]) }
    return true
  }

  /// `!`, `$`, `'`, `*` and `+` (RFC 6068, section 2).
  private static func isPlainInMailto(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21, 0x24, 0x27, 0x2A, 0x2B: true
    default: false
    }
  }

  /// Atoms with single dots between them (RFC 5322, section 3.2.3).
  private static func isDotAtom(_ bytes: Span<UInt8>) -> Bool {
    let dot = UInt8(ascii: ".")
    var previous = dot
    for index in bytes.indices {
      guard bytes[index] == dot ? previous != dot : isAtomText(bytes[index]) else { return false }
      previous = bytes[index]
    }
    return previous != dot
  }

  /// Labels of 1 to 63 letters, digits and inner hyphens with single dots between them (RFC 1123, section 2.1).
  private static func isHostName(_ bytes: Span<UInt8>) -> Bool {
    let (dot, hyphen) = (UInt8(ascii: "."), UInt8(ascii: "-"))
    var length = 0
    var previous = dot
    for index in bytes.indices {
      let byte = bytes[index]
      switch byte {
      case dot:
        guard length > 0, previous != hyphen else { return false }
        length = 0
      case hyphen:
        guard length > 0 else { return false }
        length += 1
      default:
        guard isLetter(byte) || isDigit(byte) else { return false }
        length += 1
      }
      guard length <= 63 else { return false }
      previous = byte
    }
    return length > 0 && previous != hyphen
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x66).contains(byte | 0x20)
  }
  private static func isUnreserved(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == 0x2D || byte == 0x2E || byte == 0x5F || byte == 0x7E
  }
  /// `+`, `-` and `.` beside letters and digits (RFC 3986, section 3.1).
  private static func isSchemeText(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E
  }
  /// `:/?#[]@!$&'()*+,;=` (RFC 3986, section 2.2).
  private static func isReserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21, 0x23, 0x24, 0x26...0x2C, 0x2F, 0x3A, 0x3B, 0x3D, 0x3F, 0x40, 0x5B, 0x5D: true
    default: false
    }
  }
  private static func isAtomText(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }
}

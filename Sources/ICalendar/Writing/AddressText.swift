/// URIs and mail addresses that may stand in a content line.
enum AddressText {
  /// `scheme:` and at least one character more, all of them such as a URI may hold; `%` only with two hexadecimal
  /// digits. Source: RFC 3986, appendix A.
  static func isURI(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0, colon + 1 < bytes.count, isLetter(bytes[0])
    else { return false }
    for byte in bytes[..<colon] where !isLetter(byte) && !isDigit(byte) && !"+-.".utf8.contains(byte) { return false }
    var index = colon + 1
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%") {
        guard index + 2 < bytes.count, isHexadecimal(bytes[index + 1]), isHexadecimal(bytes[index + 2]) else {
          return false
        }
        index += 3
      } else if isUnreserved(bytes[index]) || ":/?#[]@!$&'()*+,;=".utf8.contains(bytes[index]) {
        index += 1
      } else {
        return false
      }
    }
    return true
  }

  /// `mailto:` and the address, percent-encoded where that scheme wants it (RFC 6068, section 2); nil when `address`
  /// is not `local@domain` with a dot-atom on the left (RFC 5322, section 3.2.3) and a host name on the right.
  static func mailto(_ address: String) -> String? {
    let parts = address.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, address.utf8.count <= 254 else { return nil }
    let atoms = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard atoms.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isAtomText) }) else { return nil }
    let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    for label in labels {
      guard (1...63).contains(label.count), label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-"),
        label.allSatisfy({ isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") })
      else { return nil }
    }
    var text = "mailto:"
    for byte in parts[0] {
      if isUnreserved(byte) || "!$'*+".utf8.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return text + "@" + String(decoding: parts[1], as: UTF8.self)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x61...0x66).contains(byte | 0x20)
  }
  private static func isUnreserved(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || "-._~".utf8.contains(byte)
  }
  private static func isAtomText(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
  }
}

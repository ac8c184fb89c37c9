/// Where a webhook goes: the narrow part of RFC 3986 that no two programs read differently.
///
/// Left out are user and password, fragments, backslashes, everything outside ASCII, and numbers that stand for an IPv4
/// address otherwise than as four plain decimals (`0x7f.1`, `2130706433`, `017700000001`).
package struct WebhookAddress: Hashable, Sendable {
  package let isEncrypted: Bool
  /// Small letters; an IPv6 address without its brackets.
  package let host: String
  package let isLiteral: Bool
  /// Nil for the port of the scheme.
  package let port: Int?
  /// From the first slash on; never empty.
  package let path: String

  static let longest = 2000

  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count <= WebhookAddress.longest, bytes.allSatisfy({ (0x21...0x7E).contains($0) }),
      let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://")
    else { return nil }
    switch text[..<colon].lowercased() {
    case "https": isEncrypted = true
    case "http": isEncrypted = false
    default: return nil
    }
    let rest = text[text.index(colon, offsetBy: 3)...]
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    guard let authority = WebhookAddress.authority(String(rest[..<end])) else { return nil }
    (host, isLiteral, port) = authority
    let path = rest[end...]
    guard WebhookAddress.isPath(path) else { return nil }
    self.path = path.hasPrefix("/") ? String(path) : "/" + path
  }

  /// Whether it says itself that it leads to no public network: an address in figures that is not of the public Internet,
  /// or `localhost`. Source: RFC 6761, section 6.3.
  package var isPlainlyPrivate: Bool {
    if isLiteral { return NetworkAddress(host).map { !$0.isPublic } ?? true }
    return host == "localhost" || host.hasSuffix(".localhost")
  }

  /// Written the one way in which it is kept and asked.
  package var text: String {
    let shown = isLiteral && host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    return (isEncrypted ? "https" : "http") + "://" + shown + (port.map { ":\($0)" } ?? "") + path
  }

  private static func authority(_ text: String) -> (host: String, isLiteral: Bool, port: Int?)? {
    var host = Substring(text)
    var rest = Substring()
    if text.hasPrefix("[") {
      guard let close = text.firstIndex(of: "]") else { return nil }
      host = text[text.index(after: text.startIndex)..<close]
      rest = text[text.index(after: close)...]
    } else if let colon = text.firstIndex(of: ":") {
      (host, rest) = (text[..<colon], text[colon...])
    }
    var port: Int?
    if !rest.isEmpty {
      let digits = rest.dropFirst()
      guard rest.first == ":", (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy(isDigit),
        let number = Int(digits), (1...65_535).contains(number)
      else { return nil }
      port = number
    }
    let name = host.lowercased()
    if text.hasPrefix("[") {
      guard let address = NetworkAddress(name), address.isIPv6 else { return nil }
      return (name, true, port)
    }
    if let address = NetworkAddress(name) { return address.isIPv6 ? nil : (name, true, port) }
    return isName(name) ? (name, false, port) : nil
  }

  /// Labels of letters, digits, hyphens and underscores. A last label that a resolver could take for a number makes the
  /// whole an address in disguise. Source: RFC 1123, section 2.1; WHATWG URL, "ends in a number checker".
  private static func isName(_ text: String) -> Bool {
    let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard text.utf8.count <= 253, let last = labels.last,
      labels.allSatisfy({ label in
        (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
          && label.allSatisfy { isDigit($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x5F }
      })
    else { return false }
    let isNumber = last.allSatisfy(isDigit) || last.starts(with: "0x".utf8)
    return !isNumber
  }

  private static func isPath(_ text: Substring) -> Bool {
    let bytes = Array(text.utf8)
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "%") {
        guard bytes.count > index + 2, bytes[index + 1...index + 2].allSatisfy(isHexadecimal) else { return false }
      } else if !isDigit(byte), !(0x61...0x7A).contains(byte | 0x20), !"-._~!$&'()*+,;=:@/?".utf8.contains(byte) {
        return false
      }
    }
    return true
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte | 0x20) }
}

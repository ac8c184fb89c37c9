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

  /// Whether it leads to this machine.
  package var isLoopback: Bool { ["localhost", "127.0.0.1", "::1"].contains(host) }

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
}

/// An IPv4 or IPv6 address, and whether a stranger's address may lead there.
package struct NetworkAddress: Hashable, Sendable, CustomStringConvertible {
  /// 4 or 16 octets.
  package let bytes: [UInt8]

  package init?(bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// Four plain decimals, or the forms of RFC 4291, section 2.2; no zone, no port, no other way to write IPv4.
  package init?(_ text: String) {
    guard let bytes = text.utf8.contains(UInt8(ascii: ":")) ? NetworkAddress.six(text) : NetworkAddress.four(text)
    else { return nil }
    self.bytes = bytes
  }

  package var isIPv6: Bool { bytes.count == 16 }

  package var description: String {
    guard isIPv6 else { return bytes.map(String.init).joined(separator: ".") }
    return stride(from: 0, to: 16, by: 2)
      .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
  }

  private static func four(_ text: some StringProtocol) -> [UInt8]? {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard (1...3).contains(part.count), part.allSatisfy(isDigit),
        part.count == 1 || part.first != UInt8(ascii: "0"),
        let byte = UInt8(String(decoding: Array(part), as: UTF8.self))
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private static func six(_ text: String) -> [UInt8]? {
    guard text.utf8.count <= 45, !text.utf8.contains(UInt8(ascii: "|")) else { return nil }
    let halves = text.replacing("::", with: "|").split(separator: "|", omittingEmptySubsequences: false)
    guard halves.count <= 2, let head = groups(halves[0]) else { return nil }
    guard halves.count == 2 else { return head.count == 16 ? head : nil }
    // Dotted decimals may only end the whole.
    guard let tail = groups(halves[1]), !halves[0].contains("."), head.count + tail.count <= 14 else { return nil }
    return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
  }

  private static func groups(_ text: Substring) -> [UInt8]? {
    guard !text.isEmpty else { return [] }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var bytes: [UInt8] = []
    for (index, part) in parts.enumerated() {
      if part.contains(".") {
        guard index == parts.count - 1, let last = four(part) else { return nil }
        bytes += last
      } else {
        guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHexadecimal),
          let value = UInt16(part, radix: 16)
        else { return nil }
        bytes += [UInt8(value >> 8), UInt8(value & 0xFF)]
      }
    }
    return bytes
  }
}

extension NetworkAddress {
  /// Whether the address is one of the public Internet, where a webhook may go.
  ///
  /// Everything that IANA keeps for a special purpose is refused: of IPv6 all outside 2000::/3, hence loopback, mapped
  /// and compatible IPv4, NAT64, unique local, link-local and multicast. Source: IANA IPv4 and IPv6 Special-Purpose
  /// Address Registries (RFC 6890).
  package var isPublic: Bool {
    isIPv6
      ? isIn([0x20], 3) && !NetworkAddress.specialSix.contains { isIn($0.0, $0.1) }
      : !NetworkAddress.specialFour.contains { isIn($0.0, $0.1) }
  }

  private func isIn(_ prefix: [UInt8], _ length: Int) -> Bool {
    for bit in 0..<length {
      let mask = UInt8(0x80) >> UInt8(bit % 8)
      let wanted = bit / 8 < prefix.count ? prefix[bit / 8] : 0
      if bytes[bit / 8] & mask != wanted & mask { return false }
    }
    return true
  }

  private static let specialFour: [([UInt8], Int)] = [
    ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12), ([192, 0, 0], 24),
    ([192, 0, 2], 24), ([192, 31, 196], 24), ([192, 52, 193], 24), ([192, 88, 99], 24), ([192, 168], 16),
    ([192, 175, 48], 24), ([198, 18], 15), ([198, 51, 100], 24), ([203, 0, 113], 24), ([224], 4), ([240], 4),
  ]

  /// Teredo, ORCHID and the other protocol assignments; documentation; 6to4, which carries an IPv4 address.
  private static let specialSix: [([UInt8], Int)] = [
    ([0x20, 0x01, 0x00], 23), ([0x20, 0x01, 0x0D, 0xB8], 32), ([0x20, 0x02], 16), ([0x26, 0x20, 0, 0x4F, 0x80], 48),
    ([0x3F, 0xFF, 0x00], 20), ([0x3F, 0xFE], 16),
  ]
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
private func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte | 0x20) }

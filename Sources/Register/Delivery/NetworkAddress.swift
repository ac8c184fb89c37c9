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
      guard (1...3).contains(part.count), part.allSatisfy({ (0x30...0x39).contains($0) }),
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

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
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

/// Sets texts apart in identifiers: FNV-1a of 64 bits; spread, not secrecy.
package enum MailDigest {
  /// Sixteen hexadecimal digits, the same for the same text.
  package static func hex(_ text: String) -> String {
    let hash = text.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

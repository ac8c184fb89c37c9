/// The lines between the parts of a message.
enum MailBoundary {
  /// The same for the same message. It holds `=_`, which neither quoted-printable nor base64 can produce, so that no
  /// part holds it whatever was written in it (RFC 2045, section 6.7), and no two kinds begin alike.
  static func text(_ kind: String, of messageID: String) -> String {
    let hex = String(hash(messageID), radix: 16)
    return "\(kind)=_" + String(repeating: "0", count: 16 - hex.count) + hex
  }

  /// FNV-1a of 64 bits: spread, not secrecy.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

import Crypto

/// What a webhook is signed with: `whsec_` and base64 of 24 to 64 octets. Source: Standard Webhooks 1.0, "Signature
/// scheme".
package struct WebhookSecret: Hashable, Sendable {
  /// Never in the log, in a message or in a description of this value.
  package let text: String
  private let key: [UInt8]

  package static let prefix = "whsec_"

  /// A new one, of 256 bits from the system's generator.
  package static func random() -> WebhookSecret {
    var generator = SystemRandomNumberGenerator()
    let key = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    return WebhookSecret(text: prefix + Base64Text.encode(key), key: key)
  }

  private init(text: String, key: [UInt8]) {
    self.text = text
    self.key = key
  }

  package init?(_ text: String) {
    guard text.hasPrefix(WebhookSecret.prefix), text.utf8.count <= 100,
      let key = Base64Text.decode(text.dropFirst(WebhookSecret.prefix.count)), (24...64).contains(key.count)
    else { return nil }
    self.init(text: text, key: key)
  }

  /// What the log keeps: the secret cannot be found from it.
  package var digest: String { Digest.sha256(text.utf8) }

  /// The value of `webhook-signature`: HMAC-SHA256 over `id.timestamp.body`.
  ///
  /// - Parameter timestamp: whole seconds since 1970, as in `webhook-timestamp`.
  package func signature(id: String, timestamp: Int64, body: [UInt8]) -> String {
    let content = Array("\(id).\(timestamp).".utf8) + body
    let code = HMAC<SHA256>.authenticationCode(for: content, using: SymmetricKey(data: key))
    return "v1," + Base64Text.encode(Array(code))
  }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Whatever prints this value prints no secret.
  package var description: String { "\(WebhookSecret.prefix)…" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Source: RFC 4648, section 4, with padding.
enum Base64Text {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for offset in 0..<3 { bits = bits << 8 | (offset < group.count ? UInt32(group[start + offset]) : 0) }
      for digit in 0..<4 {
        let isPadding = digit > group.count
        result.append(isPadding ? UInt8(ascii: "=") : alphabet[Int(bits >> UInt32(18 - 6 * digit) & 63)])
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Nil for what `encode` does not give.
  static func decode(_ text: some StringProtocol) -> [UInt8]? {
    var result: [UInt8] = []
    var (bits, count): (UInt32, Int) = (0, 0)
    for byte in text.utf8.prefix(while: { $0 != UInt8(ascii: "=") }) {
      guard let value = alphabet.firstIndex(of: byte) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
    return encode(result).utf8.elementsEqual(text.utf8) ? result : nil
  }
}

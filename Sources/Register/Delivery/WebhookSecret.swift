import Crypto
import JSONText

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
    return WebhookSecret(text: prefix + Base64.text(key), key: key)
  }

  private init(text: String, key: [UInt8]) {
    self.text = text
    self.key = key
  }

  package init?(_ text: String) {
    guard text.hasPrefix(WebhookSecret.prefix), text.utf8.count <= 100,
      let key = Base64.bytes(text.dropFirst(WebhookSecret.prefix.count)), (24...64).contains(key.count)
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
    return "v1," + Base64.text(Array(code))
  }
}

extension WebhookSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Whatever prints this value prints no secret.
  package var description: String { "\(WebhookSecret.prefix)…" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

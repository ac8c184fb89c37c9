/// The part of a private feed's address that nobody can guess: 32 characters of base 32 in small letters, 160 random
/// bits. Base 32 survives programs that take addresses for the same in either case. Source: RFC 4648, section 6.
package struct FeedSecret: Hashable, Sendable {
  /// Never in the log, in a message or in a description of this value.
  package let text: String

  static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
  static let length = 32

  /// A new one, from the system's generator.
  package static func random() -> FeedSecret {
    var generator = SystemRandomNumberGenerator()
    return random(using: &generator)
  }

  static func random(using generator: inout some RandomNumberGenerator) -> FeedSecret {
    let bytes = (0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
    return FeedSecret(unchecked: String(decoding: bytes, as: UTF8.self))
  }

  private init(unchecked text: String) { self.text = text }

  /// Nil for what is not of the form; capitals are taken for small letters.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == FeedSecret.length else { return nil }
    let bytes = text.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
    guard bytes.allSatisfy(FeedSecret.alphabet.contains) else { return nil }
    self.init(unchecked: String(decoding: bytes, as: UTF8.self))
  }

  package var digest: String { Digest.sha256(text.utf8) }
}

extension FeedSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Whatever prints this value prints no secret.
  package var description: String { "…" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

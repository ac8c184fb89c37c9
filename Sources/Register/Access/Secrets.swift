/// The text that a token's owner keeps: `prv_`, 43 random characters, 6 of a checksum.
///
/// 43 digits of base 62 are 256 random bits. The prefix lets scanners of source code find a token that was committed by
/// mistake; the checksum tells a mistyped token from a foreign one without asking the register.
package struct TokenSecret: Hashable, Sendable {
  /// Never in the log, in a message or in a description of this value.
  package let text: String

  package static let prefix = "prv_"
  static let randomDigits = 43
  static let checksumDigits = 6
  static let length = prefix.utf8.count + randomDigits + checksumDigits

  /// A new one, from the system's generator.
  package static func random() -> TokenSecret {
    var generator = SystemRandomNumberGenerator()
    return random(using: &generator)
  }

  static func random(using generator: inout some RandomNumberGenerator) -> TokenSecret {
    var bytes = Array(prefix.utf8)
    for _ in 0..<randomDigits {
      bytes.append(Base62.alphabet[Int.random(in: 0..<Base62.alphabet.count, using: &generator)])
    }
    bytes += checksum(of: bytes)
    return TokenSecret(unchecked: String(decoding: bytes, as: UTF8.self))
  }

  private init(unchecked text: String) { self.text = text }

  /// Reads what a stranger sent: of any length, with anything in it. Of what is too long or too short only the length is
  /// looked at.
  package init(_ text: String) throws(TokenRefusal) {
    guard text.utf8.count == TokenSecret.length else { throw .malformed }
    let bytes = Array(text.utf8)
    guard bytes.starts(with: TokenSecret.prefix.utf8),
      bytes.dropFirst(TokenSecret.prefix.utf8.count).allSatisfy(Base62.alphabet.contains)
    else { throw .malformed }
    let content = bytes.dropLast(TokenSecret.checksumDigits)
    guard bytes.suffix(TokenSecret.checksumDigits).elementsEqual(TokenSecret.checksum(of: content)) else {
      throw .mistyped
    }
    self.init(unchecked: text)
  }

  /// What the register keeps: the secret cannot be found from it.
  package var digest: String { Digest.sha256(text.utf8) }

  private static func checksum(of bytes: some Sequence<UInt8>) -> [UInt8] {
    Base62.digits(of: CRC32.checksum(bytes), count: checksumDigits)
  }
}

extension TokenSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Whatever prints this value prints no secret.
  package var description: String { "\(TokenSecret.prefix)…" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a token was not taken; for the log. Whoever sent it is told none of it.
package enum TokenRefusal: String, Error, CaseIterable, Hashable, Sendable {
  /// Not of the form of a token.
  case malformed
  /// Of the form, with another checksum.
  case mistyped
  case unknown
  case revoked
  case expired
}

enum Base62 {
  static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// The number in base 62, highest digit first, cut to its lowest `count` digits.
  static func digits(of number: UInt32, count: Int) -> [UInt8] {
    var (rest, digits) = (number, [UInt8]())
    for _ in 0..<count {
      digits.append(alphabet[Int(rest % 62)])
      rest /= 62
    }
    return digits.reversed()
  }
}

/// The cyclic redundancy check of gzip and Ethernet. Source: RFC 1952, section 8.
package enum CRC32 {
  package static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var register: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      register ^= UInt32(byte)
      for _ in 0..<8 { register = register & 1 == 1 ? (register >> 1) ^ 0xEDB8_8320 : register >> 1 }
    }
    return ~register
  }
}

/// The part of a private feed's address that nobody can guess: 32 characters of base 32 in small letters, 160 random
/// bits. Base 32 survives programs that take addresses for the same in either case. Source: RFC 4648, section 6.
package struct FeedSecret: Hashable, Sendable {
  /// Never in the log, in a message or in a description of this value.
  package let text: String

  static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
  package static let length = 32

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

/// Octets in the letters of secrets, without padding. Source: RFC 4648, section 6.
enum Base32 {
  static func text(_ octets: [UInt8]) -> String {
    var text: [UInt8] = []
    var (rest, bits) = (0, 0)
    for octet in octets {
      (rest, bits) = ((rest & 0x1F) << 8 | Int(octet), bits + 8)
      while bits >= 5 {
        bits -= 5
        text.append(FeedSecret.alphabet[rest >> bits & 31])
      }
    }
    if bits > 0 { text.append(FeedSecret.alphabet[rest << (5 - bits) & 31]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Capitals are taken for small letters. Nil for other letters, and for what `text` does not give: each octet has one form.
  static func octets(_ text: some StringProtocol) -> [UInt8]? {
    var octets: [UInt8] = []
    var (rest, bits) = (0, 0)
    for letter in text.utf8 {
      let value: Int
      switch letter {
      case 0x41...0x5A: value = Int(letter) - 0x41
      case 0x61...0x7A: value = Int(letter) - 0x61
      case 0x32...0x37: value = Int(letter) - 0x32 + 26
      default: return nil
      }
      (rest, bits) = ((rest & 0xFF) << 5 | value, bits + 5)
      if bits >= 8 {
        bits -= 8
        octets.append(UInt8(truncatingIfNeeded: rest >> bits))
      }
    }
    return bits < 5 && rest & ((1 << bits) - 1) == 0 ? octets : nil
  }
}

package enum ConstantTime {
  /// Whether both hold the same bytes. Reads all of the shorter one, wherever the first difference lies: how long it takes
  /// says nothing of what is secret.
  package static func areEqual(_ a: some Collection<UInt8>, _ b: some Collection<UInt8>) -> Bool {
    var difference: UInt8 = a.count == b.count ? 0 : 1
    for (left, right) in zip(a, b) { difference |= left ^ right }
    return difference == 0
  }
}

/// Finds a secret's record by the beginning of its digest, so that the index of a table never compares a whole one; the
/// rest is compared in constant time.
enum DigestLookup {
  /// Characters of the digest that an index may see: 32 bits.
  static let prefixLength = 8

  static func prefix(_ digest: String) -> String { String(digest.prefix(prefixLength)) }

  /// Compares with every candidate, found or not.
  static func match<Record>(_ candidates: [Record], _ stored: (Record) -> String, _ digest: String) -> Record? {
    var found: Record?
    for candidate in candidates where ConstantTime.areEqual(stored(candidate).utf8, digest.utf8) {
      found = candidate
    }
    return found
  }
}

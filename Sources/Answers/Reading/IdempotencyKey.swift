package import Wording

/// The name of a request: whoever asks again under it gets the first answer.
package enum IdempotencyKey {
  /// In octets.
  package static let longest = 200

  /// - Parameter flag: what the key was given as.
  package static func checked(
    _ key: String, _ language: Language, flag: String = "--idempotency-key"
  ) throws -> String {
    guard (1...longest).contains(key.utf8.count), key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw BadValue(
        language(
          "\(flag): 1 to 200 printable ASCII characters without blanks.",
          "\(flag) : 1 à 200 caractères ASCII imprimables, sans espace."))
    }
    return key
  }
}

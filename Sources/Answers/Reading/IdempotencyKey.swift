package import Wording

/// The name of a request: whoever asks again under it gets the first answer.
package enum IdempotencyKey {
  /// In octets.
  package static let longest = 200

  package static func checked(_ key: String, _ language: Language, door: Door = .commandLine) throws -> String {
    guard (1...longest).contains(key.utf8.count), key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw BadValue(
        language(
          "\(door.name(.idempotencyKey)): 1 to 200 printable ASCII characters without blanks.",
          "\(door.name(.idempotencyKey)) : 1 à 200 caractères ASCII imprimables, sans espace."))
    }
    return key
  }
}

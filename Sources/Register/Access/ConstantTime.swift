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

package import CivilTime
import Crypto

/// One line of the register's log, as it is stored. Lines are only ever added.
package struct StoredEvent: Hashable, Sendable {
  /// From 1, without gaps.
  package let sequence: Int
  /// The register's clock, read under the write lock; never earlier than that of the line before.
  package let at: Instant
  /// The change that the event belongs to, `CHG-2026-0042`, or `register`.
  package let stream: String
  package let type: String
  /// Compact JSON.
  package let body: String
  /// Hash of the line before; 64 zeros for the first.
  package let previous: String
  /// SHA-256 over all of the above, in hexadecimal.
  package let hash: String

  /// Times that may stand in a register: the years 1000 to 8999, so that what is reckoned from one never leaves the calendar.
  package static let times = Instant(secondsSinceEpoch: -30_610_224_000)..<Instant(secondsSinceEpoch: 221_845_392_000)
  package static let registerStream = "register"
  package static let noHash = String(repeating: "0", count: 64)

  /// Builds the line that follows `previous`.
  package init(after previous: StoredEvent?, at: Instant, stream: String, type: String, body: String) {
    self.init(
      sequence: (previous?.sequence ?? 0) + 1, at: at, stream: stream, type: type, body: body,
      previous: previous?.hash ?? StoredEvent.noHash, hash: nil)
  }

  /// A line as read from a store; `hash` is computed where it is nil.
  package init(
    sequence: Int, at: Instant, stream: String, type: String, body: String, previous: String, hash: String?
  ) {
    self.sequence = sequence
    self.at = at
    self.stream = stream
    self.type = type
    self.body = body
    self.previous = previous
    self.hash =
      hash
      ?? StoredEvent.digest(
        sequence: sequence, at: at, stream: stream, type: type, body: body, previous: previous)
  }

  /// What `hash` has to be for this content.
  package var expectedHash: String {
    StoredEvent.digest(sequence: sequence, at: at, stream: stream, type: type, body: body, previous: previous)
  }

  /// Fields are joined by newlines; none but the last can hold one, so no two contents give the same bytes.
  private static func digest(
    sequence: Int, at: Instant, stream: String, type: String, body: String, previous: String
  ) -> String {
    Digest.sha256("\(previous)\n\(sequence)\n\(at.secondsSinceEpoch)\n\(stream)\n\(type)\n\(body)".utf8)
  }
}

/// SHA-256 (FIPS 180-4) in hexadecimal.
package enum Digest {
  package static func sha256(_ bytes: some Sequence<UInt8>) -> String { text(SHA256.hash(data: Array(bytes))) }

  /// Of what comes in pieces, until there is none.
  package static func sha256(_ next: () throws -> [UInt8]?) rethrows -> String {
    var hash = SHA256()
    while let piece = try next() { hash.update(data: piece) }
    return text(hash.finalize())
  }

  private static func text(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in digest {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Over names and contents.
  static func files(_ files: [(name: String, bytes: [UInt8])]) -> String {
    sha256(files.map { "\($0.name) \(sha256($0.bytes))\n" }.joined().utf8)
  }

  /// Whether a text looks like one that `sha256` gives.
  package static func isWellFormed(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}

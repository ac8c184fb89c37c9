import CivilTime
import Foundation
import GRDB
import Planning
import Register
import Testing

@testable import RegisterSQLite

/// What a token is made of, and what a stranger's text is taken for.
@Suite struct TokenSecretTests {
  /// Source: RFC 1952 and the catalogue of CRC algorithms (CRC-32/ISO-HDLC, check value).
  @Test func `The checksum is the CRC of gzip`() {
    #expect(CRC32.checksum("123456789".utf8) == 0xCBF4_3926)
    #expect(CRC32.checksum([UInt8]()) == 0)
  }

  @Test func `A token has its prefix, 256 bits and a checksum, and no two are the same`() throws {
    var seen: Set<String> = []
    for _ in 0..<2000 {
      let text = TokenSecret.random().text
      #expect(text.utf8.count == 53)
      #expect(text.hasPrefix("prv_"))
      #expect(text.dropFirst(4).utf8.allSatisfy { Self.base62.contains($0) })
      #expect(try TokenSecret(text).text == text)
      seen.insert(text)
    }
    #expect(seen.count == 2000)
    // 43 characters out of 62: the bits that the random part holds.
    #expect(43 * log2(62.0) >= 256)
  }

  static let base62 = Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// Computed with Python: zlib.crc32 of the first 47 characters, in base 62 with digits 0-9A-Za-z.
  @Test func `A token computed elsewhere is read`() throws {
    #expect(try TokenSecret(Self.known).text == Self.known)
    #expect(try TokenSecret(Self.known).digest == Self.knownDigest)
  }

  static let known = "prv_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg0fKJuz"
  static let knownDigest = "d8a5cd059e28d550a88595b6dc0b6f82ba4fe1bbe41b91372629ed1b92867325"

  /// A substitution of one character or of two neighbours is what a hand does; a CRC finds every burst of 32 bits.
  @Test func `Every slip of one character, and of two that changed places, is found`() {
    let bytes = Array(Self.known.utf8)
    for position in 4..<bytes.count {
      var slipped = bytes
      slipped[position] = bytes[position] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
      #expect(refusal(String(decoding: slipped, as: UTF8.self)) == .mistyped)
      guard position + 1 < bytes.count, bytes[position] != bytes[position + 1] else { continue }
      slipped = bytes
      slipped.swapAt(position, position + 1)
      #expect(refusal(String(decoding: slipped, as: UTF8.self)) == .mistyped)
    }
  }

  static let hostile: [String] = [
    "", " ", "prv_", "PRV_" + known.dropFirst(4), known + " ", " " + known, known + "\n", known.dropLast() + "",
    String(known.dropLast()) + "é", String(known.dropLast(2)) + "é", String(known.dropLast()) + "\u{0}",
    "Bearer " + known, "prv-" + known.dropFirst(4), String(repeating: "A", count: 53),
    "prv_" + String(repeating: "/", count: 49), "prv_" + String(repeating: "\u{0}", count: 49),
    "prv_" + String(repeating: "e\u{301}", count: 16) + "x", String(repeating: "prv_", count: 500_000),
    "' OR 1=1 --", "prv_%", "prv_\u{202E}" + known.dropFirst(4), "\u{FEFF}" + known, "ﬁ" + known, "👩‍👩‍👧‍👦",
    "prv_" + String(repeating: "０", count: 16) + "0",
  ]

  @Test(arguments: hostile)
  func `What is no token is malformed, whatever it is`(text: String) { #expect(refusal(text) == .malformed) }

  @Test func `Bytes of any kind and length never crash`() {
    var state: UInt64 = 0x5EED
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var taken: [String] = []
    for round in 0..<20_000 {
      var bytes = round % 3 == 0 ? Array(Self.known.utf8) : (0..<next(80)).map { _ in UInt8(next(256)) }
      if !bytes.isEmpty { bytes[next(bytes.count)] = UInt8(next(256)) }
      let text = String(decoding: bytes, as: UTF8.self)
      if refusal(text) == nil, text != Self.known { taken.append(text) }
      _ = FeedSecret(text)
    }
    #expect(taken == [])
  }

  @Test func `Nothing that prints a secret prints it`() {
    let token = TokenSecret.random()
    let feed = FeedSecret.random()
    var dumped = ""
    dump(token, to: &dumped)
    dump(feed, to: &dumped)
    dumped += "\(token) \(String(reflecting: token)) \(feed) \(String(reflecting: feed)) \([token]) \([feed])"
    #expect(!dumped.contains(token.text.dropFirst(4)))
    #expect(!dumped.contains(feed.text))
  }

  private func refusal(_ text: String) -> TokenRefusal? {
    do {
      _ = try TokenSecret(text)
      return nil
    } catch {
      return error
    }
  }

  /// Counts what is read of it.
  struct Watched: Collection {
    final class Counter { var reads = 0 }
    let bytes: [UInt8]
    let counter = Counter()
    var startIndex: Int { 0 }
    var endIndex: Int { bytes.count }
    func index(after index: Int) -> Int { index + 1 }
    subscript(index: Int) -> UInt8 {
      counter.reads += 1
      return bytes[index]
    }
  }

  @Test(arguments: [0, 1, 17, 63, nil])
  func `Comparing reads as much wherever the first difference lies`(difference: Int?) {
    let digest = Array(Digest.sha256("a".utf8).utf8)
    var other = digest
    if let difference { other[difference] ^= 1 }
    let (left, right) = (Watched(bytes: digest), Watched(bytes: other))
    #expect(ConstantTime.areEqual(left, right) == (difference == nil))
    #expect(left.counter.reads == 64)
    #expect(right.counter.reads == 64)
  }

  @Test func `Texts of different lengths are never equal`() {
    #expect(!ConstantTime.areEqual([1, 2], [1, 2, 3]))
    #expect(!ConstantTime.areEqual([UInt8](), [0]))
    #expect(ConstantTime.areEqual([UInt8](), []))
  }
}

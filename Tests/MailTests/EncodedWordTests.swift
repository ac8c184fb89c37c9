import Testing

@testable import Publication

struct EncodedWordTests {
  @Test(
    "Names of RFC 2047, section 8, in UTF-8",
    arguments: [
      // =?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?=, =?ISO-8859-1?Q?Andr=E9?= Pirard, =?ISO-8859-1?Q?Olle_J=E4rnefors?=
      ("Keld Jørn Simonsen", "=?UTF-8?Q?Keld_J=C3=B8rn_Simonsen?="),
      ("André Pirard", "=?UTF-8?Q?Andr=C3=A9_Pirard?="),
      ("Olle Järnefors", "=?UTF-8?Q?Olle_J=C3=A4rnefors?="),
      // Question mark, equals sign and underscore are always escaped (section 4.2).
      ("abcdefghijklmnopqrstuvwxyzabcd é?=_.", "=?UTF-8?Q?abcdefghijklmnopqrstuvwxyzabcd_=C3=A9=3F=3D=5F=2E?="),
    ])
  func quoted(_ text: String, _ word: String) {
    #expect(EncodedWords.words(text, first: 75) == [word])
  }

  @Test("What Q would make longer is B: the Hebrew name of RFC 2047, section 8")
  func base64() {
    // `printf 'נתנאל' | base64`.
    #expect(EncodedWords.words("נתנאל", first: 75) == ["=?UTF-8?B?16DXqteg15DXnA==?="])
  }

  @Test(
    "Words are 75 characters at most, hold whole characters, and give the text back",
    arguments: [
      String(repeating: "é", count: 200), String(repeating: "🚧", count: 60), String(repeating: "a é ", count: 80),
      "👨‍👩‍👧‍👦" + String(repeating: "👩🏽‍🚀 x", count: 20), "e" + String(repeating: "\u{301}", count: 300), " deux  blancs ",
    ])
  func splitting(_ text: String) {
    let words = EncodedWords.words(text, first: 60)
    #expect(words.allSatisfy { $0.utf8.count <= 75 })
    #expect(words[0].utf8.count <= 60)
    let pieces = words.map(decoded)
    // Each word is valid UTF-8 by itself (section 5: no character is cut).
    #expect(pieces.allSatisfy { $0 != nil })
    #expect(pieces.compactMap { $0 }.joined() == text)
  }

  @Test("A letter of several scalars stays in one word where a word can hold it")
  func graphemes() {
    let words = EncodedWords.words(String(repeating: "👨‍👩‍👧‍👦", count: 6), first: 75).compactMap(decoded)
    #expect(words.allSatisfy { $0.allSatisfy { $0 == "👨‍👩‍👧‍👦" } })
  }

  @Test("A word ends after a blank of the text where one is near")
  func breaks() {
    let words = EncodedWords.words("Zoé Müller-Lüdenscheidt von und zu Hohenstein-Wernigerode am Rhein", first: 70)
    #expect(words.compactMap(decoded) == ["Zoé Müller-Lüdenscheidt von und zu ", "Hohenstein-Wernigerode am Rhein"])
  }

  /// Reads an encoded word by the rules of RFC 2047, section 4.
  private func decoded(_ word: String) -> String? {
    let parts = word.split(separator: "?", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0] == "=", parts[1] == "UTF-8", parts[4] == "=" else { return nil }
    var bytes: [UInt8] = []
    if parts[2] == "Q" {
      var rest = parts[3].utf8[...]
      while let byte = rest.popFirst() {
        switch byte {
        case UInt8(ascii: "_"): bytes.append(0x20)
        case UInt8(ascii: "="):
          guard let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
          bytes.append(code)
          rest = rest.dropFirst(2)
        default: bytes.append(byte)
        }
      }
    } else {
      let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
      var (bits, count) = (UInt32(0), 0)
      for byte in parts[3].utf8 where byte != UInt8(ascii: "=") {
        guard let value = alphabet.firstIndex(of: byte) else { return nil }
        bits = bits << 6 | UInt32(value)
        count += 6
        if count >= 8 {
          count -= 8
          bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

import Planning
import Testing

/// Texts that others wrote: what is taken out is what the rules refuse. Source: Unicode 15.1, Cc; UAX #9.
@Suite struct TextCleaningTests {
  @Test(arguments: [
    ("plain", "plain", 0), ("été \u{1F468}\u{200D}\u{1F527}", "été \u{1F468}\u{200D}\u{1F527}", 0),
    ("a\u{202E}gpj.exe", "agpj.exe", 1), ("a\u{200F}\u{2066}b", "ab", 2), ("a\u{1B}[31mb", "a[31mb", 1),
    ("a\u{0}b\u{7F}c\u{9B}d", "abcd", 3), ("a\nb", "a b", 1), ("a\r\nb", "a b", 1), ("a\u{2028}b", "a b", 1),
    ("a\u{FEFF}b\u{FFFE}c", "abc", 2),
  ])
  func `A title keeps its letters on one line`(text: String, cleaned: String, count: Int) {
    let result = TextCleaning.clean(text, as: .title)
    #expect(Array(result.text.unicodeScalars) == Array(cleaned.unicodeScalars))
    #expect(result.count == count)
  }

  @Test(arguments: [("a\nb\tc", "a\nb\tc", 0), ("a\r\nb\rc", "a\nb\nc", 0), ("a\u{2029}b\u{202A}", "a\nb", 2)])
  func `A description keeps its lines`(text: String, cleaned: String, count: Int) {
    let result = TextCleaning.clean(text, as: .description)
    #expect(result.text == cleaned)
    #expect(result.count == count)
  }
}

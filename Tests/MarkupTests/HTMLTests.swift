import Testing
import Wording

@Suite struct HTMLTests {
  @Test(
    "Text is escaped scalar by scalar",
    arguments: [
      ("a < b & c > d", "a &lt; b &amp; c &gt; d"), ("\"'", "&quot;&#39;"),
      // One character to Swift, markup to a browser.
      ("<\u{338}script>", "&lt;\u{338}script&gt;"), ("\"\u{301} x=", "&quot;\u{301} x="), ("&amp;", "&amp;amp;"),
      ("a\r\nb\rc\u{85}d\u{2028}e\u{2029}f\ng", "a\nb\nc\nd\ne\nf\ng"), ("a\r\n\r\nb", "a\n\nb"),
      ("a\0b\u{1B}[2J\u{7F}c\u{9F}", "ab[2Jc"), ("a\u{202E}b\u{2066}c\u{200F}", "abc"), ("\u{FEFF}a\u{FFFF}", "a"),
      ("été 👨‍👩‍👧‍👦 e\u{301}", "été 👨‍👩‍👧‍👦 e\u{301}"), ("a\tb", "a\tb"),
    ])
  func escaping(text: String, expected: String) {
    #expect(
      Array(String(decoding: Markup.text(text).bytes, as: UTF8.self).unicodeScalars) == Array(expected.unicodeScalars))
    let attribute = element(.span, .title(text))
    #expect(attribute.bytes == Array("<span title=\"\(expected)\"></span>".utf8))
  }

  @Test("No scalar gives markup, and every one that may be shown comes back")
  func everyScalar() {
    let markup = Set("<>\"'".utf8)
    var wrong: [UInt32] = []
    let ranges: [ClosedRange<UInt32>] = [0...0x3100, 0xD7F0...0xE010, 0xFE00...0x10010, 0x10_FFF0...0x10_FFFF]
    for value in ranges.joined() {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = Markup.text(String(Character(scalar))).bytes
      if bytes.contains(where: markup.contains) || bytes.contains(0) { wrong.append(value) }
      let isPlain =
        scalar.properties.generalCategory != .control && scalar.isASCII && !"<>&\"'".unicodeScalars.contains(scalar)
      if isPlain, bytes != Array(String(Character(scalar)).utf8) { wrong.append(value) }
    }
    #expect(wrong.isEmpty)
  }

  @Test(
    "Only web, mail and calendar addresses become links",
    arguments: [
      "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " https://x", "data:text/html,x",
      "vbscript:x", "//evil", "file:///etc/passwd", "https://", "mailto:", "", "https:x", "https://x/a\r\nX: 1",
      "h\u{301}ttps://x",
    ])
  func refusedLinks(text: String) { #expect(Link(text) == nil) }

  @Test(arguments: [
    ("https://x/a b\"<>'é", "https://x/a%20b%22%3C%3E%27%C3%A9"), ("HTTP://x", "HTTP://x"),
    ("mailto:a@b.example", "mailto:a@b.example"), ("webcal://x/a.ics", "webcal://x/a.ics"),
  ])
  func `A link is percent-encoded`(text: String, expected: String) { #expect(Link(text)?.address == expected) }

  @Test func `A path cannot be taken for a scheme`() {
    #expect(Link.within("javascript:x/index.html").address == "./javascript:x/index.html")
  }

  /// A form posts to its own page: there is no attribute that could name another.
  @Test func `No element runs, embeds or styles`() {
    let names = Set(Tag.allCases.map(\.rawValue))
    #expect(names.isDisjoint(with: ["script", "style", "iframe", "object", "embed", "base", "img", "math"]))
  }
}

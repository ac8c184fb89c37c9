import Foundation
import JSONText
import Testing

@testable import Publication

struct BodyTests {
  private func encoded(_ text: String) -> String { String(decoding: QuotedPrintable.encode(text), as: UTF8.self) }

  @Test(
    "Quoted-printable by the rules of RFC 2045, section 6.7",
    arguments: [
      ("a=b", "a=3Db\r\n"), ("é", "=C3=A9\r\n"), ("a b\tc", "a b\tc\r\n"),
      // Rule 3: no blank at the end of a line.
      ("a ", "a=20\r\n"), ("a\t\nb", "a=09\r\nb\r\n"), (" ", "=20\r\n"),
      // Rule 4: line breaks of text are CR LF, whatever they were.
      ("a\nb\r\nc\rd", "a\r\nb\r\nc\r\nd\r\n"), ("a\n\nb\n", "a\r\n\r\nb\r\n"), ("", ""),
      // Beyond the rules: nothing that a mail program takes for its own.
      (".", "=2E\r\n"), ("..a", "=2E.a\r\n"), ("From me", "=46rom me\r\n"), ("Fro", "Fro\r\n"), ("\u{0}", "=00\r\n"),
    ])
  func quotedPrintable(_ text: String, _ expected: String) {
    #expect(encoded(text) == expected)
  }

  @Test("Lines are 76 characters at most, their soft break counted (rule 5)")
  func lineLength() {
    #expect(encoded(String(repeating: "x", count: 76)) == String(repeating: "x", count: 76) + "\r\n")
    #expect(encoded(String(repeating: "x", count: 77)) == String(repeating: "x", count: 75) + "=\r\nxx\r\n")
    for length in 60...90 {
      for tail in ["é", " ", "=", "🚧", ".", "From x"] {
        let lines = encoded(String(repeating: "x", count: length) + tail + "y").split(separator: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(lines.allSatisfy { !$0.hasPrefix(".") && !$0.hasPrefix("From ") })
      }
    }
  }

  @Test("Base64 as in RFC 4648, section 10, in lines of 76")
  func base64() {
    for (text, expected) in [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ] {
      #expect(Base64.text(Array(text.utf8)) == expected)
    }
    for count in 0...400 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
      let lines = Base64.lines(bytes)
      let text = String(decoding: lines, as: UTF8.self)
      #expect(text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 76 })
      #expect(text.replacing("\r\n", with: "") == Data(bytes).base64EncodedString())
    }
  }

  @Test("A boundary depends on the message alone, is allowed, and occurs in no part")
  func boundaries() throws {
    let mixed = MailBoundary.text("mixed", of: "a@b")
    #expect(mixed == MailBoundary.text("mixed", of: "a@b"))
    #expect(mixed != MailBoundary.text("mixed", of: "a@c"))
    #expect(mixed.utf8.count <= 70)
    // Even a text that holds it.
    var message = Samples.message
    message.messageID = "a@b"
    message.text = "--\(mixed)--\r\n--\(MailBoundary.text("alternative", of: "a@b"))\r\n"
    message.html = message.text
    message.calendar?.bytes = Array(message.text.utf8)
    let lines = try Samples.text(message).split(separator: "\r\n")
    #expect(lines.filter { $0 == "--\(mixed)" }.count == 2)
    #expect(lines.filter { $0 == "--\(mixed)--" }.count == 1)
    #expect(lines.filter { $0.hasPrefix("--alternative=_") }.count == 3)
  }
}

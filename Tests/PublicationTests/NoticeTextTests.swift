import Testing

@testable import Publication

/// The digest of a notice's text; by `printf 'a\nb' | sha256sum`.
@Suite struct NoticeTextTests {
  static let digest = "7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78"

  @Test(arguments: ["a\nb", "a \r\nb\t\r\n\r\n", "\n\na\nb\n", "a\rb"])
  func `Line ends and blanks that nobody sees make no other text`(text: String) {
    #expect(NoticeText.digest(text) == Self.digest)
  }

  @Test(arguments: ["a\n\nb", " a\nb", "a b", "A\nb", "a\u{A0}\nb"])
  func `Whatever can be seen makes another`(text: String) {
    #expect(NoticeText.digest(text) != NoticeText.digest("a\nb"))
  }

  static let mails: [(mail: String, text: String?)] = [
    (
      "From: a@b.org\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n"
        + "Content-Transfer-Encoding: quoted-printable\r\n\r\nD=C3=A9but=20\r\nune ligne qui=\r\n continue\r\n",
      "Début\nune ligne qui continue"
    ),
    (
      "MIME-Version: 1.0\nContent-Type: multipart/mixed;\n boundary=\"x y\"\n\n--x y\nContent-Type: multipart/alternative; "
        + "boundary=z\n\n--z\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nRMOpYnV0\nCg==\n--z\n"
        + "Content-Type: text/html\n\n<p>\n--z--\n--x y--\n", "Début"
    ),
    ("Subject: x\n\nno mail, a text", "Subject: x\n\nno mail, a text"),
    ("MIME-Version: 1.0\nContent-Type: text/html\n\n<p>", nil),
    ("MIME-Version: 1.0\nContent-Type: multipart/mixed\n\n--x\n", nil),
    ("MIME-Version: 1.0\nContent-Transfer-Encoding: quoted-printable\n\na=ZZ\n", nil),
  ]

  @Test(arguments: mails.indices)
  func `Of a mail the plain text counts, however it travelled`(index: Int) {
    let (mail, text) = Self.mails[index]
    #expect(NoticeText.text(of: Array(mail.utf8)).map(NoticeText.digest) == text.map(NoticeText.digest))
  }

  @Test func `What is no UTF-8 is no text`() { #expect(NoticeText.text(of: [0xFF, 0xFE]) == nil) }
}

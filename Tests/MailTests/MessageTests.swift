import CivilTime
import Testing

@testable import Publication

struct MessageTests {
  @Test("Every line ends with CR LF, is ASCII, and has 78 characters at most")
  func lines() throws {
    let bytes = try Samples.message.render()
    #expect(bytes.allSatisfy { $0 < 0x80 })
    for (index, byte) in bytes.enumerated() {
      if byte == 0x0A { #expect(index > 0 && bytes[index - 1] == 0x0D) }
      if byte == 0x0D { #expect(index + 1 < bytes.count && bytes[index + 1] == 0x0A) }
    }
    let lines = try Samples.text(Samples.message).split(separator: "\r\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.utf8.count <= 78 })
    #expect(lines.filter { $0.contains("=?") }.allSatisfy { $0.utf8.count <= 76 })
  }

  @Test("The calendar object is an attachment beside the alternatives and never one of them")
  func shape() throws {
    let types = try Samples.text(Samples.message).split(separator: "\r\n")
      .filter { $0.hasPrefix("Content-Type: ") || $0.hasPrefix("Content-Disposition: ") }
      .map { $0.prefix { $0 != ";" } }
    #expect(
      types == [
        "Content-Type: multipart/mixed", "Content-Type: multipart/alternative", "Content-Type: text/plain",
        "Content-Type: text/html", "Content-Type: text/calendar", "Content-Disposition: attachment",
      ])
    let text = try Samples.text(Samples.message)
    #expect(
      text.contains(
        "Content-Type: text/calendar;\r\n charset=UTF-8;\r\n method=PUBLISH;\r\n name=CHG-2026-0042.ics\r\n"))
    #expect(text.contains("Content-Disposition: attachment; filename=CHG-2026-0042.ics\r\n"))
    var plain = Samples.message
    plain.calendar = nil
    #expect(try Samples.field("Content-Type", of: plain)?.hasPrefix("Content-Type: multipart/alternative;") == true)
  }

  @Test(
    "Dates as in RFC 5322, appendix A",
    arguments: [
      ("1997-11-21T09:55:06-06:00", -21600, "Fri, 21 Nov 1997 09:55:06 -0600"),
      ("2003-07-01T10:52:37+02:00", 7200, "Tue, 01 Jul 2003 10:52:37 +0200"),
      ("1969-02-13T23:32:00-03:30", -12600, "Thu, 13 Feb 1969 23:32:00 -0330"),
      // The offset of Paris before 1911 has 21 seconds.
      ("1905-01-01T00:00:00Z", 561, "Sun, 01 Jan 1905 00:09:00 +0009"),
    ])
  func dates(_ moment: String, _ offset: Int32, _ text: String) throws {
    #expect(try MailMessage.date(Samples.at(moment), at: UTCOffset(seconds: offset)) == text)
  }

  @Test("A name is atoms, a quoted string or encoded words, as it needs (RFC 5322, appendix A.1.2)")
  func mailboxes() throws {
    var message = Samples.message
    message.to = [
      MailMailbox(name: "Mary Smith", address: "mary@x.test"), MailMailbox(name: "Joe Q. Public", address: "j@x.test"),
      MailMailbox(name: "Giant; \"Big\" Box", address: "sysservices@example.net"),
      MailMailbox(name: "=?UTF-8?Q?x?=", address: "k@x.test"), MailMailbox(address: "jdoe@test.example"),
    ]
    #expect(
      try Samples.field("To", of: message) == """
        To: Mary Smith <mary@x.test>, "Joe Q. Public" <j@x.test>,
         "Giant; \\"Big\\" Box" <sysservices@example.net>,
         =?UTF-8?B?PT9VVEYtOD9RP3g/PQ==?= <k@x.test>, jdoe@test.example
        """)
  }

  @Test("Without a recipient To names an empty group, and Bcc is written for sendmail -t")
  func noRecipients() throws {
    var message = Samples.message
    message.to = []
    message.bcc = [MailMailbox(address: "a@client.example")]
    #expect(try Samples.field("To", of: message) == "To: undisclosed-recipients:;")
    #expect(try Samples.field("Bcc", of: message) == "Bcc: a@client.example")
  }

  @Test("Headers chain messages, name the language and say that a program wrote them")
  func headers() throws {
    let message = Samples.message
    #expect(try Samples.field("Message-ID", of: message) == "Message-ID: <CHG-2026-0042.1.0f3a@portal.example>")
    #expect(try Samples.field("In-Reply-To", of: message) == "In-Reply-To: <CHG-2026-0042.0.0f3a@portal.example>")
    #expect(try Samples.field("Auto-Submitted", of: message) == "Auto-Submitted: auto-generated")
    #expect(try Samples.field("Content-Language", of: message) == "Content-Language: fr")
    #expect(try Samples.field("Date", of: message) == "Date: Wed, 02 Dec 2026 09:30:00 +0100")
    var long = message
    long.references = (0..<5).map { "CHG-2026-0042.\($0).0f3a0f3a@portal.example" }
    let references = try #require(try Samples.field("References", of: long)).split(separator: "\n")
    #expect(references.count == 5)
  }

  @Test("A subject of ASCII stays readable and is folded between words")
  func plainSubject() throws {
    var message = Samples.message
    message.subject = "Hub: planned maintenance moved to Sunday 13 December 2026, 02:00 to 04:00 (CHG-2026-0042)"
    #expect(
      try Samples.field("Subject", of: message) == """
        Subject: Hub: planned maintenance moved to Sunday 13 December 2026, 02:00 to
         04:00 (CHG-2026-0042)
        """)
    message.subject = String(repeating: "x", count: 300)
    let lines = try #require(try Samples.field("Subject", of: message)).split(separator: "\n")
    #expect(lines.allSatisfy { $0.utf8.count <= 76 && $0.contains("=?UTF-8?Q?xxx") })
  }

  @Test("A file name that is not ASCII is written by RFC 2231")
  func fileNames() {
    #expect(HeaderParameter.pieces("filename", "a b.ics") == ["filename=\"a b.ics\""])
    #expect(HeaderParameter.pieces("filename", "été.ics") == ["filename*=UTF-8''%C3%A9t%C3%A9.ics"])
    let long = HeaderParameter.pieces("filename", String(repeating: "é", count: 20))
    #expect(long.count == 3)
    #expect(long[0].hasPrefix("filename*0*=UTF-8''%C3%A9") && long[1].hasPrefix("filename*1*=%C3"))
    #expect(long.allSatisfy { $0.utf8.count <= 76 })
  }

  @Test("The same message is the same bytes")
  func stable() throws {
    #expect(try Samples.message.render() == Samples.message.render())
  }
}

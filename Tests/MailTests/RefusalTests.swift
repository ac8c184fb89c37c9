import CivilTime
import Testing

@testable import Publication

struct RefusalTests {
  private func refusal(_ change: (inout MailMessage) -> Void) -> MailError? {
    var message = Samples.message
    change(&message)
    do {
      _ = try message.render()
      return nil
    } catch {
      return error
    }
  }

  @Test("No control character gets into a header, wherever it stands", arguments: ["\r", "\n", "\r\n", "\0", "\u{85}"])
  func injection(_ break: String) {
    let text = "a\(`break`)Bcc: x@evil.example"
    let value = `break`.unicodeScalars.first!.value
    let reason = MailError.Reason.controlCharacter(value, position: 2)
    #expect(refusal { $0.subject = text } == MailError(field: "Subject", reason: reason))
    #expect(refusal { $0.from.name = text } == MailError(field: "From", reason: reason))
    #expect(refusal { $0.from.address = text } == MailError(field: "From", reason: reason))
    #expect(refusal { $0.to[1].name = text } == MailError(field: "To", reason: reason))
    #expect(refusal { $0.to[0].address = text } == MailError(field: "To", reason: reason))
    #expect(refusal { $0.bcc = [MailMailbox(address: text)] } == MailError(field: "Bcc", reason: reason))
    #expect(refusal { $0.replyTo = MailMailbox(address: text) } == MailError(field: "Reply-To", reason: reason))
    #expect(refusal { $0.messageID = text } == MailError(field: "Message-ID", reason: reason))
    #expect(refusal { $0.references = ["a@b", text] } == MailError(field: "References", reason: reason))
    #expect(refusal { $0.inReplyTo = text } == MailError(field: "In-Reply-To", reason: reason))
    #expect(refusal { $0.headers = [.init("X-A", text)] } == MailError(field: "X-A", reason: reason))
    #expect(refusal { $0.headers = [.init(text, "x")] }?.field == "additional header")
    #expect(refusal { $0.language = text }?.field == "Content-Language")
    #expect(refusal { $0.calendar?.method = text }?.field == "calendar method")
    #expect(refusal { $0.calendar?.fileName = text } == MailError(field: "calendar file name", reason: reason))
  }

  @Test(
    "What is no address is refused",
    arguments: [
      "", "a", "@b", "a@", "a@b@c", "a b@c", "a@-b", "a@b..c", ".a@b", "a..b@c", "é@b", "a@é", "<a@b>", "a@b,c@d",
      "a@b>", String(repeating: "a", count: 65) + "@b",
    ])
  func addresses(_ address: String) {
    #expect(
      refusal { $0.to = [MailMailbox(address: address)] } == MailError(field: "To", reason: .notAnAddress(address)))
  }

  @Test(
    "What is no message identifier is refused",
    arguments: ["", "a", "<a@b>", "a@b c", "a b@c", "a@", "@b", "é@b", "a@[]"])
  func identifiers(_ text: String) {
    #expect(refusal { $0.messageID = text } == MailError(field: "Message-ID", reason: .notAMessageID(text)))
  }

  @Test("Identifiers with a literal on the right pass (RFC 5322, section 3.6.4)")
  func literal() { #expect(MailTokens.isMessageID("a.b@[127.0.0.1]")) }

  @Test(
    "A header that the message writes itself, or that sends it elsewhere, cannot be added",
    arguments: ["Bcc", "to", "CC", "Content-Type", "Date", "Resent-To", "MIME-version"])
  func reserved(_ name: String) {
    #expect(
      refusal { $0.headers = [.init(name, "x")] }
        == MailError(field: "additional header", reason: .reservedHeader(name)))
  }

  @Test("What is no name of a file is refused", arguments: ["", ".", "..", "a/b.ics", "..\\b.ics"])
  func fileNames(_ name: String) {
    #expect(
      refusal { $0.calendar?.fileName = name } == MailError(field: "calendar file name", reason: .notAFileName(name)))
  }

  @Test("An empty subject, a wrong language and a date out of range are refused")
  func others() {
    #expect(refusal { $0.subject = "" } == MailError(field: "Subject", reason: .empty))
    #expect(refusal { $0.language = "f_r" } == MailError(field: "Content-Language", reason: .notALanguage("f_r")))
    #expect(
      refusal { $0.date = Instant(secondsSinceEpoch: -3_000_000_000) }
        == MailError(field: "Date", reason: .dateOutOfRange))
  }

  @Test("A refusal says where, what, and what to do")
  func wording() {
    #expect(
      refusal { $0.subject = "a\nb" }.map(String.init(describing:))
        == "Subject: control character U+000A at position 2; take it out")
    #expect(
      refusal { $0.to = [MailMailbox(address: "a\u{7F}")] }?.description
        == "To: control character U+007F at position 2; take it out")
    #expect(
      refusal { $0.messageID = "x" }?.description
        == "Message-ID: \"x\" is no message identifier; write left@right without angle brackets")
  }
}

import CivilTime

/// A message that a program sends to people: a text, the same as HTML, and a calendar object where there is one.
///
/// Unless a person sends it, it says `Auto-Submitted: auto-generated`, so that no absence notice answers it (RFC 3834,
/// section 5).
struct MailMessage: Hashable, Sendable {
  /// One more header, written after the message's own.
  struct Header: Hashable, Sendable {
    var name: String
    /// Unstructured text; what is not ASCII becomes encoded words (RFC 2047).
    var value: String
    init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  var from: MailMailbox
  /// Empty: `To` names an empty group, since `sendmail -t` and many readers want the header.
  var to: [MailMailbox] = []
  /// Written, because `sendmail -t` takes its recipients from here and removes the header.
  var bcc: [MailMailbox] = []
  var replyTo: MailMailbox?
  var subject: String
  var date: Instant
  /// The offset that the date is shown with; seconds are left out, the mail format has none.
  var offset: UTCOffset
  /// `left@right`, without angle brackets.
  var messageID: String
  /// Identifiers of the messages that this one follows, oldest first, without angle brackets.
  var references: [String] = []
  /// The message that this one follows directly, without angle brackets.
  var inReplyTo: String?
  var headers: [Header] = []
  /// Where its one recipient ends the subscription, percent-encoded. Programs that show messages post there at once.
  var leaveAddress: String?
  /// Tag of the language of both bodies (RFC 5646).
  var language: String
  /// Whether a person is to look at it and send it: a mail program opens it for writing.
  var isDraft = false
  /// Lines end with LF, CR LF or CR.
  var text: String
  var html: String
  var calendar: MailCalendar?
}

/// A mail address and the name to show for it. Source: RFC 5322, section 3.4.
struct MailMailbox: Hashable, Sendable {
  var name: String?
  /// `local@domain` in ASCII.
  var address: String
}

/// An iCalendar object that goes with a message.
struct MailCalendar: Hashable, Sendable {
  /// The object as it is published; carried octet for octet.
  var bytes: [UInt8]
  /// The METHOD of the object: `PUBLISH` or `CANCEL` (RFC 6047, section 2.4 asks that both say the same).
  var method: String
  /// The name under which it is saved, for instance `CHG-2026-0042.ics`.
  var fileName: String
}

extension MailMessage {
  /// The whole message, every line ended by CR LF; the same bytes for the same message.
  ///
  /// Shape: `multipart/mixed { multipart/alternative { text/plain, text/html }, text/calendar as attachment }`, or the
  /// inner part alone where there is no calendar object. The object is **not** one of the alternatives: Outlook shows a
  /// PUBLISH found there as raw lines in place of the text, and imports the same object from an attached file; it looks
  /// for objects to process in the first part of `multipart/mixed` only (MS-STANOICAL, V0233 and V0343). Readers that
  /// process attached objects find the method on the part (RFC 6047, section 2.4).
  func render() throws(MailError) -> [UInt8] {
    var header = HeaderWriter()
    try writeOwnHeaders(to: &header)
    for extra in headers {
      try MailMessage.checkName(extra.name)
      try header.unstructured(extra.name, extra.value)
    }
    header.line("MIME-Version", "1.0")

    let alternative = MailPart.multipart(
      "alternative", boundary: MailBoundary.text("alternative", of: messageID),
      [.text("plain", text), .text("html", html)])
    var root = alternative
    if let calendar {
      root = .multipart(
        "mixed", boundary: MailBoundary.text("mixed", of: messageID), [alternative, try .calendar(calendar)])
    }
    var bytes = header.bytes
    root.write(to: &bytes)
    return bytes
  }

  private func writeOwnHeaders(to header: inout HeaderWriter) throws(MailError) {
    try header.mailboxes("From", [from])
    if let replyTo { try header.mailboxes("Reply-To", [replyTo]) }
    if !to.isEmpty {
      try header.mailboxes("To", to)
    } else if !isDraft {
      header.line("To", "undisclosed-recipients:;")
    }
    if !bcc.isEmpty { try header.mailboxes("Bcc", bcc) }
    guard !subject.isEmpty else { throw MailError(field: "Subject", reason: .empty) }
    try header.unstructured("Subject", subject)
    header.line("Date", try MailMessage.date(date, at: offset))
    try header.messageIDs("Message-ID", [messageID])
    if let inReplyTo { try header.messageIDs("In-Reply-To", [inReplyTo]) }
    if !references.isEmpty { try header.messageIDs("References", references) }
    // Who sends it by hand is answered by hand. Outlook and Thunderbird open for writing what says that it was not sent.
    if isDraft { header.line("X-Unsent", "1") } else { header.line("Auto-Submitted", "auto-generated") }
    guard MailTokens.isLanguage(language) else {
      throw MailError(field: "Content-Language", reason: .notALanguage(language))
    }
    header.line("Content-Language", language)
    // Source: RFC 2369, section 3.2; RFC 8058, section 3.1. An address is not folded.
    if let leaveAddress {
      header.line("List-Unsubscribe", "<\(leaveAddress)>")
      header.line("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
    }
  }

  /// `Sun, 06 Dec 2026 01:00:00 +0100`; an offset with seconds is cut to the minute, and the time with it.
  static func date(_ instant: Instant, at offset: UTCOffset) throws(MailError) -> String {
    let minutes = Int(offset.seconds) / 60
    let civil = instant.civil(at: UTCOffset(seconds: Int32(minutes * 60)))
    guard (1900...9999).contains(civil.date.year), abs(minutes) < 1440, Instant.earliest <= instant,
      instant <= Instant.latest
    else { throw MailError(field: "Date", reason: .dateOutOfRange) }
    let zone = (minutes < 0 ? "-" : "+") + (abs(minutes) / 60).padded(2) + (abs(minutes) % 60).padded(2)
    return "\(InternetDate.text(civil)) \(zone)"
  }

  /// In small letters: what a caller must not write a second time, and what would send the message elsewhere.
  private static let reserved: Set<String> = [
    "from", "reply-to", "to", "cc", "bcc", "subject", "date", "message-id", "in-reply-to", "references",
    "auto-submitted", "content-language", "x-unsent", "list-unsubscribe", "list-unsubscribe-post", "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
  ]

  private static func checkName(_ name: String) throws(MailError) {
    guard MailTokens.isHeaderName(name) else {
      throw MailError(field: "additional header", reason: .notAHeaderName(name))
    }
    guard !reserved.contains(name.lowercased()), !name.lowercased().hasPrefix("resent-") else {
      throw MailError(field: "additional header", reason: .reservedHeader(name))
    }
  }
}

/// Sets texts apart in identifiers: FNV-1a of 64 bits; spread, not secrecy.
enum MailDigest {
  /// Sixteen hexadecimal digits, the same for the same text.
  static func hex(_ text: String) -> String {
    let hash = text.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return hash.padded(16, radix: 16)
  }
}

/// The lines between the parts of a message.
enum MailBoundary {
  /// The same for the same message. It holds `=_`, which neither quoted-printable nor base64 can produce, so that no
  /// part holds it whatever was written in it (RFC 2045, section 6.7), and no two kinds begin alike.
  static func text(_ kind: String, of messageID: String) -> String { "\(kind)=_" + MailDigest.hex(messageID) }
}

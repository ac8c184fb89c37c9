extension MailMessage {
  /// The whole message, every line ended by CR LF; the same bytes for the same message.
  ///
  /// Shape: `multipart/mixed { multipart/alternative { text/plain, text/html }, text/calendar as attachment }`, or the
  /// inner part alone where there is no calendar object. The object is **not** one of the alternatives: Outlook shows a
  /// PUBLISH found there as raw lines in place of the text, and imports the same object from an attached file; it looks
  /// for objects to process in the first part of `multipart/mixed` only (MS-STANOICAL, V0233 and V0343). Readers that
  /// process attached objects find the method on the part (RFC 6047, section 2.4).
  package func render() throws(MailError) -> [UInt8] {
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
    if to.isEmpty {
      header.line("To", "undisclosed-recipients:;")
    } else {
      try header.mailboxes("To", to)
    }
    if !bcc.isEmpty { try header.mailboxes("Bcc", bcc) }
    guard !subject.isEmpty else { throw MailError(field: "Subject", reason: .empty) }
    try header.unstructured("Subject", subject)
    header.line("Date", try MailDate.text(date, at: offset))
    try header.messageIDs("Message-ID", [messageID])
    if let inReplyTo { try header.messageIDs("In-Reply-To", [inReplyTo]) }
    if !references.isEmpty { try header.messageIDs("References", references) }
    header.line("Auto-Submitted", "auto-generated")
    guard MailTokens.isLanguage(language) else {
      throw MailError(field: "Content-Language", reason: .notALanguage(language))
    }
    header.line("Content-Language", language)
  }

  /// In small letters: what a caller must not write a second time, and what would send the message elsewhere.
  private static let reserved: Set<String> = [
    "from", "reply-to", "to", "cc", "bcc", "subject", "date", "message-id", "in-reply-to", "references",
    "auto-submitted", "content-language", "mime-version", "content-type", "content-transfer-encoding",
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

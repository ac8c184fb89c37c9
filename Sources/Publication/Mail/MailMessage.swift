package import CivilTime

/// A message that a program sends to people: a text, the same as HTML, and a calendar object where there is one.
///
/// It always says `Auto-Submitted: auto-generated`, so that no absence notice answers it (RFC 3834, section 5).
package struct MailMessage: Hashable, Sendable {
  /// One more header, written after the message's own.
  package struct Header: Hashable, Sendable {
    package var name: String
    /// Unstructured text; what is not ASCII becomes encoded words (RFC 2047).
    package var value: String
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package var from: MailMailbox
  /// Empty: `To` names an empty group, since `sendmail -t` and many readers want the header.
  package var to: [MailMailbox] = []
  /// Written, because `sendmail -t` takes its recipients from here and removes the header.
  package var bcc: [MailMailbox] = []
  package var replyTo: MailMailbox?
  package var subject: String
  package var date: Instant
  /// The offset that the date is shown with; seconds are left out, the mail format has none.
  package var offset: UTCOffset
  /// `left@right`, without angle brackets.
  package var messageID: String
  /// Identifiers of the messages that this one follows, oldest first, without angle brackets.
  package var references: [String] = []
  /// The message that this one follows directly, without angle brackets.
  package var inReplyTo: String?
  package var headers: [Header] = []
  /// Tag of the language of both bodies (RFC 5646).
  package var language: String
  /// Lines end with LF, CR LF or CR.
  package var text: String
  package var html: String
  package var calendar: MailCalendar?

  package init(
    from: MailMailbox, subject: String, date: Instant, offset: UTCOffset, messageID: String, language: String,
    text: String, html: String
  ) {
    self.from = from
    self.subject = subject
    self.date = date
    self.offset = offset
    self.messageID = messageID
    self.language = language
    self.text = text
    self.html = html
  }
}

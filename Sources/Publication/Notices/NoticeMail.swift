package import CivilTime
package import Planning
import Wording

/// A notice as a mail: its text, the same as HTML, and the event for calendars.
package struct NoticeMail {
  package var document: NoticeDocument
  package var kind: NoticeKind
  package var contract: Contract
  /// The change that the notice tells of.
  package var change: Change
  /// Random name of the register, so that messages of two registers are never taken for one.
  package var identity: String
  /// When the mail is written, on the register's clock.
  package var date: Instant
  /// Which reminder it is; nil for that of the hour, and for other notices.
  package var lead: Elapsed?
  package var recipients: [String]
  /// Nobody else sees their addresses.
  package var hiddenRecipients: [String]
  /// The event, and the method that goes with it; nil for what has none.
  package var calendar: (bytes: [UInt8], isCancellation: Bool)?
  /// Whether a person sends it.
  package var isDraft = false
  /// Where its one recipient ends the subscription; nil where no server is known.
  package var leaveAddress: String?
  /// Where its one recipient chooses what comes; nil where nobody can.
  package var choicesAddress: String?

  package init(
    _ document: NoticeDocument, kind: NoticeKind, contract: Contract, change: Change, identity: String, date: Instant,
    recipients: [String], hiddenRecipients: [String] = [], calendar: (bytes: [UInt8], isCancellation: Bool)?
  ) {
    self.document = document
    self.kind = kind
    self.contract = contract
    self.change = change
    self.identity = identity
    self.date = date
    self.recipients = recipients
    self.hiddenRecipients = hiddenRecipients
    self.calendar = calendar
  }

  /// The message, ready for `sendmail -t`. Throws `MailError`.
  package func render(by templates: NoticeTemplates) throws -> [UInt8] {
    var message = NoticeMail.message(
      document, contract: contract, date: date, messageID: own, recipients: recipients,
      hiddenRecipients: hiddenRecipients, templates: templates)
    let earlier = self.earlier
    message.references = earlier
    message.inReplyTo = earlier.last
    message.leaveAddress = leaveAddress.flatMap(Link.plain)
    message.isDraft = isDraft
    if let choicesAddress, let link = Link(choicesAddress) {
      let words = document.language("Choose what you receive, or unsubscribe", "Choisir vos avis ou vous désabonner")
      message.text = NoticeText.signed(message.text, "\(words)\(document.language.colon)\n\(link.address)")
      let footer = element(.p) { element(.a, .href(link)) { words } }
      message.html = NoticeMail.adding(footer, to: message.html)
    }
    if let calendar {
      message.calendar = MailCalendar(
        bytes: calendar.bytes, method: calendar.isCancellation ? "CANCEL" : "PUBLISH", fileName: "\(change.id).ics")
    }
    return try message.render()
  }

  /// Before the end of the page, wherever a layout has it.
  private static func adding(_ footer: Markup, to page: String) -> String {
    let end = ["</main>", "</body>"].lazy.compactMap { page.ranges(of: $0).last?.lowerBound }.first ?? page.endIndex
    return page[..<end] + String(decoding: footer.bytes, as: UTF8.self) + page[end...]
  }

  /// What every mail of ours has: sender, recipients, subject, text and HTML.
  static func message(
    _ document: NoticeDocument, contract: Contract, date: Instant, messageID: String, recipients: [String],
    hiddenRecipients: [String], templates: NoticeTemplates
  ) -> MailMessage {
    let zone = contract.timeZone(at: date)
    var message = MailMessage(
      from: MailMailbox(name: contract.contact.name, address: contract.organizer), subject: document.subject,
      date: date, offset: zone.offset(at: date), messageID: messageID, language: document.language.rawValue,
      text: templates.render(document, format: .text), html: templates.render(document, format: .html))
    message.to = recipients.map { MailMailbox(name: nil, address: $0) }
    message.bcc = hiddenRecipients.map { MailMailbox(name: nil, address: $0) }
    if let email = contract.contact.email { message.replyTo = MailMailbox(name: contract.contact.name, address: email) }
    return message
  }

  /// Right of the `@` of identifiers.
  static func domain(_ contract: Contract) -> String {
    contract.organizer.split(separator: "@").last.map(String.init) ?? "localhost"
  }

  /// The same for every mail of one notice: a reader that gets it twice shows it once. Two reminders differ.
  private var own: String {
    guard kind == .reminder else { return identifier(kind.rawValue, change.revision ?? 0) }
    let lead = lead ?? NoticeObligations.lead(of: change, at: date, reminders: contract.notices.reminders)
    return identifier("reminder-\((lead ?? .zero).seconds)s", change.revision ?? 0)
  }

  /// Notices of the earlier revisions, oldest first, so that mail programs show the notices of a change as one thread.
  private var earlier: [String] {
    change.marks.filter { mark in
      kind == .reminder ? mark.revision <= change.revision ?? 0 : mark.revision < change.revision ?? 0
    }.map { identifier($0.notice.rawValue, $0.revision) }
  }

  private func identifier(_ kind: String, _ revision: Int) -> String {
    "\(change.id).\(revision).\(kind).\(document.language.rawValue).\(identity)@\(NoticeMail.domain(contract))"
  }
}

package import CivilTime
package import Planning
import Wording

/// The report of a month as a mail; no event goes with it.
package struct AvailabilityMail {
  let document: NoticeDocument
  let month: MonthAvailability
  let contract: Contract
  let identity: String
  let date: Instant
  let recipients: [String]
  let hiddenRecipients: [String]

  /// - Parameters:
  ///   - identity: random name of the register, so that messages of two registers are never taken for one.
  ///   - date: when the mail is written, on the register's clock.
  ///   - hiddenRecipients: nobody else sees their addresses.
  package init(
    _ document: NoticeDocument, month: MonthAvailability, contract: Contract, identity: String, date: Instant,
    recipients: [String], hiddenRecipients: [String]
  ) {
    self.document = document
    self.month = month
    self.contract = contract
    self.identity = identity
    self.date = date
    self.recipients = recipients
    self.hiddenRecipients = hiddenRecipients
  }

  /// The message, ready for `sendmail -t`. Throws `MailError`.
  ///
  /// A report that says the same is the same message; one that was corrected, or is no longer provisional, is another of
  /// the same thread, so that no reader takes it for one already seen.
  package func render(by templates: NoticeTemplates) throws -> [UInt8] {
    let thread = "availability.\(month.period.month).\(month.service)"
    let rest = "\(document.language.rawValue).\(identity)@\(NoticeMail.domain(contract))"
    let digest = MailDigest.hex(templates.render(document, format: .text))
    var message = NoticeMail.message(
      document, contract: contract, date: date, messageID: "\(thread).\(digest).\(rest)", recipients: recipients,
      hiddenRecipients: hiddenRecipients, templates: templates)
    message.references = ["\(thread).\(rest)"]
    return try message.render()
  }
}

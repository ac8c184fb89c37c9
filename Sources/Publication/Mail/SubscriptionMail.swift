package import CivilTime
package import Planning
package import Wording

/// What somebody is sent whose address was entered on the portal: a request to confirm, or, where the address has a
/// subscription already, the way to its choices. It goes to that address alone, so that only its owner learns which.
package struct SubscriptionMail: Sendable {
  package enum Content: Hashable, Sendable {
    /// - Parameters:
    ///   - address: of the page with the button.
    ///   - end: the first moment at which it confirms nothing any more.
    case confirm(address: String, end: Instant)
    /// - Parameter choices: address of the page; nil where there is none, as of mailings of the first builds.
    case known(choices: String?)
  }

  package var content: Content
  package var contract: Contract
  package var language: Language
  package var recipient: String
  /// Of the register's clock.
  package var date: Instant
  package var isSimulation: Bool
  /// Sets the message apart from all others.
  package var id: String

  package init(
    _ content: Content, contract: Contract, language: Language, recipient: String, date: Instant, isSimulation: Bool,
    id: String
  ) {
    self.content = content
    self.contract = contract
    self.language = language
    self.recipient = recipient
    self.date = date
    self.isSimulation = isSimulation
    self.id = id
  }

  /// The message, ready for `sendmail -t`. Throws `MailError`.
  package func render() throws -> [UInt8] {
    let zone = contract.timeZone(at: date)
    let lines = paragraphs(Wording(language, zone: zone, audience: .clients))
    var message = MailMessage(
      from: MailMailbox(name: contract.contact.name, address: contract.organizer), subject: subject, date: date,
      offset: zone.offset(at: date), messageID: "subscription.\(id)@\(NoticeMail.domain(contract))",
      language: language.rawValue, text: SubscriptionMail.text(lines), html: html(lines))
    message.to = [MailMailbox(name: nil, address: recipient)]
    if let email = contract.contact.email {
      message.replyTo = MailMailbox(name: contract.contact.name, address: email)
    }
    return try message.render()
  }

  private var service: String { language.choice(contract.name) }

  private var subject: String {
    let mark = isSimulation ? "SIMULATION – " : ""
    return switch content {
    case .confirm:
      mark
        + language(
          "Confirm your subscription to notices – \(service)", "Confirmez votre abonnement aux avis – \(service)")
    case .known:
      mark + language("Your subscription already exists – \(service)", "Votre abonnement existe déjà – \(service)")
    }
  }

  private enum Paragraph {
    case words(String)
    /// Words stand for the address where it need not be read.
    case link(String, words: String)
  }

  private func paragraphs(_ wording: Wording) -> [Paragraph] {
    var all: [Paragraph] = [.words(NoticeDocument.greeting(language))]
    func say(_ english: String, _ french: FrenchText) { all.append(.words(language(english, french))) }
    switch content {
    case .confirm(let address, let end):
      say(
        "Your address was entered on the portal of \(service) to receive notices of maintenance and updates by email.",
        "Votre adresse a été saisie sur le portail de \(service) pour recevoir par courriel les avis de maintenance et de mise à jour."
      )
      let (day, zone) = (wording.dateAndTime(end - Elapsed(seconds: end.secondsSinceEpoch % 60)), wording.zoneName)
      say(
        "To confirm, open the page below and click “Confirm the subscription”. You have 48 hours, until \(day) (\(zone)).",
        "Pour confirmer, ouvrez la page ci-dessous et cliquez sur « Confirmer l’abonnement ». Vous avez 48 heures pour le faire, jusqu’au \(day) (\(zone))."
      )
      all.append(.link(address, words: language("Confirm the subscription", "Confirmer l’abonnement")))
      say(
        "If it was not you, do nothing: no notice will be sent to you.",
        "Si vous n’êtes pas à l’origine de cette demande, ne faites rien : aucun avis ne vous sera envoyé.")
    case .known(let choices):
      say(
        "Your address was entered on the portal of \(service) to receive notices of maintenance and updates by email. It already receives them, and nothing was changed.",
        "Votre adresse a été saisie sur le portail de \(service) pour recevoir par courriel les avis de maintenance et de mise à jour. Elle les reçoit déjà, et rien n’a été modifié."
      )
      if let choices {
        say(
          "To choose what you receive, or to unsubscribe:",
          "Pour choisir les avis que vous recevez, ou pour vous désabonner :")
        all.append(.link(choices, words: language("Your subscription", "Votre abonnement")))
      }
      say(
        "If it was not you, do nothing: your subscription stays as it is.",
        "Si vous n’êtes pas à l’origine de cette demande, ne faites rien : votre abonnement reste tel quel.")
    }
    let contact = [contract.contact.name, contract.contact.email ?? contract.contact.url].compactMap(\.self)
      .joined(separator: ", ")
    say("For any question: \(contact).", "Pour toute question : \(contact).")
    all.append(.words(NoticeDocument.signature(language, of: contract).joined(separator: "\n")))
    return all
  }

  /// Addresses on lines of their own: a sign behind one would be taken for a part of it.
  private static func text(_ paragraphs: [Paragraph]) -> String {
    paragraphs.map { paragraph in
      switch paragraph {
      case .words(let text): text
      case .link(let address, _): address
      }
    }.joined(separator: "\n\n") + "\n"
  }

  private func html(_ paragraphs: [Paragraph]) -> String {
    let page = Markup.document(
      element(.html, .lang(language)) {
        element(.head) {
          element(.meta, .charset)
          element(.title) { subject }
        }
        element(.body) {
          for paragraph in paragraphs {
            switch paragraph {
            case .words(let text): element(.p) { text }
            case .link(let address, let words):
              element(.p) {
                if let link = Link(address) { element(.a, .href(link)) { words } } else { address }
              }
            }
          }
        }
      })
    return String(decoding: page, as: UTF8.self)
  }
}

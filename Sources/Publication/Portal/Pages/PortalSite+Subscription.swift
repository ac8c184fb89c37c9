package import Planning
package import Wording

/// What somebody entered in a form of subscription, and what is wrong with it.
package struct SubscriptionEntry: Hashable, Sendable {
  package enum Problem: Hashable, Sendable {
    /// No mail address, or none that mails can be sent to.
    case address
    case noKind, noComponent
    /// The contract has none of those that were chosen any more.
    case componentsGone
  }

  package var address = ""
  package var language: Language
  /// What is ticked.
  package var kinds: [NoticeKind]
  package var components: [String]
  package var problems: [Problem] = []
  /// Whether nothing is left of what was chosen.
  package var isGone: Bool { problems.contains(.componentsGone) }

  /// - Parameters:
  ///   - kinds: as they are kept, empty for all.
  ///   - components: likewise.
  package init(_ language: Language, kinds: [NoticeKind] = [], components: [String] = [], of contract: Contract) {
    self.language = language
    self.kinds = kinds.isEmpty ? NoticeKind.allCases : kinds
    self.components = components.isEmpty ? contract.components : components
  }
}

/// Subscribing to mails: the form, the pages that only a mail leads to, and what they say.
extension PortalSite {
  /// `address`, `kind`, `component`, `language`: what the fields are called.
  func subscriptionForm(_ given: SubscriptionEntry?) -> Markup {
    let entry = given ?? SubscriptionEntry(language, of: contract)
    let isWrong = entry.problems.contains(.address)
    return element(.section, .style("offer"), .labelled(by: "mails")) {
      element(.h2, .id("mails")) { language("By email", "Par courriel") }
      element(.p) {
        language(
          "Have the notices of maintenance and updates sent to you. You will first be asked to confirm by email.",
          "Recevez les avis de maintenance et de mise à jour. Un courriel vous demandera d’abord de confirmer.")
      }
      element(.form, .posts) {
        element(.div, .style("field")) {
          element(.label, .label(for: "mail-address")) { language("Your email address", "Votre adresse électronique") }
          element(.p, .style("fine"), .id("mail-hint")) {
            language("For example name@example.org", "Par exemple nom@example.org")
          }
          if isWrong {
            element(.p, .style("problem"), .id("mail-problem")) {
              language(
                "This is not a valid email address. Write it like name@example.org: letters without accents, no spaces.",
                "Cette adresse n’est pas valide. Exemple : nom@example.org, sans accents ni espaces."
              )
            }
          }
          element(
            .input, .field("email"), .id("mail-address"), .field(name: "address"), .field(value: entry.address),
            .required, .autocomplete("email"), .longest(254), isWrong ? .invalid : nil,
            .described(by: ["mail-hint"] + (isWrong ? ["mail-problem"] : [])))
        }
        element(.details, entry.problems.isEmpty ? nil : .opened) {
          element(.summary) { language("Choose what you are told of", "Choisir les avis à recevoir") }
          choiceFields(entry)
        }
        element(.p, .style("actions")) {
          element(.button, .style("button")) { language("Subscribe", "S’abonner") }
        }
      }
      element(.p, .style("fine")) {
        language(
          "We use your address for these notices only, and every email has an unsubscribe link. Subscribed already? Send the form again: the mail then leads to your choices.",
          "Votre adresse ne sert qu’à ces avis, et chaque courriel permet de se désabonner. Déjà abonné ? Renvoyez ce formulaire : le courriel mènera alors à vos choix."
        )
      }
    }
  }

  /// Which notices, of which components.
  private func choiceFields(_ entry: SubscriptionEntry) -> Markup {
    let words = wording(at: now)
    var fields = [
      choices(
        "kind", language("Notices", "Avis"), NoticeKind.allCases.map { ($0.rawValue, words.noticeOffered($0)) },
        ticked: Set(entry.kinds.map(\.rawValue)),
        problem: entry.problems.contains(.noKind)
          ? language("Choose one notice at least.", "Choisissez au moins un avis.") : nil)
    ]
    if contract.components.count > 1 {
      fields.append(
        choices(
          "component", language("Components", "Composants"),
          contract.components.map { ($0, contract.component($0, language)) },
          ticked: Set(entry.components),
          problem: entry.problems.contains(.componentsGone)
            ? language(
              "What was chosen is no longer available. Please choose again.",
              "Ce qui était choisi n’est plus proposé. Choisissez de nouveau.")
            : entry.problems.contains(.noComponent)
              ? language("Choose one component at least.", "Choisissez au moins un composant.") : nil,
          hint: language(
            "What concerns the whole service is always sent.",
            "Ce qui concerne tout le service est toujours envoyé.")))
    }
    return .joined(fields)
  }

  private func choices(
    _ name: StaticString, _ legend: String, _ options: [(value: String, text: String)], ticked: Set<String>,
    isOne: Bool = false, problem: String? = nil, hint: String? = nil
  ) -> Markup {
    let ids = (hint == nil ? [] : ["\(name)-hint"]) + (problem == nil ? [] : ["\(name)-problem"])
    return element(.fieldset, .described(by: ids)) {
      element(.legend) { legend }
      if let hint { element(.p, .style("fine"), .id("\(name)-hint")) { hint } }
      if let problem { element(.p, .style("problem"), .id("\(name)-problem")) { problem } }
      for (value, text) in options {
        element(.div, .style("choice")) {
          element(
            .input, .field(isOne ? "radio" : "checkbox"), .id("\(name)-\(value)"), .field(name: name),
            .field(value: value), ticked.contains(value) ? .checked : nil)
          element(.label, .label(for: "\(name)-\(value)")) { text }
        }
      }
    }
  }

  // MARK: After the form

  /// The same for every address.
  package func subscriptionAsked() -> [UInt8] {
    said(.subscribe, language("Check your mailbox", "Consultez votre messagerie")) {
      element(.p, .style("lead")) {
        language(
          "We have sent an email to that address. Follow its link within 48 hours.",
          "Un courriel vient de vous être envoyé à cette adresse. Suivez son lien dans les 48 heures.")
      }
      element(.p) {
        language(
          "Nothing after a few minutes? Check the address and your junk folder. We send only a few of these emails a day to one address.",
          "Rien au bout de quelques minutes ? Vérifiez l’adresse et le dossier des indésirables. Nous n’envoyons que quelques-uns de ces courriels par jour à une même adresse."
        )
      }
    }
  }

  /// Where no mail could be handed over.
  package func subscriptionUnavailable() -> [UInt8] {
    said(.subscribe, language("No mail was sent", "Aucun courriel n’a été envoyé")) {
      element(.p, .style("lead")) {
        language(
          "Emails cannot be sent at the moment, and your address was not kept. Please try again in a few minutes.",
          "L’envoi de courriels est momentanément impossible, et votre adresse n’a pas été conservée. Réessayez dans quelques minutes."
        )
      }
      element(.p) {
        element(.a, .href(link(.subscribe, from: .subscribe))) {
          language("Back to the form", "Revenir au formulaire")
        }
      }
    }
  }

  // MARK: Behind an address in a mail

  /// Programs follow links: only the button confirms.
  package func subscriptionConfirmation(_ token: String, _ entry: SubscriptionEntry) -> [UInt8] {
    said(
      .subscription(token: token), language("Confirm your subscription", "Confirmez votre abonnement")
    ) {
      element(.p, .style("lead")) {
        language(
          "The notices of \(service) will be sent to the address that this mail came to.",
          "Les avis de \(service) seront envoyés à l’adresse qui a reçu ce courriel.")
      }
      chosen(entry)
      element(.form, .style("actions"), .posts) {
        element(.button, .style("button"), .button(name: "act"), .button(value: "confirm")) {
          language("Confirm the subscription", "Confirmer l’abonnement")
        }
      }
      element(.p, .style("fine")) {
        language(
          "You did not ask for this? Close this page: nothing is sent.",
          "Vous n’avez rien demandé ? Fermez cette page : rien ne sera envoyé.")
      }
    }
  }

  private func chosen(_ entry: SubscriptionEntry) -> Markup {
    let words = wording(at: now)
    let kinds = entry.kinds.map(words.noticeOffered)
    let isAll = entry.kinds.count == NoticeKind.allCases.count
    return element(.dl, .style("facts")) {
      element(.div) {
        element(.dt) { language("Notices", "Avis") }
        element(.dd) { isAll ? language("all", "tous") : kinds.joined(separator: ", ") }
      }
      if contract.components.count > 1 {
        element(.div) {
          element(.dt) { language("Components", "Composants") }
          element(.dd) {
            entry.components.count == contract.components.count
              ? language("all", "tous")
              : entry.components.map { contract.component($0, language) }.joined(separator: ", ")
          }
        }
      }
      element(.div) {
        element(.dt) { language("Language", "Langue") }
        element(.dd) { PortalSite.name(entry.language) }
      }
    }
  }

  private static func name(_ language: Language) -> String { language.choice("English", "Français") }

  /// - Parameter choices: where the subscription is changed; nil for one that can be ended alone.
  package func subscriptionConfirmed(choices: String?, from token: String) -> [UInt8] {
    said(.subscription(token: token), language("Your subscription is confirmed", "Votre abonnement est confirmé")) {
      element(.p, .style("lead")) {
        language(
          "The notices of \(service) are sent to your address from now on.",
          "Les avis de \(service) seront désormais envoyés à votre adresse.")
      }
      if let choices {
        element(.p) {
          element(
            .a, .href(link(.subscription(token: choices), from: .subscription(token: token)))
          ) { language("Change what you receive, or unsubscribe", "Modifier vos choix ou vous désabonner") }
        }
      }
    }
  }

  /// Why an address in a mail does nothing any more.
  package enum SubscriptionEnd: Sendable { case tooLate, overtaken, gone, unknown }

  package func subscriptionOver(_ end: SubscriptionEnd, from token: String) -> [UInt8] {
    let (title, text) =
      switch end {
      case .tooLate:
        (
          language("This link has expired", "Ce lien a expiré"),
          language(
            "It was valid for 48 hours. Subscribe again, and a new mail comes.",
            "Il était valable 48 heures. Abonnez-vous de nouveau pour recevoir un autre courriel.")
        )
      case .overtaken:
        (
          language("This link is no longer valid", "Ce lien n’est plus valable"),
          language(
            "A subscription of this address has since ended. To receive notices, subscribe again.",
            "Depuis, un abonnement de cette adresse a pris fin. Pour recevoir de nouveau les avis, abonnez-vous de nouveau."
          )
        )
      case .gone:
        (
          language("This link is no longer valid", "Ce lien n’est plus valable"),
          language(
            "The components that were chosen are no longer available. Please subscribe and choose again.",
            "Les composants choisis ne sont plus proposés. Abonnez-vous de nouveau, et choisissez parmi les actuels.")
        )
      case .unknown:
        (
          language("This link is not valid", "Ce lien n’est pas valable"),
          language(
            "It may have been cut off in your email, or the subscription has ended.",
            "Il a pu être coupé dans votre courriel, ou bien l’abonnement a pris fin.")
        )
      }
    return said(.subscription(token: token), title) {
      element(.p, .style("lead")) { text }
      element(.p) {
        element(.a, .href(link(.subscribe, from: .subscription(token: token)))) {
          language("Subscribe", "S’abonner")
        }
      }
    }
  }

  /// What a subscription sends, and the way out.
  package func subscriptionChoices(_ token: String, _ entry: SubscriptionEntry, isSaved: Bool = false) -> [UInt8] {
    let mark = entry.problems.isEmpty ? "" : language("Error: ", "Erreur\(colon)")
    let heading = language("Your subscription", "Votre abonnement")
    return said(.subscription(token: token), heading, mark: mark) {
      element(.p, .style("lead")) {
        language(
          "The notices of \(service), at the address that the mail with this link came to.",
          "Les avis de \(service), à l’adresse qui a reçu le courriel contenant ce lien.")
      }
      if isSaved {
        element(.p, .style("saved"), .role("status")) { language("Saved.", "Enregistré.") }
      }
      element(.form, .posts) {
        choices(
          "language", language("Language", "Langue"), Language.allCases.map { ($0.rawValue, PortalSite.name($0)) },
          ticked: [entry.language.rawValue], isOne: true)
        choiceFields(entry)
        element(.p, .style("actions")) {
          element(.button, .style("button"), .button(name: "act"), .button(value: "save")) {
            language("Save", "Enregistrer")
          }
        }
      }
      element(.section, .labelled(by: "leave")) {
        element(.h2, .id("leave")) { language("Unsubscribe", "Se désabonner") }
        element(.form, .posts) {
          element(.button, .style("quiet-button"), .button(name: "act"), .button(value: "leave")) {
            language("Unsubscribe", "Me désabonner")
          }
        }
      }
    }
  }

  package func subscriptionLeft(from token: String) -> [UInt8] {
    said(.subscription(token: token), language("You have unsubscribed", "Votre désabonnement est enregistré")) {
      element(.p, .style("lead")) {
        language(
          "Nothing more will be sent to your address.", "Plus rien ne sera envoyé à votre adresse.")
      }
    }
  }

  private func said(
    _ page: PortalPage, _ heading: String, mark: String = "", @MarkupBuilder content: () -> Markup
  ) -> [UInt8] {
    self.page(page, title: "\(mark)\(heading) – \(service)", description: heading) {
      element(.h1) { heading }
      content()
    }
  }
}

extension PortalSite {
  /// For programs: nobody's browser posts what cannot be read.
  package static func unreadableForm(_ language: Language) -> [UInt8] {
    alone(language, language("This form cannot be read", "Ce formulaire ne peut pas être lu")) {
      element(.p) {
        language(
          "Fill it in on the portal's own page, and send it from there.",
          "Remplissez-le sur la page du portail, et envoyez-le de là.")
      }
    }
  }

  /// What is sent too often from one place.
  package static func tooManyForms(_ language: Language, seconds: Int) -> [UInt8] {
    let minutes = language.counted((seconds + 59) / 60, language("minute", "minute"))
    return alone(language, language("Too many attempts", "Trop de tentatives")) {
      element(.p) {
        language(
          "Many forms came from your network. Please try again in \(minutes).",
          "Beaucoup de formulaires sont venus de votre réseau. Réessayez dans \(minutes).")
      }
    }
  }
}

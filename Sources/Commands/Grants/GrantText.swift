import Answers
import CivilTime
import Planning
import Register
import Wording

/// Tokens, private feeds, webhooks and mailings for people; never a secret.
struct GrantText {
  let text: ChangeText
  private var wording: Wording { text.wording }
  private var language: Language { wording.language }

  init(_ text: ChangeText) { self.text = text }

  /// One line each in columns of the whole list, and what else there is to say below it.
  ///
  /// - Parameter isNote: for a message on standard error, which takes no colours.
  func list<Content: ListedGrant>(
    _ grants: [Grant<Content>], at now: Instant, isNote: Bool = false
  ) -> [String] {
    let rows = grants.map { grant in
      [grant.id.description, state(grant.state(at: now))] + Content.headline(grant)
    }
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return zip(grants, rows).flatMap { grant, row in
      let cells = zip(row, widths).enumerated().map { index, cell in
        index == row.count - 1 ? cell.0 : text.pad(cell.0, cell.1)
      }
      let id = isNote ? cells[0] : text.output.bold(cells[0])
      return [([id] + cells.dropFirst()).joined(separator: "  ")] + details(grant)
    }
  }

  private func state(_ state: GrantState) -> String {
    switch state {
    case .active: language("active", "actif")
    case .expired: language("expired", "expiré")
    case .revoked: language("revoked", "révoqué")
    case .gone: language("gone (its receiver answered 410)", "disparu (son destinataire a répondu 410)")
    case .left: language("left by its reader", "quitté par son lecteur")
    case .bounced: language("ended: its mails came back", "terminé : courriels revenus")
    }
  }

  private func details<Content: ListedGrant>(_ grant: Grant<Content>) -> [String] {
    var facts = Content.facts(grant, wording)
    facts.append(language("created ", "créé le ") + wording.dateTime(grant.createdAt) + by(grant.createdBy))
    let isToken = Content.states.contains(.expired)
    if isToken {
      facts.append(
        grant.content.expiresAt.map { language("expires ", "expire le ") + wording.dateTime($0) }
          ?? language("does not expire", "n’expire pas"))
    }
    if let revoked = grant.revokedAt {
      facts.append(language("revoked ", "révoqué le ") + wording.dateTime(revoked) + by(grant.revokedBy))
    }
    if isToken {
      facts.append(
        grant.lastUsedAt.map { language("last used ", "dernier usage le ") + wording.dateTime($0) }
          ?? language("never used", "jamais utilisé"))
    }
    return facts.flatMap { text.wrap($0, indent: 4, first: "  ") }
  }

  private func by(_ actor: String?) -> String { actor.map { language(" by ", " par ") + $0 } ?? "" }
}

/// A kind of grant as a terminal shows it.
protocol ListedGrant: AnsweredGrant {
  /// After identifier and state.
  static func headline(_ grant: Grant<Self>) -> [String]
  /// Before the dates.
  static func facts(_ grant: Grant<Self>, _ wording: Wording) -> [String]
  /// Where there are none.
  static func none(_ language: Language) -> String
}

extension TokenContent: ListedGrant {
  static func headline(_ token: Token) -> [String] { [token.name] }
  static func facts(_ token: Token, _ wording: Wording) -> [String] { [wording.role(token.role)] }
  static func none(_ language: Language) -> String { language("No tokens.", "Aucun jeton.") }
}

extension PrivateFeedContent: ListedGrant {
  static func headline(_ feed: PrivateFeed) -> [String] { [feed.client] }

  static func facts(_ feed: PrivateFeed, _ wording: Wording) -> [String] {
    let language = wording.language
    guard !feed.parts.isEmpty else {
      return [language("what the contracts name for this client", "ce que les contrats nomment pour ce client")]
    }
    return feed.parts.map { part in
      let whole = language("the whole service", "tout le service")
      let components = part.components.isEmpty ? whole : part.components.joined(separator: ", ")
      return "\(part.service)\(language.colon) \(components)"
    }
  }

  static func none(_ language: Language) -> String { language("No private feeds.", "Aucun flux privé.") }
}

extension WebhookContent: ListedGrant {
  static func headline(_ webhook: Webhook) -> [String] { [webhook.service] }

  static func facts(_ webhook: Webhook, _ wording: Wording) -> [String] {
    let language = wording.language
    let events = webhook.events.map(\.rawValue).joined(separator: ", ")
    var facts = [
      webhook.address ?? "…",
      webhook.events.isEmpty ? language("all events", "tous les événements") : events,
    ]
    if webhook.format != .standard {
      facts += [webhook.format.rawValue, language.name(webhook.content.language)]
    }
    if let previous = webhook.content.previous {
      facts.append(
        language("the secret before signs until ", "l’ancien secret signe jusqu’au ") + wording.dateTime(previous.until)
      )
    }
    return facts
  }

  static func none(_ language: Language) -> String { language("No webhooks.", "Aucun webhook.") }
}

extension MailingContent: ListedGrant {
  static func headline(_ mailing: Mailing) -> [String] { [mailing.service, mailing.address ?? "…"] }

  static func facts(_ mailing: Mailing, _ wording: Wording) -> [String] {
    let language = wording.language
    let kinds = mailing.kinds.map { wording.notice($0) }.joined(separator: ", ")
    var facts = [
      language.name(mailing.language), mailing.kinds.isEmpty ? language("all notices", "tous les avis") : kinds,
    ]
    if !mailing.components.isEmpty { facts.append(mailing.components.joined(separator: ", ")) }
    if mailing.content.origin == .portal {
      facts.append(language("subscribed by its reader on the portal", "abonné par son lecteur sur le portail"))
    }
    let lost = mailing.content.unreached.count
    if lost > 0 { facts.append(language("not reached by \(lost)", "non atteint : \(lost)")) }
    return facts
  }

  static func none(_ language: Language) -> String { language("No mailings.", "Aucun envoi.") }
}

extension Language {
  /// In which language somebody is told: `in French`.
  fileprivate func name(_ code: String?) -> String {
    code == "fr" ? self("in French", "en français") : self("in English", "en anglais")
  }
}

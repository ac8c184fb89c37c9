import Answers
import CivilTime
import JSONText
import Planning
import Register
import Wording

/// Webhooks, mailings and deliveries for people and for programs; never a secret, but in the answer that makes it.
struct SubscriptionText {
  let text: ChangeText
  private var wording: Wording { text.wording }
  private var language: Language { wording.language }

  init(_ text: ChangeText) { self.text = text }

  // MARK: Webhooks

  func state(_ state: Webhook.State) -> String {
    switch state {
    case .active: language("active", "actif")
    case .revoked: language("revoked", "révoqué")
    case .gone: language("gone (its receiver answered 410)", "disparu (son destinataire a répondu 410)")
    }
  }

  /// `isNote` for a message on standard error, which takes no colours.
  func headline(_ webhook: Webhook, isNote: Bool = false) -> String {
    name(webhook.id.description, isNote) + "  \(state(webhook.state))  \(webhook.service)"
  }

  func details(_ webhook: Webhook) -> [String] {
    let events = webhook.events.map(\.rawValue).joined(separator: ", ")
    return lines(
      [webhook.url, webhook.events.isEmpty ? language("all events", "tous les événements") : events]
        + dates(webhook.createdAt, webhook.createdBy, webhook.revokedAt, webhook.revokedBy))
  }

  private var json: SubscriptionJSON { SubscriptionJSON(zone: wording.zone, isSimulation: text.isSimulation) }

  func json(_ webhook: Webhook, secret: WebhookSecret? = nil) -> JSON { json.webhook(webhook, secret: secret) }

  // MARK: Mailings

  func state(_ state: Mailing.State) -> String {
    switch state {
    case .active: language("active", "actif")
    case .revoked: language("revoked", "révoqué")
    }
  }

  func headline(_ mailing: Mailing) -> String {
    name(mailing.id.description, false) + "  \(state(mailing.state))  \(mailing.service)  \(mailing.address)"
  }

  func details(_ mailing: Mailing) -> [String] {
    let kinds = mailing.kinds.map { wording.notice($0) }.joined(separator: ", ")
    let tongue = mailing.language == "fr" ? language("in French", "en français") : language("in English", "en anglais")
    return lines(
      [tongue, mailing.kinds.isEmpty ? language("all notices", "tous les avis") : kinds]
        + dates(mailing.createdAt, mailing.createdBy, mailing.revokedAt, mailing.revokedBy))
  }

  func json(_ mailing: Mailing) -> JSON { json.mailing(mailing) }

  // MARK: Deliveries

  func state(_ state: OutboxRow.State) -> String {
    switch state {
    case .pending: language("pending", "en attente")
    case .delivered: language("delivered", "remis")
    case .dead: language("given up", "abandonné")
    }
  }

  func headline(_ row: OutboxRow) -> String { name(row.id, false) + "  \(state(row.state))  \(row.subscription)" }

  /// - Parameter stream: the change that the message tells of.
  func details(_ row: OutboxRow, stream: String) -> [String] {
    var facts = [language("\(stream), event \(row.sequence)", "\(stream), événement \(row.sequence)")]
    facts.append(language("written ", "écrit le ") + wording.dateTime(row.createdAt))
    if row.attempts > 0 { facts.append(language("attempts: \(row.attempts)", "essais : \(row.attempts)")) }
    if row.state == .pending { facts.append(language("next ", "prochain le ") + wording.dateTime(row.nextAttempt)) }
    if let settled = row.settledAt { facts.append(language("settled ", "réglé le ") + wording.dateTime(settled)) }
    if let error = row.lastError {
      facts.append(language("last error", "dernière erreur") + "\(language.colon) \(error)")
    }
    return lines(facts)
  }

  func json(_ row: OutboxRow, stream: String) -> JSON { json.delivery(row, stream: stream) }

  // MARK: All

  private func name(_ id: String, _ isNote: Bool) -> String { isNote ? id : text.output.bold(id) }

  private func dates(_ created: Instant, _ creator: String?, _ revoked: Instant?, _ revoker: String?) -> [String] {
    func by(_ actor: String?) -> String { actor.map { language(" by ", " par ") + $0 } ?? "" }
    return [language("created ", "créé le ") + wording.dateTime(created) + by(creator)]
      + (revoked.map { [language("revoked ", "révoqué le ") + wording.dateTime($0) + by(revoker)] } ?? [])
  }

  private func lines(_ facts: [String]) -> [String] { facts.flatMap { text.wrap($0, indent: 4, first: "  ") } }
}

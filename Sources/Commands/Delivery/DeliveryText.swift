import Answers
import CivilTime
import JSONText
import Planning
import Register
import Wording

/// Deliveries for people.
struct DeliveryText {
  let text: ChangeText
  private var wording: Wording { text.wording }
  private var language: Language { wording.language }

  init(_ text: ChangeText) { self.text = text }

  func state(_ state: OutboxRow.State) -> String {
    switch state {
    case .pending: language("pending", "en attente")
    case .held: language("to be sent by somebody", "à envoyer par quelqu’un")
    case .delivered: language("delivered", "remis")
    case .dead: language("given up", "abandonné")
    case .void: language("void", "sans objet")
    case .lapsed: language("lapsed", "caduc")
    }
  }

  func headline(_ row: OutboxRow) -> String { text.output.bold(row.id) + "  \(state(row.state))  \(row.subscription)" }

  /// - Parameter stream: the change that the message tells of.
  func details(_ row: OutboxRow, stream: String) -> [String] {
    var facts = [
      row.tellsConflict
        ? language("\(stream), in conflict with today’s rules", "\(stream), en conflit avec les règles d’aujourd’hui")
        : language("\(stream), event \(row.event)", "\(stream), événement \(row.event)")
    ]
    if row.isReminder { facts.append(wording.notice(.reminder, lead: row.lead)) }
    facts.append(language("written ", "écrit le ") + wording.dateTime(row.createdAt))
    if row.attempts > 0 { facts.append(language("attempts: \(row.attempts)", "essais : \(row.attempts)")) }
    if row.state == .pending { facts.append(language("next ", "prochain le ") + wording.dateTime(row.nextAttempt)) }
    if let settled = row.settledAt { facts.append(language("settled ", "réglé le ") + wording.dateTime(settled)) }
    if let error = row.lastError {
      facts.append(
        language("last error", "dernière erreur")
          + "\(language.colon) \(DeliveryErrorText(language: language).text(error))")
    }
    return facts.flatMap { text.wrap($0, indent: 4, first: "  ") }
  }
}

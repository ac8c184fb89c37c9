import Answers
import CivilTime
import Planning
import Register
import Wording

/// Tokens and private feeds for people and for programs; never a secret.
struct AccessText {
  let text: ChangeText
  private var wording: Wording { text.wording }
  private var language: Language { wording.language }
  var json: AccessJSON { AccessJSON(zone: wording.zone, isSimulation: text.isSimulation) }

  init(_ text: ChangeText) { self.text = text }

  // MARK: Tokens

  func state(_ state: Token.State) -> String {
    switch state {
    case .active: language("active", "actif")
    case .expired: language("expired", "expiré")
    case .revoked: language("revoked", "révoqué")
    }
  }

  /// `isNote` for a message on standard error, which takes no colours.
  func headline(_ token: Token, at now: Instant, isNote: Bool = false) -> String {
    (isNote ? token.id.description : text.output.bold(token.id.description))
      + "  \(state(token.state(at: now)))  \(token.role.rawValue)  \(token.name)"
  }

  func details(_ token: Token) -> [String] {
    var facts = [created(token.createdAt, token.createdBy)]
    facts.append(
      token.expiresAt.map { language("expires ", "expire le ") + wording.dateTime($0) }
        ?? language("does not expire", "n’expire pas"))
    if let revoked = token.revokedAt { facts.append(self.revoked(revoked, token.revokedBy)) }
    facts.append(
      token.lastUsedAt.map { language("last used ", "dernier usage le ") + wording.dateTime($0) }
        ?? language("never used", "jamais utilisé"))
    return lines(facts)
  }

  // MARK: Private feeds

  func state(_ state: PrivateFeed.State) -> String {
    switch state {
    case .active: language("active", "actif")
    case .revoked: language("revoked", "révoqué")
    }
  }

  func headline(_ feed: PrivateFeed, isNote: Bool = false) -> String {
    (isNote ? feed.id.description : text.output.bold(feed.id.description)) + "  \(state(feed.state))  \(feed.client)"
  }

  func details(_ feed: PrivateFeed) -> [String] {
    var facts: [String] = []
    if feed.parts.isEmpty {
      facts.append(language("what the contracts name for this client", "ce que les contrats nomment pour ce client"))
    }
    for part in feed.parts {
      let whole = language("the whole service", "tout le service")
      let components = part.components.isEmpty ? whole : part.components.joined(separator: ", ")
      facts.append("\(part.service)\(language.colon) \(components)")
    }
    facts.append(created(feed.createdAt, feed.createdBy))
    if let revoked = feed.revokedAt { facts.append(self.revoked(revoked, feed.revokedBy)) }
    return lines(facts)
  }

  // MARK: Both

  private func created(_ moment: Instant, _ actor: String?) -> String {
    language("created ", "créé le ") + wording.dateTime(moment) + by(actor)
  }

  private func revoked(_ moment: Instant, _ actor: String?) -> String {
    language("revoked ", "révoqué le ") + wording.dateTime(moment) + by(actor)
  }

  private func by(_ actor: String?) -> String { actor.map { language(" by ", " par ") + $0 } ?? "" }

  private func lines(_ facts: [String]) -> [String] { facts.flatMap { text.wrap($0, indent: 4, first: "  ") } }
}

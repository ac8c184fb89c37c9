import CivilTime
import Planning
import Wording

/// What a change says of itself in one language; templates and tables are filled from here only.
struct NoticeMaterial {
  let change: Change
  let contract: Contract
  let language: Language
  let wording: Wording

  /// What clients were told last; the notice says what differs from it.
  let told: ChangeContent?

  init(change: Change, contract: Contract, language: Language, told: ChangeContent? = nil) {
    self.change = change
    self.told = told
    self.contract = contract
    self.language = language
    wording = Wording(language, zone: contract.timeZone(at: change.content.interval.start))
  }

  var content: ChangeContent { change.content }
  var clause: String { contract.clause(for: content) }
  var service: String { language.choice(contract.name.english, contract.name.french) }

  var before: ChangeContent? { change.before.map { told ?? $0 } }

  /// Work outside production is marked where it is read first.
  var environmentMark: String { content.environment == "production" ? "" : "[\(content.environment)] " }

  /// Elapsed time from the announcement to the start; nil for what was not announced ahead.
  var notice: Elapsed? { change.noticeGiven.flatMap { $0 > .zero ? $0 : nil } }

  var actual: Interval? { change.actual }

  func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  var impactSentence: String {
    if !content.components.isEmpty, let sentence = impactOnComponents { return sentence }
    return switch content.impact {
    case .none: language("You should notice nothing.", "Aucun effet n’est attendu pour les utilisateurs.")
    case .reducedRedundancy:
      language(
        "The service stays available, with reduced redundancy.",
        "Le service reste disponible, avec une redondance réduite.")
    case .degraded:
      language(
        "The service may be slow or partly unavailable during the work.",
        "Le service pourra être ralenti ou en partie indisponible pendant l’intervention.")
    case .outage:
      change.state == .inProgress
        ? language(
          "The service is unavailable during the work.", "Le service est indisponible pendant l’intervention.")
        : language(
          "The service will be unavailable during the work.", "Le service sera indisponible pendant l’intervention.")
    }
  }

  /// Only part of the service is touched; nil for impacts that are said of the service as a whole.
  private var impactOnComponents: String? {
    let names = wording.components(content.components)
    switch content.impact {
    case .none, .reducedRedundancy: return nil
    case .degraded:
      return language(
        "During the work, these may be slow or partly unavailable: \(names).",
        "Pendant l’intervention, ralentissements ou indisponibilités partielles possibles\(language.colon) \(names).")
    case .outage:
      return language(
        "During the work, these are unavailable: \(names).",
        "Indisponible pendant l’intervention\(language.colon) \(names).")
    }
  }
}

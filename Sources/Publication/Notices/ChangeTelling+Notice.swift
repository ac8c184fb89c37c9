import CivilTime
import Planning
import Wording

extension ChangeTelling {
  /// Work outside production is marked where it is read first.
  var environmentMark: String { otherEnvironment.map { "[\($0)] " } ?? "" }

  /// Elapsed time from the announcement to the start; nil for what was not announced ahead.
  var noticeLength: Elapsed? { change.noticeGiven.flatMap { $0 > .zero ? $0 : nil } }

  /// The table of facts, the same for every kind of notice.
  var noticeFacts: [NoticeDocument.Fact] {
    ChangeFacts.told(.notice, of: self).map { fact in
      var url: String?
      if case .link(_, let address) = fact.value { url = address.flatMap(Link.plain) }
      return .init(key: fact.key, name: fact.name, value: fact.text, url: url)
    }
  }

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

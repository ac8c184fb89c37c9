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
    ChangeFacts.told(.notice, of: self).filter(isWorthTelling).map { fact in
      var url: String?
      if case .link(_, let address) = fact.value { url = address.flatMap(Link.plain) }
      return .init(key: fact.key, name: fact.name, value: fact.text, url: url)
    }
  }

  /// Of work that does not take place few facts are left to tell; of work that is over, not what clients felt, since they
  /// would read it as what they feel.
  private func isWorthTelling(_ fact: ChangeFacts.Fact) -> Bool {
    switch change.state {
    case .cancelled: ChangeFacts.ofCancelled.contains(fact.key)
    // Nor when it was to be, where nobody was told of it ahead.
    case .completed: fact.key != "impact" && (noticeLength != nil || !["range", "duration"].contains(fact.key))
    default: true
    }
  }

  /// What clients feel while the work goes on.
  var impactSentence: String {
    if !content.components.isEmpty, let sentence = impactOnComponents { return sentence }
    let isRunning = change.state == .inProgress
    return switch content.impact {
    case .none: language("No disruption is expected.", "Aucune gêne n’est attendue.")
    case .reducedRedundancy:
      language(
        "The service remains available; no disruption is expected.",
        "Le service reste disponible ; aucune gêne n’est attendue.")
    case .degraded:
      isRunning
        ? language(
          "The service may be slow or briefly unavailable during the work.",
          "Le service peut être ralenti ou momentanément indisponible pendant l’intervention.")
        : language(
          "The service may be slow or briefly unavailable during the work.",
          "Le service pourra être ralenti ou momentanément indisponible pendant l’intervention.")
    case .outage:
      isRunning
        ? language(
          "The service is unavailable during the work.", "Le service est indisponible pendant l’intervention.")
        : language(
          "The service will be unavailable during the work.", "Le service sera indisponible pendant l’intervention.")
    }
  }

  /// Only part of the service is touched; nil for impacts that are said of the service as a whole.
  private var impactOnComponents: String? {
    let names = wording.components(content.components)
    let isOne = content.components.count == 1
    let what =
      isOne
      ? language("The component \(names)", "Le composant \(names)")
      : language("The components \(names)", "Les composants \(names)")
    let isRunning = change.state == .inProgress
    switch content.impact {
    case .none, .reducedRedundancy: return nil
    case .degraded:
      let can = isRunning ? (isOne ? "peut" : "peuvent") : isOne ? "pourra" : "pourront"
      let plural = isOne ? "" : "s"
      return language(
        "\(what) may be slow or briefly unavailable during the work.",
        "\(what) \(can) être ralenti\(plural) ou momentanément indisponible\(plural) pendant l’intervention.")
    case .outage:
      let will = isRunning ? (isOne ? "is" : "are") : "will be"
      let sera =
        isRunning
        ? (isOne ? "est indisponible" : "sont indisponibles")
        : isOne ? "sera indisponible" : "seront indisponibles"
      return language(
        "\(what) \(will) unavailable during the work.", "\(what) \(sera) pendant l’intervention.")
    }
  }
}

import CivilTime
import Planning
import Wording

extension ChangeTelling {
  /// Work outside production is marked where it is read first.
  var environmentMark: String { otherEnvironment.map { "[\($0)] " } ?? "" }

  /// Elapsed time from the announcement to the start; nil for what was not announced ahead.
  var noticeLength: Elapsed? { change.noticeGiven.flatMap { $0 > .zero ? $0 : nil } }

  /// When clients were told of the plan, where that is on record and was ahead of its start.
  var toldAhead: Instant? { change.toldAt.flatMap { $0 < content.interval.start ? $0 : nil } }

  /// The table of facts, the same for every kind of notice.
  var noticeFacts: [NoticeDocument.Fact] {
    ChangeFacts.told(.notice, of: self).filter(isWorthTelling).map { fact in
      var url: String?
      if case .link(_, let address) = fact.value { url = address.flatMap(Link.plain) }
      return .init(key: fact.key, name: fact.name, value: fact.text, url: url, language: fact.value.language)
    }
  }

  /// Of work that does not take place few facts are left to tell.
  private func isWorthTelling(_ fact: ChangeFacts.Fact) -> Bool {
    switch change.state {
    case .cancelled: ChangeFacts.ofCancelled.contains(fact.key)
    // When it was to be, where nobody was told of it ahead.
    case .completed: noticeLength != nil || !["range", "duration"].contains(fact.key)
    default: true
    }
  }

  /// What clients feel while the work goes on.
  var impactSentence: String {
    let isRunning = change.state == .inProgress
    let (what, isMany) = affected(content.impact == .reducedRedundancy ? [] : content.components)
    let s = isMany ? "s" : ""
    let sentence: String
    switch content.impact {
    case .none: return language("No disruption is expected.", "Aucune gêne n’est attendue.")
    case .reducedRedundancy:
      return language(
        "\(what) should remain available; no disruption is expected.",
        "\(what) devrait rester disponible ; aucune gêne n’est attendue.")
    case .degraded:
      let can = isRunning ? (isMany ? "peuvent" : "peut") : isMany ? "pourront" : "pourra"
      sentence = language(
        "\(what) may be slow or briefly unavailable during the work",
        "\(what) \(can) être ralenti\(s) ou momentanément indisponible\(s) pendant l’intervention")
    case .outage:
      let will = isRunning ? (isMany ? "are" : "is") : "will be"
      let sera = isRunning ? (isMany ? "sont" : "est") : isMany ? "seront" : "sera"
      sentence = language(
        "\(what) \(will) unavailable during the work", "\(what) \(sera) indisponible\(s) pendant l’intervention")
    }
    let others = language(
      "; your production environment is not affected", " ; votre environnement de production n’est pas concerné")
    return sentence + (otherEnvironment == nil ? "." : "\(others).")
  }

  /// What work on `components` touches, as the subject of a sentence, and whether that is a plural.
  func affected(_ components: [String]) -> (name: String, isMany: Bool) {
    let place = otherEnvironment.map { language("the \($0) environment", "l’environnement \($0)") }
    guard !components.isEmpty else {
      return ((place ?? language("the service", "le service")).capitalizedFirst, false)
    }
    let isMany = components.count > 1
    let phrase = wording.componentPhrase(components, of: contract)
    return (
      language("The \(phrase)", "\(isMany ? "Les" : "Le") \(phrase)")
        + (place.map { language(" of \($0)", " de \($0)") } ?? ""), isMany
    )
  }

  /// What clients feel, in a few words, and of what; staff reads the impact that is on record.
  var impact: String {
    let short = wording.impact(content.impact)
    guard wording.audience == .clients else { return short }
    let isOutage = content.impact == .outage
    switch content.impact {
    case .none: return language("none", "aucun")
    case .reducedRedundancy:
      return language(
        "none (reduced redundancy during the work)", "aucun (redondance réduite pendant l’intervention)")
    case .degraded, .outage:
      guard !content.components.isEmpty else { return short }
      let s = content.components.count > 1 ? "s" : ""
      return wording.componentPhrase(content.components, of: contract) + " "
        + language(isOutage ? "unavailable" : "degraded", isOutage ? "indisponible\(s)" : "ralenti\(s)")
    }
  }
}

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
    // When it was recorded stands in the reference.
    if fact.key == "notice", change.toldAt == nil { return false }
    return switch change.state {
    case .cancelled: ChangeFacts.ofCancelled.contains(fact.key)
    // When it was to be, where nobody was told of it ahead.
    case .completed: noticeLength != nil || !["range", "duration"].contains(fact.key)
    default: true
    }
  }

  /// What clients feel while the work goes on.
  var impactSentence: String {
    let isRunning = change.state == .inProgress
    let time =
      isRunning
      ? language("until the work ends", "jusqu’à la fin de l’intervention")
      : language("during the work", "pendant l’intervention")
    let (what, isMany) = affected(content.impact == .reducedRedundancy ? [] : content.components)
    let s = isMany ? "s" : ""
    let sentence: String
    switch content.impact {
    case .none where content.update.map { !$0.interruption } ?? false:
      return language(
        "No interruption of the service is planned.", "L’installation est prévue sans interruption du service.")
    case .none: return language("No disruption is expected.", "Aucune gêne n’est attendue.")
    case .reducedRedundancy:
      return language(
        "\(what) should remain available; no disruption is expected.",
        "\(what) devrait rester disponible ; aucune gêne n’est attendue.")
    case .degraded:
      let can = isRunning ? (isMany ? "peuvent" : "peut") : isMany ? "pourront" : "pourra"
      sentence = language(
        "\(what) may be slow or briefly unavailable \(time)",
        "\(what) \(can) être ralenti\(s) ou momentanément indisponible\(s) \(time)")
    case .outage:
      let will = isRunning ? (isMany ? "are" : "is") : "will be"
      let sera = isRunning ? (isMany ? "sont" : "est") : isMany ? "seront" : "sera"
      sentence = language(
        "\(what) \(will) unavailable \(time)", "\(what) \(sera) indisponible\(s) \(time)")
    }
    let others = language(
      "; your production environment is not affected", " ; votre environnement de production n’est pas concerné")
    return sentence + (otherEnvironment == nil ? "." : "\(others).")
  }

  /// What clients felt of work that is over; nil where that is nothing.
  var felt: String? {
    guard change.state == .completed, content.impact == .outage || content.impact == .degraded else { return nil }
    let (what, isMany) = affected(content.components)
    let (s, have, are) = (isMany ? "s" : "", isMany ? "ont" : "a", isMany ? "sont" : "est")
    let isOutage = content.impact == .outage
    let sentence =
      isOutage
      ? language(
        "\(what) \(isMany ? "were" : "was") unavailable during the work",
        "\(what) \(have) été indisponible\(s) pendant l’intervention")
      : language(
        "\(what) may have been slow or briefly unavailable during the work",
        "\(what) \(have) pu être ralenti\(s) ou momentanément indisponible\(s) pendant l’intervention")
    guard restored != nil else { return "\(sentence)." }
    return sentence
      + (isOutage
        ? language(
          ", and \(isMany ? "are" : "is") available again.", " ; il\(s) \(are) de nouveau disponible\(s).")
        : language(
          ", and \(isMany ? "work" : "works") normally again.",
          " ; il\(s) fonctionne\(isMany ? "nt" : "") de nouveau normalement."))
  }

  /// Of planned maintenance of which clients are told later than the contract says: how long ahead, and how long it should
  /// have been. A text that tells of it for the first time does so at `now`.
  var lateNotice: String? {
    guard content.kind == .maintenance, wording.audience == .clients else { return nil }
    let (start, terms) = (content.interval.start, contract.terms(at: content.interval.start).planned)
    guard let told = change.toldAt ?? (change.state == .planned ? now : nil), told < start,
      start - told < terms.notice, change.revision != nil
    else { return nil }
    let (ahead, notice) = (wording.ahead(start - told), wording.spelled(terms.notice))
    let rest = language(
      "\(ahead) ahead, not the \(notice) that the contract requires (\(terms.clause)).",
      "\(ahead) à l’avance, et non \(notice) comme le prévoit le contrat (\(terms.clause)).")
    guard change.toldAt != nil else {
      return language("This announcement reaches you ", "Cette annonce vous parvient ") + rest
    }
    // Of work that was announced before, the time alone is told late.
    return
      (change.firstToldAt.map { $0 < told } ?? false
      ? language("The new time was announced ", "Le nouvel horaire a été annoncé ")
      : language("This work was announced ", "Cette intervention a été annoncée ")) + rest
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
    let components = content.components
    let s = components.count > 1 ? "s" : ""
    let touched = components.isEmpty ? nil : wording.componentPhrase(components, of: contract)
    let place = otherEnvironment.map { language("\($0) environment", "environnement \($0)") }
    switch content.impact {
    case .none where content.kind != .update: return language("none", "aucun")
    case .none, .reducedRedundancy: return language("no interruption", "aucune interruption")
    case .degraded:
      let slow = language("slowness or brief unavailability", "ralentissements ou brèves indisponibilités")
      let what = [touched, place].compactMap(\.self).joined(separator: ", ")
      return what.isEmpty ? slow : "\(slow) (\(what))"
    case .outage:
      guard let what = touched ?? place else { return short }
      let beside = touched == nil ? "" : place.map { " (\($0))" } ?? ""
      return "\(what) " + language("unavailable", "indisponible\(s)") + beside
    }
  }
}

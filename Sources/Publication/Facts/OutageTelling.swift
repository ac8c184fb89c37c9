import CivilTime
import Planning
import Wording

/// An outage as clients are told of it in one language: the only place where pages, feeds and status pages get its name
/// and their sentences from.
struct OutageTelling {
  let contract: Contract
  let language: Language

  private var service: String { contract.displayName(language) }
  private func wording(_ facts: PublishedOutage.Facts) -> Wording {
    Wording(language, zone: contract.timeZone(at: facts.start), audience: .clients)
  }

  private func zone(_ facts: PublishedOutage.Facts) -> String { " (\(wording(facts).zoneName))" }

  /// Its title or, where none is told, what is down.
  func subject(_ facts: PublishedOutage.Facts) -> String {
    let title = CleanText.line(facts.title)
    return title.isEmpty ? what(facts) : title
  }

  /// `Service unavailable`, `Unavailable: administration`.
  func what(_ facts: PublishedOutage.Facts) -> String {
    guard !facts.components.isEmpty else { return language("Service unavailable", "Service indisponible") }
    let names = wording(facts).components(facts.components, of: contract)
    return language("Unavailable: \(names)", "Indisponible\(language.colon) \(names)")
  }

  /// `End of outage: Login fails – Monday 9 November 2026, 10:05 to 10:50`.
  func headline(_ word: PublishedOutage.Word) -> String {
    let news =
      switch word.news {
      case .began: language("Outage", "Panne")
      case .ended: language("End of outage", "Fin de panne")
      case .corrected: language("Outage corrected", "Panne rectifiée")
      case .withdrawn: language("Outage withdrawn", "Panne retirée")
      }
    let facts = word.facts
    let title = CleanText.line(facts.title)
    let what =
      !title.isEmpty
      ? title : facts.components.isEmpty ? service : wording(facts).components(facts.components, of: contract)
    // `Panne de stockage` says itself what it is.
    let isSaid = what.lowercased().hasPrefix(news.lowercased())
    return (isSaid ? what : "\(news)\(language.colon) \(what)") + " – \(range(facts))"
  }

  /// `since Monday 9 November 2026 at 10:05`, or the range of one that is over.
  func range(_ facts: PublishedOutage.Facts) -> String {
    let wording = wording(facts)
    if let interval = interval(facts) { return wording.range(interval) }
    let start = wording.dateTime(facts.start)
    return language("since \(start)", "depuis le \(start)")
  }

  private func interval(_ facts: PublishedOutage.Facts) -> Interval? {
    facts.end.flatMap { Interval(start: facts.start, end: $0) }.map(Wording.downtime)
  }

  /// One or two sentences that say what is new.
  func lead(_ word: PublishedOutage.Word) -> String {
    let facts = word.facts
    switch word.news {
    case .began: return fact(facts)
    case .ended:
      guard word.before != nil else { return fact(facts) }
      let again =
        facts.components.isEmpty
        ? language("\(service) is available again.", "Le service \(service) est de nouveau disponible.")
        : language("What was unavailable works again.", "Ce qui était indisponible fonctionne de nouveau.")
      return "\(again) \(fact(facts))"
    case .corrected:
      let title = CleanText.line(facts.title)
      let told = title.isEmpty || word.before.map { $0.title == facts.title } ?? true
      return language("Correction: ", "Rectification\(language.colon) ") + fact(facts)
        + (told ? "" : " \(language("Subject", "Objet"))\(language.colon) \(title).")
    case .withdrawn:
      let start = wording(facts).dateTime(facts.start) + zone(facts)
      return language(
        "The report of an outage of \(service) since \(start) is withdrawn.",
        "L’annonce d’une panne du service \(service) depuis le \(start) est retirée.")
    }
  }

  /// What was or is down, and when.
  func fact(_ facts: PublishedOutage.Facts) -> String {
    let wording = wording(facts)
    let (isOne, isMany) = (facts.components.count == 1, facts.components.count > 1)
    let phrase = wording.componentPhrase(facts.components, of: contract)
    let what =
      facts.components.isEmpty
      ? language(service, "Le service \(service)")
      : language("In \(service), the \(phrase)", "Dans le service \(service), \(isOne ? "le" : "les") \(phrase)")
    let s = isMany ? "s" : ""
    if let interval = interval(facts) {
      let when = wording.when(interval) + zone(facts)
      return language(
        "\(what) \(isMany ? "were" : "was") unavailable \(when).",
        "\(what) \(isMany ? "ont" : "a") été indisponible\(s) \(when).")
    }
    let start = wording.dateTime(facts.start) + zone(facts)
    return language(
      "\(what) \(isMany ? "have" : "has") been unavailable since \(start).",
      "\(what) \(isMany ? "sont" : "est") indisponible\(s) depuis le \(start).")
  }
}

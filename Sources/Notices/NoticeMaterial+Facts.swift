import CivilTime
import Planning
import Wording

extension NoticeMaterial {
  /// The table of facts, the same for every kind of notice; a line without a value is left out.
  var facts: [NoticeDocument.Fact] {
    var facts: [NoticeDocument.Fact] = []
    func add(_ key: String, _ name: String, _ value: String?, url: String? = nil) {
      guard let value, !value.isEmpty else { return }
      facts.append(.init(key: key, name: name, value: value, url: url.flatMap(LinkAddress.encoded)))
    }
    add("title", language("Subject", "Objet"), content.title)
    add("service", "Service", service)
    if content.environment != "production" {
      add("environment", language("Environment", "Environnement"), content.environment)
    }
    add("components", language("Components", "Composants"), components(content.components))
    add("kind", language("Kind", "Nature"), wording.kind(content.kind))
    add("range", language("Announced time", "Horaire annoncé"), wording.range(content.interval))
    add("duration", language("Duration", "Durée"), wording.duration(content.interval.length))
    add("impact", language("Impact", "Effet"), wording.impact(content.impact))
    add("actual_start", language("Actual start", "Début réel"), change.actualStart.map(stated))
    add("actual_end", language("Actual end", "Fin réelle"), change.actualEnd.map(stated))
    add("actual_duration", language("Actual duration", "Durée réelle"), actual.map { wording.duration($0.length) })
    add("overrun", language("Overrun", "Dépassement"), change.overrun.map(wording.duration))
    add("notice", language("Announced", "Annonce"), announced)
    add("reason", language("Reason", "Motif"), content.reason)
    if let update = content.update {
      add("version", "Version", update.version)
      add("category", language("Category", "Catégorie"), wording.category(update.category))
      add("needs", language("Needs", "À prévoir"), needs(update))
      add("documentation", "Documentation", update.documentation, url: update.documentation)
    }
    add("clause", language("Contract clause", "Clause du contrat"), clause)
    add("contact", "Contact", contract.contact.name, url: contract.contact.url)
    add(
      "email", language("Mail", "Courriel"), contract.contact.email, url: contract.contact.email.map { "mailto:\($0)" })
    add("portal", language("Portal", "Portail"), contract.portal, url: contract.portal)
    return facts
  }

  private var announced: String? {
    guard let notice, let plannedAt = change.plannedAt else { return nil }
    return language(
      "\(wording.duration(notice)) before the start, on \(wording.dateTime(plannedAt))",
      "\(wording.duration(notice)) avant le début, le \(wording.dateTime(plannedAt))")
  }

  /// What differs from what clients were told before, and nothing else.
  var differences: [NoticeDocument.Difference] {
    guard let before else { return [] }
    var result: [NoticeDocument.Difference] = []
    func compare(_ name: String, _ old: String, _ new: String) {
      if old != new { result.append(.init(name: name, before: old, after: new)) }
    }
    compare(language("Time", "Horaire"), wording.range(before.interval), wording.range(content.interval))
    compare(
      language("Duration", "Durée"), wording.duration(before.interval.length), wording.duration(content.interval.length)
    )
    compare(language("Impact", "Effet"), wording.impact(before.impact), wording.impact(content.impact))
    compare(language("Components", "Composants"), components(before.components), components(content.components))
    compare(language("Subject", "Objet"), before.title, content.title)
    if before.description != content.description {
      compare(
        "Description", language("the text published before", "le texte publié auparavant"),
        content.description.isEmpty ? language("none", "aucune") : language("the text below", "le texte ci-dessous"))
    }
    if let old = before.update, let new = content.update {
      compare(language("Needs", "À prévoir"), needs(old), needs(new))
      compare("Documentation", old.documentation ?? "–", new.documentation ?? "–")
    }
    return result
  }
}

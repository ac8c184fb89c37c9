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
    add("components", language("Components", "Composants"), wording.components(content.components))
    add("kind", language("Kind", "Nature"), wording.kind(content.kind))
    let isAnnounced = notice != nil
    add(
      "range", isAnnounced ? language("Announced time", "Horaire annoncé") : language("Time", "Horaire"),
      wording.range(content.interval))
    add(
      "planned_end", language("End announced at first", "Fin annoncée d’abord"),
      change.plannedEnd.map(wording.dateTime))
    add("duration", language("Duration", "Durée"), wording.duration(content.interval.length))
    add("impact", "Impact", wording.impact(content.impact))
    add("actual_start", language("Actual start", "Début réel"), change.actualStart.map(wording.stated))
    add("actual_end", language("Actual end", "Fin réelle"), change.actualEnd.map(wording.stated))
    add("actual_duration", language("Actual duration", "Durée réelle"), actual.map { wording.duration($0.length) })
    add("overrun", language("Overrun", "Dépassement"), change.overrun.map(wording.duration))
    add("notice", language("Announced", "Annonce"), wording.announced(change))
    add("reason", language("Reason", "Motif"), content.reason)
    add("move_reason", wording.moveReasonName(change), content.moveReason)
    if let update = content.update {
      add("version", "Version", update.version)
      add("category", language("Category", "Catégorie"), wording.category(update.category))
      add("needs", language("Needs", "À prévoir"), wording.needs(update))
      add("documentation", "Documentation", update.documentation, url: update.documentation)
    }
    add("clause", language("Contract clause", "Clause du contrat"), clause)
    add("contact", "Contact", contract.contact.name, url: contract.contact.url)
    add(
      "email", language("Mail", "Courriel"), contract.contact.email, url: contract.contact.email.map { "mailto:\($0)" })
    add("portal", language("Portal", "Portail"), contract.portal, url: contract.portal)
    return facts
  }

  /// What differs from what clients were told before, and nothing else.
  var differences: [ContentDifference] {
    before.map { wording.differences(from: $0, to: content, contract: contract) } ?? []
  }
}

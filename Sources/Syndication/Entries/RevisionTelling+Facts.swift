import CivilTime
import Planning
import Wording

extension RevisionTelling {
  /// What stands in every entry; a line without a value is left out.
  var facts: [SyndicationEntry.Fact] {
    var facts: [SyndicationEntry.Fact] = []
    func add(_ english: String, _ french: String, _ value: String?) {
      let value = CleanText.line(value ?? "")
      if !value.isEmpty { facts.append(.init(name: language(english, french), value: value)) }
    }
    add("When", "Quand", wording.range(content.interval))
    add("Duration", "Durée", wording.duration(content.interval.length))
    add("Impact", "Effet", wording.impact(content.impact))
    add("Components", "Composants", components(content.components))
    if content.environment != Environments.production { add("Environment", "Environnement", content.environment) }
    add("Kind", "Nature", kind)
    add("State", "État", wording.state(of: change))
    add("Actual start", "Début réel", change.actualStart.map { wording.dateTime($0.stated) })
    add("Actual end", "Fin réelle", change.actualEnd.map { wording.dateTime($0.stated) })
    add("Reason", "Motif", content.reason)
    if let update = content.update {
      add("Version", "Version", update.version)
      add("Category", "Catégorie", wording.category(update.category))
      add("Needs", "À prévoir", needs(update))
      add("Documentation", "Documentation", update.documentation)
    }
    return facts
  }

  /// What differs from what clients were told before, and nothing else.
  var differences: [SyndicationEntry.Difference] {
    guard let before else { return [] }
    var result: [SyndicationEntry.Difference] = []
    func compare(_ english: String, _ french: String, _ old: String, _ new: String) {
      if old != new {
        result.append(
          .init(name: language(english, french), before: CleanText.line(old), after: CleanText.line(new)))
      }
    }
    compare("Time", "Horaire", range(before.interval), range(content.interval))
    compare(
      "Duration", "Durée", wording.duration(before.interval.length), wording.duration(content.interval.length))
    compare("Impact", "Effet", wording.impact(before.impact), wording.impact(content.impact))
    compare("Components", "Composants", components(before.components), components(content.components))
    compare("Subject", "Objet", before.title, content.title)
    if before.description != content.description {
      compare(
        "Description", "Description", language("the text published before", "le texte publié auparavant"),
        content.description.isEmpty ? language("none", "aucune") : language("the text below", "le texte ci-dessous"))
    }
    if let old = before.update, let new = content.update {
      compare("Needs", "À prévoir", needs(old), needs(new))
      compare("Documentation", "Documentation", old.documentation ?? "–", new.documentation ?? "–")
    }
    return result
  }

  /// Each interval by the zone of its own version of the contract.
  private func range(_ interval: Interval) -> String {
    Wording(language, zone: contract.timeZone(at: interval.start)).range(interval)
  }

  private func components(_ names: [String]) -> String {
    names.isEmpty ? language("the whole service", "tout le service") : language.list(names)
  }

  private func needs(_ update: UpdateDetails) -> String {
    var needs: [String] = []
    if update.training { needs.append(language("training of users", "formation des utilisateurs")) }
    if update.configuration {
      needs.append(language("configuration of the application", "paramétrage de l’application"))
    }
    return needs.isEmpty
      ? language("neither training nor configuration", "ni formation ni paramétrage") : language.list(needs)
  }
}

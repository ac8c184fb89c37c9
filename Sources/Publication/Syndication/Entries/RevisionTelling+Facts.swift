import CivilTime
import Planning
import Wording

extension RevisionTelling {
  /// What stands in every entry; a line without a value is left out.
  var facts: [SyndicationEntry.Fact] {
    var facts: [SyndicationEntry.Fact] = []
    func add(_ english: String, _ french: String, _ value: String?) {
      let value = CleanText.line(value ?? "")
      if !value.isEmpty { facts.append(.init(name: language.choice(english, french), value: value)) }
    }
    add("When", "Quand", wording.range(content.interval))
    add("Duration", "Durée", wording.duration(content.interval.length))
    add("Impact", "Impact", wording.impact(content.impact))
    add("Components", "Composants", wording.components(content.components))
    if content.environment != Environments.production { add("Environment", "Environnement", content.environment) }
    add("Kind", "Nature", kind)
    add("State", "État", wording.state(of: change))
    add("Actual start", "Début réel", change.actualStart.map { wording.dateTime($0.stated) })
    add("Actual end", "Fin réelle", change.actualEnd.map { wording.dateTime($0.stated) })
    add("Reason", "Motif", content.reason)
    let name = wording.moveReasonName(change)
    add(name, name, content.moveReason)
    if let update = content.update {
      add("Version", "Version", update.version)
      add("Category", "Catégorie", wording.category(update.category))
      add("Needs", "À prévoir", wording.needs(update))
      add("Documentation", "Documentation", update.documentation)
    }
    return facts
  }

  /// What differs from what clients were told before, each on one line.
  var differences: [SyndicationEntry.Difference] {
    guard let before else { return [] }
    return wording.differences(from: before, to: content, contract: contract).map {
      .init(name: $0.name, before: CleanText.line($0.before), after: CleanText.line($0.after))
    }
  }
}

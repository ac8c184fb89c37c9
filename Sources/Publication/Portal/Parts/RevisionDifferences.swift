import CivilTime
import Planning
import Wording

/// What one published revision of a change tells that the one before did not.
struct RevisionDifferences {
  struct Line: Hashable {
    var name: String
    /// Empty where there was nothing.
    var before: String
    var after: String
    /// Whether the texts may have many lines.
    var isLong = false
  }

  private(set) var lines: [Line] = []

  init(before: Change, after: Change, _ contract: Contract, _ language: Language) {
    let old = ChangePhrases(before, contract: contract, language: language)
    let new = ChangePhrases(after, contract: contract, language: language)
    compare(language("State", "État"), old.state, new.state)
    compare(language("Time", "Horaire"), range(old), range(new))
    compare(language("Duration", "Durée"), duration(old), duration(new))
    compare(
      language("Actual start", "Début réel"), before.actualStart.map(old.stated), after.actualStart.map(new.stated))
    compare(language("Actual end", "Fin réelle"), before.actualEnd.map(old.stated), after.actualEnd.map(new.stated))
    compare(
      language("Overrun", "Dépassement"), before.overrun.map(old.wording.duration),
      after.overrun.map(new.wording.duration))
    compare("Impact", old.impact, new.impact)
    compare(language("Components", "Composants"), old.components, new.components)
    compare(language("Title", "Titre"), before.content.title, after.content.title)
    compare(language("Reason", "Motif"), before.content.reason, after.content.reason)
    if let reason = after.content.moveReason { compare(new.wording.moveReasonName(after), nil, reason) }
    compare("Description", before.content.description, after.content.description, isLong: true)
    let (update, updated) = (before.content.update, after.content.update)
    compare("Version", update?.version, updated?.version)
    compare(
      language("Category", "Catégorie"), update.map { old.wording.category($0.category) },
      updated.map { new.wording.category($0.category) })
    compare(language("Needs", "À prévoir"), update.map(old.needs), updated.map(new.needs))
    compare("Interruption", update.map(old.interruption), updated.map(new.interruption))
    compare("Documentation", update?.documentation, updated?.documentation)
  }

  private func range(_ phrases: ChangePhrases) -> String {
    phrases.capitalized(phrases.wording.range(phrases.content.interval))
  }

  private func duration(_ phrases: ChangePhrases) -> String {
    phrases.wording.duration(phrases.content.interval.length)
  }

  private mutating func compare(_ name: String, _ before: String?, _ after: String?, isLong: Bool = false) {
    guard before ?? "" != after ?? "" else { return }
    lines.append(Line(name: name, before: before ?? "", after: after ?? "", isLong: isLong))
  }
}

import CivilTime
import JSONText
import Planning
import Wording

/// Outages as the incidents of a status page: that there is one, what is down and since when, that it is over, that it was
/// recorded otherwise or was none.
extension Statuspage {
  /// `critical` where all is down, else `major`.
  func impact(_ outage: PublishedOutage) -> String {
    components.allSatisfy { $0.isAmong(outage.newest.facts.components) } ? "critical" : "major"
  }

  func incident(_ outage: PublishedOutage) -> JSON {
    let telling = OutageTelling(contract: contract, language: language)
    let (first, newest) = (outage.words[0], outage.newest)
    return [
      "id": .string(outage.id.description),
      "name": .string((isSimulation ? SimulationMark.prefix : "") + telling.subject(newest.facts)),
      "status": .string(status(newest)), "created_at": .string(time(first.at)), "updated_at": .string(time(newest.at)),
      "monitoring_at": .null, "resolved_at": resolvedAt(newest), "impact": .string(impact(outage)),
      "shortlink": .string(contract.home), "started_at": .string(time(newest.facts.start)),
      "page_id": .string(pageID),
      "incident_updates": .array(
        outage.words.reversed().map { word in
          update(
            "\(outage.id)-\(word.number)", of: outage.id.description, status(word), telling.lead(word), at: word.at,
            affected(components.filter { isTouched($0, word) }) { component in
              (state(component, word.before), state(component, word.news == .withdrawn ? nil : word.facts))
            })
        }),
      "components": .array(components.filter { $0.isAmong(newest.facts.components) }.map(json)),
    ]
  }

  private func status(_ word: PublishedOutage.Word) -> String {
    word.news == .withdrawn || word.facts.end != nil ? "resolved" : "investigating"
  }

  private func resolvedAt(_ word: PublishedOutage.Word) -> JSON {
    status(word) == "resolved" ? .string(time(word.news == .withdrawn ? word.at : word.facts.end ?? word.at)) : .null
  }

  /// Whether the word speaks of the component, now or before.
  private func isTouched(_ component: ComponentState, _ word: PublishedOutage.Word) -> Bool {
    component.isAmong(word.facts.components) || word.before.map { component.isAmong($0.components) } ?? false
  }

  /// What a word says of a component; nil facts say nothing.
  private func state(_ component: ComponentState, _ facts: PublishedOutage.Facts?) -> JSON {
    facts.map { $0.end == nil && component.isAmong($0.components) } ?? false ? "major_outage" : "operational"
  }
}

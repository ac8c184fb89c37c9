import Answers
import CivilTime
import JSONText
import Planning
import Wording

/// Outages for people and for programs.
struct OutageText {
  let text: ChangeText
  private var wording: Wording { text.wording }
  private var language: Language { wording.language }

  init(_ text: ChangeText) { self.text = text }

  private func paint(_ text: String) -> String { self.text.output.bold(text) }

  func headline(_ outage: Outage, by contract: Contract, isReplay: Bool) -> [String] {
    let word = text.output.green("✓ " + language("RECORDED", "ENREGISTRÉ"))
    let mark = text.isSimulation ? text.output.paint(" [SIMULATION]", "35") : ""
    let title = outage.content.title.isEmpty ? "" : "  \(outage.content.title)"
    var lines = ["\(paint(word))  \(paint(outage.id.description))\(title) — \(wording.state(outage.state))\(mark)"]
    lines += details(outage, contract)
    if isReplay {
      lines.append(
        "  "
          + language(
            "Answered again: this request was recorded before.",
            "Réponse répétée : cette demande était déjà enregistrée."))
    }
    return lines
  }

  /// What is on record, one line a fact.
  func details(_ outage: Outage, _ contract: Contract) -> [String] {
    let content = outage.content
    var facts = [wording.range(outage)]
    let counts = content.cause.isCounted ? language("counted", "comptée") : language("excluded", "exclue")
    facts.append(
      "\(wording.cause(content.cause)) (\(counts)), \(content.service), \(contract.environment(content.environment, language))"
    )
    if !content.components.isEmpty { facts.append(wording.components(content.components, of: contract)) }
    if !content.evidence.isEmpty {
      facts.append(language("Evidence: ", "Justification\(language.colon) ") + content.evidence)
    } else if !content.cause.isCounted {
      facts.append(
        language("No evidence is on record for this cause.", "Aucune justification enregistrée pour cette cause."))
    }
    if let reason = outage.reason { facts.append(language("Reason: ", "Motif\(language.colon) ") + reason) }
    return facts.flatMap { fact in
      fact.split(separator: "\n", omittingEmptySubsequences: true).flatMap {
        text.wrap(String($0), indent: 4, first: "  ")
      }
    }
  }

  /// A table that fits 80 columns.
  func table(_ outages: [Outage]) -> [String] {
    let states = outages.map { wording.state($0.state) }
    let causes = outages.map { wording.cause($0.content.cause) }
    let (states80, causes80) = (states.map(\.count).max() ?? 0, causes.map(\.count).max() ?? 0)
    return zip(outages.indices, outages).flatMap { index, outage in
      let content = outage.content
      let time =
        content.end.flatMap { Interval(start: content.start, end: $0) }
        .map { wording.shortRange($0, year: true) }
        ?? language("since ", "depuis ") + String(wording.typed(content.start))
      let head =
        "\(paint(outage.id.description))  \(text.pad(states[index], states80))  \(text.pad(causes[index], causes80))  "
      let indent = outage.id.description.count + states80 + causes80 + 6
      // A long stretch goes on below itself.
      return text.wrap(time, indent: indent, first: head)
        + (content.title.isEmpty ? [] : text.wrap(content.title, indent: 15, first: String(repeating: " ", count: 15)))
    }
  }

  func json(_ outage: Outage) -> JSON {
    OutageJSON(wording: wording, isSimulation: text.isSimulation).outage(outage)
  }
}

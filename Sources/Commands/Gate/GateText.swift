import CivilTime
import Planning
import Wording

/// The gate and its overrides as people read them in a terminal.
struct GateText {
  let text: ChangeText
  let contract: Contract
  private var wording: Wording { text.wording }
  private var language: Language { wording.language }

  init(_ text: ChangeText, contract: Contract) {
    self.text = text
    self.contract = contract
  }

  private var mark: String { text.isSimulation ? text.output.paint(" [SIMULATION]", "35") : "" }

  func answer(_ answer: GateAnswer, environment: String) -> [String] {
    let isOpen = answer.state == .open
    let state = wording.state(answer.state)
    let word = isOpen ? text.output.green("✓ \(state)") : text.output.red("✗ \(state)")
    let sign = isOpen ? text.output.green("✓") : text.output.red("✗")
    return ["\(text.output.bold(word))  \(contract.service), \(contract.environment(environment, language))\(mark)"]
      + text.wrap(wording.dateTime(answer.at), indent: 2, first: "  ")
      + answer.reasons.flatMap { text.wrap(wording.gateReason($0), indent: 4, first: "  \(sign) ") }
      + text.wrap(wording.nextTransition(answer), indent: 2, first: "  ")
  }

  func recorded(_ overrides: [GateOverride], isEnd: Bool, isReplay: Bool, environment: String) -> [String] {
    let word = text.output.green("✓ " + language("RECORDED", "ENREGISTRÉ"))
    let what =
      isEnd ? language("override ended", "ouverture forcée terminée") : language("override", "ouverture forcée")
    var lines = [
      "\(text.output.bold(word))  \(contract.service), \(contract.environment(environment, language)) — \(what)\(mark)"
    ]
    lines += overrides.flatMap { text.wrap(wording.gateReason(.override($0)), indent: 4, first: "  ") }
    if isReplay {
      lines.append(
        "  "
          + language(
            "Answered again: this request was recorded before.",
            "Réponse répétée : cette demande était déjà enregistrée."))
    }
    return lines
  }

  func list(_ overrides: [GateOverride]) -> [String] {
    guard !overrides.isEmpty else {
      return text.simulationMark + [language("No overrides.", "Aucune ouverture forcée.")]
    }
    return text.simulationMark
      + overrides.flatMap { override -> [String] in
        // What was ended in the second in which it began has no length.
        let time =
          override.interval.map { wording.range($0) } ?? wording.dateTime(override.start)
        let head =
          "\(time), \(contract.environment(override.environment, language))" + (override.actor.map { ", \($0)" } ?? "")
        var lines = text.wrap(head, indent: 2, first: "")
        lines += text.wrap(override.reason, indent: 4, first: "  ")
        if let ended = override.ended {
          let why = ended.reason.map { "\(language.colon) \($0)" } ?? ""
          lines += text.wrap(language("Ended early", "Terminée avant l’heure") + why, indent: 4, first: "  ")
        }
        return lines
      }
  }
}

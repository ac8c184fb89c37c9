import Answers
import ArgumentParser
import CivilTime
import JSONText
import Planning
import Register
import Site
import Wording

/// Prints what came of a command on a change, and leaves with the right exit code.
struct ChangeReport {
  let session: Session
  let contract: Contract
  let open: OpenRegister
  /// Whether the command moved a change rather than making one.
  let isMove: Bool

  var wording: Wording { session.wording(contract) }

  func print(_ outcome: Register.Outcome, subject: String) throws {
    let answer = try ChangeAnswer(outcome, contract: contract, register: open.register)
    if session.options.json {
      try session.output.write(answer.json(ChangeJSON(wording: wording, isSimulation: open.isSimulation)))
    } else {
      try session.output.write(text(outcome, subject: subject, slots: answer.slots ?? []).joined(separator: "\n"))
    }
    if outcome.verdict.status == .refused { throw ExitCode(ExitStatus.refused.rawValue) }
  }

  private func text(_ outcome: Register.Outcome, subject: String, slots: [Slot]) -> [String] {
    let text = ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation)
    var lines = [text.headline(outcome.verdict, subject: subject, isMove: isMove)]
    if let change = outcome.change {
      let shown = "\(change.id)  \(change.content.title)"
      lines.append("  \(session.output.bold(shown)) — \(wording.state(of: change))")
      lines += text.wrap(wording.range(change.content.interval), indent: 2, first: "  ")
    }
    lines += text.findings(outcome.verdict)
    if outcome.isReplay {
      lines.append(
        "  "
          + session.language(
            "Answered again: this request was recorded before.",
            "Réponse répétée : cette demande était déjà enregistrée."))
    }
    return lines + text.slots(slots)
  }
}

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
    let isRefused = outcome.verdict.status == .refused
    let interval = outcome.change?.content.interval
    // Work under way is extended, not moved.
    let slots =
      isRefused && outcome.change?.state != .inProgress
        && outcome.verdict.findings.contains { !$0.isSatisfied && ChangeReport.movable.contains($0.code) }
      ? try interval.map { try proposals(outcome).near(refusedInterval(outcome) ?? $0, except: outcome.change?.id) }
      : nil
    if session.options.json {
      let json = ChangeJSON(wording: wording, isSimulation: open.isSimulation)
      if let change = outcome.change {
        try session.output.write(json.change(change, verdict: outcome.verdict, slots: slots))
      } else {
        try session.output.write(["verdict": json.verdict(outcome.verdict, slots: slots)])
      }
    } else {
      try session.output.write(text(outcome, subject: subject, slots: slots ?? []).joined(separator: "\n"))
    }
    if isRefused { throw ExitCode(ExitStatus.refused.rawValue) }
  }

  /// Refusals that another time could mend.
  static let movable: Set<FindingCode> = [.outsideWindow, .insufficientNotice, .overlap, .freeze]

  /// A refused move leaves the change where it was; the slots are looked for where it was to go.
  private func refusedInterval(_ outcome: Register.Outcome) throws -> Interval? {
    guard let id = outcome.change?.id,
      case .replanningRefused(let content, _)? = try open.register.history(id).last?.event
    else { return nil }
    return content.interval
  }

  private func proposals(_ outcome: Register.Outcome) -> SlotProposals {
    SlotProposals(
      contract: contract, environment: outcome.change?.content.environment ?? "production", register: open.register,
      now: outcome.decidedAt)
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

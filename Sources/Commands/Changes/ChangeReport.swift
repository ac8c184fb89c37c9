import Answers
import ArgumentParser
import CivilTime
import JSONText
import Planning
import Publication
import Register
import Wording

/// Prints what came of a command on a change, and leaves with the right exit code.
struct ChangeReport {
  let session: Session
  let contract: Contract
  let open: OpenRegister
  /// Whether the command moved a change rather than making one.
  let isMove: Bool

  var wording: Wording { session.wording(contract) }

  func print(_ outcome: Register.Outcome, to command: ChangeCommand, subject: String) throws {
    let answer = try ChangeAnswer(outcome, to: command, contract: contract, register: open.register)
    if session.options.json {
      try session.output.write(answer.json(ChangeJSON(wording: wording, isSimulation: open.isSimulation)))
    } else {
      let full = subject + which(outcome, command)
      try session.output.write(text(answer, of: command, subject: full).joined(separator: "\n"))
    }
    if outcome.verdict.status == .refused { throw ExitCode(ExitStatus.refused.rawValue) }
  }

  private func text(_ answer: ChangeAnswer, of command: ChangeCommand, subject: String) -> [String] {
    let outcome = answer.outcome
    let text = ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation)
    var lines = [text.headline(outcome.verdict, subject: subject, isMove: isMove)]
    if let change = outcome.change {
      let shown = "\(change.id)  \(change.content.title(session.language))"
      lines.append("  \(session.output.bold(shown)) — \(wording.state(of: change))")
      let waiting = change.proposal.flatMap { $0.interval == change.content.interval ? nil : $0 }
      lines += text.wrap(times(change, asked: answer.asked ?? waiting), indent: 2, first: "  ")
      if let actual = wording.actualTimes(of: change) { lines += text.wrap(actual, indent: 2, first: "  ") }
    }
    lines += text.findings(outcome.verdict, of: outcome.change?.id)
    if outcome.verdict.status == .allowed, let change = outcome.change, change.revision != nil, change.proposal == nil,
      command.reason != nil, let reason = change.content.moveReason ?? change.content.reason
    {
      let read = session.language("Clients read as the reason: ", "Motif lu par les clients : ")
      lines += text.wrap(read + reason.told.text, indent: 4, first: "  ")
    }
    // Where that is why nothing came of it, the finding says so.
    if !outcome.verdict.findings.contains(where: { $0.figures == .state(.requested, allowed: false) }) {
      lines += text.approval(outcome.change, contract, at: open.register.now)
    }
    // What was recorded is a fact, whatever the rules of today say of it.
    if outcome.verdict.status == .allowed { lines += text.standing(answer.standing) }
    if outcome.isReplay {
      lines.append(
        "  "
          + session.language(
            "Answered again: this request was recorded before.",
            "Réponse répétée : cette demande était déjà enregistrée."))
    }
    return lines + text.slots(answer.slots ?? []) + owed(outcome) + nextStep(answer, text)
  }

  /// Of a notice that was recorded, which one: it may have been the register that found it.
  private func which(_ outcome: Register.Outcome, _ command: ChangeCommand) -> String {
    guard case .recordNotice = command, let told = outcome.change?.notices.last else { return "" }
    return " (\(wording.notice(told.kind)), \(wording.channel(told.channel)))"
  }

  /// What clients have to be told of what was just recorded.
  private func owed(_ outcome: Register.Outcome) -> [String] {
    guard outcome.verdict.status == .allowed, let change = outcome.change,
      NoticesOwed(contract, open.register).firstKind(of: change) != nil
    else { return [] }
    return [
      session.language("Next, for clients:", "Ensuite, pour les clients :"),
      "  \(wording.door.name(Step.publish(change.id)))",
    ]
  }

  /// How a request that was refused goes on: as the draft that was kept of it, not as another request.
  private func nextStep(_ answer: ChangeAnswer, _ text: ChangeText) -> [String] {
    let verdict = answer.outcome.verdict
    guard verdict.status == .refused, let draft = answer.outcome.change else { return [] }
    if isMove {
      // More than was announced is planned anew, and that needs another time first.
      guard draft.isBooked, answer.asked == nil, let slot = answer.slots?.first else { return [] }
      return [
        session.language("Move it first, then ask again:", "Déplacez-le d’abord, puis redemandez :"),
        "  preavis reschedule \(draft.id) \(text.flag(of: slot)) --reason …",
      ]
    }
    let failed = verdict.findings.filter { !$0.isSatisfied }
    if failed.contains(where: { $0.code == .plannableEmergency }) {
      return [
        session.language(
          "Kept as a draft; planned maintenance is:", "Conservé comme brouillon ; en maintenance planifiée :"),
        "  preavis \(submission(of: draft.content, at: answer.slots?.first, text))",
      ]
    }
    return [
      session.language("Kept as a draft; it goes on with:", "Conservé comme brouillon ; la suite :"),
      "  preavis reschedule \(draft.id) \(mends(failed, answer.slots, text).joined(separator: " "))",
    ]
  }

  /// The options that mend what was found.
  private func mends(_ failed: [Finding], _ slots: [Slot]?, _ text: ChangeText) -> [String] {
    var options: [String] = []
    if let slot = slots?.first {
      options.append(text.flag(of: slot))
    } else if slots != nil || failed.contains(where: { $0.code == .notAnnounced }) {
      // No room for so long a work within a year; or work that cannot be announced any more.
      options.append("--start … --duration …")
    } else {
      for case .overlap(let others) in failed.map(\.figures) { options += others.map { "--alongside \($0.change)" } }
    }
    if failed.contains(where: { $0.code == .missingReason }) { options.append("--reason …") }
    return options
  }

  /// The request for the same work as planned maintenance.
  private func submission(of content: ChangeContent, at slot: Slot?, _ text: ChangeText) -> String {
    var words = ["submit", "--service \(content.service)"]
    if content.environment != Contract.production { words.append("--environment \(content.environment)") }
    words.append(slot.map { "\(text.flag(of: $0)) --end \(text.typed($0.interval.end))" } ?? "--start … --duration …")
    for field in ChangeField.ofContent where field != .alongside {
      for value in content[field].map({ $0.list ?? [$0.text ?? ""] }) ?? [] where !value.isEmpty {
        words.append("\(wording.door.name(Field(field))) \(TerminalText.quoted(value))")
      }
    }
    return words.joined(separator: " ")
  }

  /// When the change is; of a move that was refused, or waits, first what was asked for, since the findings are about that.
  private func times(_ change: Change, asked: ChangeContent?) -> String {
    let stands = wording.range(of: change)
    guard let asked else { return stands }
    let shown = wording.range(asked: asked)
    // What is cancelled or over is no plan any more.
    let isPlan = change.isBooked
    return isPlan
      ? session.language(
        "Asked for \(shown); the plan stands: \(stands)",
        "Demandé\u{A0}: \(shown)\u{202F}; le plan reste\u{A0}: \(stands)")
      : session.language(
        "Asked for \(shown); on record: \(stands)",
        "Demandé\u{A0}: \(shown)\u{202F}; enregistré\u{A0}: \(stands)")
  }
}

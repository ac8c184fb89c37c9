import Answers
import CivilTime
import Planning
import Publication
import Register
import Wording

/// Releases on record as people read them in a terminal.
struct ReleaseReport {
  let wording: Wording
  let output: Output

  init(_ session: Session, _ wording: Wording) { (self.wording, output) = (wording, session.output) }

  private var language: Language { wording.language }
  private func text(_ shown: ShownRelease) -> ChangeText {
    ChangeText(wording: wording, output: output, isSimulation: shown.isSimulation)
  }

  /// What came of a command.
  func lines(
    _ outcome: Register.ReleaseOutcome, _ shown: ShownRelease, subject: String, isMove: Bool, next: String?,
    madeAt: Instant?
  ) -> [String] {
    let text = text(shown)
    var lines = [text.headline(outcome.verdict, subject: subject, isMove: isMove)]
    if let record = shown.record { lines += text.wrap(head(record, shown), indent: 15, first: "  ") }
    let refused = outcome.rows.filter { $0.verdict.status == .refused }
    guard refused.isEmpty else {
      if let madeAt, case let since = wording.dateTime(madeAt) {
        lines += text.wrap(
          language("What changed since the plan was made (\(since)):", "Ce qui a changé depuis le plan (\(since)) :"),
          indent: 2, first: "  ")
      }
      for row in refused {
        let when = wording.shortRange(row.content.interval, year: true)
        let id = row.change.map { "\($0.id) " } ?? ""
        lines += text.wrap(
          "\(row.content.title(language)) (\(when))", indent: 4, first: "  \(id)\(output.bold(row.name))  ")
        lines += text.findings(Verdict(findings: row.verdict.findings.filter { !$0.isSatisfied }), of: row.change?.id)
        if let slot = shown.slots(of: row).first, case let when = wording.shortRange(slot.interval, year: true) {
          lines += text.wrap(
            language("Nearest place: \(when)", "Place la plus proche : \(when)"), indent: 4, first: "    ")
        }
      }
      return lines + refusal(outcome, refused, shown, next)
    }
    if outcome.isReplay {
      lines += text.wrap(
        language(
          "Answered again: this request was recorded before.", "Réponse répétée : cette demande était déjà enregistrée."
        ),
        indent: 2, first: "  ")
    }
    return lines + nights(shown)
  }

  /// That nothing was recorded, and how it goes on.
  private func refusal(
    _ outcome: Register.ReleaseOutcome, _ refused: [Register.ReleaseOutcome.Row], _ shown: ShownRelease,
    _ next: String?
  ) -> [String] {
    let failed = outcome.verdict.findings.filter { !$0.isSatisfied }
    let (all, count) = (outcome.rows.count, refused.count)
    var text = language("Nothing was recorded.", "Rien n’a été enregistré.")
    if failed.allSatisfy({ $0.code == .missingReason }) { return self.text(shown).wrap(text, indent: 2, first: "  ") }
    text = language(
      "Nothing was recorded: of \(language.counted(all, "change")), \(count) cannot go there.",
      "Rien n’a été enregistré : sur \(language.counted(all, "changement")), \(count) n’y \(count == 1 ? "va" : "vont") pas."
    )
    let step = next ?? shown.record.map { "preavis release reschedule \($0.id) --replan --reason …" }
    let anew = step == nil ? "" : " " + language("Plan it anew:", "Replanifiez :")
    return self.text(shown).wrap(text + anew, indent: 2, first: "  ") + (step.map { ["  \($0)"] } ?? [])
  }

  /// `REL-2026-0001  Hiver 2026 — planned, 4 changes`.
  private func head(_ record: ReleaseRecord, _ shown: ShownRelease) -> String {
    let count = language.counted(shown.rows.count, language("change", "changement"))
    return "\(output.bold("\(record.id)  \(shown.name)")) — \(state(shown)), \(count)"
  }

  private func state(_ shown: ShownRelease) -> String { wording.state(shown.state, of: .maintenance) }

  private func nights(_ shown: ShownRelease) -> [String] {
    let rows = wording.zone.nights(shown.rows, start: \.content.interval.start)
    return text(shown).nights(
      rows.map { night in
        let title = wording.night(of: night.evening, night.works.map(\.content.interval))
        return (
          title,
          night.works.map { row in
            let content = row.content
            return [
              wording.hours(content.interval), row.change?.id.description ?? row.name, content.title(language),
              ReleaseFile.lane(content.service, content.environment), row.change.map { wording.state(of: $0) } ?? "",
            ]
          }
        )
      })
  }

  /// All that is known of one.
  func page(_ shown: ShownRelease) -> [String] {
    guard let record = shown.record else { return [] }
    let text = text(shown)
    var lines = text.simulationMark + text.wrap(head(record, shown), indent: 15, first: "")
    if let reason = shown.reason { lines += text.wrap(reason, indent: 0, first: "") }
    lines += nights(shown)
    lines += ["", output.bold(language("History", "Historique"))]
    return lines
      + record.steps.flatMap { step -> [String] in
        let by = step.by.map { language(" by ", " par ") + $0 } ?? ""
        let what = wording.event(step.event)
        return text.wrap("\(wording.dateTime(step.at))\(by)\(language.colon) \(what)", indent: 4, first: "  ")
      }
  }

  /// A line each.
  func table(_ releases: [ShownRelease]) -> [String] {
    let rows = releases.compactMap { shown -> [String]? in
      guard let record = shown.record else { return nil }
      let days = shown.span.map(wording.days) ?? ""
      let count = language.counted(shown.rows.count, language("change", "changement"))
      return [record.id.description, state(shown), days, count, shown.name]
    }
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    guard let first = releases.first else { return [] }
    let text = text(first)
    return text.simulationMark
      + rows.flatMap { row in
        let head = (0..<4).map { text.pad(row[$0], widths[$0]) }.joined(separator: "  ") + "  "
        return text.wrap(row[4], indent: min(head.count, 30), first: output.bold(row[0]) + head.dropFirst(row[0].count))
      }
  }
}

import CivilTime
import Planning
import Wording

/// A support report as people read it; programs: `SupportReportData`.
struct SupportReportText {
  let contract: Contract
  let wording: Wording
  let output: Output
  let report: SupportReport

  private var language: Language { wording.language }
  private var text: ChangeText { ChangeText(wording: wording, output: output, isSimulation: false) }

  var lines: [String] {
    let name = language.choice(contract.name)
    let support = contract.terms(at: report.asOf).support
    let clause = support.map { " (\($0.clause))" } ?? ""
    var lines = [output.bold(language("Support report", "Rapport du support")) + "  \(name)\(clause)"]
    lines += text.wrap(
      language("As of \(wording.dateTime(report.asOf))", "Au \(wording.dateTime(report.asOf))"), indent: 0, first: "")
    if let support {
      let within = wording.duration(support.takeInChargeWithin)
      lines += text.wrap(
        language(
          "Requests taken in charge within \(within) of support", "Demandes prises en charge en \(within) de support"),
        indent: 0, first: "")
    }
    lines.append("")
    let rows = report.rows
    let spans = rows.map(span)
    let width = spans.map(\.count).max() ?? 0
    for (row, span) in zip(rows, spans) {
      lines.append("\(output.bold(text.pad(span, width)))  \(verdict(row))")
      lines += details(row).flatMap { text.wrap($0, indent: 4, first: "  ") }
    }
    if rows.isEmpty {
      lines.append(
        language("Support has not started at that moment.", "Le support n’a pas commencé à ce moment."))
    }
    return lines + apart
  }

  /// First and last day, both inclusive.
  private func span(_ row: SupportReport.Row) -> String {
    "\(wording.shortDate(row.period.first, year: true)) – \(wording.shortDate(row.period.last, year: true))"
  }

  private func verdict(_ row: SupportReport.Row) -> String {
    let target = wording.percent(basisPoints: row.period.shareBasisPoints)
    guard let isMet = row.isMet, let share = row.tally.share(parts: 10_000) else {
      let nothing =
        row.tally.requests == 0
        ? language("– none: no Request", "– sans objet\u{A0}: aucune Demande")
        : language("– nothing decided yet", "– rien de décidé encore")
      return nothing + (row.isRunning ? language(" yet, running", ", en cours") : "")
    }
    let shown = wording.percent(share)
    let mark =
      isMet
      ? output.green("✓ " + language("met", "respecté")) : output.red("✗ " + language("breached", "non respecté"))
    return "\(shown) / \(target)  \(mark)"
  }

  private func details(_ row: SupportReport.Row) -> [String] {
    var details: [String] = []
    let tally = row.tally
    if tally.requests > 0 {
      details.append(
        counts(
          tally.requests, language("Request", "Demande"),
          [
            (tally.inTime, language("in time", "à temps")), (tally.late, language("late", "en retard")),
            (tally.overdue, language("pending and overdue", "en attente et en retard")),
            (tally.open, language("pending, still in time", "en attente, encore à temps")),
          ]))
    }
    for (criticality, answers) in [(Criticality.one, tally.criticality1), (.two, tally.criticality2)]
    where answers.anomalies > 0 {
      let label = "\(wording.criticality(criticality)) (\(wording.owed(criticality) ?? ""))"
      details.append(
        "\(label)\(language.colon) "
          + parts([
            (answers.met, language("in time", "à temps")), (answers.missed, language("late", "en retard")),
            (answers.overdue, language("pending and overdue", "en attente et en retard")),
            (answers.open, language("pending, still in time", "en attente, encore à temps")),
            (
              answers.undetermined,
              language(
                "after the earliest date, qualification unknown",
                "après la première date, qualification inconnue")
            ),
            (answers.unknown, language("not in the file", "absent du fichier")),
          ]))
    }
    if row.isProvisional, row.isMet != nil {
      details.append(
        row.isRunning
          ? language("provisional: the period is running", "provisoire\u{A0}: la période est en cours")
          : language("provisional: Requests are still open", "provisoire\u{A0}: des Demandes sont encore ouvertes"))
    }
    if !row.period.isWhole {
      details.append(
        language(
          "shorter than 12 months: another version of the contract counts anew",
          "moins de 12 mois\u{A0}: une autre version du contrat compte à nouveau"))
    }
    return details
  }

  private func counts(_ number: Int, _ noun: String, _ values: [(Int, String)]) -> String {
    "\(wording.count(number)) \(noun)\(number == 1 ? "" : "s")\(language.colon) " + parts(values)
  }

  private func parts(_ values: [(Int, String)]) -> String {
    values.filter { $0.0 > 0 }.map { "\(wording.count($0.0)) \($0.1)" }.joined(separator: ", ")
  }

  /// Requests that belong to no period.
  private var apart: [String] {
    var lines: [String] = []
    if report.beforeStart > 0 {
      let count = wording.count(report.beforeStart)
      lines.append(
        language(
          "Apart: \(count) registered before support started.",
          "À part\u{A0}: \(count) enregistrée\(report.beforeStart == 1 ? "" : "s") avant le début du support."))
    }
    if report.withoutTerms > 0 {
      let count = wording.count(report.withoutTerms)
      lines.append(
        language(
          "Apart: \(count) registered while the contract had no support terms.",
          "À part\u{A0}: \(count) enregistrée\(report.withoutTerms == 1 ? "" : "s") sans support prévu au contrat."))
    }
    return lines.isEmpty ? [] : [""] + lines.flatMap { text.wrap($0, indent: 0, first: "") }
  }
}

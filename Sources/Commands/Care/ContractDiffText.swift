import Answers
import CivilTime
import Planning
import Wording

/// What two contracts differ in, as people read it in a terminal.
struct ContractDiffText {
  let wording: Wording
  let output: Output

  private var language: Language { wording.language }
  private var text: ChangeText { ChangeText(wording: wording, output: output, isSimulation: false) }

  func lines(_ difference: ContractDifference, _ effects: ContractEffects?) -> [String] {
    let name = language.choice(difference.new.name)
    guard !difference.isEmpty || effects?.isEmpty == false else {
      return [language("\(name): no difference.", "\(name) : aucune différence.")]
    }
    let days = difference.range
    let parts =
      [
        section(language("Terms", "Conditions"), difference.terms.flatMap(term)),
        section(
          language("Maintenance windows (\(wording.zoneName))", "Fenêtres de maintenance (\(wording.zoneName))"),
          Dictionary(grouping: difference.windows) { [$0.opened, $0.closed] }.values
            .sorted { $0[0].environment > $1[0].environment }.flatMap(windows)),
        section(language("Public holidays", "Jours fériés"), difference.holidays.map(day)),
        section(language("Freezes", "Gels"), difference.freezes.map(freeze)),
      ] + (effects.map(self.effects) ?? [])
    let compared = language(
      "Days compared: \(wording.shortRange(days, year: true))",
      "Jours comparés : \(wording.shortRange(days, year: true))")
    return [output.bold(name), output.dim(compared)] + parts.filter { !$0.isEmpty }.flatMap { [""] + $0 }
  }

  /// Plans that the contract refuses, and months that it judges otherwise.
  func effects(_ effects: ContractEffects) -> [[String]] {
    [
      section(
        language("Plans that would be in conflict", "Plans qui seraient en conflit"),
        effects.conflicts.flatMap(conflict)),
      section(
        language("Months whose availability would differ", "Mois dont la disponibilité changerait"),
        effects.months.map(month)),
    ]
  }

  private func section(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : [output.bold(title)] + lines
  }

  private func arrow(_ before: String?, _ after: String?) -> String {
    let nothing = language("nothing", "rien")
    return
      "\(before.flatMap { $0.isEmpty ? nil : $0 } ?? nothing) → \(after.flatMap { $0.isEmpty ? nil : $0 } ?? nothing)"
  }

  private func term(_ term: ContractDifference.Term) -> [String] {
    let from = term.from.map { language("from \(wording.date($0))", "à partir du \(wording.date($0))") }
    let until = term.until.map { language("until \(wording.date($0))", "jusqu’au \(wording.date($0))") }
    let days = [from, until.map { $0 + language(" (not included)", " (exclu)") }].compactMap(\.self)
    let said = "\(term.name)\(language.colon) \(arrow(term.before, term.after))"
    return text.wrap(said, indent: 6, first: "  ~ ")
      + (days.isEmpty ? [] : text.wrap(days.joined(separator: " "), indent: 4, first: "    ").map(output.dim))
  }

  /// Of environments with the same. Many are told by their number, and the first of them.
  private func windows(_ alike: [ContractDifference.Windows]) -> [String] {
    let windows = alike[0]
    let words = [
      ("+", windows.opened, language("more", "de plus")), ("-", windows.closed, language("less", "de moins")),
    ]
    return words.filter { !$0.1.isEmpty }.flatMap { mark, pieces, word -> [String] in
      let shown = pieces.intervals.prefix(ContractDiffText.shown).map { wording.shortRange($0, year: true) }
      let rest = pieces.intervals.count - shown.count
      let more = rest > 0 ? [language("and \(wording.count(rest)) more", "et \(wording.count(rest)) autres")] : []
      let sum =
        "\(alike.map(\.environment).joined(separator: ", "))\(language.colon) \(wording.duration(pieces.length)) \(word)"
      return text.wrap(sum, indent: 4, first: "  \(mark) ") + (shown + more).map { "      \($0)" }
    }
  }

  private static let shown = 4

  private func day(_ day: ContractDifference.Day) -> String {
    let date = wording.date(day.date)
    switch (day.before, day.after) {
    case (nil, let names?): return "  + \(date)\(language.colon) \(language.list(names))"
    case (let names?, nil): return "  - \(date)\(language.colon) \(language.list(names))"
    case (let before, let after):
      return "  ~ \(date)\(language.colon) \(arrow(before.map(language.list), after.map(language.list)))"
    }
  }

  private func freeze(_ change: ContractDifference.FrozenTime) -> String {
    "  \(change.isNew ? "+" : "-") \(wording.shortRange(change.freeze.interval, year: true))  \(change.freeze.title)"
  }

  private func conflict(_ found: (conflict: Conflict, isNew: Bool)) -> [String] {
    let (change, standing) = (found.conflict.change, found.conflict.standing)
    let today = found.isNew ? "" : language(" (as today)", " (comme aujourd’hui)")
    return [
      "  \(output.bold(change.id.description))  \(change.content.title(wording.language))\(today)",
      "      \(wording.shortRange(change.content.interval, year: true))",
    ] + text.findings(Verdict(findings: standing.obstacles), of: change.id).map { "    " + $0 }
  }

  private func month(
    _ month: (month: CivilMonth, before: MonthAvailability?, after: MonthAvailability?)
  ) -> String {
    func told(_ month: MonthAvailability?) -> String? {
      month.map { month in
        let judged = month.figures.isMet ? language("met", "respecté") : language("breached", "non respecté")
        let percent =
          month.figures.percent.map { "\($0.replacing(".", with: language.choice(".", ",")))\u{202F}%" } ?? "–"
        return "\(percent) / \(wording.percent(basisPoints: month.figures.targetBasisPoints)) \(judged)"
      }
    }
    return "  \(month.month)  \(arrow(told(month.before), told(month.after)))"
  }
}

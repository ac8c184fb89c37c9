import CivilTime
import Planning
package import Wording

/// The calendar as plain text, no line wider than 80 columns.
package struct AnnexText {
  let phrases: AnnexPhrases
  private var year: AnnexYear { phrases.year }
  private var language: Language { phrases.language }

  package static let width = 80

  package init(_ year: AnnexYear, _ language: Language) { phrases = AnnexPhrases(year, language) }

  package func render() -> String {
    var lines = wrapped("\(phrases.title) – \(phrases.scope)") + wrapped(phrases.source)
    for terms in year.versions {
      lines += wrapped(phrases.inForce(terms) + phrases.colon.trimmingEnd)
      for line in phrases.terms(terms) { lines += wrapped(line, indent: 2) }
    }
    lines += [""] + months + [""] + windows
    lines += section(
      language("Public holidays", "Jours fériés"),
      year.holidays.map { holiday in
        (
          phrases.wording.shortDate(holiday.date),
          phrases.names(holiday)
            + (holiday.laws.isEmpty ? "" : " – " + holiday.laws.joined(separator: ", "))
            + (phrases.lengthened(by: holiday).map { " – \($0)" } ?? "")
        )
      })
    lines += section(
      language("Bridges", "Ponts"),
      year.bridges.map { (phrases.wording.shortDate($0.date), phrases.bridge($0.holidays)) })
    lines += section(
      language("Clock changes", "Changements d’heure"),
      year.clockChanges.map { change in
        (phrases.wording.shortDate(change.date), phrases.clockChange(change))
      })
    lines += section(
      language("Freezes", "Gels"),
      year.freezes.map { freeze in
        ("", phrases.wording(at: freeze.interval.start).shortRange(freeze.interval, year: true) + " – " + freeze.title)
      })
    return lines.joined(separator: "\n")
  }

  /// Figures of the months, and of the year.
  private var months: [String] {
    let all = year.months.map { (phrases.monthName($0), $0.figures) } + [(String(year.year), year.total)]
    var heads = [language("Month", "Mois"), language("Windows", "Fenêtres"), language("Open", "Ouvert")]
    var columns = [
      all.map(\.0), all.map { String($0.1.windows) }, all.map { phrases.duration($0.1.window) },
    ]
    guard !year.targets.isEmpty else { return table(heads, columns) }
    heads += [language("Days", "Jours"), "PRT", language("Stop allowed", "Arrêt admis")]
    columns += [
      all.map { String($0.1.referenceDays) }, all.map { phrases.duration($0.1.reference) },
      all.map { $0.1.allowed.map(phrases.duration) ?? "–" },
    ]
    let targets =
      year.targets.count == 1
      ? [phrases.targets] : year.months.map { "\(phrases.monthName($0))\(Typography.hard)\(phrases.target($0))" }
    return table(heads, columns)
      + wrapped(
        (targets.count == 1
          ? language("Target each month: ", "Objectif par mois\(phrases.colon)")
          : language("Targets: ", "Objectifs\(phrases.colon)")) + targets.joined(separator: ", "))
      + wrapped(
        language(
          "Days and PRT: reference period. Each month is judged alone: what one does not use does not pass on.",
          "Jours et PRT\(phrases.colon)période de référence. Chaque mois est jugé seul\(Typography.narrow); "
            + "ce qu’un mois n’emploie pas n’est pas reporté."))
  }

  /// The first column to the left, figures to the right.
  private func table(_ heads: [String], _ columns: [[String]]) -> [String] {
    let columns = zip(heads, columns).map { [$0] + $1 }
    let widths = columns.map { $0.map(\.count).max() ?? 0 }
    return columns[0].indices.map { row in
      columns.indices.map { padded(columns[$0][row], widths[$0], left: $0 > 0) }.joined(separator: "  ")
    }
  }

  private var windows: [String] {
    var lines = [language("Windows, with their length in elapsed hours", "Fenêtres, durée en heures écoulées")]
    for month in year.months {
      lines.append("  " + phrases.monthName(month))
      let runs = year.runs(in: month).map(phrases.run)
      let widest = runs.map(\.when.count).max() ?? 0
      let length = runs.map(\.length.count).max() ?? 0
      for run in runs {
        let head = "    \(padded(run.when, widest))  \(padded(run.length, length, left: true))"
        let why = run.why.isEmpty ? "" : "  " + run.why
        if (head + why).count <= Self.width {
          lines.append(head + why)
        } else {
          lines += [head] + wrapped(run.why, indent: 8)
        }
      }
    }
    return lines
  }

  private func section(_ title: String, _ rows: [(String, String)]) -> [String] {
    guard !rows.isEmpty else { return [] }
    let width = rows.map(\.0.count).max() ?? 0
    return ["", title]
      + rows.flatMap { name, text in
        let lines = wrapped(text, indent: width == 0 ? 2 : width + 4)
        guard let first = lines.first, width > 0 else { return lines }
        return ["  \(padded(name, width))  " + first.drop { $0 == " " }] + lines.dropFirst()
      }
  }

  private func padded(_ text: String, _ width: Int, left: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.count))
    return left ? blanks + text : text + blanks
  }

  /// At plain blanks only; a word that is longer than a line is cut into pieces.
  private func wrapped(_ text: String, indent: Int = 0) -> [String] {
    let room = Self.width - indent
    let words = text.split { $0 == " " || $0 == "\n" }.flatMap { word -> [Substring] in
      stride(from: 0, to: word.count, by: room).map { word.dropFirst($0).prefix(room) }
    }
    return WordWrap.lines(words) { $0.count <= room }.map { String(repeating: " ", count: indent) + $0 }
  }
}

extension String {
  fileprivate var trimmingEnd: String { last == " " ? String(dropLast()) : self }
}

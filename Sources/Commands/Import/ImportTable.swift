import Answers
import CivilTime
import Files
import Planning
import Register
import Wording

/// The rows of an import as a table that fits 80 columns: line, verdict, change, when, title; under a refused row, why.
struct ImportTable {
  let wording: Wording
  let wordings: [String: Wording]
  let output: Output
  let isSimulation: Bool
  let findings: ImportFindings

  private var language: Language { wording.language }

  static func word(_ status: ImportedRow.Status, _ count: Int, _ language: Language) -> String {
    let plural = count == 1 ? "" : "s"
    return switch status {
    case .recorded: language("recorded", "enregistrée\(plural)")
    case .alreadyImported: language("already imported", "déjà importée\(plural)")
    case .draft: language("kept as draft\(plural)", "gardée\(plural) en brouillon")
    case .allowed: language("allowed", "autorisée\(plural)")
    case .refused: language("refused", "refusée\(plural)")
    case .malformed: language("unreadable", "illisible\(plural)")
    }
  }

  /// In the table, a recorded row says what state its change is in.
  private func state(_ row: ImportedRow) -> String {
    if let deed = row.deed, let target = row.target {
      let word =
        switch deed {
        case .move: language("move", "déplacer")
        case .amend: language("amend", "modifier")
        case .cancel: language("cancel", "annuler")
        }
      return (row.isRefused ? "✗ " : "✓ ") + "\(word) \(target)"
    }
    return switch (row.status, row.change) {
    case (.recorded, let change?): "✓ " + wording.state(of: change)
    case (.allowed, _), (.recorded, _): "✓ " + ImportTable.word(.allowed, 1, language)
    case (.alreadyImported, let change?) where change.state == .cancelled: "= " + wording.state(of: change)
    case (.alreadyImported, _):
      "= " + (row.isRefused ? language("draft", "brouillon") : language("imported", "importée"))
    case (.draft, _): "✗ " + language("draft", "brouillon")
    case (.refused, _), (.malformed, _): "✗ " + ImportTable.word(.refused, 1, language)
    }
  }

  func wrapped(_ text: String) -> [String] {
    ChangeText(wording: wording, output: output, isSimulation: isSimulation).wrap(text, indent: 0, first: "")
  }

  func lines(_ rows: [ImportedRow]) -> [String] {
    let text = ChangeText(wording: wording, output: output, isSimulation: isSimulation)
    guard !rows.isEmpty else { return text.simulationMark }
    // Two days with their years are too long for 80 columns.
    let hasYears = !rows.contains { row in
      let zone = words(row).zone
      let interval = row.request.content.interval
      return zone.civil(interval.start).date != zone.civil(interval.end).date
    }
    var cells = rows.map { row in
      [
        String(row.request.row.line), state(row), row.change?.id.description ?? "",
        words(row).shortRange(of: row.request.content, year: hasYears),
      ]
    }
    var head = [
      language("Line", "Ligne"), language("Verdict", "Verdict"), language("Change", "Changement"),
      language("When (\(wording.zoneName))", "Quand (\(wording.zoneName))"),
    ]
    if rows.allSatisfy({ $0.change == nil }) {
      head.remove(at: 2)
      for index in cells.indices { cells[index].remove(at: 2) }
    }
    let widths = head.indices.map { column in
      max(head[column].count, cells.map { $0[column].count }.max() ?? 0)
    }
    let rest = max(6, output.width - widths.reduce(0, +) - 2 * widths.count)
    var lines = text.simulationMark
    lines.append(
      output.dim(zip(head, widths).map { text.pad($0, $1) }.joined(separator: "  ") + "  " + language("Title", "Titre"))
    )
    for (row, cells) in zip(rows, cells) {
      let title = row.request.content.title
      var parts = zip(cells, widths).map { text.pad($0, $1) }
      parts[0] = String(repeating: " ", count: widths[0] - cells[0].count) + cells[0]
      parts[1] = row.isRefused ? output.red(parts[1]) : output.green(parts[1])
      lines.append((parts + [title.count > rest ? title.prefix(rest - 1) + "…" : title]).joined(separator: "  "))
      guard row.isRefused, let verdict = row.verdict else { continue }
      let indent = widths[0] + 4
      for finding in verdict.findings where !finding.isSatisfied {
        let mark = String(repeating: " ", count: indent - 2) + "✗ "
        lines += text.wrap(findings.text(finding, words(row)), indent: indent, first: mark)
      }
    }
    return lines
  }

  private func words(_ row: ImportedRow) -> Wording { wordings[row.request.content.service] ?? wording }
}

import CivilTime
package import Files
package import JSONText
import Planning
import Publication
import Register
import Wording

/// The stable JSON of an import: one object a row, in order of lines.
package struct ImportJSON {
  private let result: ImportJob.Result
  private let isSimulation: Bool
  private let findings: ImportFindings

  package init(_ result: ImportJob.Result, isSimulation: Bool) {
    self.result = result
    self.isSimulation = isSimulation
    findings = ImportFindings(lines: result.undone)
  }

  package func each(of file: RowFile, _ add: (JSON) throws -> Void) throws {
    let problems = result.problems.map { Row(line: $0.line, status: "malformed", message: $0.text) }
    let skipped =
      file.skipped.map {
        Row(line: $0.line, status: "skipped", reason: $0.reason.name, title: $0.title)
      } + result.unknown.map { Row(line: $0.line, status: "skipped", reason: "cancelled", title: $0[.title]) }
    // A problem without a line is one of the whole file; an entry that was skipped comes after all others.
    let others = problems.map { ($0.line ?? 0, $0) } + skipped.map { ($0.line ?? .max, $0) }
    var rest = others.sorted { $0.0 < $1.0 }[...]
    for row in result.rows where row.status != .malformed {
      while let first = rest.first, first.0 < row.request.row.line {
        try add(ImportJSON.form.json(first.1, .utc))
        rest.removeFirst()
      }
      try add(json(row))
    }
    for other in rest { try add(ImportJSON.form.json(other.1, .utc)) }
  }

  private func json(_ row: ImportedRow) -> JSON {
    let content = row.request.content
    let json = ChangeJSON(wording: result.wordings[content.service] ?? result.wording, isSimulation: isSimulation)
    let warnings = row.request.warnings
    var shown = Row(line: row.request.row.line, status: row.status.rawValue)
    shown.action = row.deed?.rawValue ?? (row.status == .alreadyImported ? "unchanged" : "submit")
    shown.target = row.target?.description
    shown.warnings = warnings.isEmpty ? nil : warnings
    if let change = row.change {
      let approval = json.approval(of: change, by: result.contracts[content.service])
      shown.change = json.shown(change, verdict: row.verdict, approval: .some(approval))
    } else {
      shown.title = content.title
      shown.content = content
      shown.findings = row.verdict?.findings.map { findings.worded($0, json.wording) }
    }
    return ImportJSON.form.json(shown, json.times)
  }

  /// What is answered of a row; members that do not belong to its status are nil.
  package struct Row {
    var line: Int?
    var status: String
    var message: String?
    var reason: String?
    var warnings: [String]?
    var action: String?
    var target: String?
    var change: ChangeJSON.Shown?
    var outage: OutageJSON.Shown?
    var title: String?
    var content: ChangeContent?
    var findings: [WordedFinding]?
  }

  /// A row that cannot be read.
  package static func malformed(line: Int?, _ message: String) -> JSON {
    form.json(Row(line: line, status: "malformed", message: message), .utc)
  }

  package static let form = Form<Row>(
    "Row",
    [
      .must("line") { $0.line },
      .must("status", .choice(ImportedRow.Status.allCases.map(\.rawValue) + ["skipped"])) { $0.status },
      .may("message") { $0.message }, .may("reason") { $0.reason }, .may("warnings") { $0.warnings },
      .may("action", .choice(["submit", "unchanged"] + Register.Outcome.Deed.allCases.map(\.rawValue))) { $0.action },
      .may("target") { $0.target },
      .may("change", ChangeJSON.form) { $0.change }, .may("outage", OutageJSON.form) { $0.outage },
      .may("title") { $0.title },
      .may("service") { $0.content?.service }, .may("environment") { $0.content?.environment },
      .may("start") { $0.content?.interval.start },
      .may("end") { row in row.content.flatMap { $0.isEndKnown ? $0.interval.end : nil } },
      .may("findings") { $0.findings },
    ])
}

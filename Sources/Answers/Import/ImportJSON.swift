import CivilTime
package import Files
package import JSONText
import Planning
import Publication
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
    var others: [(line: Int, json: JSON)] = result.problems.map { problem in
      let line: JSON = problem.line.map { .integer(Int64($0)) } ?? .null
      return (problem.line ?? 0, ["line": line, "status": "malformed", "message": .string(problem.text)])
    }
    for row in file.skipped {
      let line: JSON = row.line.map { .integer(Int64($0)) } ?? .null
      others.append(
        (
          row.line ?? .max,
          ["line": line, "status": "skipped", "reason": .string(row.reason.rawValue), "title": .string(row.title)]
        ))
    }
    var rest = others.sorted { $0.line < $1.line }[...]
    for row in result.rows where row.status != .malformed {
      while let first = rest.first, first.line < row.request.row.line { try add(rest.removeFirst().json) }
      try add(json(row))
    }
    for other in rest { try add(other.json) }
  }

  private func json(_ row: ImportedRow) -> JSON {
    let content = row.request.content
    let json = ChangeJSON(wording: result.wordings[content.service] ?? result.wording, isSimulation: isSimulation)
    let warnings = row.request.warnings
    var members: [JSON.Member] = [
      .init("line", .integer(Int64(row.request.row.line))), .init("status", .string(row.status.rawValue)),
    ]
    if !warnings.isEmpty { members.append(.init("warnings", .array(warnings.map { .string($0) }))) }
    if let change = row.change {
      members.append(.init("change", json.change(change, verdict: row.verdict)))
      return .object(members)
    }
    members += [
      .init("title", .string(content.title)), .init("service", .string(content.service)),
      .init("environment", .string(content.environment)), .init("start", .string(json.time(content.interval.start))),
      .init("end", .string(json.time(content.interval.end))),
    ]
    if let verdict = row.verdict { members.append(.init("findings", findings.json(verdict, json))) }
    return .object(members)
  }
}

import CivilTime
package import JSONText
package import Planning
package import Wording

/// The report for programs: shares with six decimals, rounded down; judged by whole numbers.
package struct SupportReportData {
  let contract: Contract
  let wording: Wording
  let report: SupportReport

  package init(_ report: SupportReport, contract: Contract, wording: Wording) {
    self.report = report
    self.contract = contract
    self.wording = wording
  }

  /// `none`: no Request; `undecided`: every Request is still open.
  private func status(_ row: SupportReport.Row) -> String {
    guard let isMet = row.isMet else { return row.tally.requests == 0 ? "none" : "undecided" }
    return isMet ? "met" : "breached"
  }

  private func share(_ row: SupportReport.Row) -> String? {
    row.tally.share(parts: 100_000_000).map { Wording.decimal($0, digits: 6) }
  }

  private func target(_ row: SupportReport.Row) -> String {
    Wording.decimal(row.period.shareBasisPoints, digits: 2)
  }

  private func numbers(_ tally: AnswerTally) -> [(String, Int)] {
    [
      ("anomalies", tally.anomalies), ("met", tally.met), ("missed", tally.missed), ("overdue", tally.overdue),
      ("open", tally.open), ("undetermined", tally.undetermined), ("unknown", tally.unknown),
    ]
  }

  private func numbers(_ tally: SupportTally) -> [(String, Int)] {
    [
      ("requests", tally.requests), ("in_time", tally.inTime), ("late", tally.late), ("overdue", tally.overdue),
      ("open", tally.open),
    ]
  }

  private func object(_ numbers: [(String, Int)]) -> [JSON.Member] {
    numbers.map { .init($0.0, .integer(Int64($0.1))) }
  }

  package var json: JSON {
    [
      "service": .string(contract.service), "as_of": .string(TimeText.local(report.asOf, in: wording.zone)),
      "before_start": .integer(Int64(report.beforeStart)), "without_terms": .integer(Int64(report.withoutTerms)),
      "periods": .array(
        report.rows.map { row in
          var members: [JSON.Member] = [
            .init("first", .string(TimeText.date(row.period.first))),
            .init("last", .string(TimeText.date(row.period.last))), .init("whole", .bool(row.period.isWhole)),
            .init("running", .bool(row.isRunning)), .init("provisional", .bool(row.isProvisional)),
          ]
          members += object(numbers(row.tally))
          members += [
            .init("share_percent", share(row).map { .string($0) } ?? .null),
            .init("target_percent", .string(target(row))), .init("status", .string(status(row))),
            .init("criticality_1", .object(object(numbers(row.tally.criticality1)))),
            .init("criticality_2", .object(object(numbers(row.tally.criticality2)))),
          ]
          return .object(members)
        }),
    ]
  }

  /// RFC 4180, except that lines end with LF as those of other Unix programs do; no value needs quotation marks.
  package var csv: String {
    let counted = numbers(SupportTally()).map(\.0)
    let answered = ["criticality_1", "criticality_2"].flatMap { name in
      numbers(AnswerTally()).map { "\(name)_\($0.0)" }
    }
    let head =
      ["first", "last", "whole", "running", "provisional"] + counted + ["share_percent", "target_percent", "status"]
      + answered
    var lines = [head]
    for row in report.rows {
      var line = [TimeText.date(row.period.first), TimeText.date(row.period.last)]
      line += [row.period.isWhole, row.isRunning, row.isProvisional].map { $0 ? "true" : "false" }
      line += numbers(row.tally).map { String($0.1) }
      line += [share(row) ?? "", target(row), status(row)]
      line += [row.tally.criticality1, row.tally.criticality2].flatMap { numbers($0).map { String($0.1) } }
      lines.append(line)
    }
    // Requests of no period, in the same columns.
    for (status, count) in [("before_start", report.beforeStart), ("without_terms", report.withoutTerms)]
    where count > 0 {
      lines.append(head.map { $0 == "requests" ? String(count) : $0 == "status" ? status : "" })
    }
    return lines.map { $0.joined(separator: ",") }.joined(separator: "\n")
  }
}

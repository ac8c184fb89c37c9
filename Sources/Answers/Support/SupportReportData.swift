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
  private static func status(_ row: SupportReport.Row) -> String {
    guard let isMet = row.isMet else { return row.tally.requests == 0 ? "none" : "undecided" }
    return isMet ? "met" : "breached"
  }

  private static func share(_ row: SupportReport.Row) -> String? {
    row.tally.share(parts: 100_000_000).map { Wording.decimal($0, digits: 6) }
  }

  private static func target(_ row: SupportReport.Row) -> String {
    Wording.decimal(row.period.shareBasisPoints, digits: 2)
  }

  package var json: JSON { SupportReportData.form.json(self, .local(wording.zone)) }

  package static let form = Form<SupportReportData>(
    "SupportReport",
    [
      .must("service") { $0.contract.service }, .must("as_of") { $0.report.asOf },
      .must("before_start") { $0.report.beforeStart }, .must("without_terms") { $0.report.withoutTerms },
      .must("periods", list: row) { $0.report.rows },
    ])

  private static let row = Form<SupportReport.Row>([
    .must("first") { $0.period.first }, .must("last") { $0.period.last }, .must("whole") { $0.period.isWhole },
    .must("running") { $0.isRunning }, .must("provisional") { $0.isProvisional }, .all(of: taken) { $0.tally },
    .must("share_percent") { share($0) }, .must("target_percent") { target($0) },
    .must("status", .choice(["none", "undecided", "met", "breached"])) { status($0) },
    .must("criticality_1", answered) { $0.tally.criticality1 },
    .must("criticality_2", answered) { $0.tally.criticality2 },
  ])

  private static let taken = Form<SupportTally>([
    .must("requests") { $0.requests }, .must("in_time") { $0.inTime }, .must("late") { $0.late },
    .must("overdue") { $0.overdue }, .must("open") { $0.open },
  ])

  private static let answered = Form<AnswerTally>([
    .must("anomalies") { $0.anomalies }, .must("met") { $0.met }, .must("missed") { $0.missed },
    .must("overdue") { $0.overdue }, .must("open") { $0.open }, .must("undetermined") { $0.undetermined },
    .must("unknown") { $0.unknown },
  ])

  /// The members of a period as columns, in their order; those of an object inside it with its name before theirs.
  private static func columns(_ json: JSON, _ prefix: String = "") -> [(name: String, text: String)] {
    (json.members ?? []).flatMap { member -> [(name: String, text: String)] in
      switch member.value {
      case .object: columns(member.value, prefix + member.key + "_")
      case .string(let text): [(prefix + member.key, text)]
      case .null: [(prefix + member.key, "")]
      case let value: [(prefix + member.key, value.text)]
      }
    }
  }

  /// RFC 4180, except that lines end with LF as those of other Unix programs do; no value needs quotation marks.
  package var csv: String {
    let rows = report.rows.map { SupportReportData.columns(SupportReportData.row.json($0, .utc)) }
    let head = rows.first?.map(\.name) ?? []
    var lines = [head] + rows.map { $0.map(\.text) }
    // Requests of no period, in the same columns.
    for (status, count) in [("before_start", report.beforeStart), ("without_terms", report.withoutTerms)]
    where count > 0 {
      lines.append(head.map { $0 == "requests" ? String(count) : $0 == "status" ? status : "" })
    }
    return lines.map { $0.joined(separator: ",") }.joined(separator: "\n")
  }
}

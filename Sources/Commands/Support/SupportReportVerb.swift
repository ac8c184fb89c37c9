import Answers
import ArgumentParser
import CivilTime
import Files
import Planning
import Wording

struct SupportReportVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "How many Requests were taken in charge in time, by period of 12 months.",
    discussion: """
      CSV with a line of column names, parted by commas or semicolons, UTF-8: registered_at and taken_in_charge_at \
      (empty: still pending); where known also id, criticality (1, 2 or 3), qualified_at, plan_at (criticality 1) and \
      corrected_at (criticality 2). Times as on the command line. A row that cannot be read: no report, exit 65.

      Pending Requests are overdue or open at the moment of the report. Without qualified_at, what comes after the \
      earliest deadline of its criticality is undetermined. Shares are rounded down when shown, never when judged.

      Examples:
        preavis support-clock report requests.csv
        preavis support-clock report requests.csv --as-of 2026-10-18T00:00 --json
        ticket-export | preavis support-clock report - --csv -o periods.csv
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: "The service; may be left out where there is only one contract.") var service: String?
  @Argument(help: ArgumentHelp("The file; - reads standard input.", valueName: "file")) var file: String
  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp("The moment at which what is pending is judged (now).", valueName: "time"))
  var asOf: String?
  @Flag(help: "Print CSV, a line a period.") var csv = false

  func run(_ session: Session) throws {
    guard !(csv && session.options.json) else {
      throw Failure.usage(
        session.language("--csv and --json: choose one.", "--csv et --json\u{A0}: choisissez l’un des deux."))
    }
    let contract = try session.contract(service).contract
    let wording = session.wording(contract)
    let moment = try asOf.map { try TimeArgument(wording: wording).instant($0, field: .asOf) } ?? session.now()
    let run = SupportReportRun(session: session, contract: contract, wording: wording, source: file)
    let report = try run.read(asOf: moment)
    let data = SupportReportData(report, contract: contract, wording: wording)
    if session.options.json { return try session.output.write(data.json) }
    let text = SupportReportText(contract: contract, wording: wording, output: session.output, report: report)
    try session.output.write(csv ? data.csv : text.lines.joined(separator: "\n"))
  }
}

import Answers
import ArgumentParser
import CivilTime
import Files
import Planning
import Wording

struct SupportClockVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "support-clock", abstract: "When support owes its answers to a Request (article 12).",
    discussion: """
      Where the moment at which the anomaly was qualified and reproduced is not known, nothing of criticality 1 and 2 is \
      due before the dates that are given; they say so.

      Examples:
        preavis support-clock --at 2026-12-04T16:30
        preavis support-clock --at 2026-12-04T16:30 --criticality 2 \\
          --qualified-at 2026-12-07T10:00
        preavis support-clock --batch requests.jsonl
        preavis support-clock report requests.csv
      """,
    subcommands: [SupportReportVerb.self])

  @OptionGroup var global: GlobalOptions
  @Option(help: "The service; may be left out where there is only one contract.") var service: String?
  @Option(name: .customLong("at"), help: ArgumentHelp("When the Request was registered.", valueName: "time"))
  var registered: String?
  @Option(help: ArgumentHelp("Only the deadline of this criticality.", valueName: "1|2|3")) var criticality: String?
  @Option(
    name: .customLong("qualified-at"),
    help: ArgumentHelp("When the anomaly was qualified and reproduced.", valueName: "time"))
  var qualified: String?
  @Option(help: ArgumentHelp("JSON Lines of Requests; - reads standard input.", valueName: "file"))
  var batch: String?

  func run(_ session: Session) throws {
    let language = session.language
    if let batch {
      guard registered == nil, qualified == nil, criticality == nil else {
        throw Failure.usage(
          language(
            "--batch takes everything from its lines; leave out --at, --qualified-at and --criticality.",
            "--batch prend tout dans ses lignes\u{202F}; retirez --at, --qualified-at et --criticality."))
      }
      return try Batch.supportDeadlines.run(batch, session, service: service)
    }
    let contract = try session.contract(service).contract
    guard let registered else {
      throw Failure.usage(
        language(
          "Say when the Request was registered: --at 2026-12-04T16:30.",
          "Dites quand la Demande a été enregistrée\u{A0}: --at 2026-12-04T16:30."))
    }
    let wording = session.wording(contract)
    let reading = SupportReading(contract: contract, wording: wording)
    let only = try criticality.map { try reading.criticality($0) }
    let deadlines = try reading.deadlines(at: registered, qualifiedAt: qualified)
    let text = SupportText(
      contract: contract, wording: wording, output: session.output, deadlines: deadlines, only: only)
    if session.options.json { return try session.output.write(text.json) }
    try session.output.write(text.lines.joined(separator: "\n"))
  }
}

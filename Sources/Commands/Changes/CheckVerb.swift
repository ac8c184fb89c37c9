import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Remote
import Wording

struct CheckVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "The verdict that a request would get; nothing is recorded.",
    discussion: """
      Refused intervals come with the nearest allowed slots. Exit code 0 allowed, 3 refused.

      Examples:
        preavis check --start 2026-12-06T01:00 --duration 2h
        preavis check --start "2026-12-07 06:30" --end "2026-12-07 07:01" --json
        preavis check --start "dimanche 10h" --duration 30m --update 5.2.1 \\
          --category correction --no-interruption
        preavis check --batch requests.jsonl > verdicts.jsonl
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var service: ServiceOptions
  @Option(help: ArgumentHelp("Start of the work: 2026-12-06T01:00, Sunday 1am, tomorrow 01:00.", valueName: "time"))
  var start: String?
  @Option(help: ArgumentHelp("End of the work.", valueName: "time"))
  var end: String?
  @Option(help: ArgumentHelp("Instead of --end: 90m, 2h, 2h30, PT2H.", valueName: "duration"))
  var duration: String?
  @OptionGroup var scope: ScopeOptions
  @OptionGroup var update: UpdateOptions
  @Flag(help: "Urgent maintenance, as preavis emergency records it.")
  var urgent = false
  @Option(
    help: ArgumentHelp(
      "JSON Lines of requests to judge by calculation alone; - reads standard input.", valueName: "file"))
  var batch: String?

  func run(_ session: Session) throws {
    if let batch {
      guard start == nil, end == nil, duration == nil, !urgent, scope.isEmpty, update.isEmpty else {
        throw Failure.usage(
          session.language(
            "--batch takes each request from its file; leave the other options out.",
            "--batch prend chaque demande dans son fichier ; laissez les autres options de côté."))
      }
      return try Batch.verdicts.run(batch, session, service: service.service)
    }
    guard let start else {
      throw Failure.usage(
        session.language("Say when the work starts: --start.", "Dites quand le travail commence : --start."))
    }
    let contract = try session.contract(service.service).contract
    var row = RequestRow()
    row[.environment] = service.environment
    (row[.title], row[.start], row[.end], row[.duration]) = (Trial.untitled, start, end, duration)
    scope.fill(&row)
    update.fill(&row)
    if urgent { row[.kind] = ChangeKind.emergency.rawValue }
    var reading = ChangeReading(wording: session.wording(contract), words: session.words)
    try TrialAction(session: session).perform(reading.content(row, service: contract.service), contract)
  }
}

/// Judges a request without recording it, and says what came of it.
struct TrialAction {
  let session: Session

  func perform(_ content: ChangeContent, _ contract: Contract) throws {
    let open = try session.registerIfAny(asking: Question(.check, body: Trial.request(content)))
    if open == nil {
      Output.note(
        session.language(
          "No register at \(session.registerPath): other changes were not looked at.",
          "Pas de registre à \(session.registerPath) : les autres changements n’ont pas été regardés."))
    }
    let now = try open?.register.now ?? session.now()
    let trial = try Trial(content, contract: contract, register: open?.register, now: now)
    try print(trial, isSimulation: open?.isSimulation ?? false)
    if trial.verdict.status == .refused { throw ExitCode(ExitStatus.refused.rawValue) }
  }

  private func print(_ trial: Trial, isSimulation: Bool) throws {
    let wording = session.wording(trial.contract)
    if session.options.json {
      return try session.output.write(trial.json(ChangeJSON(wording: wording, isSimulation: isSimulation)))
    }
    let text = ChangeText(wording: wording, output: session.output, isSimulation: isSimulation)
    var lines = [text.headline(trial.verdict, subject: trial.contract.service)]
    lines += text.wrap(wording.range(asked: trial.content), indent: 2, first: "  ")
    lines += text.findings(trial.verdict)
    if trial.verdict.status == .allowed, let needed = wording.approvalNeeded(of: trial.content, by: trial.contract) {
      lines += text.wrap(needed, indent: 2, first: "  ")
    }
    lines += text.slots(trial.slots ?? [])
    try session.output.write(lines.joined(separator: "\n"))
  }
}

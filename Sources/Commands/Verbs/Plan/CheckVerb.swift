import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Register
import RegisterSQLite
import Site
import Wording

struct CheckVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "The verdict for an interval; nothing is recorded.",
    discussion: """
      Refused intervals come with the nearest allowed slots. Exit code 0 allowed, 3 refused.

      Examples:
        preavis check --start 2026-12-06T01:00 --duration 2h
        preavis check --start "2026-12-07 06:30" --end "2026-12-07 07:01" --json
        preavis check --batch requests.jsonl > verdicts.jsonl
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var service: ServiceOptions
  @Option(help: ArgumentHelp("Start of the work, in civil time of the contract or with an offset.", valueName: "time"))
  var start: String?
  @Option(help: ArgumentHelp("End of the work.", valueName: "time"))
  var end: String?
  @Option(help: ArgumentHelp("Instead of --end: 90m, 2h, 2h30, PT2H.", valueName: "duration"))
  var duration: String?
  @Option(
    help: ArgumentHelp(
      "JSON Lines of requests to judge by calculation alone; - reads standard input.", valueName: "file"))
  var batch: String?

  func run(_ session: Session) throws {
    if let batch {
      let judge = VerdictBatch(try BatchContracts(session, service: service.service))
      return try BatchRunner(session).run(batch, judge)
    }
    guard let start else {
      throw Failure.usage(
        session.language("Say when the work starts: --start.", "Dites quand le travail commence : --start."))
    }
    let loaded = try session.contract(service.service)
    let contract = loaded.contract
    let wording = session.wording(contract)
    let interval = try TimeArgument(wording: wording).interval(start: start, end: end, duration: duration)
    let open = try session.registerIfAny()
    if open == nil {
      Output.note(
        session.language(
          "No register at \(session.registerPath): other changes were not looked at.",
          "Pas de registre à \(session.registerPath) : les autres changements n’ont pas été regardés."))
    }
    let now = try open?.register.now ?? session.now()
    let booked =
      try open?.store.read {
        try $0.bookings(service: contract.service, environment: service.environment, in: interval)
      } ?? []
    let content = ChangeContent(
      kind: .maintenance, service: contract.service, environment: service.environment, components: [],
      interval: interval, title: "-", description: "", impact: .outage, reason: nil, update: nil, alongside: [])
    let verdict = try ChangeCommand.submit(content).decide(
      on: nil, in: DecisionContext(contract: contract, now: now, booked: booked)
    ).verdict
    let slots =
      verdict.status == .refused
      ? try SlotProposals(
        contract: contract, environment: service.environment, register: open?.register, now: now
      ).near(interval) : []
    try print(
      verdict, slots, interval: interval, now: now, contract: contract, isSimulation: open?.isSimulation ?? false,
      session)
    if verdict.status == .refused { throw ExitCode(ExitStatus.refused.rawValue) }
  }

  private func print(
    _ verdict: Verdict, _ slots: [Slot], interval: Interval, now: Instant, contract: Contract, isSimulation: Bool,
    _ session: Session
  ) throws {
    let wording = session.wording(contract)
    if session.options.json {
      let json = ChangeJSON(wording: wording, isSimulation: isSimulation)
      return try session.output.write([
        "service": .string(contract.service), "environment": .string(service.environment),
        "start": .string(json.time(interval.start)), "end": .string(json.time(interval.end)),
        "planned_at": .string(json.time(now)),
        "verdict": json.verdict(verdict, slots: verdict.status == .refused ? slots : nil),
      ])
    }
    let text = ChangeText(wording: wording, output: session.output, isSimulation: isSimulation)
    var lines = [text.headline(verdict, subject: contract.service)]
    lines += text.wrap(wording.range(interval), indent: 2, first: "  ")
    lines += text.findings(verdict) + text.slots(slots)
    try session.output.write(lines.joined(separator: "\n"))
  }
}

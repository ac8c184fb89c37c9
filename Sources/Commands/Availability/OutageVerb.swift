import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Register
import Remote
import Wording

/// The record of what went down, and why.
struct OutageVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outage", abstract: "Record when the service was down, and why.",
    subcommands: [
      OutageRecordVerb.self, OutageEndVerb.self, OutageListVerb.self, OutageAmendVerb.self, OutageVoidVerb.self,
      OutageImportVerb.self,
    ])
}

struct OutageRecordVerb: OperationVerb {
  static let operation = Operation.recordOutage
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Record an outage; without an end, one that still goes on.",
    discussion: """
      Maintenances and emergencies count by themselves (preavis start, complete, \
      emergency); record here what no change is about.

      Examples:
        preavis outage record --start 2026-11-09T10:05 --end 2026-11-09T10:50 \\
          --cause incident --title "Login fails"
        preavis outage record --start 2026-11-09T10:05 --cause force-majeure \\
          --evidence "Flood, ticket 4711"
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var service: ServiceOptions
  @OptionGroup var recording: RecordingOptions
  @Option(help: ArgumentHelp("When the service went down.", valueName: "time")) var start: String
  @Option(help: ArgumentHelp("When it was back; leave it out while it is down.", valueName: "time")) var end: String?
  @Option(help: ArgumentHelp("Instead of --end: 90m, 2h, 2h30, PT2H.", valueName: "duration")) var duration: String?
  @Option(
    help: ArgumentHelp(
      "incident, planned-maintenance, urgent-maintenance, force-majeure, client-equipment or out-of-perimeter.",
      valueName: "cause"))
  var cause: String
  @Option(help: "A component that was down; repeatable; the time counts for the service in any case.")
  var component: [String] = []
  @Option(help: "What it was.") var title: String?
  @Option(help: "What the cause rests on: a ticket, a log, a letter; - reads standard input.") var evidence: String?

  func run(_ session: Session) throws {
    let loaded = try session.contract(service.service)
    var texts = OutageTexts()
    texts.environment = service.environment
    texts.components = component.isEmpty ? nil : component
    (texts.start, texts.end, texts.duration) = (start, end, duration)
    (texts.cause, texts.title) = (cause, title)
    texts.evidence = try session.typed(evidence, as: .evidence)
    let content = try texts.content(of: loaded.contract, wording: session.wording(loaded.contract))
    try OutageAction(session: session).perform(.record(content), on: nil, key: recording.key(session), loaded)
  }
}

struct OutageListVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The outages on record, by start.",
    discussion: "Examples:\n  preavis outage list --month 2026-11\n  preavis outage list --state ongoing --json")

  @OptionGroup var global: GlobalOptions
  @Option(help: "Only this service.") var service: String?
  @Option(help: "Only this environment.") var environment: String?
  @Option(help: ArgumentHelp("ongoing, ended or voided; repeatable.", valueName: "state")) var state: [String] = []
  @Option(help: ArgumentHelp("Only outages that meet this month.", valueName: "YYYY-MM")) var month: String?

  func run(_ session: Session) throws {
    let open = try session.register(readOnly: true)
    let wording = session.wording(try session.contracts(of: service)[0])
    var filter = OutageFilter()
    filter.service = service
    filter.environment = environment
    let words = WordArgument(language: session.language)
    for text in state { filter.states.insert(try words.read(text, field: .state)) }
    if let month {
      let month = try MonthArgument(language: session.language).month(month, field: .month)
      filter.range = Interval(start: wording.zone.startOfDay(month.first), end: wording.zone.startOfDay(month.end))
    }
    let outages = try open.register.outages(filter)
    let text = OutageText(ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation))
    if session.options.json { return try session.output.write(JSON.array(outages.map(text.json))) }
    let lines =
      outages.isEmpty
      ? [session.language("No outages.", "Aucune panne.")] : text.table(outages)
    try session.output.write((text.text.simulationMark + lines).joined(separator: "\n"))
  }
}

struct OutageEndVerb: OperationVerb {
  static let operation = Operation.amendOutage
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "Say that an outage is over.",
    discussion: "Examples:\n  preavis outage end OUT-2026-0003\n  preavis outage end 3 --at 10:50")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The outage.", valueName: "OUT-…")) var outage: String
  @Option(help: ArgumentHelp("When the service was back, if not now.", valueName: "time")) var at: String?

  func run(_ session: Session) throws {
    let action = OutageAction(session: session)
    let (outage, loaded) = try action.find(outage)
    var texts = OutageTexts()
    texts.end = at ?? "now"
    let amendment = try texts.amendment(wording: session.wording(loaded.contract))
    try action.perform(.amend(amendment, reason: nil), on: outage.id, key: recording.key(session), loaded)
  }
}

struct OutageAmendVerb: OperationVerb {
  static let operation = Operation.amendOutage
  static let configuration = CommandConfiguration(
    commandName: "amend", abstract: "Give an outage its end, or correct what is on record.",
    discussion: """
      The end of an outage that goes on, a title and evidence need no reason; \
      any other correction does.

      Examples:
        preavis outage amend OUT-2026-0003 --end 2026-11-09T10:50
        preavis outage amend OUT-2026-0003 --cause out-of-perimeter \\
          --reason "Operator's report" --evidence "Ticket 4711"
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The outage.", valueName: "OUT-…")) var outage: String
  @Option(help: ArgumentHelp("When the service went down.", valueName: "time")) var start: String?
  @Option(help: ArgumentHelp("When it was back.", valueName: "time")) var end: String?
  @Flag(help: "Takes the end back: the outage still goes on.") var ongoing = false
  @Option(help: "As in preavis outage record.") var cause: String?
  @Option(help: "Where it was down.") var environment: String?
  @Option(help: "A component that was down; repeatable.") var component: [String] = []
  @Option(help: "What it was.") var title: String?
  @Option(help: "What the cause rests on; - reads standard input.") var evidence: String?
  @Option(help: "Why the record changes.") var reason: String?
  @Option(help: ArgumentHelp("Only if the record is still at this revision.", valueName: "number"))
  var ifRevision: Int?

  func run(_ session: Session) throws {
    let action = OutageAction(session: session)
    let (outage, loaded) = try action.find(outage)
    var texts = OutageTexts()
    (texts.start, texts.end, texts.isOngoing) = (start, end, ongoing)
    (texts.cause, texts.environment, texts.title) = (cause, environment, title)
    texts.components = component.isEmpty ? nil : component
    texts.evidence = try session.typed(evidence, as: .evidence)
    let amendment = try texts.amendment(wording: session.wording(loaded.contract))
    try action.perform(
      .amend(amendment, reason: reason), on: outage.id, expectedRevision: ifRevision, key: recording.key(session),
      loaded)
  }
}

struct OutageVoidVerb: OperationVerb {
  static let operation = Operation.voidOutage
  static let configuration = CommandConfiguration(
    commandName: "void", abstract: "Say that an outage was recorded by mistake; it stays on record and counts nowhere.",
    discussion: "Example:\n  preavis outage void OUT-2026-0003 --reason \"False alarm of the probe\"")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The outage.", valueName: "OUT-…")) var outage: String
  @Option(help: "Why.") var reason: String?
  @Option(help: ArgumentHelp("Only if the record is still at this revision.", valueName: "number"))
  var ifRevision: Int?

  func run(_ session: Session) throws {
    let action = OutageAction(session: session)
    let (outage, loaded) = try action.find(outage)
    try action.perform(
      .void(reason: reason), on: outage.id, expectedRevision: ifRevision, key: recording.key(session), loaded)
  }
}

/// Sends a command on an outage to the register and prints what is on record after it.
struct OutageAction {
  let session: Session

  func perform(
    _ command: OutageCommand, on id: OutageID?, expectedRevision: Int? = nil, key: String?, _ loaded: LoadedContract
  ) throws {
    let outcome = try session.writer().execute(
      Register.OutageRequest(
        command, on: id, actor: session.actor, idempotencyKey: key, expectedRevision: expectedRevision)
    ) { _ in session.bound(loaded) }
    let open = try session.register(asking: .clock)
    let text = OutageText(
      ChangeText(
        wording: session.wording(loaded.contract), output: session.output, isSimulation: open.isSimulation))
    if session.options.json { return try session.output.write(text.json(outcome.outage)) }
    try session.output.write(
      text.headline(outcome.outage, by: loaded.contract, isReplay: outcome.isReplay).joined(separator: "\n"))
  }

  func find(_ text: String) throws -> (outage: Outage, contract: LoadedContract) {
    let id = try session.outage(text)
    let outage = try session.register(readOnly: true, asking: .about(id)).register.outage(id)
    return (outage, try session.contract(outage.content.service))
  }
}

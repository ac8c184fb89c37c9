import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Register
import Wording

struct ListVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The changes of the register, by start.",
    discussion: "Examples:\n  preavis list --state planned\n  preavis list --from 2026-12-01 --to 2027-01-01 --json")

  @OptionGroup var global: GlobalOptions
  @Option(help: "Only this service.") var service: String?
  @Option(help: "Only this environment.") var environment: String?
  @Option(help: ArgumentHelp("refused, planned, in-progress, completed or cancelled; repeatable.", valueName: "state"))
  var state: [String] = []
  @Option(help: ArgumentHelp("Changes that end after this day or time.", valueName: "time")) var from: String?
  @Option(help: ArgumentHelp("Changes that start before this day or time.", valueName: "time")) var to: String?

  func run(_ session: Session) throws {
    let open = try session.register(readOnly: true)
    let loaded = try session.contracts().loadAll()
    guard let first = loaded.first(where: { service == nil || $0.contract.service == service }) else {
      throw Failure.usage(
        session.language("--service \(service ?? ""): unknown.", "--service \(service ?? "") : inconnu."))
    }
    let wording = session.wording(first.contract)
    var filter = ChangeFilter()
    filter.service = service
    filter.environment = environment
    let words = WordArgument(language: session.language)
    for text in state { filter.states.insert(try words.read(text, flag: "--state")) }
    let times = TimeArgument(wording: wording)
    func bound(_ text: String, _ flag: String) throws -> Instant {
      if let date = CivilDate(text) { return wording.zone.startOfDay(date) }
      return try times.instant(text, flag: flag)
    }
    if from != nil || to != nil {
      let start = try from.map { try bound($0, "--from") } ?? .init(secondsSinceEpoch: 0)
      let end = try to.map { try bound($0, "--to") } ?? .init(secondsSinceEpoch: 253_402_300_799)
      guard let range = Interval(start: start, end: end) else {
        throw Failure.usage(session.language("--to is not after --from.", "--to n’est pas après --from."))
      }
      filter.range = range
    }
    let changes = try open.register.changes(filter)
    if session.options.json {
      let json = ChangeJSON(wording: wording, isSimulation: open.isSimulation)
      return try session.output.write(JSON.array(changes.map { json.change($0) }))
    }
    let text = ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation)
    let lines = text.table(changes)
    try session.output.write(
      lines.isEmpty ? session.language("No changes.", "Aucun changement.") : lines.joined(separator: "\n"))
  }
}

struct ShowVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "One change, with its verdict.",
    discussion: "Examples:\n  preavis show CHG-2026-0042\n  preavis show CHG-2026-0042 --json")

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The change.", valueName: "CHG-…")) var change: String

  func run(_ session: Session) throws {
    let open = try session.register(readOnly: true)
    let id = try WordArgument(language: session.language).change(change)
    let change = try open.register.change(id)
    let contract = try session.contract(change.content.service).contract
    let wording = session.wording(contract)
    let slots =
      change.state == .refused
      ? try SlotProposals(
        contract: contract, environment: change.content.environment, register: open.register, now: open.register.now
      ).near(change.content.interval, except: id) : nil
    if session.options.json {
      let json = ChangeJSON(wording: wording, isSimulation: open.isSimulation)
      return try session.output.write(json.change(change, slots: slots))
    }
    let text = ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation)
    let mark = open.isSimulation ? session.output.paint("  [SIMULATION]", "35") : ""
    var lines = ["\(session.output.bold("\(change.id)  \(change.content.title)"))\(mark)"]
    lines += text.details(change) + [""] + text.findings(change.verdict) + text.slots(slots ?? [])
    try session.output.write(lines.joined(separator: "\n"))
  }
}

struct HistoryVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Every event of a change, with its hash.",
    discussion: "Example:\n  preavis history CHG-2026-0042 --json")

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The change.", valueName: "CHG-…")) var change: String

  func run(_ session: Session) throws {
    let open = try session.register(readOnly: true)
    let id = try WordArgument(language: session.language).change(change)
    let entries = try open.register.history(id)
    let contract = try session.contract(entries[0].after.content.service).contract
    let wording = session.wording(contract)
    if session.options.json {
      return try session.output.write(
        JSON.array(
          try entries.map { entry in
            .members([
              "sequence": .integer(Int64(entry.line.sequence)),
              "at": .string(TimeText.local(entry.line.at, in: wording.zone)), "event": .string(entry.line.type),
              "state": .string(entry.after.state.rawValue),
              "revision": entry.after.revision.map { .integer(Int64($0)) } ?? .null,
              "hash": .string(entry.line.hash), "previous": .string(entry.line.previous),
              "body": try JSON(parsing: entry.line.body),
            ])
          }))
    }
    let lines = entries.map { entry in
      let revision = entry.after.revision.map { " r\($0)" } ?? ""
      let event = entry.line.type + revision
      let padding = String(repeating: " ", count: max(1, 22 - event.count))
      let actor = (try? JSON(parsing: entry.line.body))?["actor"]?.string ?? ""
      return
        "\(TimeText.local(entry.line.at, in: wording.zone))  \(session.output.bold(event))\(padding)\(entry.line.hash.prefix(12))  \(actor)"
    }
    let text = ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation)
    try session.output.write((text.simulationMark + lines).joined(separator: "\n"))
  }
}

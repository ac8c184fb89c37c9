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

struct SlotsVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "slots", abstract: "Free room inside the windows, clear of other changes and freezes, earliest first.",
    discussion: """
      Each proposal is the earliest of another stretch of free room, and leaves a quarter of an hour to submit it.

      Examples:
        preavis slots --duration 2h
        preavis slots --duration 10h --count 5 --from 2026-12-20
        preavis slots --batch searches.jsonl
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var service: ServiceOptions
  @Option(help: ArgumentHelp("How long the work takes.", valueName: "duration")) var duration: String?
  @Option(help: "How many proposals.") var count = 5
  @Option(help: ArgumentHelp("Not before this day or moment.", valueName: "time")) var from: String?
  @Option(help: ArgumentHelp("JSON Lines of searches; - reads standard input.", valueName: "file")) var batch: String?

  func run(_ session: Session) throws {
    if let batch { return try Batch.slots.run(batch, session, service: service.service) }
    guard let duration else {
      throw Failure.usage(
        session.language("Say how long the work takes: --duration.", "Dites combien dure le travail : --duration."))
    }
    guard (1...1000).contains(count) else {
      throw Failure.usage(session.language("--count \(count): from 1 to 1000.", "--count \(count) : de 1 à 1000."))
    }
    let contract = try session.contract(service.service).contract
    let wording = session.wording(contract)
    let times = TimeArgument(wording: wording)
    let open = try session.registerIfAny(
      asking: Question(
        .listSlots, of: contract.service,
        [("duration", duration), ("count", "\(count)"), ("from", from), ("environment", service.environment)]))
    let proposals = SlotProposals(
      contract: contract, environment: service.environment, register: open?.register,
      now: try open?.register.now ?? session.now())
    let bound = try from.map { try times.bound($0, field: .from) }
    let slots = try proposals.slots(from: bound, length: times.duration(duration, field: .duration), count: count)
    if session.options.json { return try session.output.write(slots.json(.local(wording.zone))) }
    let text = ChangeText(wording: wording, output: session.output, isSimulation: false)
    let lines = text.slots(slots)
    try session.output.write(
      lines.isEmpty
        ? session.language("No room for so long within a year.", "Pas de place pour si long dans l’année qui vient.")
        : lines.joined(separator: "\n"))
  }
}

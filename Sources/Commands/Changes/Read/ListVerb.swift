import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Wording

struct ListVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The changes of the register, by start.",
    discussion: "Examples:\n  preavis list --state planned\n  preavis list --from 2026-12-01 --to 2027-01-01 --json")

  @OptionGroup var global: GlobalOptions
  @Option(help: "Only this service.") var service: String?
  @Option(help: "Only this environment.") var environment: String?
  @Option(
    help: ArgumentHelp(
      "refused, requested (as text with moves of plans that wait), planned, in-progress, completed or cancelled; repeatable.",
      valueName: "state"))
  var state: [String] = []
  @Option(help: ArgumentHelp("Changes that end after this day or time.", valueName: "time")) var from: String?
  @Option(help: ArgumentHelp("Changes that start before this day or time.", valueName: "time")) var to: String?

  func run(_ session: Session) throws {
    let open = try session.register(readOnly: true)
    let contracts = try session.contracts(of: service)
    let wording = session.wording(contracts[0])
    let filter = try ChangeFilter(
      service: service, environment: environment, states: state, from: from, to: to, wording: wording)
    let standings = Standings(open.register, contracts)
    if session.options.json {
      let json = ChangeJSON(wording: wording, isSimulation: open.isSimulation)
      return try session.output.writeArray { add in
        try open.register.each(filter) { change in
          try add(
            json.change(
              change, standing: json.standing(try standings.standing(of: change)),
              approval: .some(json.approval(of: change, by: standings.contract(of: change)))))
        }
      }
    }
    let text = ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation)
    var rows: [ChangeText.Row] = []
    var waiting: [String] = []
    let now = open.register.now
    func add(_ change: Change) throws {
      rows.append(text.row(change, isRefused: try standings.standing(of: change)?.isRefused ?? false, at: now))
      guard change.awaiting != nil else { return }
      let lines = text.approval(change, standings.contract(of: change), at: now)
      waiting += [session.output.bold(change.id.description)] + lines
    }
    try open.register.each(filter, add)
    if filter.states.contains(.requested), !filter.states.contains(.planned) {
      // Whoever asks for what waits wants moves of plans too.
      var plans = filter
      plans.states = [.planned]
      try open.register.each(plans) { change in if change.proposal != nil { try add(change) } }
    }
    guard !rows.isEmpty else {
      return try session.output.write(session.language("No changes.", "Aucun changement."))
    }
    try session.output.stream { sink in
      for line in text.simulationMark { try sink(Array("\(line)\n".utf8)) }
      for line in text.table(rows) { try sink(Array("\(line)\n".utf8)) }
      for line in text.conflictNote(rows) + waiting { try sink(Array("\(line)\n".utf8)) }
    }
  }
}

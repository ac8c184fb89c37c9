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
    commandName: "list", abstract: "What is under way and to come; with --all, what is over too.",
    discussion: """
      What is completed or cancelled, and drafts whose time has passed, are left out, and counted below, unless --all, \
      --state, --from or --to asks for them; then what is to come stands first, and what is over after it, the newest \
      first. JSON holds all changes by start; with --limit the same ones as the table.

      Examples:
        preavis list
        preavis list --mine --limit 5
        preavis list --state planned
        preavis list --from 2026-12-01 --to 2027-01-01 --json
      """, aliases: ["ls"])

  @OptionGroup var global: GlobalOptions
  @Flag(help: "What is over too.") var all = false
  @Flag(help: "Only what you submitted.") var mine = false
  @Option(help: ArgumentHelp("No more than so many.", valueName: "number")) var limit: Int?
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
    if let limit, limit < 1 {
      throw Failure.usage(
        session.language("--limit \(limit): 1 or more.", "--limit \(limit)\u{A0}: au moins 1."))
    }
    let open = try session.register(readOnly: true)
    let contracts = try session.contracts(of: service)
    let wording = session.wording(contracts[0])
    let filter = try ChangeFilter(
      service: service, environment: environment, states: state, from: from, to: to, wording: wording)
    let standings = Standings(open.register, contracts)
    let own = mine ? try session.ownName() : nil
    func isListed(_ id: ChangeID) throws -> Bool { try own.map { try open.register.creator(of: id) == $0 } ?? true }
    if session.options.json {
      let json = ChangeJSON(wording: wording, isSimulation: open.isSimulation)
      let chosen = try limit.map { _ in Set(try choose(filter, open.register, isListed) { $0.id }.shown) }
      return try session.output.writeArray { add in
        try open.register.each(filter) { change in
          guard try chosen?.contains(change.id) ?? isListed(change.id) else { return }
          try add(
            json.change(
              change, standing: json.standing(try standings.standing(of: change)),
              approval: .some(json.approval(of: change, by: standings.contract(of: change)))))
        }
      }
    }
    let text = ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation)
    let now = open.register.now
    let chosen = try choose(filter, open.register, isListed) { change in
      let row = text.row(
        change, by: standings.contract(of: change),
        isRefused: try standings.standing(of: change)?.isRefused ?? false, at: now)
      guard change.awaiting != nil else { return (row: row, waiting: [String]()) }
      let lines = text.approval(change, standings.contract(of: change), at: now)
      return (row: row, waiting: [session.output.bold(change.id.description)] + lines)
    }
    let rows = chosen.shown.map(\.row)
    let waiting = chosen.shown.flatMap(\.waiting)
    let notes = chosen.notes(session.language)
    let outages = try outages(open, text)
    guard !rows.isEmpty else {
      let none =
        notes.isEmpty
        ? session.language("No changes.", "Aucun changement.")
        : session.language("Nothing is under way or to come.", "Rien n’est en cours ni à venir.")
      return try session.output.write((outages + [none] + notes).joined(separator: "\n"))
    }
    try session.output.stream { sink in
      for line in text.simulationMark + outages { try sink(Array("\(line)\n".utf8)) }
      for line in text.table(rows) { try sink(Array("\(line)\n".utf8)) }
      for line in text.conflictNote(rows) + waiting + notes.map(session.output.dim) {
        try sink(Array("\(line)\n".utf8))
      }
    }
  }

  /// What is down now, where nothing else is asked for.
  private func outages(_ open: OpenRegister, _ text: ChangeText) throws -> [String] {
    guard state.isEmpty, from == nil, to == nil, !mine else { return [] }
    var filter = OutageFilter()
    (filter.service, filter.environment, filter.states) = (service, environment, [.ongoing])
    let ongoing = try open.register.outages(filter)
    return ongoing.isEmpty ? [] : OutageText(text).table(ongoing)
  }

  /// What a list shows, and what it leaves out.
  private struct Choice<Shown> {
    var shown: [Shown] = []
    var over = 0
    var beyond = 0

    func notes(_ language: Language) -> [String] {
      var notes: [String] = []
      if beyond > 0 {
        notes.append(
          language("\(beyond) more, left out by --limit.", "\(beyond) de plus, laissés de côté par --limit."))
      }
      if over > 0 {
        notes.append(
          language(
            "Completed, cancelled or past: \(over) (shown with --all).",
            "Terminés, annulés ou passés\u{A0}: \(over) (affichés avec --all)."))
      }
      return notes
    }
  }

  /// What is under way or to come by start, then what is over, the newest first.
  private func choose<Shown>(
    _ filter: ChangeFilter, _ register: Register, _ isListed: (ChangeID) throws -> Bool,
    showing: (Change) throws -> Shown
  ) throws -> Choice<Shown> {
    var choice = Choice<Shown>()
    var over: [Shown] = []
    let now = register.now
    let isAsked = all || !state.isEmpty || from != nil || to != nil
    func add(_ change: Change) throws {
      guard try isListed(change.id) else { return }
      if !change.isOver(at: now) {
        choice.shown.append(try showing(change))
      } else if isAsked {
        over.append(try showing(change))
      } else {
        choice.over += 1
      }
    }
    var asked = filter
    if !isAsked {
      // What is over is only counted, of which its row says enough.
      var ended = filter
      ended.states = [.completed, .cancelled]
      asked.states = Set(ChangeState.allCases).subtracting(ended.states)
      choice.over = try register.store.read { try $0.rows(ended).map(\.id) }.count(where: isListed)
    }
    try register.each(asked, add)
    if filter.states.contains(.requested), !filter.states.contains(.planned) {
      // Whoever asks for what waits wants moves of plans too.
      var plans = filter
      plans.states = [.planned]
      try register.each(plans) { change in if change.proposal != nil { try add(change) } }
    }
    choice.shown += over.reversed()
    if let limit, choice.shown.count > limit {
      choice.beyond = choice.shown.count - limit
      choice.shown.removeLast(choice.beyond)
    }
    return choice
  }
}

extension Change {
  /// Whether nothing of it is to come any more. A plan whose day has passed is not: somebody has to say what came of it.
  fileprivate func isOver(at now: Instant) -> Bool {
    switch state {
    case .completed, .cancelled: true
    case .refused: content.isOver(at: now)
    case .requested, .planned, .inProgress: false
    }
  }
}

import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Register
import Remote
import Wording

struct AvailabilityVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "availability", abstract: "How available the service was, with every stop accounted for.",
    discussion: """
      Outages count as recorded with preavis outage record; maintenances and \
      emergencies by what they really did, from their actual start to their \
      actual end, where their impact is an outage. A month that is not over, or \
      in which something still goes on, is provisional. A breach is a result:
      the exit code is 0.

      Examples:
        preavis availability --month 2026-11
        preavis availability --from 2026-01 --to 2026-12 --csv -o 2026.csv
        preavis availability --month 2026-11 --csv --stops -o stops.csv
        preavis availability --month 2026-11 --format svg --lang fr -o novembre.svg
        preavis availability --simulate 2026-11-23T06:00/2h
        preavis availability --batch months.jsonl
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: "Only this service; without it, every service.") var service: String?
  @Option(help: ArgumentHelp("One month (the current one).", valueName: "YYYY-MM")) var month: String?
  @Option(help: ArgumentHelp("First month.", valueName: "YYYY-MM")) var from: String?
  @Option(help: ArgumentHelp("Last month, included (the current one).", valueName: "YYYY-MM")) var to: String?
  @Option(help: "text, json, csv, or svg: one month of one service as a picture, A4 landscape.") var format: String?
  @Flag(help: "One row a month, for spreadsheets; the same as --format csv.") var csv = false
  @Flag(help: "With --csv: one row a stop, with what counts of it and why the rest does not.") var stops = false
  @Option(help: ArgumentHelp("What a stop would cost: 2026-11-23T06:00/2h.", valueName: "start/duration"))
  var simulate: String?
  @Option(help: ArgumentHelp("JSON Lines of months with outages; - reads standard input.", valueName: "file"))
  var batch: String?

  enum Format: String, CaseIterable {
    case text, json, csv, svg
  }

  func run(_ session: Session) throws {
    if let batch { return try Batch.availability.run(batch, session, service: service) }
    let contracts = try session.contracts(of: service)
    let format = try chosenFormat(session)
    let wording = session.wording(contracts[0])
    if let simulate { return try self.simulate(simulate, format, session, contracts, wording) }
    let open = try session.register(readOnly: true)
    let now = open.register.now
    let asked = try MonthArgument(language: session.language).months(
      month: month, from: from, to: to, today: wording.zone.civil(now).date)
    if format == .svg, asked.count != 1 || contracts.count != 1 {
      throw Failure.usage(
        session.language(
          "--format svg draws one month of one service: add --month and --service.",
          "--format svg dessine un mois d’un service : ajoutez --month et --service."))
    }
    let months = try AvailabilityRun.months(asked, contracts, open.register, now: now, session.language)
    guard !months.isEmpty else {
      throw Failure.usage(
        session.language(
          "No contract promises availability in that time.", "Aucun contrat ne promet de disponibilité à ce moment."))
    }
    let answer = AvailabilityAnswer(
      months: months, contracts: contracts, session: session, isSimulation: open.isSimulation, now: now)
    switch format {
    case .text: try answer.writeText()
    case .json: try answer.writeJSON()
    case .csv: try answer.writeCSV(stops: stops)
    case .svg: try answer.writePicture()
    }
  }

  /// What `--format`, `--csv`, `--json` and `--stops` say together.
  private func chosenFormat(_ session: Session) throws -> Format {
    let language = session.language
    let named: Format? = try format.map { try WordArgument(language: language).read($0, field: .format) }
    let chosen = Set([named, csv ? .csv : nil, session.options.json ? .json : nil].compactMap { $0 })
    guard chosen.count <= 1 else {
      throw Failure.usage(
        language(
          "Give one of --format, --csv and --json, or let them agree.",
          "Donnez --format, --csv ou --json, pas plusieurs qui se contredisent."))
    }
    guard !stops || chosen.first == .csv else {
      throw Failure.usage(language("--stops needs --csv.", "--stops demande --csv."))
    }
    return chosen.first ?? .text
  }

  /// Asks no more of a register than what it has: without one, nothing happened so far.
  private func simulate(
    _ simulate: String, _ format: Format, _ session: Session, _ contracts: [Contract], _ wording: Wording
  ) throws {
    guard month == nil, from == nil, to == nil, format == .text || format == .json else {
      throw Failure.usage(
        session.language(
          "--simulate names its own time; leave --month, --from, --to, --csv and pictures out.",
          "--simulate dit lui-même quand ; retirez --month, --from, --to, --csv et image."))
    }
    let supposed = try TimeArgument(wording: wording).supposed(simulate, field: .simulate)
    let open = try session.registerIfAny(asking: .clock)
    let now = try session.now()
    var pairs: [(before: MonthAvailability, after: MonthAvailability)] = []
    for contract in contracts {
      pairs += try AvailabilityRun(contract: contract, register: open?.register, now: now).simulate(supposed, wording)
    }
    let isSimulation = open?.isSimulation ?? false
    if format == .json {
      return try session.output.write(
        AvailabilityJSON(wording: wording, isSimulation: isSimulation).simulation(supposed, pairs))
    }
    let shell = ChangeText(wording: wording, output: session.output, isSimulation: isSimulation)
    try session.output.write(
      (shell.simulationMark + AvailabilityText(shell).simulation(supposed, pairs)).joined(separator: "\n"))
  }
}

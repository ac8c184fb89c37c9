import ArgumentParser
import CivilTime
import Feeds
import Files
import JSONText
import Planning
import Register
import Wording

struct WindowsVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "windows", abstract: "When the service may be stopped.",
    discussion: """
      Examples:
        preavis windows --month 2026-12
        preavis windows --year 2027
        preavis windows --from 2026-12-01 --to 2026-12-15 --json
        preavis windows --from 2026-12-01 --to 2027-01-01 --format ics -o windows.ics
        preavis windows --batch ranges.jsonl
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var service: ServiceOptions
  @Option(help: ArgumentHelp("First day or moment (today).", valueName: "time")) var from: String?
  @Option(help: ArgumentHelp("Last moment, exclusive (14 days later).", valueName: "time")) var to: String?
  @Option(help: ArgumentHelp("Draw a month.", valueName: "YYYY-MM")) var month: String?
  @Option(help: ArgumentHelp("Draw a year.", valueName: "YYYY")) var year: Int?
  @Option(help: ArgumentHelp("text or ics.", valueName: "format")) var format = "text"
  @Option(help: ArgumentHelp("JSON Lines of ranges; - reads standard input.", valueName: "file")) var batch: String?

  func run(_ session: Session) throws {
    if let batch {
      return try BatchRunner(session).run(
        batch, WindowBatch(contracts: try BatchContracts(session, service: service.service)))
    }
    let contract = try session.contract(service.service).contract
    let wording = session.wording(contract)
    if month != nil || year != nil { return try draw(session, contract, wording) }
    let range = try self.range(session, wording)
    let windows = Array(
      WindowTable(contract: contract, environment: service.environment, covering: range).windows(meeting: range))
    if session.options.json {
      let json = ChangeJSON(wording: wording, isSimulation: false)
      return try session.output.write(
        JSON.array(
          windows.map {
            [
              "start": .string(json.time($0.start)), "end": .string(json.time($0.end)),
              "seconds": .integer($0.length.seconds),
            ]
          }))
    }
    switch format {
    case "ics":
      try session.output.write(try CalendarDays(contract, language: session.language).windows(windows))
    case "text":
      let text = ChangeText(wording: wording, output: session.output, isSimulation: false)
      try session.output.write(
        windows.map { "\(text.pad(wording.shortRange($0, year: true), 46))  \(wording.duration($0.length))" }
          .joined(separator: "\n"))
    default:
      throw Failure.usage(
        session.language("--format \(format): use text or ics.", "--format \(format) : choisissez text ou ics."))
    }
  }

  private func range(_ session: Session, _ wording: Wording) throws -> Interval {
    let times = TimeArgument(wording: wording)
    func bound(_ text: String, _ flag: String) throws -> Instant {
      if let date = CivilDate(text) { return wording.zone.startOfDay(date) }
      return try times.instant(text, flag: flag)
    }
    let today =
      try from == nil ? wording.zone.startOfDay(wording.zone.civil(session.now()).date) : Instant(secondsSinceEpoch: 0)
    let start = try from.map { try bound($0, "--from") } ?? today
    let end = try to.map { try bound($0, "--to") } ?? start + .hours(14 * 24)
    guard let range = Interval(start: start, end: end) else {
      throw Failure.usage(session.language("--to is not after --from.", "--to n’est pas après --from."))
    }
    return range
  }

  private func draw(_ session: Session, _ contract: Contract, _ wording: Wording) throws {
    let picture = CalendarPicture(
      contract: contract, environment: service.environment, wording: wording, output: session.output)
    if let year {
      guard (1900...2200).contains(year) else {
        throw Failure.usage(session.language("--year \(year): from 1900 to 2200.", "--year \(year) : de 1900 à 2200."))
      }
      return try session.output.write(picture.year(year).joined(separator: "\n"))
    }
    guard let month, let first = CivilDate(month + "-01") else {
      throw Failure.usage(
        session.language("--month \(month ?? ""): write it as 2026-12.", "--month \(month ?? "") : écrivez 2026-12."))
    }
    try session.output.write(picture.month(first).joined(separator: "\n"))
  }
}

struct HolidaysVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "holidays", abstract: "The public holidays of a year, with the law that makes each.",
    discussion: """
      Examples:
        preavis holidays --year 2027
        preavis holidays --year 2027 --zone alsace-moselle --json
        preavis holidays --batch years.jsonl
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: "The service whose zone counts.") var service: String?
  @Option(help: ArgumentHelp("The year (this one).", valueName: "YYYY")) var year: Int?
  @Option(help: "Another zone: metropole, alsace-moselle, guadeloupe, …") var zone: String?
  @Option(help: ArgumentHelp("text or ics.", valueName: "format")) var format = "text"
  @Option(help: ArgumentHelp("JSON Lines of years; - reads standard input.", valueName: "file")) var batch: String?

  func run(_ session: Session) throws {
    if let batch {
      return try BatchRunner(session).run(batch, HolidayBatch(contracts: try BatchContracts(session, service: service)))
    }
    let contract = try session.contract(service).contract
    let wording = session.wording(contract)
    let year = try year ?? wording.zone.civil(session.now()).date.year
    guard (1583...9999).contains(year) else {
      throw Failure.usage(session.language("--year \(year): from 1583 to 9999.", "--year \(year) : de 1583 à 9999."))
    }
    let calendar = try self.calendar(session, contract)
    if session.options.json { return try session.output.write(HolidayJSON.year(year, calendar, laws: true)) }
    if format == "ics" {
      return try session.output.write(
        try CalendarDays(contract, language: session.language).holidays(calendar.holidays(in: year)))
    }
    let text = ChangeText(wording: wording, output: session.output, isSimulation: false)
    let holidays = calendar.holidays(in: year)
    let width = holidays.map { wording.date($0.date).count }.max() ?? 0
    let names = holidays.map { $0.names.joined(separator: ", ") }
    let nameWidth = names.map(\.count).max() ?? 0
    try session.output.write(
      holidays.indices.map { i in
        "\(text.pad(wording.date(holidays[i].date), width))  \(text.pad(names[i], nameWidth))  "
          + session.output.dim(holidays[i].laws[0])
      }.joined(separator: "\n"))
  }

  private func calendar(_ session: Session, _ contract: Contract) throws -> HolidayCalendar {
    guard let zone else { return contract.versions[contract.versions.count - 1].holidays }
    let folder = try session.contracts()
    if let calendar = try folder.holidayCalendar(zone: zone) { return calendar }
    let known = try folder.holidayZones(country: "fr").joined(separator: ", ")
    throw Failure.usage(
      session.language(
        "--zone \(zone): unknown; there are: \(known).", "--zone \(zone) : inconnue ; il y a : \(known)."))
  }
}

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
    if let batch {
      return try BatchRunner(session).run(
        batch, SlotBatch(contracts: try BatchContracts(session, service: service.service)))
    }
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
    let open = try session.registerIfAny()
    let proposals = SlotProposals(
      contract: contract, environment: service.environment, register: open?.register,
      now: try open?.register.now ?? session.now())
    let bound = try from.map { text in
      try CivilDate(text).map(wording.zone.startOfDay) ?? times.instant(text, flag: "--from")
    }
    let slots = try proposals.slots(from: bound, length: times.duration(duration, flag: "--duration"), count: count)
    if session.options.json {
      let json = ChangeJSON(wording: wording, isSimulation: open?.isSimulation ?? false)
      return try session.output.write(JSON.array(slots.map(json.slot)))
    }
    let text = ChangeText(wording: wording, output: session.output, isSimulation: false)
    let lines = text.slots(slots)
    try session.output.write(
      lines.isEmpty
        ? session.language("No room for so long within a year.", "Pas de place pour si long dans l’année qui vient.")
        : lines.joined(separator: "\n"))
  }
}

import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Wording

struct HolidaysVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "holidays", abstract: "The public holidays of a year, with the law that makes each.",
    discussion: """
      Examples:
        preavis holidays --year 2027
        preavis holidays --year 2027 --zone alsace-moselle --json
        preavis holidays --batch years.jsonl
      """)

  static let apart = [GivenTwice.Pair("--json", "--format")]

  @OptionGroup var global: GlobalOptions
  @Option(help: "The service whose zone counts.") var service: String?
  @Option(help: ArgumentHelp("The year (this one).", valueName: "YYYY")) var year: Int?
  @Option(help: "Another zone: metropole, alsace-moselle, guadeloupe, …") var zone: String?
  @Option(help: ArgumentHelp("text or ics.", valueName: "format")) var format = "text"
  @Option(help: ArgumentHelp("JSON Lines of years; - reads standard input.", valueName: "file")) var batch: String?

  func run(_ session: Session) throws {
    if let batch { return try Batch.holidays.run(batch, session, service: service) }
    let contract = try session.contract(service).contract
    let wording = session.wording(contract)
    let year = try year ?? wording.zone.civil(session.now()).date.year
    guard (1583...9999).contains(year) else {
      throw Failure.usage(session.language("--year \(year): from 1583 to 9999.", "--year \(year) : de 1583 à 9999."))
    }
    guard ["text", "ics"].contains(format) else {
      throw Failure.usage(
        session.language("--format \(format): use text or ics.", "--format \(format) : choisissez text ou ics."))
    }
    let calendar = try self.calendar(session, contract)
    if session.options.json { return try session.output.write(HolidayJSON.year(year, calendar, laws: true)) }
    if format == "ics" {
      return try session.output.write(
        try CalendarDays(contract, language: session.language, range: CalendarDays.range(contract, at: session.now()))
          .render(calendar.holidays(in: year)))
    }
    let text = ChangeText(wording: wording, output: session.output, isSimulation: false)
    let holidays = calendar.holidays(in: year)
    let width = holidays.map { wording.date($0.date).count }.max() ?? 0
    let names = holidays.map { $0.names.joined(separator: ", ") }
    let nameWidth = names.map(\.count).max() ?? 0
    try session.output.write(
      holidays.indices.flatMap { i in
        let start = "\(text.pad(wording.date(holidays[i].date), width))  \(text.pad(names[i], nameWidth))  "
        // One source a line: a day that owes itself to two laws is wider than a terminal.
        return holidays[i].laws[0].split(separator: "; ").enumerated().map { index, law in
          (index == 0 ? start : String(repeating: " ", count: start.count)) + session.output.dim(String(law))
        }
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

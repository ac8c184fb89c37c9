import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Wording

struct WindowsVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "windows", abstract: "When the service may be stopped.",
    discussion: """
      Examples:
        preavis windows --month 2026-12
        preavis windows --year 2027
        preavis windows --month 2026-12 --format svg -o december.svg
        preavis windows --from 2026-12-01 --to 2026-12-15 --json
        preavis windows --from 2026-12-01 --to 2027-01-01 --format ics -o windows.ics
        preavis windows --batch ranges.jsonl
      """)

  @OptionGroup var global: GlobalOptions
  static let apart = [
    GivenTwice.Pair("--month", "--year"), .init("--month", "--from"), .init("--month", "--to"),
    .init("--year", "--from"), .init("--year", "--to"), .init("--json", "--format"),
  ]

  @OptionGroup var service: ServiceOptions
  @Option(help: ArgumentHelp("First day or moment (today).", valueName: "time")) var from: String?
  @Option(help: ArgumentHelp("Last moment, exclusive (14 days later).", valueName: "time")) var to: String?
  @Option(help: ArgumentHelp("Draw a month.", valueName: "YYYY-MM")) var month: String?
  @Option(help: ArgumentHelp("Draw a year.", valueName: "YYYY")) var year: Int?
  @Option(help: ArgumentHelp("text, ics, or svg with --month or --year.", valueName: "format")) var format = "text"
  @Option(help: ArgumentHelp("JSON Lines of ranges; - reads standard input.", valueName: "file")) var batch: String?

  func run(_ session: Session) throws {
    if let batch { return try Batch.windows.run(batch, session, service: service.service) }
    let contract = try session.contract(service.service).contract
    let wording = session.wording(contract)
    if month != nil || year != nil, !session.options.json { return try draw(session, contract, wording) }
    let range = try drawnRange(session, wording) ?? self.range(session, wording)
    let days = CalendarDays(contract, environment: service.environment, language: session.language, range: range)
    let windows = days.windows
    if session.options.json { return try session.output.write(windows.json(.local(wording.zone))) }
    switch format {
    case "ics":
      try session.output.write(try days.render(.windows))
    case "text":
      let text = ChangeText(wording: wording, output: session.output, isSimulation: false)
      let ranges = windows.map { wording.shortRange($0, year: true) }
      let width = ranges.map(\.count).max() ?? 0
      try session.output.write(
        zip(windows, ranges).map { "\(text.pad($1, width))  \(wording.duration($0.length))" }
          .joined(separator: "\n"))
    default:
      throw Failure.usage(
        session.language(
          "--format \(format): use text or ics, or svg with --month or --year.",
          "--format \(format) : choisissez text ou ics, ou svg avec --month ou --year."))
    }
  }

  /// That of the month, or the year; nil where none is named.
  private func drawnRange(_ session: Session, _ wording: Wording) throws -> Interval? {
    let first = year.map { "\($0)-01-01" } ?? month.map { $0 + "-01" }
    guard let first else { return nil }
    let start = CivilDate(first).flatMap { (1900...2200).contains($0.year) ? $0 : nil }
    let end = start.flatMap { start in
      year != nil || start.month == 12
        ? CivilDate("\(start.year + 1)-01-01") : CivilDate("\(start.year)-\((start.month + 1).padded(2))-01")
    }
    guard let start, let end,
      let range = Interval(start: wording.zone.startOfDay(start), end: wording.zone.startOfDay(end))
    else {
      throw Failure.usage(
        session.language(
          "--month, --year: write 2026-12, or a year from 1900 to 2200.",
          "--month, --year : écrivez 2026-12, ou une année de 1900 à 2200."))
    }
    return range
  }

  private func range(_ session: Session, _ wording: Wording) throws -> Interval {
    let times = TimeArgument(wording: wording)
    let today =
      try from == nil ? wording.zone.startOfDay(wording.zone.civil(session.now()).date) : Instant(secondsSinceEpoch: 0)
    let start = try from.map { try times.bound($0, field: .from) } ?? today
    let end = try to.map { try times.bound($0, field: .to) } ?? start + .hours(14 * 24)
    return try times.range(start, end)
  }

  private func draw(_ session: Session, _ contract: Contract, _ wording: Wording) throws {
    guard ["text", "svg"].contains(format) else {
      throw Failure.usage(
        session.language(
          "--format \(format): --month and --year are drawn as text or svg.",
          "--format \(format) : --month et --year se dessinent en text ou svg."))
    }
    func picture(_ year: AnnexYear) -> CalendarPicture {
      CalendarPicture(year: year, wording: wording, output: session.output)
    }
    if let year {
      guard (1900...2200).contains(year),
        let calendar = AnnexYear(contract: contract, environment: service.environment, year: year)
      else {
        throw Failure.usage(session.language("--year \(year): from 1900 to 2200.", "--year \(year) : de 1900 à 2200."))
      }
      if format == "svg" {
        return try session.output.write(drawing(session, contract, year).renderYear())
      }
      return try session.output.write(picture(calendar).drawnYear().joined(separator: "\n"))
    }
    guard let month, let first = CivilDate(month + "-01"),
      let calendar = AnnexYear(contract: contract, environment: service.environment, year: first.year)
    else {
      throw Failure.usage(
        session.language("--month \(month ?? ""): write it as 2026-12.", "--month \(month ?? "") : écrivez 2026-12."))
    }
    if format == "svg" {
      return try session.output.write(drawing(session, contract, first.year).render(month: first.month) ?? [])
    }
    try session.output.write(picture(calendar).drawn(month: first.month).joined(separator: "\n"))
  }

  private func drawing(_ session: Session, _ contract: Contract, _ year: Int) throws -> AnnexPicture {
    AnnexPicture(try AnnexVerb.year(session, contract, service.environment, year), session.language)
  }
}

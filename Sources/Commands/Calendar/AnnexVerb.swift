import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Wording

struct AnnexVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "annex", abstract: "The contract's calendar of a year, to print and hang on the wall.",
    discussion: """
      Every window with its length, public holidays, bridges, clock changes, freezes, and what stop each month allows. \
      The picture (svg, html) is one page: A3, landscape.

      Examples:
        preavis annex --year 2027
        preavis annex --year 2027 --format html --lang fr -o calendrier-2027.html
        preavis annex --year 2027 --format svg -o calendar-2027.svg
        preavis annex --year 2027 --format ics -o calendar-2027.ics
        preavis annex --year 2027 --json
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var service: ServiceOptions
  @Option(help: ArgumentHelp("The year (this one).", valueName: "YYYY")) var year: Int?
  @Option(help: ArgumentHelp("text, html, svg, ics or json.", valueName: "format")) var format = "text"

  func run(_ session: Session) throws {
    let contract = try session.contract(service.service).contract
    let number = try year ?? contract.currentTimeZone.civil(session.now()).date.year
    let year = try AnnexVerb.year(session, contract, service.environment, number)
    let language = session.language
    guard !session.options.json || ["text", "json"].contains(format) else {
      throw Failure.usage(
        language("Give --json or --format, not both.", "Donnez --json ou --format, pas les deux."))
    }
    if session.options.json { return try session.output.write(AnnexJSON.json(year)) }
    switch format {
    case "text": try session.output.write(AnnexText(year, language).render())
    case "html": try session.output.write(AnnexPage(year, language).render())
    case "svg": try session.output.write(AnnexPicture(year, language).renderYear())
    case "ics": try session.output.write(try calendar(contract, language, year))
    case "json": try session.output.write(AnnexJSON.json(year))
    default:
      throw Failure.usage(
        language(
          "--format \(format): use text, html, svg, ics or json.",
          "--format \(format) : choisissez text, html, svg, ics ou json."))
    }
  }

  private func calendar(_ contract: Contract, _ language: Language, _ year: AnnexYear) throws -> [UInt8] {
    let (start, end) = (year.days[0].interval.start, year.days[year.days.count - 1].interval.end)
    guard let range = Interval(start: start, end: end) else { return [] }
    return try CalendarDays(contract, environment: service.environment, language: language, range: range)
      .renderAll(year.holidays)
  }

  /// Years that holidays and zones are known for.
  private static let years = 1900...2200

  /// The calendar of a year, for every verb that draws it.
  static func year(_ session: Session, _ contract: Contract, _ environment: String, _ year: Int) throws -> AnnexYear {
    guard contract.environments.contains(environment) else {
      let known = contract.environments.joined(separator: ", ")
      throw Failure.usage(
        session.language(
          "--environment \(environment): unknown; there are: \(known).",
          "--environment \(environment) : inconnu ; il y a : \(known)."))
    }
    guard years.contains(year), let calendar = AnnexYear(contract: contract, environment: environment, year: year)
    else {
      throw Failure.usage(
        session.language(
          "--year \(year): from \(years.lowerBound) to \(years.upperBound).",
          "--year \(year) : de \(years.lowerBound) à \(years.upperBound)."))
    }
    return calendar
  }
}

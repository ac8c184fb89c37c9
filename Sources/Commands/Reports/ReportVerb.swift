import Answers
import ArgumentParser
import CivilTime
import Files
import Planning
import Publication
import Register
import Wording

struct ReportVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "The account of a month: plans, refusals, emergencies, notice, overruns.",
    discussion: """
      What was decided counts in the month in which it was recorded; what was \
      done, in the month in which it began or ended. Commands that are refused \
      without a trace are in no register, and not in the report.

      Examples:
        preavis report --month 2026-11
        preavis report --month 2026-11 --format html --lang fr -o novembre.html
        preavis report --month 2026-11 --json
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var service: ServiceOptions
  @Option(help: ArgumentHelp("The month (the current one).", valueName: "YYYY-MM")) var month: String?
  @Option(help: ArgumentHelp("text, html or json.", valueName: "format")) var format: String?

  enum Format: String, CaseIterable {
    case text, html, json
  }

  func run(_ session: Session) throws {
    let language = session.language
    let contract = try session.contract(service.service).contract
    guard contract.environments.contains(service.environment) else {
      let known = contract.environments.joined(separator: ", ")
      throw Failure.usage(
        language(
          "--environment \(service.environment): unknown; there are: \(known).",
          "--environment \(service.environment) : inconnu ; il y a : \(known)."))
    }
    let format: Format? = try self.format.map { try WordArgument(language: language).read($0, field: .format) }
    guard !session.options.json || format == nil || format == .json else {
      throw Failure.usage(
        language("Give --json or --format, not both.", "Donnez --json ou --format, pas les deux."))
    }
    let open = try session.register(readOnly: true)
    let wording = session.wording(contract)
    let now = open.register.now
    guard
      let month = try MonthArgument(language: language)
        .months(month: month, from: nil, to: nil, today: wording.zone.civil(now).date).first,
      let report = try report(month, contract, open.register, now: now)
    else { throw Failure.usage(language("Say which month: --month 2026-11.", "Dites quel mois : --month 2026-11.")) }
    switch session.options.json ? .json : format ?? .text {
    case .json: try session.output.write(ReportJSON(report, wording, isSimulation: open.isSimulation).json())
    case .html: try session.output.write(ReportPage(report, wording, isSimulation: open.isSimulation).render())
    case .text: try session.output.write(ReportText(report, wording, isSimulation: open.isSimulation).render())
    }
  }

  private func report(
    _ month: CivilMonth, _ contract: Contract, _ register: Register, now: Instant
  ) throws -> MonthReport? {
    var bar: ProgressBar?
    defer { bar?.finish() }
    return try ReportRun(contract: contract, environment: service.environment, register: register, now: now)
      .report(month) { total in
        if bar == nil { bar = ProgressBar("report", total: total) }
        bar?.step()
      }
  }
}

import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Wording

struct MonthVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "month", abstract: "All papers of a month at once: report, picture, figures and notice.",
    discussion: """
      Writes, in French and English, what preavis report, preavis availability and preavis notice --kind availability write \
      of the month. What stands there already is never overwritten without --replace; either all files are written or none.

      Examples:
        preavis month 2026-11 --out november
        preavis month --out papers --replace
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var service: ServiceOptions
  @Argument(help: ArgumentHelp("The month (the last one that is over).", valueName: "YYYY-MM")) var month: String?
  @Option(help: ArgumentHelp("The folder; made where there is none.", valueName: "folder")) var out: String?
  @Flag(help: "Overwrite what stands there.") var replace = false

  func run(_ session: Session) throws {
    let (out, session) = try session.folder(out)
    let contract = try session.contract(service.service).contract
    let open = try session.register(readOnly: true)
    let papers = try MonthPapers(
      contract: contract, environment: service.environment, open: open,
      month: try MonthArgument(language: session.language).reported(month, contract, at: open.register.now),
      templates: try NoticeTemplates(folder: try session.templatesFolder().path))
    let files = try papers.files()
    guard !files.isEmpty else {
      throw Failure.usage(
        session.language("No calendar has the month \(papers.month).", "Aucun calendrier n’a le mois \(papers.month)."))
    }
    let folder = try OutFolder(out, session.language)
    try folder.put(files, replacing: replace)
    let wording = session.wording(contract)
    if session.options.json {
      return try session.output.write(
        JSON.array(files.map { ["path": .string(folder.place($0.name)), "bytes": .integer(Int64($0.bytes.count))] }))
    }
    let mark = ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation).simulationMark
    let notes =
      papers.isProvisional
      ? [
        wording.language(
          "The month is not over: the figures are provisional.",
          "Le mois n’est pas terminé\u{A0}: les chiffres sont provisoires.")
      ] : []
    try session.output.write((mark + files.map { folder.place($0.name) } + notes).joined(separator: "\n"))
  }
}

/// What is handed out of a month, in both languages.
struct MonthPapers {
  typealias File = OutFolder.File

  let contract: Contract
  let environment: String
  let open: OpenRegister
  let month: CivilMonth
  let templates: NoticeTemplates
  private let report: MonthReport?
  private let availability: MonthAvailability?
  private let now: Instant

  init(contract: Contract, environment: String, open: OpenRegister, month: CivilMonth, templates: NoticeTemplates)
    throws
  {
    (self.contract, self.environment, self.open) = (contract, environment, open)
    (self.month, self.templates) = (month, templates)
    now = open.register.now
    report = try ReportRun(contract: contract, environment: environment, register: open.register, now: now).report(
      month)
    availability = try AvailabilityRun(contract: contract, register: open.register, now: now).months([month]).first
  }

  var isProvisional: Bool { availability.map { !$0.provisional.isEmpty } ?? false }

  /// Empty for a month that no calendar has; without a promise of availability in it, the report alone.
  func files() throws -> [File] {
    let stem = "\(contract.service)-\(month)"
    var files: [File] = []
    for language in Language.allCases {
      let wording = Wording(language, zone: contract.currentTimeZone)
      if let report {
        let page = ReportPage(report, wording, isSimulation: open.isSimulation).render()
        files.append(File(name: "\(stem)-report.\(language.rawValue).html", bytes: page))
      }
      guard let availability else { continue }
      let picture = AvailabilityPicture(
        availability, contract: contract, language: language, now: now, isSimulation: open.isSimulation)
      files.append(File(name: "\(stem)-availability.\(language.rawValue).svg", bytes: picture.render()))
      let notice = try templates.document(
        availability: availability, contract: contract, language: language, isSimulation: open.isSimulation)
      for (layout, ending) in [(NoticeLayout.html, "html"), (.text, "txt")] {
        let text = templates.render(notice, format: layout)
        files.append(File(name: "\(stem)-notice.\(language.rawValue).\(ending)", bytes: Array(text.utf8)))
      }
    }
    if let availability {
      files.append(File(name: "\(stem)-availability.csv", bytes: Array(AvailabilityCSV.months([availability]).utf8)))
      let stops = AvailabilityCSV.stops([availability]) { _ in Wording(.english, zone: contract.currentTimeZone) }
      files.append(File(name: "\(stem)-stops.csv", bytes: Array(stops.utf8)))
    }
    return files
  }
}

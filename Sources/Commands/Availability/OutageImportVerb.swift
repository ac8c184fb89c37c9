import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Register
import Wording

struct OutageImportVerb: OperationVerb {
  static let operation = Operation.importOutages
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Record outages in bulk, from CSV or JSON Lines: all or nothing.",
    discussion: """
      A row that cannot be read, or that makes no sense, and nothing is recorded (exit 65). A file that was imported \
      before records nothing twice: a row's idempotency_key, or else its content, tells.

      CSV: a line of column names (\(columns)), parted by commas or semicolons, UTF-8. JSON Lines: the same keys. \
      Without end and duration the outage goes on.

      Examples:
        preavis outage import incidents-2026.csv --dry-run
        generate | preavis outage import - --format jsonl --json
      """)

  private static let columns = OutageField.allCases.map { $0 == .component ? "component (parted by ;)" : $0.rawValue }
    .joined(separator: ", ").replacing("end, duration", with: "end or duration")

  @OptionGroup var global: GlobalOptions
  @Option(help: "The service of rows that name none.") var service: String?
  @Argument(help: ArgumentHelp("The file; - reads standard input.", valueName: "file")) var file: String
  @Option(help: ArgumentHelp("csv or jsonl; told by the file's name unless given.", valueName: "format"))
  var format: String?
  @Flag(help: "Judge everything, record nothing; the same answer and exit code.") var dryRun = false

  func run(_ session: Session) throws {
    let language = session.language
    let source = try ImportSource(file, format: format, language: language)
    guard source.format != .ics else {
      throw Failure.usage(
        language("\(file): outages come as csv or jsonl.", "\(file) : les pannes viennent en csv ou jsonl."))
    }
    let open = try session.register()
    let job = OutageImport(
      language: language, isRehearsal: dryRun, actor: session.actor, service: service
    ) {
      try session.contract($0)
    } bind: {
      session.bound($0)
    }
    let rows = source.format == .csv ? OutageRows(csv: source.bytes) : OutageRows(jsonLines: source.bytes)
    let result = try job.run(rows, register: open.writer, isSimulation: open.isSimulation)
    if session.options.json { try session.output.write(JSON.array(result.json)) }
    let problems = result.problems
    guard problems.isEmpty else {
      throw Failure(
        malformed: problems.map { ImportProblem(line: $0.line, text: $0.message ?? "") }, of: file, language)
    }
    let text = summary(result, language)
    if session.options.json { return Output.note(text) }
    try session.output.write((open.isSimulation ? "[SIMULATION]\n" : "") + text)
  }

  private func summary(_ result: OutageImport.Result, _ language: Language) -> String {
    func count(_ status: ImportedRow.Status) -> Int { result.rows.count { $0.status == status } }
    let (new, old, valid) = (count(.recorded), count(.alreadyImported), count(.allowed))
    var parts: [String] = []
    if new > 0 { parts.append(language("\(new) recorded", "\(new) enregistrée\(new == 1 ? "" : "s")")) }
    if old > 0 { parts.append(language("\(old) imported before", "\(old) déjà importée\(old == 1 ? "" : "s")")) }
    if valid > 0 { parts.append(language("\(valid) to be recorded", "\(valid) à enregistrer")) }
    let head = language("Outages: ", "Pannes\(language.colon) ") + (parts.isEmpty ? "0" : parts.joined(separator: ", "))
    let rehearsal =
      dryRun
      ? language(" Rehearsal: nothing was recorded.", " Essai à blanc\(language.colon) rien n’a été enregistré.") : ""
    return "\(head).\(rehearsal)"
  }
}

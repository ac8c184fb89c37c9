import Answers
import ArgumentParser
import Planning
import Wording

struct ImportVerb: OperationVerb {
  static let operation = Operation.importChanges
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Record change requests in bulk, from .ics, CSV or JSON Lines: all or nothing.",
    discussion: """
      Every row is judged before anything is recorded, each after the ones above it. One refused row, and nothing is \
      recorded (exit 3); a row that cannot be read, and nothing is recorded (exit 65). A file that was imported before \
      records nothing twice: a row's idempotency_key, or else its content, tells. An event is known by its UID: one that has \
      changed moves or amends what it made, a cancelled one cancels it, under the rules of those verbs and with --reason.

      CSV: a line of column names (\(columns)), parted by commas or semicolons, UTF-8. JSON Lines: the same keys, or what \
      submit --json prints. iCalendar: every event that lies ahead; days mean whole civil days; a recurrence needs COUNT or UNTIL, or --until.

      Examples:
        preavis import plan-2027.csv --dry-run
        preavis import plan-2027.csv
        preavis import agenda.ics --keep-going
        generate | preavis import - --format jsonl --json
      """)

  private static var columns: String {
    ChangeField.columns.map { $0 == .component ? "component (parted by ;)" : $0.rawValue }.joined(separator: ", ")
      .replacing("end, duration", with: "end or duration")
  }

  @OptionGroup var global: GlobalOptions
  @OptionGroup var service: ServiceOptions

  @Argument(help: ArgumentHelp("The file; - reads standard input.", valueName: "file"))
  var file: String
  @Option(help: ArgumentHelp("ics, csv or jsonl; told by the file's name unless given.", valueName: "format"))
  var format: String?
  @Flag(help: "Judge everything, record nothing; the same answer and exit code.")
  var dryRun = false
  @Flag(help: "Record what is allowed, although other rows are refused.")
  var keepGoing = false
  @Flag(help: "With --keep-going, keep refused rows as drafts.")
  var drafts = false
  @Option(help: ArgumentHelp("iCalendar: the last day of series without end.", valueName: "day"))
  var until: String?
  @Option(help: ArgumentHelp("iCalendar: why what an earlier file planned is moved or cancelled.", valueName: "text"))
  var reason: String?
  @Flag(help: "iCalendar: take private and confidential events too.")
  var includePrivate = false

  func run(_ session: Session) throws {
    let language = session.language
    guard keepGoing || !drafts else {
      throw Failure.usage(
        language(
          "--drafts goes with --keep-going: otherwise one refused row leaves everything as it was.",
          "--drafts va avec --keep-going\u{A0}: sinon, une seule ligne refusée laisse tout en l’état."))
    }
    let source = try ImportSource(file, format: format, language: language)
    let run = ImportRun(
      session: session, source: source, service: service, isRehearsal: dryRun, keepsGoing: keepGoing,
      keepsDrafts: drafts, until: until, reason: reason, takesPrivate: includePrivate)
    try run.run()
  }
}

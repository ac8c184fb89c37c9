import Answers
import ArgumentParser
import Files
import Foundation
import Planning
import Wording

/// The interval of a request.
struct IntervalOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Start of the work: 2026-12-06T01:00, Sunday 1am, tomorrow 01:00.", valueName: "time"))
  var start: String
  @Option(help: ArgumentHelp("End of the work.", valueName: "time"))
  var end: String?
  @Option(help: ArgumentHelp("Instead of --end: 90m, 2h, 2h30, PT2H.", valueName: "duration"))
  var duration: String?
}

/// What a request says of the work.
struct ContentOptions: ParsableArguments {
  @Option(help: "What clients read first.")
  var title: String
  @Option(help: "The same for English readers, who else read the title.")
  var titleEn: String?
  @Option(help: "More for clients; - reads standard input.")
  var description: String?
  @Option(help: "The same for English readers, who else read the description.")
  var descriptionEn: String?
  @Option(help: "What clients read instead of --reason.")
  var clientReason: String?
  @OptionGroup var scope: ScopeOptions
  @Flag(help: "Judge only, as this verb would now: nothing is recorded.")
  var dryRun = false
}

/// What of a request the rules look at besides its interval.
struct ScopeOptions: ParsableArguments {
  @Option(help: ArgumentHelp("none, reduced-redundancy, degraded or outage.", valueName: "impact"))
  var impact: String?
  @Option(help: "A component of the service; repeatable; none means the whole service.")
  var component: [String] = []
  @Option(help: "Why the work is needed; clients read it.")
  var reason: String?
  @Option(help: ArgumentHelp("A change that this one may overlap; repeatable.", valueName: "CHG-…"))
  var alongside: [String] = []

  var isEmpty: Bool { impact == nil && reason == nil && component.isEmpty && alongside.isEmpty }

  func fill(_ row: inout RequestRow) {
    (row[.impact], row[.reason]) = (impact, reason)
    row[value: .component] = .list(component)
    row[value: .alongside] = .list(alongside)
  }
}

/// What makes a request one for an update.
struct UpdateOptions: ParsableArguments {
  @Option(
    name: .customLong("update"),
    help: ArgumentHelp("The change is an update to this version (article 10).", valueName: "version"))
  var version: String?
  @Option(help: ArgumentHelp("evolution, ergonomics or correction.", valueName: "category"))
  var category: String?
  @Flag(help: "The update needs training.")
  var training = false
  @Flag(help: "The update needs configuration.")
  var configuration = false
  @Flag(name: .customLong("no-interruption"), help: "The update does not interrupt the service.")
  var noInterruption = false
  @Option(help: ArgumentHelp("Address of the update's documentation.", valueName: "url"))
  var documentation: String?

  var isEmpty: Bool {
    version == nil && category == nil && documentation == nil && !training && !configuration && !noInterruption
  }

  func fill(_ row: inout RequestRow) {
    (row[.update], row[.category], row[.documentation]) = (version, category, documentation)
    if training { row[value: .training] = .flag(true) }
    if configuration { row[value: .configuration] = .flag(true) }
    if noInterruption { row[value: .interruption] = .flag(false) }
  }
}

/// How a request is recorded.
struct RecordingOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The same key gives the same answer and never records twice.", valueName: "key"))
  var idempotencyKey: String?

  func key(_ session: Session) throws -> String? {
    try idempotencyKey.map { try IdempotencyKey.checked($0, session.language) }
  }
}

/// A verb that asks for a new change: it says what was typed, and the rest is the same for all.
protocol RequestVerb: OperationVerb {
  var service: ServiceOptions { get }
  var interval: IntervalOptions { get }
  var content: ContentOptions { get }
  var recording: RecordingOptions { get }
  /// What the options of this verb alone say.
  func fill(_ row: inout RequestRow)
}

extension RequestVerb {
  /// What is judged only is recorded under no key.
  static var apart: [GivenTwice.Pair] { [.init("--dry-run", "--idempotency-key")] }

  func run(_ session: Session) throws {
    let loaded = try session.contract(service.service)
    var row = RequestRow()
    fill(&row)
    row[.environment] = service.environment
    (row[.start], row[.end], row[.duration]) = (interval.start, interval.end, interval.duration)
    (row[.title], row[.titleEnglish]) = (content.title, content.titleEn)
    (row[.descriptionEnglish], row[.clientReason]) = (content.descriptionEn, content.clientReason)
    row[.description] = try session.typed(content.description, as: .description)
    content.scope.fill(&row)
    var reading = ChangeReading(wording: session.wording(loaded.contract), words: session.words)
    let asked = try reading.content(row, service: loaded.contract.service)
    let key = try recording.key(session)
    if content.dryRun { return try TrialAction(session: session).perform(asked, loaded.contract) }
    try ChangeAction(session: session).perform(
      ChangeCommand(creating: asked), on: nil, key: key, contract: loaded,
      subject: Self.operation.heading(session.language))
  }
}

struct SubmitVerb: RequestVerb {
  static let operation = Operation.submit
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Record a change request: allowed, it is planned and published; refused, a draft.",
    discussion: """
      Examples:
        preavis submit --start 2026-12-06T01:00 --duration 2h \\
          --title "Migration de la base" --title-en "Database migration"
        preavis submit --start 2026-12-08T01:00 --duration 1h --title "Version 5.2" \\
          --update 5.2 --category evolution --training \\
          --documentation https://portal.example/5.2
        preavis submit --start 2026-12-08T10:00 --duration 1h \\
          --title "Correction 5.2.1" \\
          --update 5.2.1 --category correction --no-interruption
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var service: ServiceOptions
  @OptionGroup var interval: IntervalOptions
  @OptionGroup var content: ContentOptions
  @OptionGroup var recording: RecordingOptions

  @OptionGroup var update: UpdateOptions

  func fill(_ row: inout RequestRow) { update.fill(&row) }
}

struct EmergencyVerb: RequestVerb {
  static let operation = Operation.recordEmergency
  static let configuration = CommandConfiguration(
    commandName: "emergency", abstract: "Record emergency maintenance, before, during or after.",
    discussion: """
      Times that lie behind are facts: work whose end has passed is recorded as completed.
      Without --end and --duration the end is not known: clients are told so, and by when \
      they hear more. preavis extend moves that on, or says the end.

      Examples:
        preavis emergency --start now --duration 30m \\
          --title "Security patch" --reason "CVE-2026-1234" \\
          --client-reason "A security update that cannot wait"
        preavis emergency --start 2026-12-01T14:00 --title "Storage fails" \\
          --reason "Disks are being replaced"
        preavis emergency --start 2026-12-01T09:10 --end 2026-12-01T09:40 \\
          --title "Disk full" --reason "Storage alarm"
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var service: ServiceOptions
  @OptionGroup var interval: IntervalOptions
  @OptionGroup var content: ContentOptions
  @OptionGroup var recording: RecordingOptions

  func fill(_ row: inout RequestRow) { row[.kind] = ChangeKind.emergency.rawValue }
}

extension Session {
  /// Text that may be asked from standard input.
  func typed(_ text: String?, as field: Field) throws -> String? {
    guard text == "-" else { return text }
    let data = try FileHandle.standardInput.read(upToCount: 1 << 20) ?? Data()
    guard let read = String(validating: data, as: UTF8.self) else {
      throw Failure.usage(
        language(
          "\(Door.commandLine.name(field)) -: standard input is not UTF-8.",
          "\(Door.commandLine.name(field)) - : l’entrée standard n’est pas en UTF-8."))
    }
    return read
  }
}

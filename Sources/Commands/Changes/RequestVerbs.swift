import Answers
import ArgumentParser
import CivilTime
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
  var title: String?
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
  /// Those that are named.
  var services: [String] { get }
  /// Nil where none is named.
  var environment: String? { get }
  var interval: IntervalOptions { get }
  var content: ContentOptions { get }
  var recording: RecordingOptions { get }
  /// The change that says what is left out; nil where none does.
  var like: String? { get }
  /// What the options of this verb alone say.
  func fill(_ row: inout RequestRow)
  /// Records what is more than one change, and says so; false where it is one.
  func performRelease(_ row: RequestRow, _ services: [String], _ session: Session) throws -> Bool
}

extension RequestVerb {
  /// What is judged only is recorded under no key.
  static var apart: [GivenTwice.Pair] { [.init("--dry-run", "--idempotency-key")] }

  var like: String? { nil }
  func performRelease(_ row: RequestRow, _ services: [String], _ session: Session) -> Bool { false }

  func run(_ session: Session) throws {
    var row = RequestRow()
    fill(&row)
    row[.environment] = environment
    (row[.start], row[.end], row[.duration]) = (interval.start, interval.end, interval.duration)
    (row[.title], row[.titleEnglish]) = (content.title, content.titleEn)
    (row[.descriptionEnglish], row[.clientReason]) = (content.descriptionEn, content.clientReason)
    row[.description] = try session.typed(content.description, as: .description)
    content.scope.fill(&row)
    let twin = try like.map { try ChangeAction(session: session).find($0).change.content }
    if let twin { row.takeOver(twin) }
    if try performRelease(row, services.isEmpty ? twin.map { [$0.service] } ?? [] : services, session) { return }
    let loaded = try session.contract(services.first ?? twin?.service)
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
        preavis submit --like CHG-2026-0042 --start 2027-01-10T01:00
        preavis submit --start 2026-12-06T01:00 --duration 2h --title "Sauvegarde" \\
          --repeat "FREQ=MONTHLY;BYDAY=2SU" --times 6
      """)

  static var apart: [GivenTwice.Pair] {
    [.init("--dry-run", "--idempotency-key"), .init("--until", "--times"), .init("--repeat", "--dry-run")]
  }

  @OptionGroup var global: GlobalOptions
  @Option(
    name: .customLong("service"),
    help: "The service; may be left out where there is only one contract. Several: joint work, one change in each.")
  var services: [String] = []
  @Option(help: "The environment.") var environment: String?
  @OptionGroup var interval: IntervalOptions
  @OptionGroup var content: ContentOptions
  @OptionGroup var recording: RecordingOptions

  @OptionGroup var update: UpdateOptions
  @Option(help: ArgumentHelp("A change that says what is left out, all but its start.", valueName: "CHG-…"))
  var like: String?
  @Option(
    name: .customLong("repeat"),
    help: ArgumentHelp(
      "A release of occurrences from --start on, by a recurrence rule of iCalendar.", valueName: "rule"))
  var rule: String?
  @Option(help: ArgumentHelp("The last day of occurrences.", valueName: "day")) var until: String?
  @Option(help: ArgumentHelp("How many occurrences.", valueName: "number")) var times: Int?

  func fill(_ row: inout RequestRow) { update.fill(&row) }

  /// Joint work, and what repeats, is a release.
  func performRelease(_ row: RequestRow, _ services: [String], _ session: Session) throws -> Bool {
    try session.refuse("--until", until != nil && rule == nil, without: "--repeat")
    try session.refuse("--times", times != nil && rule == nil, without: "--repeat")
    try session.refuseTwice(services, of: "--service")
    guard services.count > 1 || rule != nil else { return false }
    guard !content.dryRun else {
      throw Failure.usage(
        session.language(
          "--dry-run judges one change: name one service, or check each (preavis check).",
          "--dry-run juge un seul changement : nommez un seul service, ou jugez-les un à un (preavis check)."))
    }
    let loaded = try (services.isEmpty ? [nil] : services.map { $0 }).map { try session.contract($0) }
    let submission = try ReleaseSeries(
      row, contracts: loaded.map(\.contract), wording: session.wording(loaded[0].contract), words: session.words
    ).submission(rule: rule, until: until, times: times)
    try ReleaseAction(session: session).perform(
      .submit(submission), on: nil, key: recording.key(session),
      subject: Operation.submitRelease.heading(session.language))
    return true
  }
}

extension RequestRow {
  /// What it does not say itself, as a change says it.
  fileprivate mutating func takeOver(_ content: ChangeContent) {
    for field in ChangeField.ofContent + ChangeField.ofUpdate where field != .alongside {
      if self[value: field] == nil || self[value: field]?.list?.isEmpty == true { self[value: field] = content[field] }
    }
    self[.environment] = self[.environment] ?? content.environment
    if self[.end] == nil { self[.duration] = self[.duration] ?? "\(content.interval.length.seconds)s" }
  }
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

  var services: [String] { service.service.map { [$0] } ?? [] }
  var environment: String? { service.environment }

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

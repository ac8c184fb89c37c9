import ArgumentParser
import CivilTime
import Files
import Planning
import Wording

/// What every verb that moves a change takes.
struct MoveOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The change.", valueName: "CHG-…"))
  var change: String
  @Option(help: "Why; clients read it.")
  var reason: String?
  @Option(help: ArgumentHelp("Only if the change is still at this revision.", valueName: "number"))
  var ifRevision: Int?
}

struct RescheduleVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "reschedule",
    abstract: "Plan a change anew: the notice runs again, except inside the announced interval.",
    discussion: """
      A refused reschedule leaves the plan as it stands. A draft becomes planned by one that is allowed.

      Example:
        preavis reschedule CHG-2026-0042 --start 2026-12-13T01:00 --duration 2h --reason "Vendor is late"
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions
  @Option(help: ArgumentHelp("New start.", valueName: "time"))
  var start: String?
  @Option(help: ArgumentHelp("New end.", valueName: "time"))
  var end: String?
  @Option(
    help: ArgumentHelp("Instead of --end; the length stays as it was when neither is given.", valueName: "duration"))
  var duration: String?
  @Option(help: ArgumentHelp("A change that this one may overlap; repeatable.", valueName: "CHG-…"))
  var alongside: [String] = []

  func run(_ session: Session) throws {
    let action = ChangeAction(session: session)
    let (change, contract) = try action.find(move.change)
    let times = TimeArgument(wording: session.wording(contract.contract))
    var interval: Interval?
    if start != nil || end != nil || duration != nil {
      let typed = start ?? TimeText.utc(change.content.interval.start)
      let length = end == nil && duration == nil ? "\(change.content.interval.length.seconds)s" : duration
      interval = try times.interval(start: typed, end: end, duration: length)
    }
    let words = WordArgument(language: session.language)
    try action.perform(
      .reschedule(
        interval: interval, reason: move.reason,
        alongside: try alongside.map { try words.change($0, flag: "--alongside") }),
      on: change.id, key: recording.key(session), expectedRevision: move.ifRevision, contract: contract,
      subject: session.language("Reschedule", "Replanification"))
  }
}

struct AmendVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "amend", abstract: "Reword or narrow a change; more impact or more components is planning anew.",
    discussion: """
      Examples:
        preavis amend CHG-2026-0042 --title "Database migration, step 1" --reason "Clearer title"
        preavis amend CHG-2026-0042 --impact degraded --reason "Read-only mode is enough"
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions
  @Option(help: "What clients read first.") var title: String?
  @Option(help: "More for clients; - reads standard input.") var description: String?
  @Option(help: ArgumentHelp("none, reduced-redundancy, degraded or outage.", valueName: "impact")) var impact: String?
  @Option(help: "Components that are left; repeatable.") var component: [String] = []
  @Flag(inversion: .prefixedNo, help: "Whether the update needs training.") var training: Bool?
  @Flag(inversion: .prefixedNo, help: "Whether the update needs configuration.") var configuration: Bool?
  @Flag(inversion: .prefixedNo, help: "Whether the update interrupts the service.") var interruption: Bool?
  @Option(help: ArgumentHelp("Address of the update's documentation.", valueName: "url")) var documentation: String?

  func run(_ session: Session) throws {
    let action = ChangeAction(session: session)
    let (change, contract) = try action.find(move.change)
    let words = WordArgument(language: session.language)
    var amendment = ChangeCommand.Amendment()
    amendment.title = title
    amendment.description = try words.text(description, flag: "--description")
    amendment.impact = try impact.map { try words.read($0, flag: "--impact") }
    amendment.components = component.isEmpty ? nil : component
    amendment.training = training
    amendment.configuration = configuration
    amendment.interruption = interruption
    amendment.documentation = documentation
    try action.perform(
      .amend(amendment, reason: move.reason), on: change.id, key: recording.key(session),
      expectedRevision: move.ifRevision, contract: contract, subject: session.language("Amendment", "Modification"))
  }
}

struct CancelVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Cancel a change; it stays in the feed as cancelled.",
    discussion: "Example:\n  preavis cancel CHG-2026-0042 --reason \"Vendor withdrew the patch\"")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions

  func run(_ session: Session) throws {
    let action = ChangeAction(session: session)
    let (change, contract) = try action.find(move.change)
    try action.perform(
      .cancel(reason: move.reason), on: change.id, key: recording.key(session), expectedRevision: move.ifRevision,
      contract: contract, subject: session.language("Cancellation", "Annulation"))
  }
}

struct StartVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Say that the work has begun.",
    discussion: "Examples:\n  preavis start CHG-2026-0042\n  preavis start CHG-2026-0042 --at 2026-12-06T01:04")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions
  @Option(help: ArgumentHelp("When it began, if not now; both times are kept.", valueName: "time")) var at: String?

  func run(_ session: Session) throws {
    let action = ChangeAction(session: session)
    let (change, contract) = try action.find(move.change)
    let times = TimeArgument(wording: session.wording(contract.contract))
    try action.perform(
      .start(at: try at.map { try times.instant($0, flag: "--at") }, reason: move.reason), on: change.id,
      key: recording.key(session), expectedRevision: move.ifRevision, contract: contract,
      subject: session.language("Start", "Début"))
  }
}

struct ExtendVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "extend", abstract: "Announce a later end of work that is under way; it excuses nothing.",
    discussion: "Example:\n  preavis extend CHG-2026-0042 --end 2026-12-06T04:00 --reason \"Index rebuild is slow\"")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions
  @Option(help: ArgumentHelp("The new end.", valueName: "time")) var end: String
  @Option(help: ArgumentHelp("A change that this one may overlap; repeatable.", valueName: "CHG-…"))
  var alongside: [String] = []

  func run(_ session: Session) throws {
    let action = ChangeAction(session: session)
    let (change, contract) = try action.find(move.change)
    let words = WordArgument(language: session.language)
    let end = try TimeArgument(wording: session.wording(contract.contract)).instant(end, flag: "--end")
    try action.perform(
      .extend(
        end: end, reason: move.reason, alongside: try alongside.map { try words.change($0, flag: "--alongside") }),
      on: change.id, key: recording.key(session), expectedRevision: move.ifRevision, contract: contract,
      subject: session.language("Extension", "Prolongation"))
  }
}

struct CompleteVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "complete", abstract: "Say that the work has ended; after the announced end, with a reason.",
    discussion: "Examples:\n  preavis complete CHG-2026-0042\n  preavis complete CHG-2026-0042 --at 2026-12-06T02:50")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions
  @Option(help: ArgumentHelp("When it ended, if not now; both times are kept.", valueName: "time")) var at: String?

  func run(_ session: Session) throws {
    let action = ChangeAction(session: session)
    let (change, contract) = try action.find(move.change)
    let times = TimeArgument(wording: session.wording(contract.contract))
    try action.perform(
      .complete(at: try at.map { try times.instant($0, flag: "--at") }, reason: move.reason), on: change.id,
      key: recording.key(session), expectedRevision: move.ifRevision, contract: contract,
      subject: session.language("Completion", "Fin"))
  }
}

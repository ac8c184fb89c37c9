import Answers
import ArgumentParser
import Files
import Planning
import Wording

/// What every verb that moves a change takes.
struct MoveOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The change.", valueName: "CHG-…"))
  var change: String
  @Option(help: "Why; clients read it where it moves what is published.")
  var reason: String?
  @Option(help: "What clients read instead of --reason.")
  var clientReason: String?
  @Option(help: ArgumentHelp("Only if the change is still at this revision.", valueName: "number"))
  var ifRevision: Int?
}

/// A verb that moves a change through its life: it says what was typed, and the rest is the same for all.
protocol MoveVerb: OperationVerb {
  var move: MoveOptions { get }
  var recording: RecordingOptions { get }
  func fill(_ row: inout RequestRow, _ session: Session) throws
}

extension MoveVerb {
  func fill(_ row: inout RequestRow, _ session: Session) {}

  func run(_ session: Session) throws {
    let action = ChangeAction(session: session)
    let (change, contract) = try action.find(move.change)
    var row = RequestRow()
    (row[.reason], row[.clientReason]) = (move.reason, move.clientReason)
    try fill(&row, session)
    var reading = ChangeReading(wording: session.wording(contract.contract), words: session.words)
    try action.perform(
      try reading.command(Self.operation, of: change, row), on: change.id, key: recording.key(session),
      expectedRevision: move.ifRevision, contract: contract, subject: Self.operation.heading(session.language))
  }
}

extension MoveOptions {
  static let verbs: [any ParsableCommand.Type] = [
    RescheduleVerb.self, AmendVerb.self, CancelVerb.self, StartVerb.self, ExtendVerb.self, CompleteVerb.self,
    ApproveVerb.self, DeclineVerb.self,
  ]
}

struct RescheduleVerb: MoveVerb {
  static let configuration = CommandConfiguration(
    commandName: "reschedule",
    abstract: "Plan a change anew: the notice runs again, except inside the announced interval.",
    discussion: """
      A refused reschedule leaves the plan as it stands. A draft becomes planned by one that is allowed.

      Example:
        preavis reschedule CHG-2026-0042 --start 2026-12-13T01:00 --duration 2h \\
          --reason "Vendor is late"
      """)
  static let operation = Operation.reschedule

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

  func fill(_ row: inout RequestRow, _ session: Session) {
    (row[.start], row[.end], row[.duration]) = (start, end, duration)
    row[value: .alongside] = .list(alongside)
  }
}

struct AmendVerb: MoveVerb {
  static let configuration = CommandConfiguration(
    commandName: "amend", abstract: "Reword or narrow a change; more impact or more components is planning anew.",
    discussion: """
      Examples:
        preavis amend CHG-2026-0042 --title "Database migration, step 1" \\
          --reason "Clearer title"
        preavis amend CHG-2026-0042 --impact degraded \\
          --reason "Read-only mode is enough"
      """)
  static let operation = Operation.amend

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions
  @Option(help: "What clients read first.") var title: String?
  @Option(help: "The same for English readers, who else read the title.") var titleEn: String?
  @Option(help: "More for clients; - reads standard input.") var description: String?
  @Option(help: "The same for English readers, who else read the description.") var descriptionEn: String?
  @Option(help: ArgumentHelp("none, reduced-redundancy, degraded or outage.", valueName: "impact")) var impact: String?
  @Option(help: "Components that are left; repeatable.") var component: [String] = []
  @Flag(inversion: .prefixedNo, help: "Whether the update needs training.") var training: Bool?
  @Flag(inversion: .prefixedNo, help: "Whether the update needs configuration.") var configuration: Bool?
  @Flag(inversion: .prefixedNo, help: "Whether the update interrupts the service.") var interruption: Bool?
  @Option(help: ArgumentHelp("Address of the update's documentation.", valueName: "url")) var documentation: String?

  func fill(_ row: inout RequestRow, _ session: Session) throws {
    (row[.title], row[.impact], row[.documentation]) = (title, impact, documentation)
    row[.description] = try session.typed(description, as: .description)
    (row[.titleEnglish], row[.descriptionEnglish]) = (titleEn, descriptionEn)
    if !component.isEmpty { row[value: .component] = .list(component) }
    row[value: .training] = training.map { .flag($0) }
    row[value: .configuration] = configuration.map { .flag($0) }
    row[value: .interruption] = interruption.map { .flag($0) }
  }
}

struct CancelVerb: MoveVerb {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Cancel a change; it stays in the feed as cancelled.",
    discussion: "Example:\n  preavis cancel CHG-2026-0042 --reason \"Vendor withdrew the patch\"")
  static let operation = Operation.cancel

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions
}

struct StartVerb: MoveVerb {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Say that the work has begun.",
    discussion: "Examples:\n  preavis start CHG-2026-0042\n  preavis start CHG-2026-0042 --at 2026-12-06T01:04")
  static let operation = Operation.start

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions
  @Option(help: ArgumentHelp("When it began, if not now; both times are kept.", valueName: "time")) var at: String?

  func fill(_ row: inout RequestRow, _ session: Session) { row[.at] = at }
}

struct ExtendVerb: MoveVerb {
  static let configuration = CommandConfiguration(
    commandName: "extend", abstract: "Announce a later end of work that is under way; it excuses nothing.",
    discussion: """
      Of urgent work whose end is not known, --end says it; without --end the moment by \
      which clients hear more moves on, by the contract's emergency.first-estimate.

      Examples:
        preavis extend CHG-2026-0042 --end 2026-12-06T04:00 \\
          --reason "Index rebuild is slow"
        preavis extend 42 --by 30m --reason "Index rebuild is slow"
        preavis extend CHG-2026-0043
      """)
  static let operation = Operation.extend

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions
  @Option(help: ArgumentHelp("The new end.", valueName: "time")) var end: String?
  @Option(help: ArgumentHelp("Instead of --end: how much later than now announced.", valueName: "duration"))
  var by: String?
  @Option(help: ArgumentHelp("A change that this one may overlap; repeatable.", valueName: "CHG-…"))
  var alongside: [String] = []

  func fill(_ row: inout RequestRow, _ session: Session) {
    (row[.end], row[.by]) = (end, by)
    row[value: .alongside] = .list(alongside)
  }
}

struct CompleteVerb: MoveVerb {
  static let configuration = CommandConfiguration(
    commandName: "complete", abstract: "Say that the work has ended; after the announced end, with a reason.",
    discussion: """
      Planned work that was carried out is closed by one command: --started says when it began. An hour alone is then the \
      one nearest to the announced start, and that of the end the first after it. Both are recorded, or neither.

      Of work that is over, another time corrects the one on record, with a reason.

      Examples:
        preavis complete CHG-2026-0042
        preavis complete CHG-2026-0042 --ended 2026-12-06T02:50
        preavis complete 42 --started 01:00 --ended 02:50
        preavis complete 42 --ended 02:50 --reason "Typed wrong"
      """)
  static let operation = Operation.complete

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions
  @Option(help: ArgumentHelp("When it began, of planned work that nobody has started.", valueName: "time"))
  var started: String?
  @Option(
    name: [.customLong("ended"), .customLong("at")],
    help: ArgumentHelp("When it ended, if not now; both times are kept.", valueName: "time"))
  var at: String?

  func fill(_ row: inout RequestRow, _ session: Session) { (row[.started], row[.at]) = (started, at) }
}

struct ApproveVerb: MoveVerb {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Publish what waits for approval; the notice runs to this moment.",
    discussion: """
      Where the contract asks for approval, what is allowed is requested first: it holds its time, and nobody is told. It is \
      judged anew here; what is not allowed any more stays requested. Nobody approves their own request where the contract \
      asks for four eyes (exit 77).

      Examples:
        preavis approve CHG-2026-0042
        preavis approve CHG-2026-0042 --reason "Agreed with the vendor"
      """)
  static let operation = Operation.approve

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions
}

struct DeclineVerb: MoveVerb {
  static let configuration = CommandConfiguration(
    commandName: "decline",
    abstract: "Decline what waits for approval: a request becomes a draft, a plan stays as it is.",
    discussion: "Example:\n  preavis decline CHG-2026-0042 --reason \"Too close to the release\"")
  static let operation = Operation.decline

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions
}

import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Register
import Wording

/// What clients are owed, and what they were given.
struct NoticesVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notices", abstract: "Notices that are owed, and those that were published.",
    subcommands: [DueVerb.self, PublishedVerb.self])
}

struct DueVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "due", abstract: "Notices that clients are owed, late ones first.",
    discussion: """
      What a plan owes is computed from the plan as it stands: a move takes its stale reminders with it.

      Examples:
        preavis notices due
        preavis notices due --within 168h --json
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: "Only this service.") var service: String?
  @Option(help: ArgumentHelp("How far ahead to look (72h).", valueName: "duration")) var within: String?

  func run(_ session: Session) throws {
    let open = try session.register(readOnly: true)
    let contracts =
      try service.map { [try session.contract($0).contract] } ?? session.contracts().loadAll().map(\.contract)
    guard let first = contracts.first else { throw Failure.usage(NoticesVerb.noContract(session)) }
    let wording = session.wording(first)
    let ahead = try within.map { try TimeArgument(wording: wording).duration($0, field: .within) } ?? .hours(72)
    let now = open.register.now
    var owed: [NoticesOwed.Line] = []
    for contract in contracts { owed += try NoticesOwed(contract, open.register).lines(at: now, within: ahead) }
    owed.sort { ($0.obligation.due, $0.change.id) < ($1.obligation.due, $1.change.id) }
    if session.options.json {
      return try session.output.write(JSON.array(owed.map { $0.json(wording: wording, now: now) }))
    }
    let text = ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation)
    guard !owed.isEmpty else {
      return try session.output.write(
        (text.simulationMark + [
          session.language(
            "Nothing is owed within \(wording.duration(ahead)).", "Rien n’est dû d’ici \(wording.duration(ahead)).")
        ]).joined(separator: "\n"))
    }
    try session.output.write(
      (text.simulationMark + NoticesOwed.table(owed, text: text, now: now)).joined(separator: "\n"))
  }
}

extension NoticesVerb {
  static func noContract(_ session: Session) -> String {
    session.language("There is no contract to look at.", "Il n’y a aucun contrat à regarder.")
  }
}

struct PublishedVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "published", abstract: "Record that a notice was published; nothing else of the change moves.",
    discussion: """
      Examples:
        preavis notices published CHG-2026-0042 --kind announcement --channel portal
        preavis notices published CHG-2026-0042 --kind reminder --channel mail \\
          --at 2026-12-04T09:30
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The change.", valueName: "CHG-…")) var change: String
  @Option(help: "The kind of notice, as preavis notice takes it; without it, the one that is owed first.")
  var kind: String?
  @Option(help: ArgumentHelp("portal, mail or letter.", valueName: "channel")) var channel: String
  @Option(help: ArgumentHelp("When, if not now; both times are kept.", valueName: "time")) var at: String?

  func run(_ session: Session) throws {
    let words = WordArgument(language: session.language)
    let action = ChangeAction(session: session)
    let (change, loaded) = try action.find(self.change)
    let channel: NoticeChannel = try words.read(channel, field: .channel)
    let contract = loaded.contract
    let wording = session.wording(contract)
    let kind: NoticeKind =
      try self.kind.map { try words.read($0, field: .kind) }
      ?? NoticesOwed(contract, action.register()).first(of: change, wording: wording)
    let times = TimeArgument(wording: wording)
    try action.perform(
      .recordNotice(kind, channel, at: try at.map { try times.instant($0, field: .at) }), on: change.id,
      key: recording.key(session), contract: loaded,
      subject: session.language(
        "Notice published (\(wording.notice(kind)), \(wording.channel(channel)))",
        "Avis publié (\(session.wording(contract).notice(kind)), \(session.wording(contract).channel(channel)))"))
  }
}

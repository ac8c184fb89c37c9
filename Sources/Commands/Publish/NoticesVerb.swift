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
    subcommands: [
      DueVerb.self, WriteVerb.self, PublishVerb.self, PublishedVerb.self, SendVerb.self, EvidenceVerb.self,
    ])
}

struct DueVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "due", abstract: "Notices that clients are owed, late ones first.",
    discussion: """
      What a plan owes is computed from the plan as it stands: a move takes its stale reminders with it. What mailings \
      have sent, and what a portal that is served shows, is owed no more: see preavis notices evidence.

      Examples:
        preavis notices due
        preavis notices due --within 168h --json
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: "Only this service.") var service: String?
  @Option(help: ArgumentHelp("How far ahead to look (72h).", valueName: "duration")) var within: String?

  func run(_ session: Session) throws {
    let open = try session.register(readOnly: true)
    let contracts = try session.contracts(of: service)
    let wording = session.wording(contracts[0])
    let owed = try NoticesOwed.due(contracts, within: within, register: open.register, wording: wording)
    if session.options.json {
      return try session.output.writeArray { add in
        for line in owed.lines { try add(line.json(wording: wording, now: owed.now)) }
      }
    }
    let text = ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation)
    // What is owed of these may be another text soon.
    let conflicts = try Standings(open.register, contracts).conflicts(service: service)
    let table =
      owed.lines.isEmpty
      ? [
        session.language(
          "Nothing is owed within \(wording.duration(owed.ahead)).",
          "Rien n’est dû d’ici \(wording.duration(owed.ahead)).")
      ] : NoticesOwed.table(owed.lines, text: text, now: owed.now)
    try session.output.write(
      (text.simulationMark + NoticesVerb.heading(conflicts, text) + table).joined(separator: "\n"))
  }
}

extension NoticesVerb {
  static func heading(_ conflicts: [Conflict], _ text: ChangeText) -> [String] {
    guard !conflicts.isEmpty else { return [] }
    return [text.output.paint(text.wording.conflictsTitle, "1;31")] + conflicts.flatMap(text.conflict) + [""]
  }
}

struct SendVerb: OperationVerb {
  static let operation = Operation.sendNotices
  static let configuration = CommandConfiguration(
    commandName: "send", abstract: "Let messages go that wait for it.",
    discussion: """
      Where the contract says publication: { send: reviewed }, mails and webhooks of clients wait until a release manager \
      sends them. What a newer notice tells too need not go any more. Reminders go at their hour once they are sent.

      Examples:
        preavis notices send CHG-2026-0042
        preavis notices send CHG-2026-0042 --kind reminder
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The change.", valueName: "CHG-…")) var change: String
  @Option(help: "The kind of notice, as preavis notice takes it; without it, all but reminders.") var kind: String?

  func run(_ session: Session) throws {
    let action = ChangeAction(session: session)
    let (change, loaded) = try action.find(self.change)
    let words = WordArgument(language: session.language)
    try action.perform(
      .sendNotices(try kind.map { try words.read($0, field: .kind) }), on: change.id, key: recording.key(session),
      contract: loaded, subject: session.language("Notices to be sent", "Avis à envoyer"))
  }
}

import Answers
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

/// A verb that moves a change through its life: it makes a command of what was typed, and the rest is the same for all.
protocol MoveVerb: RecordingVerb {
  var move: MoveOptions { get }
  var recording: RecordingOptions { get }
  /// What was asked, as the headline of the answer names it.
  func subject(_ language: Language) -> String
  func command(_ typed: MoveReading) throws -> ChangeCommand
}

extension MoveVerb {
  func run(_ session: Session) throws {
    let action = ChangeAction(session: session)
    let (change, contract) = try action.find(move.change)
    let typed = MoveReading(change, wording: session.wording(contract.contract))
    try action.perform(
      try command(typed), on: change.id, key: recording.key(session), expectedRevision: move.ifRevision,
      contract: contract, subject: subject(session.language))
  }
}

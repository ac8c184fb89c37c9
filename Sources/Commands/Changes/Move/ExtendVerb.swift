import Answers
import ArgumentParser
import Planning
import Wording

struct ExtendVerb: MoveVerb {
  static let configuration = CommandConfiguration(
    commandName: "extend", abstract: "Announce a later end of work that is under way; it excuses nothing.",
    discussion: "Example:\n  preavis extend CHG-2026-0042 --end 2026-12-06T04:00 --reason \"Index rebuild is slow\"")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions
  @Option(help: ArgumentHelp("The new end.", valueName: "time")) var end: String
  @Option(help: ArgumentHelp("A change that this one may overlap; repeatable.", valueName: "CHG-…"))
  var alongside: [String] = []

  func subject(_ language: Language) -> String { language("Extension", "Prolongation") }

  func command(_ typed: MoveReading) throws -> ChangeCommand {
    try typed.extend(end: end, reason: move.reason, alongside: alongside)
  }
}

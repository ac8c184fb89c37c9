import Answers
import ArgumentParser
import Planning
import Wording

struct CompleteVerb: MoveVerb {
  static let configuration = CommandConfiguration(
    commandName: "complete", abstract: "Say that the work has ended; after the announced end, with a reason.",
    discussion: "Examples:\n  preavis complete CHG-2026-0042\n  preavis complete CHG-2026-0042 --at 2026-12-06T02:50")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions
  @Option(help: ArgumentHelp("When it ended, if not now; both times are kept.", valueName: "time")) var at: String?

  func subject(_ language: Language) -> String { language("Completion", "Fin") }

  func command(_ typed: MoveReading) throws -> ChangeCommand {
    try typed.complete(at: at, reason: move.reason)
  }
}

import Answers
import ArgumentParser
import Planning
import Wording

struct StartVerb: MoveVerb {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Say that the work has begun.",
    discussion: "Examples:\n  preavis start CHG-2026-0042\n  preavis start CHG-2026-0042 --at 2026-12-06T01:04")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions
  @Option(help: ArgumentHelp("When it began, if not now; both times are kept.", valueName: "time")) var at: String?

  func subject(_ language: Language) -> String { language("Start", "Début") }

  func command(_ typed: MoveReading) throws -> ChangeCommand {
    try typed.start(at: at, reason: move.reason)
  }
}

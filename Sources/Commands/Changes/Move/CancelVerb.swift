import Answers
import ArgumentParser
import Planning
import Wording

struct CancelVerb: MoveVerb {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Cancel a change; it stays in the feed as cancelled.",
    discussion: "Example:\n  preavis cancel CHG-2026-0042 --reason \"Vendor withdrew the patch\"")

  @OptionGroup var global: GlobalOptions
  @OptionGroup var move: MoveOptions
  @OptionGroup var recording: RecordingOptions

  func subject(_ language: Language) -> String { language("Cancellation", "Annulation") }

  func command(_ typed: MoveReading) throws -> ChangeCommand { .cancel(reason: move.reason) }
}

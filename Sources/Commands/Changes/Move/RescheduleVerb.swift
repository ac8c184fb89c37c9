import Answers
import ArgumentParser
import Planning
import Wording

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

  func subject(_ language: Language) -> String { language("Reschedule", "Replanification") }

  func command(_ typed: MoveReading) throws -> ChangeCommand {
    try typed.reschedule(start: start, end: end, duration: duration, reason: move.reason, alongside: alongside)
  }
}

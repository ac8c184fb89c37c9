import Answers
import ArgumentParser
import Planning
import Wording

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

  func subject(_ language: Language) -> String { language("Amendment", "Modification") }

  func command(_ typed: MoveReading) throws -> ChangeCommand {
    var amendment = ChangeCommand.Amendment()
    amendment.title = title
    amendment.description = try typed.words.text(description, field: .description)
    amendment.impact = try impact.map { try typed.words.read($0, field: .impact) }
    amendment.components = component.isEmpty ? nil : component
    amendment.training = training
    amendment.configuration = configuration
    amendment.interruption = interruption
    amendment.documentation = documentation
    return .amend(amendment, reason: move.reason)
  }
}

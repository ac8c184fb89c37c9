import Answers
import ArgumentParser
import Files
import Planning
import Publication
import Register
import Remote
import Wording

struct ConflictsVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "conflicts", abstract: "The plans that today's rules refuse. None: exit 0; any: exit 3.",
    discussion: """
      A plan keeps the verdict that it was given. What has come since then, a freeze, a version of the contract, another \
      file of holidays, can make it impossible: such a plan is in conflict until it is moved or cancelled. Notice already \
      given is not judged anew.

      Examples:
        preavis conflicts
        preavis conflicts --service profession-liberale --json
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: "Only this service.") var service: String?

  func run(_ session: Session) throws {
    let open = try session.register(
      readOnly: true, asking: Question(.listConflicts, [("service", service)]))
    let contracts = try session.contracts(of: service)
    let wording = session.wording(contracts[0])
    let conflicts = try Standings(open.register, contracts).conflicts(service: service)
    if session.options.json {
      try session.output.write(ChangeJSON(wording: wording, isSimulation: open.isSimulation).conflicts(conflicts))
    } else {
      let text = ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation)
      let lines = conflicts.isEmpty ? [wording.noConflicts] : conflicts.flatMap(text.conflict) + text.mending(conflicts)
      try session.output.write((text.simulationMark + lines).joined(separator: "\n"))
    }
    if !conflicts.isEmpty { throw ExitCode(ExitStatus.refused.rawValue) }
  }
}

extension ChangeText {
  /// How the first conflict goes on.
  func mending(_ conflicts: [Conflict]) -> [String] {
    guard let first = conflicts.first else { return [] }
    return [
      "", wording.language("The first in full:", "Le premier en détail :"),
      "  preavis show \(first.change.id)",
    ].map { $0.isEmpty ? $0 : output.dim($0) }
  }
}

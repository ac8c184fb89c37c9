import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Register
import Site
import Wording

struct ShowVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "One change, with its verdict.",
    discussion: "Examples:\n  preavis show CHG-2026-0042\n  preavis show CHG-2026-0042 --json")

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The change.", valueName: "CHG-…")) var change: String

  func run(_ session: Session) throws {
    let open = try session.register(readOnly: true)
    let id = try WordArgument(language: session.language).change(change)
    let change = try open.register.change(id)
    let contract = try session.contract(change.content.service).contract
    let wording = session.wording(contract)
    let slots =
      change.state == .refused
      ? try SlotProposals(
        contract: contract, environment: change.content.environment, register: open.register, now: open.register.now
      ).near(change.content.interval, except: id) : nil
    if session.options.json {
      let json = ChangeJSON(wording: wording, isSimulation: open.isSimulation)
      return try session.output.write(json.change(change, slots: slots))
    }
    let text = ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation)
    let mark = open.isSimulation ? session.output.paint("  [SIMULATION]", "35") : ""
    var lines = ["\(session.output.bold("\(change.id)  \(change.content.title)"))\(mark)"]
    lines += text.details(change) + [""] + text.findings(change.verdict) + text.slots(slots ?? [])
    try session.output.write(lines.joined(separator: "\n"))
  }
}

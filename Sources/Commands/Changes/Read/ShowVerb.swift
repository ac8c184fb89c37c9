import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Remote
import Wording

struct ShowVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "One change, with its verdict and what today's rules say of it.",
    discussion: """
      Of work under way it also tells the point of no return, which is the latest \
      moment at which undoing the work still ends in the maintenance window, and \
      what each further minute costs of the month's availability.

      Examples:
        preavis show CHG-2026-0042
        preavis show CHG-2026-0042 --rollback 45m
        preavis show CHG-2026-0042 --json
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The change.", valueName: "CHG-…")) var change: String
  @Option(
    help: ArgumentHelp(
      "How long undoing work under way takes (as long as it will have run by then).", valueName: "duration"))
  var rollback: String?

  func run(_ session: Session) throws {
    let id = try session.words.change(change)
    let open = try session.register(readOnly: true, asking: .about(id, .showChange))
    let change = try open.register.change(id)
    let contract = try session.contract(change.content.service).contract
    let wording = session.wording(contract)
    let shown = try ShownChange(
      change, contract: contract, register: open.register, rollback: rollback, wording: wording)
    if session.options.json {
      return try session.output.write(shown.json(ChangeJSON(wording: wording, isSimulation: open.isSimulation)))
    }
    let text = ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation)
    let mark = open.isSimulation ? session.output.paint("  [SIMULATION]", "35") : ""
    var lines = ["\(session.output.bold("\(change.id)  \(change.content.title(session.language))"))\(mark)"]
    lines += text.details(change, contract)
    lines += (shown.running?.lines(wording) ?? []).flatMap { text.wrap($0, indent: 4, first: "  ") }
    lines += [""] + text.findings(change.verdict) + text.approval(change, contract, at: open.register.now)
    lines += change.unsent(by: contract).flatMap { text.wrap(wording.unsent($0, of: id), indent: 4, first: "  ") }
    lines += text.standing(shown.standing) + text.slots(shown.slots ?? [])
    if shown.standing?.isRefused ?? false, change.state != .inProgress {
      let slot = shown.slots?.first.map(text.flag) ?? "--start …"
      lines.append("  preavis reschedule \(id) \(slot) --reason …")
    }
    try session.output.write(lines.joined(separator: "\n"))
  }
}

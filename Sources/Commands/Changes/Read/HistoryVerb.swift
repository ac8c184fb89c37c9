import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Register
import Remote
import Wording

struct HistoryVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Every event of a change, with its reason and its hash.",
    discussion: "Example:\n  preavis history CHG-2026-0042 --json")

  /// Below the event, where its reason stands.
  private static let indent = 27

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The change.", valueName: "CHG-…")) var change: String

  func run(_ session: Session) throws {
    let id = try session.words.change(change)
    let open = try session.register(readOnly: true, asking: .about(id))
    let entries = try open.register.history(id)
    let contract = try session.contract(entries[0].after.content.service).contract
    let wording = session.wording(contract)
    if session.options.json {
      return try session.output.write(HistoryJSON.json(entries, wording: wording))
    }
    let events = entries.map { entry in
      wording.event(entry.event, after: entry.after) + (entry.after.revision.map { " r\($0)" } ?? "")
    }
    let width = max(20, events.map(\.count).max() ?? 0)
    let text = ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation)
    let lines = zip(entries, events).flatMap { entry, event in
      let padding = String(repeating: " ", count: width + 2 - event.count)
      let body = try? JSON(parsing: entry.line.body)
      let actor = body?["actor"]?.string ?? ""
      let head =
        "\(TimeText.local(entry.line.at, in: wording.zone))  \(session.output.bold(event))\(padding)\(entry.line.hash.prefix(12))  \(actor)"
      let reason = body?["reason"]?.string ?? body?["content"]?["move_reason"]?.string
      let blank = String(repeating: " ", count: HistoryVerb.indent)
      return [head] + (reason.map { text.wrap($0, indent: HistoryVerb.indent, first: blank) } ?? [])
    }
    try session.output.write((text.simulationMark + lines).joined(separator: "\n"))
  }
}

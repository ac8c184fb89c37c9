import Answers
import CivilTime
import Planning
import Wording

extension NoticesOwed {
  static func table(_ lines: [Line], text: ChangeText, now: Instant) -> [String] {
    let wording = text.wording
    let output = text.output
    var result: [String] = []
    // What has to be said of the work first is said once of each.
    var told: Set<ChangeID> = []
    for status in [NoticeObligation.Status.late, .due, .upcoming] {
      let group = lines.filter { $0.obligation.status(at: now) == status }
      guard !group.isEmpty else { continue }
      if !result.isEmpty { result.append("") }
      let title = "\(wording.obligation(status)) (\(wording.zoneName))"
      result.append(status == .late ? output.paint(title, "1;31") : output.bold(title))
      let kinds = group.map { wording.notice($0.obligation.kind, lead: $0.obligation.lead) }
      let width = kinds.map(\.count).max() ?? 0
      for (line, kind) in zip(group, kinds) {
        let id = output.bold(line.obligation.change.description)
        result += text.wrap(
          wording.deadline(line.obligation, now: now), indent: 19 + width, first: "  \(id)  \(text.pad(kind, width))  ")
        result += text.wrap(line.title, indent: 17, first: String(repeating: " ", count: 17))
        if let unsent = line.unsent {
          result += text.wrap(
            wording.unsent(unsent, of: line.obligation.change), indent: 17, first: String(repeating: " ", count: 17))
        }
        if !line.obligation.isReady, status != .upcoming, told.insert(line.obligation.change).inserted {
          result += text.wrap(
            wording.awaits(line.obligation), indent: 17, first: String(repeating: " ", count: 17)
          ).map(output.dim)
        }
      }
    }
    return result + next(lines, text: text, now: now)
  }

  /// How what can be written now is written and recorded: one by itself, or all in a folder.
  private static func next(_ lines: [Line], text: ChangeText, now: Instant) -> [String] {
    let ready = lines.filter { $0.obligation.isReady && $0.obligation.status(at: now) != .upcoming }
    guard let first = ready.first?.obligation else { return [] }
    let language = text.wording.language
    let isOne = ready.count == 1
    let folder = language("notices", "avis")
    let steps =
      isOne
      ? [text.wording.door.name(Step.publish(first.change))]
      : [
        "preavis notices write --due --out \(folder)", "preavis notices published --written \(folder) --channel portal",
      ]
    let head =
      isOne
      ? language("Write and record it:", "L’écrire et l’enregistrer\u{A0}:")
      : language("Write them all, then record them:", "Les écrire tous, puis les enregistrer\u{A0}:")
    return [""] + ([head] + steps.map { "  \($0)" }).map(text.output.dim)
  }
}

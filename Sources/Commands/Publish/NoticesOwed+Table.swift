import Answers
import CivilTime
import Planning
import Wording

extension NoticesOwed {
  static func table(_ lines: [Line], text: ChangeText, now: Instant) -> [String] {
    let wording = text.wording
    let output = text.output
    var result: [String] = []
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
        result.append("  \(id)  \(text.pad(kind, width))  \(wording.deadline(line.obligation, now: now))")
        result += text.wrap(line.title, indent: 17, first: String(repeating: " ", count: 17))
        if let unsent = line.unsent {
          result += text.wrap(
            wording.unsent(unsent, of: line.obligation.change), indent: 17, first: String(repeating: " ", count: 17))
        }
        if !line.obligation.isReady, status != .upcoming {
          result += text.wrap(
            wording.awaits(line.obligation), indent: 17, first: String(repeating: " ", count: 17)
          ).map(output.dim)
        }
      }
    }
    return result + next(lines, text: text, now: now)
  }

  /// How the first of what can be written now is written and recorded, since `--kind` takes other words than people read.
  private static func next(_ lines: [Line], text: ChangeText, now: Instant) -> [String] {
    guard
      let line = [NoticeObligation.Status.late, .due].lazy
        .compactMap({ status in lines.first { $0.obligation.isReady && $0.obligation.status(at: now) == status } })
        .first
    else { return [] }
    let language = text.wording.language
    let named = "\(line.obligation.change) --kind \(line.obligation.kind.rawValue)"
    return [
      "",
      language("Write the first, then record it:", "Écrire le premier, puis l’enregistrer\u{A0}:"),
      "  preavis notice \(named)",
      "  preavis notices published \(named) --channel portal",
    ].map { $0.isEmpty ? $0 : text.output.dim($0) }
  }
}

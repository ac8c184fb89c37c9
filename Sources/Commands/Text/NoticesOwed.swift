import CivilTime
import JSONText
import Planning
import Register
import Wording

/// What the changes of one contract owe their clients.
struct NoticesOwed {
  struct Line {
    let change: Change
    let obligation: NoticeObligation
  }

  let contract: Contract
  let register: Register

  init(_ contract: Contract, _ register: Register) {
    self.contract = contract
    self.register = register
  }

  /// Late ones, those to be published now, and those of the next `within`. What a change owed is forgotten when it
  /// leaves the feeds.
  func lines(at now: Instant, within: Elapsed) throws -> [Line] {
    var filter = ChangeFilter()
    filter.service = contract.service
    filter.states = [.planned, .inProgress, .completed, .cancelled]
    filter.activeAfter = now - .hours(Int64(contract.keepPastDays) * 24)
    return try register.changes(filter).flatMap { change in
      NoticeObligations.owed(for: change, at: now, reminders: contract.reminders)
        .filter { $0.from <= now + within }
        .map { Line(change: change, obligation: $0) }
    }
  }

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
        let id = output.bold(line.change.id.description)
        result.append("  \(id)  \(text.pad(kind, width))  \(wording.deadline(line.obligation, now: now))")
        result += text.wrap(line.change.content.title, indent: 17, first: String(repeating: " ", count: 17))
        if !line.obligation.isReady, status != .upcoming {
          result += text.wrap(
            wording.awaits(line.obligation), indent: 17, first: String(repeating: " ", count: 17)
          ).map(output.dim)
        }
      }
    }
    return result
  }
}

extension NoticesOwed.Line {
  func json(wording: Wording, now: Instant) -> JSON {
    func time(_ instant: Instant) -> JSON { .string(TimeText.local(instant, in: wording.zone)) }
    return .members([
      "change": .string(change.id.description), "kind": .string(obligation.kind.rawValue),
      "lead_seconds": obligation.lead.map { .integer($0.seconds) },
      "status": .string(obligation.status(at: now).rawValue), "from": time(obligation.from),
      "due": time(obligation.due), "ready": .bool(obligation.isReady),
      "revision": change.revision.map { .integer(Int64($0)) } ?? .null, "title": .string(change.content.title),
      "start": time(change.content.interval.start), "end": time(change.content.interval.end),
    ])
  }
}

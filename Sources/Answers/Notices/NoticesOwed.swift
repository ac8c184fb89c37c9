package import CivilTime
package import JSONText
package import Planning
package import Register
package import Wording

/// What the changes of one contract owe their clients.
package struct NoticesOwed {
  package struct Line {
    package let change: Change
    package let obligation: NoticeObligation
  }

  let contract: Contract
  let register: Register

  package init(_ contract: Contract, _ register: Register) {
    self.contract = contract
    self.register = register
  }

  /// Late ones, those to be published now, and those of the next `within`. What a change owed is forgotten when it
  /// leaves the feeds.
  package func lines(at now: Instant, within: Elapsed) throws -> [Line] {
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
}

extension NoticesOwed {
  /// The notice of a change that is owed first and can be written; nil where nothing is owed now.
  package func firstKind(of change: Change) -> NoticeKind? {
    let now = register.now
    return NoticeObligations.owed(for: change, at: now, reminders: contract.reminders)
      .first { $0.isReady && $0.status(at: now) != .upcoming }?.kind
  }

  /// The notice of a change that is owed first; one that nobody owes yet has to be named.
  package func first(of change: Change, wording: Wording) throws -> NoticeKind {
    if let first = firstKind(of: change) { return first }
    throw BadValue(
      wording.language(
        "Nothing is owed for \(change.id) now: name the notice that was published with \(wording.door.name(.kind)).",
        "Rien n’est dû pour \(change.id) en ce moment : nommez l’avis publié avec \(wording.door.name(.kind))."))
  }
}

extension NoticesOwed.Line {
  package func json(wording: Wording, now: Instant) -> JSON {
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

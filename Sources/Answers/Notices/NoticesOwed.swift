package import CivilTime
package import JSONText
package import Planning
package import Register
package import Wording

/// What the changes of one contract owe their clients.
package struct NoticesOwed {
  /// What is told of one: of the change no more than that, since there may be as many as changes.
  package struct Line {
    package let obligation: NoticeObligation
    package let title: String
    package let revision: Int?
    package let interval: Interval
    package let isEndKnown: Bool
    /// Where its messages wait until somebody sends them.
    package let unsent: UnsentNotice?

    package var identity: NoticeIdentity { obligation.identity(revision: revision) }
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
    var lines: [Line] = []
    try register.each(filter) { change in
      let unsent = change.unsent(by: contract)
      for owed in NoticeObligations.owed(for: change, at: now, by: contract.notices)
      where owed.from <= now + within {
        lines.append(
          Line(
            obligation: owed, title: change.content.title, revision: change.revision,
            interval: change.content.interval, isEndKnown: change.content.isEndKnown,
            unsent: unsent.first { $0.kind == owed.kind && $0.lead == owed.lead }))
      }
    }
    return lines
  }
}

extension NoticesOwed {
  /// What is owed under several contracts, by deadline.
  package struct Due {
    package let lines: [Line]
    package let now: Instant
    package let ahead: Elapsed
  }

  /// - Parameter within: how far ahead to look, as it was written; 72 hours where nothing was.
  package static func due(
    _ contracts: [Contract], within: String?, register: Register, wording: Wording
  ) throws -> Due {
    let ahead = try within.map { try TimeArgument(wording: wording).duration($0, field: .within) } ?? .hours(72)
    let now = register.now
    let owed = try contracts.flatMap { try NoticesOwed($0, register).lines(at: now, within: ahead) }
    return Due(
      lines: owed.sorted { ($0.obligation.due, $0.obligation.change) < ($1.obligation.due, $1.obligation.change) },
      now: now, ahead: ahead)
  }

  /// That a notice was published: of the kind that is named, or else, as the register finds it, of the one that is owed
  /// first.
  package static func publication(
    kind: String?, channel: String, at: String?, wording: Wording
  ) throws -> ChangeCommand {
    let words = WordArgument(language: wording.language, door: wording.door)
    return .recordNotice(
      try kind.map { try words.read($0, field: .kind) }, try words.read(channel, field: .channel),
      at: try at.map { try TimeArgument(wording: wording).instant($0, field: .at, backwards: true) })
  }

  /// The notice of a change that is owed first and can be written; nil where nothing is owed now.
  package func firstKind(of change: Change) -> NoticeKind? {
    NoticeObligations.first(of: change, at: register.now, by: contract.notices)?.kind
  }
}

extension NoticesOwed.Line {
  package func json(wording: Wording, now: Instant) -> JSON {
    NoticesOwed.form.json((self, now), .local(wording.zone))
  }
}

extension NoticesOwed {
  package static let form = Form<(line: Line, now: Instant)>(
    "Owed",
    [
      .must("change") { $0.line.obligation.change }, .must("kind") { $0.line.obligation.kind },
      .may("lead_seconds") { $0.line.obligation.lead }, .must("status") { $0.line.obligation.status(at: $0.now) },
      .must("from") { $0.line.obligation.from }, .must("due") { $0.line.obligation.due },
      .may("send_before") { $0.line.unsent?.before }, .must("ready") { $0.line.obligation.isReady },
      .must("revision") { $0.line.revision },
      .must("title") { $0.line.title }, .must("start") { $0.line.interval.start },
      .must("end") { $0.line.interval.end }, .must("end_known") { $0.line.isEndKnown },
    ])
}

package import CivilTime
package import JSONText
package import Planning
package import Publication
package import Register
package import Wording

/// A release as it is shown: on record with its changes, or as it was asked for and refused.
package struct ShownRelease: Sendable {
  package let record: ReleaseRecord?
  package let name: String
  package let reason: String?
  /// By start.
  package let rows: [Row]
  package let isSimulation: Bool

  /// A change of it.
  package struct Row: Sendable {
    /// As the file calls it.
    package let name: String
    /// Nil for one that was not recorded.
    package let change: Change?
    package let content: ChangeContent
    /// Nil where nothing was asked of it just now.
    package var verdict: Judgement?
    /// What a refused move asked for, which the findings are about.
    package var asked: Interval?
    /// The nearest places of refused work, where another time would help.
    package var slots: [Slot] = []
  }

  package init(_ record: ReleaseRecord, _ changes: [Change], isSimulation: Bool) {
    self.init(record, changes, isSimulation) { _ in }
  }

  private init(
    _ record: ReleaseRecord, _ changes: [Change], _ isSimulation: Bool, _ complete: (inout Row) -> Void
  ) {
    (self.record, name, reason) = (record, record.name, record.reason)
    self.isSimulation = isSimulation
    rows = zip(record.members, changes).map { member, change in
      var row = Row(name: member.name, change: change, content: change.content)
      complete(&row)
      return row
    }.enumerated().sorted {
      ($0.element.content.interval.start, $0.offset) < ($1.element.content.interval.start, $1.offset)
    }
    .map(\.element)
  }

  /// What came of a command.
  package init(
    _ outcome: Register.ReleaseOutcome, to command: ReleaseCommand, register: Register, wording: Wording,
    isSimulation: Bool, contract: (String) throws -> Contract
  ) throws {
    var looked = 0
    let near = try outcome.rows.map { row -> [Slot] in
      guard row.verdict.status == .refused, looked < ShownRelease.mostLooked else { return [] }
      looked += 1
      let (content, id) = (row.content, row.change?.id)
      return try SlotProposals(
        contract: contract(content.service), environment: content.environment, register: register,
        now: outcome.decidedAt
      ).instead(of: content.interval, kind: content.kind, refusedBy: row.verdict, except: id) ?? []
    }
    func verdict(_ row: Register.ReleaseOutcome.Row, _ slots: [Slot] = []) -> Judgement {
      ChangeJSON(wording: wording, isSimulation: isSimulation).verdict(
        row.verdict, of: row.change?.id, slots: slots.isEmpty ? nil : slots)
    }
    if let record = outcome.release {
      let changes = try record.members.map { try register.change($0.change) }
      self.init(record, changes, isSimulation) { shown in
        guard !outcome.isReplay, let index = outcome.rows.firstIndex(where: { $0.change?.id == shown.change?.id })
        else {
          return
        }
        let row = outcome.rows[index]
        shown.verdict = verdict(row, near[index])
        shown.slots = near[index]
        if row.verdict.status == .refused, row.content.interval != shown.content.interval {
          shown.asked = row.content.interval
        }
      }
    } else {
      var (name, reason) = ("", String?.none)
      if case .submit(let submission) = command { (name, reason) = (submission.name, submission.reason) }
      self.init(
        name, reason,
        zip(outcome.rows, near).map {
          Row(name: $0.name, change: nil, content: $0.content, verdict: verdict($0, $1), slots: $1)
        }, isSimulation)
    }
  }

  /// Of how many refused changes the nearest places are looked for.
  private static let mostLooked = 20

  /// As it was asked for, and refused.
  private init(_ name: String, _ reason: String?, _ rows: [Row], _ isSimulation: Bool) {
    (record, self.name, self.reason, self.rows, self.isSimulation) = (nil, name, reason, rows, isSimulation)
  }

  package var services: [String] {
    var services: [String] = []
    for row in rows where !services.contains(row.content.service) { services.append(row.content.service) }
    return services
  }

  /// From the first start to the last end of what is not cancelled; of all where everything is.
  package var span: Interval? {
    let live = rows.filter { $0.change?.state != .cancelled }.map(\.content.interval)
    let intervals = live.isEmpty ? rows.map(\.content.interval) : live
    return intervals.map(\.start).min().flatMap { start in
      intervals.map(\.end).max().flatMap { Interval(start: start, end: $0) }
    }
  }

  /// Where the whole stands, by its changes.
  package var state: ChangeState {
    let states = rows.map { $0.change?.state ?? .refused }
    let live = states.filter { $0 != .cancelled }
    if live.isEmpty { return .cancelled }
    if live.allSatisfy({ $0 == .completed }) { return .completed }
    if live.contains(.inProgress) || live.contains(.completed) { return .inProgress }
    return [.refused, .requested].first(where: live.contains) ?? .planned
  }

  package func json(_ wording: Wording) -> JSON { ShownRelease.form.json(self, .local(wording.zone)) }

  package static let form = Form<ShownRelease>(
    "Release",
    [
      .must("id") { $0.record?.id }, .must("title") { $0.name }, .must("reason") { $0.reason },
      .must("state") { $0.state }, .must("services") { $0.services }, .must("start") { $0.span?.start },
      .must("end") { $0.span?.end }, .must("changes", list: row) { $0.rows },
      .must("history", list: step) { $0.record?.steps ?? [] }, .simulation { $0.isSimulation },
    ])

  private static let row = Form<Row>([
    .must("name") { $0.name }, .must("id") { $0.change?.id }, .must("service") { $0.content.service },
    .must("environment") { $0.content.environment }, .must("title") { $0.content.title },
    .must("state") { $0.change?.state ?? .refused }, .must("start") { $0.content.interval.start },
    .must("end") { $0.content.interval.end }, .must("impact") { $0.content.impact },
    .must("revision", Schema.whole(0...1_000_000).orNull) { $0.change?.revision },
    .may("verdict") { $0.verdict }, .may("asked", Interval.bounds) { $0.asked },
  ])

  private static let step = Form<ReleaseRecord.Step>([
    .must("event", .choice(words)) { word($0.event) }, .must("at") { $0.at }, .must("by") { $0.by },
    .must("reason") { why($0.event)?.text }, .must("changes") { $0.event.changes },
  ])

  private static let words = ["submitted"] + ReleaseMove.allCases.map(\.rawValue)
  private static func word(_ event: ReleaseEvent) -> String {
    if case .moved(let move, _, _, _) = event { return move.rawValue }
    return "submitted"
  }

  private static func why(_ event: ReleaseEvent) -> Reason? {
    switch event {
    case .submitted(_, let reason, _, _, _): Reason(reason)
    case .moved(_, _, let reason, _): reason
    }
  }
}

extension ShownRelease {
  /// The nearest places of a change that was refused.
  package func slots(of row: Register.ReleaseOutcome.Row) -> [Slot] {
    rows.first {
      record == nil
        ? $0.name == row.name && $0.content.service == row.content.service : $0.change?.id == row.change?.id
    }?.slots ?? []
  }
}

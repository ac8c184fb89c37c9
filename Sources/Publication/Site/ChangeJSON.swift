package import CivilTime
package import JSONText
package import Planning
import Register
package import Wording

/// The stable JSON of changes and verdicts. Source: docs/interface.md, "Stable JSON".
package struct ChangeJSON: Sendable {
  package let wording: Wording
  let isSimulation: Bool

  package init(wording: Wording, isSimulation: Bool) {
    self.wording = wording
    self.isSimulation = isSimulation
  }

  package var times: TimeStyle { .local(wording.zone) }

  package func verdict(_ verdict: Verdict, of id: ChangeID? = nil, slots: [Slot]? = nil) -> Judgement {
    Judgement(verdict: verdict, change: id, slots: slots, wording: wording)
  }

  /// - Parameters:
  ///   - verdict: nil for that of the plan in force, or of the draft.
  ///   - asked: what a refused move asked for, which the findings are about.
  ///   - standing: what today's rules say; nil in it for a change that has none. Left out where clients may read.
  ///   - approval: what was, or has to be, decided; nil in it where nothing is. Left out where clients may read.
  package func change(
    _ change: Change, verdict: Verdict? = nil, slots: [Slot]? = nil, asked: ChangeContent? = nil,
    running: RunningWork? = nil, standing: Judgement?? = nil, approval: ShownApproval?? = nil,
    unsent: [UnsentNotice] = []
  ) -> JSON {
    ChangeJSON.form.json(
      shown(
        change, verdict: verdict, slots: slots, asked: asked, running: running, standing: standing,
        approval: approval, unsent: unsent), times)
  }

  package func shown(
    _ change: Change, verdict: Verdict? = nil, slots: [Slot]? = nil, asked: ChangeContent? = nil,
    running: RunningWork? = nil, standing: Judgement?? = nil, approval: ShownApproval?? = nil,
    unsent: [UnsentNotice] = []
  ) -> Shown {
    Shown(
      change: change, verdict: self.verdict(verdict ?? change.verdict, of: change.id, slots: slots), asked: asked,
      running: running, standing: standing, approval: approval, unsent: unsent, isSimulation: isSimulation)
  }

  /// A change as it is answered. A class, so that it is not copied for each of its members.
  package final class Shown {
    let change: Change
    let verdict: Judgement
    let asked: ChangeContent?
    let running: RunningWork?
    let standing: Judgement??
    let approval: ShownApproval??
    let unsent: [UnsentNotice]
    let isSimulation: Bool
    var newestReason: Reason? { change.content.moveReason ?? change.content.reason }
    /// Where the newest is that of a move.
    var workReason: Reason? { change.content.moveReason == nil ? nil : change.content.reason }

    init(
      change: Change, verdict: Judgement, asked: ChangeContent?, running: RunningWork?, standing: Judgement??,
      approval: ShownApproval??, unsent: [UnsentNotice], isSimulation: Bool
    ) {
      self.change = change
      self.verdict = verdict
      self.asked = asked
      self.running = running
      self.standing = standing
      self.approval = approval
      self.unsent = unsent
      self.isSimulation = isSimulation
    }
  }

  package static let form = Form<Shown>(
    "Change",
    [
      .must("id") { $0.change.id }, .must("kind") { $0.change.content.kind }, .must("state") { $0.change.state },
      .must("service") { $0.change.content.service }, .must("environment") { $0.change.content.environment },
      .must("components") { $0.change.content.components }, .must("title") { $0.change.content.title },
      .may("title_en") { $0.change.content.titleEnglish },
      .may("description_en") { $0.change.content.descriptionEnglish },
      .must("description") { $0.change.content.description }, .must("start") { $0.change.content.interval.start },
      .must("end") { $0.change.content.interval.end }, .must("end_known") { $0.change.content.isEndKnown },
      .must("actual_start") { $0.change.actualStart?.stated },
      .must("actual_start_recorded_at") { $0.change.actualStart?.recorded },
      .must("actual_end") { $0.change.actualEnd?.stated },
      .must("actual_end_recorded_at") { $0.change.actualEnd?.recorded },
      .may("planned_end") { $0.change.plannedEnd }, .may("overrun_seconds") { $0.change.overrun },
      .must("revision", Schema.whole(0...1_000_000).orNull) { $0.change.revision },
      .must("impact") { $0.change.content.impact },
      .must("reason") { $0.newestReason?.text }, .may("client_reason") { $0.newestReason?.clients },
      .may("work_reason") { $0.workReason?.text }, .may("work_client_reason") { $0.workReason?.clients },
      .may("update") { $0.change.content.update },
      .may("alongside") { $0.change.content.alongside.isEmpty ? nil : $0.change.content.alongside },
      .must("recorded_at") { $0.change.recordedAt }, .must("planned_at") { $0.change.plannedAt },
      .may("notices") { $0.change.notices.isEmpty ? nil : $0.change.notices },
      .must("release") { $0.change.release }, .must("revised_at") { $0.change.revisedAt },
      .simulation { $0.isSimulation }, .must("verdict") { $0.verdict },
      .may("standing") { $0.standing }, .may("approval") { $0.approval },
      .may("unsent") { $0.unsent.isEmpty ? nil : $0.unsent },
      .may("asked", ChangeJSON.asked) { $0.asked }, .may("running") { $0.running },
    ])

  package static let asked = Form<ChangeContent>(
    saying: "What a refused move asked for; the change stays where it was. Where `end_known` is false, no end was.",
    [.all(of: Interval.bounds) { $0.interval }, .may("end_known") { $0.isEndKnown ? nil : false }])
}

extension ChangeJSON {
  /// What today's rules say of a change, as its member `standing`.
  package func standing(_ standing: Standing?, slots: [Slot]? = nil) -> Judgement? {
    standing.map { verdict($0.verdict, slots: slots) }
  }

  /// What was, or has to be, decided of a change, as its member `approval`.
  ///
  /// - Parameter contract: nil where the service has none any more.
  package func approval(of change: Change, by contract: Contract?) -> ShownApproval? {
    change.approval.map { approval in
      ShownApproval(
        approval: approval, proposal: change.proposal,
        before: approval.state == .requested ? change.awaiting.flatMap { contract?.latestPublication(of: $0) } : nil,
        declined: approval.state == .approved ? change.declined : nil)
    }
  }

  /// A plan that today's rules refuse.
  package static let conflict = Form<(conflict: Conflict, wording: Wording)>(
    "Conflict",
    [
      .must("change") { $0.conflict.change.id }, .must("title") { $0.conflict.change.content.title },
      .must("service") { $0.conflict.change.content.service },
      .must("environment") { $0.conflict.change.content.environment },
      .must("start") { $0.conflict.change.content.interval.start },
      .must("end") { $0.conflict.change.content.interval.end },
      .must("findings") { shown in
        shown.conflict.standing.obstacles.map { WordedFinding($0, shown.wording, of: shown.conflict.change.id) }
      },
    ])

  package func conflicts(_ conflicts: [Conflict]) -> JSON {
    ChangeJSON.conflict.json(conflicts.map { ($0, wording) }, times)
  }
}

/// What was, or has to be, decided of a change, as it is answered to staff.
package struct ShownApproval: FormedObject {
  let approval: Approval
  let proposal: ChangeContent?
  let before: Instant?
  /// What came of a later move, which left the plan as it was approved; nil where none was declined.
  let declined: Approval?

  package static let form = Form<ShownApproval>(
    "Approval",
    [
      .must("state") { $0.approval.state }, .must("by") { $0.approval.by }, .must("at") { $0.approval.at },
      .must("reason") { $0.approval.reason }, .must("approve_before") { $0.before },
      .must("requested_by") { $0.approval.requesters }, .may("proposed", proposed) { $0.proposal },
      .may("declined", turnedDown) { $0.declined },
    ])

  private static let turnedDown = Form<Approval>(
    saying: "That a move of the plan was declined last; the plan stands as it was approved.",
    [.must("by") { $0.by }, .must("at") { $0.at }, .must("reason") { $0.reason }])

  private static let proposed = Form<ChangeContent>(
    saying: "What the plan becomes when it is approved; until then it stands, and both times are held.",
    [
      .must("title") { $0.title }, .must("description") { $0.description }, .must("components") { $0.components },
      .must("start") { $0.interval.start }, .must("end") { $0.interval.end }, .must("impact") { $0.impact },
      .must("reason") { $0.moveReason?.text }, .may("client_reason") { $0.moveReason?.clients },
      .may("title_en") { $0.titleEnglish }, .may("description_en") { $0.descriptionEnglish },
      .may("update") { $0.update },
      .may("alongside") { $0.alongside.isEmpty ? nil : $0.alongside },
    ])
}

/// A notice whose messages wait, as it is answered to staff.
extension UnsentNotice: FormedObject {
  package static let form = Form<UnsentNotice>([
    .must("kind") { $0.kind }, .may("lead_seconds") { $0.lead }, .must("send_before") { $0.before },
  ])
}

extension NoticeRecord: FormedObject {
  package static let form = Form<NoticeRecord>([
    .must("kind") { $0.kind }, .must("channel") { $0.channel }, .must("revision") { $0.revision },
    .must("published_at") { $0.publishedAt.stated }, .must("recorded_at") { $0.publishedAt.recorded },
  ])
}

extension Slot: FormedObject {
  package static let form = Form<Slot>(
    "Slot", [.all(of: Interval.form) { $0.interval }, .must("window", Interval.bounds) { $0.window }])
}

/// A verdict as it is answered.
package struct Judgement: FormedObject {
  package let verdict: Verdict
  let change: ChangeID?
  /// Proposals, where another time could help.
  let slots: [Slot]?
  let wording: Wording

  package static let form = Form<Judgement>(
    "Verdict",
    [
      .must("status") { $0.verdict.status },
      .must("findings") { judgement in
        judgement.verdict.findings.map { WordedFinding($0, judgement.wording, of: judgement.change) }
      },
      .may("slots") { $0.slots },
    ])
}

/// A finding with its sentence.
package struct WordedFinding: FormedObject {
  let finding: Finding
  let message: String
  /// Its figures as they are told: without bookings that exist only as lines of a file.
  let told: Finding
  /// The lines of the file that it overlaps; nil where it overlaps none.
  let lines: [Int]?

  package init(_ finding: Finding, _ wording: Wording, of id: ChangeID? = nil) {
    self.init(finding, message: wording.finding(finding, of: id), told: finding, lines: nil)
  }

  package init(_ finding: Finding, message: String, told: Finding, lines: [Int]?) {
    self.finding = finding
    self.message = message
    self.told = told
    self.lines = lines
  }

  package static let form = Form<WordedFinding>(
    "Finding",
    [
      .all(of: Finding.headForm) { $0.finding }, .must("message") { $0.message },
      .all(of: Finding.figureForm) { $0.told },
      .may("lines") { $0.lines },
    ])
}

/// What `show` adds of work that is under way.
package struct RunningWork: FormedObject {
  package let cost: StopCost
  package let budget: AvailabilityFigures?
  package let now: Instant

  package init(_ cost: StopCost, budget: AvailabilityFigures?, now: Instant) {
    self.cost = cost
    self.budget = budget
    self.now = now
  }

  package static let form = Form<RunningWork>([
    .must("now") { $0.now }, .must("window_end") { $0.cost.window?.end },
    .must("point_of_no_return") { $0.cost.pointOfNoReturn }, .must("rollback_seconds") { $0.cost.rollback },
    .must("costs_from") { $0.cost.costsFrom },
    .may("minute_costs_percent") { running -> String?? in
      running.budget.map { AvailabilityFigures.percent(of: .minutes(1), in: $0.reference) }
    },
    .may("budget_month") { $0.cost.month }, .may("budget_left_seconds") { $0.budget?.budgetLeft },
  ])
}

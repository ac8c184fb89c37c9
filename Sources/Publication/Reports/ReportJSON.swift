import CivilTime
package import JSONText
package import Planning
import Register
package import Wording

/// The account as stable JSON: times with their offset, lengths in elapsed seconds. Source: docs/interface.md.
package struct ReportJSON {
  let report: MonthReport
  let wording: Wording
  let isSimulation: Bool

  package init(_ report: MonthReport, _ wording: Wording, isSimulation: Bool) {
    self.report = report
    self.wording = wording
    self.isSimulation = isSimulation
  }

  package func json() -> JSON { ReportJSON.form.json(self, .local(wording.zone)) }

  package static let form = Form<ReportJSON>(
    "Report",
    [
      .must("service") { $0.report.service }, .must("environment") { $0.report.environment },
      .must("month") { $0.report.month }, .must("start") { $0.report.bounds.start },
      .must("end") { $0.report.bounds.end }, .must("until") { $0.report.until },
      .must("provisional") { $0.report.isProvisional }, .must("planned", kinds) { $0.report.planned },
      .must("refused", refused) { $0.report.refusals }, .must("rescheduled") { $0.report.moves.rescheduled },
      .must("amended") { $0.report.moves.amended }, .must("extended") { $0.report.moves.extended },
      .must("cancelled") { $0.report.moves.cancelled }, .must("begun", kinds) { $0.report.begun },
      .must("completed", kinds) { $0.report.done }, .must("emergencies", emergencies) { $0.report.urgency },
      .must("notice", notice) { $0.report.notice }, .must("overruns", overruns) { $0.report.overruns },
      .must("notices", notices) { $0.report.notices }, .must("gate_overrides", overrides) { $0.report.overrides },
      .must("weeks", list: week) { $0.report.weeks },
      .must("availability", orNull: availability) { shown in shown.report.availability.map { ($0, shown.wording) } },
      .simulation { $0.isSimulation },
    ])

  private static let kinds = Form<KindCounts>([
    .must("total") { $0.total }, .all(ChangeKind.allCases.map { kind in .must(kind.rawValue) { $0[kind] } }),
  ])

  private static let refused = Form<MonthReport.Refusals>([
    .must("requests") { $0.requests }, .must("changes") { $0.changes }, .must("by_rule", list: rule) { $0.byRule },
  ])
  private static let rule = Form<(code: FindingCode, count: Int)>([
    .must("code") { $0.code }, .must("requests") { $0.count },
  ])

  private static let emergencies = Form<MonthReport.Urgency>([
    .must("count") { $0.count }, .must("work") { $0.work },
    .must("share_percent") { $0.shareInTenths.map { "\($0 / 10).\($0 % 10)" } },
    .must("recorded_afterwards") { $0.recordedAfterwards },
  ])

  private static let notice = Form<NoticeGiven>([
    .must("required_seconds") { $0.required }, .must("plans") { $0.given.count },
    .must("shortest_seconds") { $0.shortest }, .must("median_seconds") { $0.median },
    .must("too_short") { $0.short }, .must("given", list: given) { $0.given },
  ])
  private static let given = Form<NoticeGiven.Given>([
    .must("change") { $0.change }, .must("kind") { $0.kind }, .must("planned_at") { $0.plannedAt },
    .must("start") { $0.start }, .must("seconds") { $0.length }, .must("required_seconds") { $0.required },
  ])

  private static let overruns = Form<[MonthReport.Overrun]>([
    .must("count") { $0.count }, .must("total_seconds") { $0.reduce(0) { $0 + $1.length.seconds } },
    .must("longest_seconds") { $0.first?.length }, .must("changes", list: overrun) { $0 },
  ])
  private static let overrun = Form<MonthReport.Overrun>([
    .must("change") { $0.change }, .must("seconds") { $0.length },
  ])

  private static let notices = Form<MonthReport.Notices>([
    .must("published") { $0.published }, .must("late") { $0.late.count }, .must("late_notices", list: late) { $0.late },
  ])
  private static let late = Form<NoticeObligation>([
    .must("change") { $0.change }, .must("kind") { $0.kind }, .must("lead_seconds") { $0.lead },
    .must("due") { $0.due },
  ])

  private static let overrides = Form<[GateOverride]>([
    .must("count") { $0.count },
    .must("total_seconds") { $0.compactMap(\.interval).reduce(0) { $0 + $1.length.seconds } },
  ])

  private static let week = Form<MonthReport.Week>([
    .must("first") { $0.first }, .must("last") { $0.last }, .all(of: kinds) { $0.work },
  ])

  private static let availability = Form<(month: MonthAvailability, wording: Wording)>([
    .must("prt_seconds") { $0.month.figures.reference }, .all(of: figures) { $0.month.figures },
    .must("provisional") { !$0.month.provisional.isEmpty }, .must("without_late_urgency", lateUrgency) { $0 },
  ])
  private static let lateUrgency = Form<(month: MonthAvailability, wording: Wording)>([
    .all(of: figures) { $0.month.withoutLateUrgency },
    .must("excluded_afterwards") { shown in
      shown.month.lateUrgency.map { shown.wording.source($0.stop.source) }
    },
  ])
  private static let figures = Form<AvailabilityFigures>([
    .must("ti_seconds") { $0.unavailable }, .must("td_percent") { $0.percent }, .must("met") { $0.isMet },
  ])
}

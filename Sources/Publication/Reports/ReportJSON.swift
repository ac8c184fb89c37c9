import CivilTime
package import JSONText
package import Planning
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

  package func json() -> JSON {
    .members([
      "service": .string(report.service), "environment": .string(report.environment),
      "month": .string(report.month.description), "start": time(report.bounds.start), "end": time(report.bounds.end),
      "until": time(report.until), "provisional": .bool(report.isProvisional),
      "planned": .object(kinds(report.planned)),
      "refused": [
        "requests": count(report.refusals.requests), "changes": count(report.refusals.changes),
        "by_rule": .array(
          report.refusals.byRule.map { ["code": .string($0.code.rawValue), "requests": count($0.count)] }),
      ],
      "rescheduled": count(report.moves.rescheduled), "amended": count(report.moves.amended),
      "extended": count(report.moves.extended), "cancelled": count(report.moves.cancelled),
      "begun": .object(kinds(report.begun)), "completed": .object(kinds(report.done)),
      "emergencies": emergencies, "notice": notice, "overruns": overruns, "notices": notices,
      "gate_overrides": [
        "count": count(report.overrides.count),
        "total_seconds": .integer(report.overrides.compactMap(\.interval).reduce(0) { $0 + $1.length.seconds }),
      ],
      "weeks": .array(
        report.weeks.map { week in
          .object(
            [
              .init("first", .string(TimeText.date(week.first))), .init("last", .string(TimeText.date(week.last))),
            ] + kinds(week.work))
        }),
      "availability": availability, "simulation": isSimulation ? true : nil,
    ])
  }

  private func time(_ instant: Instant) -> JSON { .string(TimeText.local(instant, in: wording.zone)) }
  private func count(_ number: Int) -> JSON { .integer(Int64(number)) }
  private func seconds(_ length: Elapsed?) -> JSON { length.map { .integer($0.seconds) } ?? .null }
  private func id(_ id: ChangeID) -> JSON { .string(id.description) }

  private func kinds(_ counts: KindCounts) -> [JSON.Member] {
    [.init("total", count(counts.total))] + ChangeKind.allCases.map { .init($0.rawValue, count(counts[$0])) }
  }

  private var emergencies: JSON {
    let urgency = report.urgency
    return [
      "count": count(urgency.count), "work": count(urgency.work),
      "share_percent": urgency.shareInTenths.map { .string("\($0 / 10).\($0 % 10)") } ?? .null,
      "recorded_afterwards": .array(urgency.recordedAfterwards.map(id)),
    ]
  }

  private var notice: JSON {
    let notice = report.notice
    return [
      "required_seconds": seconds(notice.required), "plans": count(notice.given.count),
      "shortest_seconds": seconds(notice.shortest), "median_seconds": seconds(notice.median),
      "too_short": count(notice.short),
      "given": .array(
        notice.given.map { given in
          [
            "change": id(given.change), "kind": .string(given.kind.rawValue), "planned_at": time(given.plannedAt),
            "start": time(given.start), "seconds": seconds(given.length), "required_seconds": seconds(given.required),
          ]
        }),
    ]
  }

  private var overruns: JSON {
    [
      "count": count(report.overruns.count),
      "total_seconds": .integer(report.overruns.reduce(0) { $0 + $1.length.seconds }),
      "longest_seconds": seconds(report.overruns.first?.length),
      "changes": .array(report.overruns.map { ["change": id($0.change), "seconds": seconds($0.length)] }),
    ]
  }

  private var notices: JSON {
    [
      "published": count(report.notices.published), "late": count(report.notices.late.count),
      "late_notices": .array(
        report.notices.late.map { late in
          [
            "change": id(late.change), "kind": .string(late.kind.rawValue), "lead_seconds": seconds(late.lead),
            "due": time(late.due),
          ]
        }),
    ]
  }

  private var availability: JSON {
    guard let month = report.availability else { return .null }
    func figures(_ figures: AvailabilityFigures) -> [JSON.Member] {
      [
        .init("ti_seconds", seconds(figures.unavailable)), .init("td_percent", figures.percent.json),
        .init("met", .bool(figures.isMet)),
      ]
    }
    let afterwards = month.lateUrgency.map { JSON.string(wording.source($0.stop.source)) }
    return .object(
      [.init("prt_seconds", seconds(month.figures.reference))] + figures(month.figures) + [
        .init("provisional", .bool(!month.provisional.isEmpty)),
        .init(
          "without_late_urgency",
          .object(figures(month.withoutLateUrgency) + [.init("excluded_afterwards", .array(afterwards))])),
      ])
  }
}

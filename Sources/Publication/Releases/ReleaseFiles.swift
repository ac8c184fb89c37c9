import CivilTime
import ICalendar
package import JSONText
import Planning
import Wording

/// A planned release for programs: stable JSON, rows that `preavis import` takes, and events of a calendar.
extension ReleasePhrases {
  package var json: JSON { ReleasePhrases.form.json(self, .local(planned.release.zone)) }

  /// One change of the plan.
  private struct Row {
    let phrases: ReleasePhrases
    let change: ReleaseFile.Change
    let start: Instant?
    var work: Release.Work { change.work }
    var explanation: WorkExplanation? { phrases.planned.explanation(of: work.id) }
  }

  /// In the order of the file.
  private var rows: [Row] {
    let starts = Dictionary(planned.plan.starts.map { ($0.work, $0.start) }, uniquingKeysWith: { first, _ in first })
    return planned.file.changes.compactMap { change in
      starts[change.work.id].map { Row(phrases: self, change: change, start: $0) }
    }
  }

  private static func figures(_ score: PlanScore) -> [Int] {
    [score.placed, score.interruptions, score.disturbance, score.earliness]
  }

  package static let form = Form<ReleasePhrases>(
    "ReleasePlan",
    [
      .must("release") { $0.planned.file.name }, .must("reason") { $0.planned.file.reason },
      .must("simulation") { $0.planned.isSimulation }, .must("planned_at") { $0.planned.release.now },
      .must("approved_by") { $0.planned.approvedBy }, .must("submit_by") { $0.planned.submitBy },
      .must("horizon") { $0.planned.release.horizon }, .must("interrupted") { $0.planned.isInterrupted },
      .must("proven") { $0.planned.plan.isProven }, .must("objective") { figures($0.planned.plan.score) },
      .must("bound") { figures($0.planned.plan.bound) }, .must("ends") { $0.planned.end(of: $0.planned.plan) },
      .must("slot_by_slot", slotBySlot) { $0.planned }, .must("left_aside") { $0.planned.excepted },
      .must("changes", list: row) { $0.rows },
    ])

  private static let slotBySlot = Form<PlannedRelease>([
    .must("objective") { figures($0.slotBySlot.score) }, .must("ends") { $0.end(of: $0.slotBySlot) },
    .must("placed") { $0.slotBySlot.starts.count { $0.start != nil } },
  ])

  private static let row = Form<Row>([
    .must("id") { $0.work.id }, .must("title") { $0.change.title },
    .must("services") { $0.change.contents.map(\.service) }, .must("environment") { $0.change.environment },
    .must("priority") { $0.work.priority }, .must("crew") { $0.work.crew }, .must("visible") { $0.work.isVisible },
    .must("start") { $0.start }, .must("end") { row in row.start.flatMap { row.change.interval(from: $0) }?.end },
    .may("why", why) { $0.start == nil ? $0 : nil },
  ])

  private static let why = Form<Row>([
    .must("reason") { $0.explanation?.reason },
    .must("sets") { ($0.explanation?.sets ?? []).map { $0.map(\.rawValue) } },
    .must("text") { $0.phrases.reasons($0.change) },
    .must("ways", list: way) { row in (row.phrases.planned.ways[row.work.id] ?? []).map { ($0, row.work.id) } },
  ])

  private static let way = Form<(way: WayOut, work: String)>([
    .must("rules") { $0.way.rules.map(\.rawValue) }, .must("seconds") { $0.way.length },
    .must("start") { shown in shown.way.starts.first { $0.work == shown.work }?.start },
    .must("objective") { $0.way.score.map(figures) },
  ])

  /// A row for each placed change and service, under the names of columns that `preavis import` reads. What begins like a
  /// formula is not changed: it could not be imported as it was written.
  package var csv: String {
    let columns: [ChangeField] = [
      .title, .start, .end, .description, .impact, .component, .environment, .service, .reason, .kind, .update,
      .category, .training, .configuration, .interruption, .documentation,
    ]
    let zone = planned.release.zone
    let rows = planned.placed.flatMap { row in
      row.change.contents.map { content in
        columns.map { column in
          switch column {
          case .start: TimeText.local(row.interval.start, in: zone)
          case .end: TimeText.local(row.interval.end, in: zone)
          case .environment: content.environment
          case .service: content.service
          case .kind: content.kind.rawValue
          default: ReleasePhrases.cell(content[column])
          }
        }
      }
    }
    return ([columns.map(\.rawValue)] + rows).map { $0.map(ReleasePhrases.quoted).joined(separator: ",") + "\r\n" }
      .joined()
  }

  private static func cell(_ value: FieldValue?) -> String {
    switch value {
    case .text(let text): text
    case .flag(let flag): "\(flag)"
    case .list(let names): names.joined(separator: ";")
    case nil: ""
    }
  }

  /// Source: RFC 4180, section 2.
  private static func quoted(_ text: String) -> String {
    text.utf8.contains { ",;\"\r\n".utf8.contains($0) } ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }

  /// Events that are tentative: nobody is told of them yet.
  package func ics() throws -> [UInt8] {
    var bytes = try CalendarHeader(prodID: StandardFeed.prodID(wording.language), name: title).render()
    for row in planned.placed {
      let cells = cells(row)
      let crew = cells[4].isEmpty ? "" : "\(heads[4])\(wording.language.colon) \(cells[4])\n"
      bytes += try CalendarEvent(
        uid: "\(row.change.work.id)-\(TimeText.basicUTC(planned.release.now))@preavis-plan", span: .timed(row.interval),
        stamp: planned.release.now, summary: "\(row.change.work.id) – \(row.change.title)",
        description: "\(crew)\(heads[3])\(wording.language.colon) \(cells[3])\n\(title)", status: .tentative
      ).render()
    }
    return bytes + CalendarHeader.footer
  }
}

import CivilTime
import ICalendar
package import JSONText
import Planning
import Wording

/// A planned release for programs: stable JSON, rows that `preavis import` takes, and events of a calendar.
extension ReleasePhrases {
  package var json: JSON {
    let (plan, zone) = (planned.plan, planned.release.zone)
    func time(_ instant: Instant?) -> JSON { (instant.map { TimeText.local($0, in: zone) }).json }
    func score(_ score: PlanScore) -> JSON {
      .array(
        [score.placed, score.interruptions, score.disturbance, score.earliness].map { .integer(Int64($0)) })
    }
    let starts = Dictionary(plan.starts.map { ($0.work, $0.start) }, uniquingKeysWith: { first, _ in first })
    let changes = planned.file.changes.filter { starts[$0.work.id] != nil }.map { change -> JSON in
      let work = change.work
      let start = starts[work.id] ?? nil
      let explanation = planned.explanation(of: work.id)
      return .members([
        "id": .string(work.id), "title": .string(change.title),
        "services": .array(change.contents.map { .string($0.service) }), "environment": .string(change.environment),
        "priority": .integer(Int64(work.priority)), "crew": .array(work.crew.map { .string($0) }),
        "visible": .bool(work.isVisible), "start": time(start), "end": time(start.flatMap(change.interval)?.end),
        "why": start != nil
          ? nil
          : .members([
            "reason": (explanation?.reason).json,
            "sets": .array((explanation?.sets ?? []).map { .array($0.map { .string($0.rawValue) }) }),
            "text": .array(reasons(change).map { .string($0) }),
            "ways": .array((planned.ways[work.id] ?? []).map { way in json(way, of: work, score: score, time: time) }),
          ]),
      ])
    }
    return .members([
      "release": .string(planned.file.name), "reason": planned.file.reason.json,
      "simulation": .bool(planned.isSimulation), "planned_at": time(planned.release.now),
      "approved_by": time(planned.approvedBy), "submit_by": time(planned.submitBy),
      "horizon": time(planned.release.horizon), "interrupted": .bool(planned.isInterrupted),
      "proven": .bool(plan.isProven), "objective": score(plan.score), "bound": score(plan.bound),
      "ends": time(planned.end(of: plan)),
      "slot_by_slot": [
        "objective": score(planned.slotBySlot.score), "ends": time(planned.end(of: planned.slotBySlot)),
        "placed": .integer(Int64(planned.slotBySlot.starts.count { $0.start != nil })),
      ],
      "left_aside": .array(planned.excepted.map { .string($0) }), "changes": .array(changes),
    ])
  }

  private func json(
    _ way: WayOut, of work: Release.Work, score: (PlanScore) -> JSON, time: (Instant?) -> JSON
  ) -> JSON {
    .members([
      "rules": .array(way.rules.map { .string($0.rawValue) }),
      "seconds": way.length.map { .integer($0.seconds) } ?? .null,
      "start": time(way.starts.first { $0.work == work.id }?.start), "objective": way.score.map(score) ?? .null,
    ])
  }

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

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

  package func time(_ instant: Instant) -> String { TimeText.local(instant, in: wording.zone) }

  private func time(_ instant: Instant?) -> JSON { instant.map { .string(time($0)) } ?? .null }

  package func verdict(_ verdict: Verdict, slots: [Slot]? = nil) -> JSON {
    .members([
      "status": .string(verdict.status.rawValue),
      "findings": .array(verdict.findings.map { $0.json(message: wording.finding($0), time: time) }),
      "slots": slots.map { .array($0.map(slot)) },
    ])
  }

  package func slot(_ slot: Slot) -> JSON {
    [
      "start": .string(time(slot.interval.start)), "end": .string(time(slot.interval.end)),
      "seconds": .integer(slot.interval.length.seconds),
      "window": ["start": .string(time(slot.window.start)), "end": .string(time(slot.window.end))],
    ]
  }

  private func notice(_ record: NoticeRecord) -> JSON {
    [
      "kind": .string(record.kind.rawValue), "channel": .string(record.channel.rawValue),
      "revision": .integer(Int64(record.revision)), "published_at": .string(time(record.publishedAt.stated)),
      "recorded_at": .string(time(record.publishedAt.recorded)),
    ]
  }

  package func change(_ change: Change, verdict: Verdict? = nil, slots: [Slot]? = nil) -> JSON {
    let content = change.content
    return .members([
      "id": .string(change.id.description), "kind": .string(content.kind.rawValue),
      "state": .string(change.state.rawValue), "service": .string(content.service),
      "environment": .string(content.environment), "components": .array(content.components.map { .string($0) }),
      "title": .string(content.title), "description": .string(content.description),
      "start": .string(time(content.interval.start)), "end": .string(time(content.interval.end)),
      "actual_start": time(change.actualStart?.stated), "actual_start_recorded_at": time(change.actualStart?.recorded),
      "actual_end": time(change.actualEnd?.stated), "actual_end_recorded_at": time(change.actualEnd?.recorded),
      "planned_end": change.plannedEnd.map { .string(time($0)) },
      "overrun_seconds": change.overrun.map { .integer($0.seconds) },
      "revision": change.revision.map { .integer(Int64($0)) } ?? .null, "impact": .string(content.impact.rawValue),
      "reason": (content.moveReason ?? content.reason).json,
      "work_reason": content.moveReason == nil ? nil : content.reason.map { .string($0) },
      "update": content.update?.json,
      "alongside": content.alongside.isEmpty ? nil : .array(content.alongside.map { .string($0.description) }),
      "recorded_at": .string(time(change.recordedAt)), "planned_at": time(change.plannedAt),
      "notices": change.notices.isEmpty ? nil : .array(change.notices.map(notice)),
      "revised_at": time(change.revisedAt), "simulation": isSimulation ? true : nil,
      "verdict": self.verdict(verdict ?? change.verdict, slots: slots),
    ])
  }
}

import CivilTime
package import JSONText
package import Planning
package import Wording

/// The stable JSON of outages.
package struct OutageJSON {
  let wording: Wording
  let isSimulation: Bool

  package init(wording: Wording, isSimulation: Bool) {
    self.wording = wording
    self.isSimulation = isSimulation
  }

  package func outage(_ outage: Outage) -> JSON {
    func time(_ instant: Instant) -> JSON { .string(TimeText.local(instant, in: wording.zone)) }
    let content = outage.content
    return .members([
      "id": .string(outage.id.description), "state": .string(outage.state.rawValue),
      "service": .string(content.service), "environment": .string(content.environment),
      "components": .array(content.components.map { .string($0) }), "cause": .string(content.cause.rawValue),
      "counted": .bool(content.cause.isCounted && content.environment == Contract.production && !outage.isVoided),
      "title": .string(content.title), "start": time(content.start), "end": content.end.map(time) ?? .null,
      "seconds": content.end.map { .integer(($0 - content.start).seconds) } ?? .null,
      "evidence": content.evidence.isEmpty ? .null : .string(content.evidence), "reason": outage.reason.json,
      "recorded_at": time(outage.recordedAt), "revised_at": time(outage.revisedAt),
      "revision": .integer(Int64(outage.revision)),
      "simulation": isSimulation ? true : nil,
    ])
  }
}

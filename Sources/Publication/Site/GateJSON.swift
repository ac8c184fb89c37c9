import CivilTime
package import JSONText
package import Planning
package import Wording

/// The stable JSON of the gate: the same at the command line and from a server. Source: docs/interface.md, "The gate".
package struct GateJSON: Sendable {
  let contract: Contract
  let environment: String
  let wording: Wording
  let isSimulation: Bool
  /// Leaves out who overrode the gate, and why: for answers that need no token.
  let isForEveryone: Bool

  package init(
    _ contract: Contract, environment: String, wording: Wording, isSimulation: Bool, isForEveryone: Bool = false
  ) {
    self.contract = contract
    self.environment = environment
    self.wording = wording
    self.isSimulation = isSimulation
    self.isForEveryone = isForEveryone
  }

  package func answer(_ answer: GateAnswer) -> JSON {
    .members([
      "state": .string(answer.state.rawValue), "at": time(answer.at),
      "next_transition": answer.nextTransition.map(time) ?? .null, "service": .string(contract.service),
      "environment": .string(environment), "opens": .string(contract.terms(at: answer.at).gate.rawValue),
      "reasons": .array(answer.reasons.map(reason)), "simulation": isSimulation ? true : nil,
    ])
  }

  /// An override as `gate overrides` lists it.
  package func override(_ override: GateOverride) -> JSON {
    .members([
      "service": .string(contract.service), "environment": .string(override.environment),
      "start": time(override.start), "until": time(override.until), "reason": .string(override.reason),
      "actor": override.actor.json, "ended_at": override.ended.map { time($0.at) } ?? .null,
      "end_reason": override.ended?.reason.map { .string($0) }, "ended_by": override.ended?.actor.map { .string($0) },
      "simulation": isSimulation ? true : nil,
    ])
  }

  private func time(_ instant: Instant) -> JSON { .string(TimeText.local(instant, in: wording.zone)) }

  private func reason(_ reason: GateReason) -> JSON {
    var members: [JSON.Member] = [
      .init("code", .string(reason.code.rawValue)),
      .init("message", .string(wording.gateReason(reason, forEveryone: isForEveryone))),
    ]
    if let change = reason.change { members.append(.init("change", .string(change.description))) }
    return .object(members + figures(reason))
  }

  private func figures(_ reason: GateReason) -> [JSON.Member] {
    switch reason {
    case .change(_, let kind, let interval): [.init("kind", .string(kind.rawValue))] + bounds(interval)
    case .window(let window): window.map(bounds) ?? []
    case .freeze(let freeze): [.init("title", .string(freeze.title))] + bounds(freeze.interval)
    case .override(let override):
      (override.interval.map(bounds) ?? [])
        + (isForEveryone
          ? [] : [.init("reason", .string(override.reason)), .init("actor", override.actor.json)])
    case .notBegun(_, let start), .startedEarly(_, let start): [.init("start", time(start))]
    case .ended(_, let end), .overrun(_, let end), .completed(_, let end): [.init("end", time(end))]
    case .noChange, .outsideWindow, .notNamed, .cancelled, .draft: []
    }
  }

  private func bounds(_ interval: Interval) -> [JSON.Member] {
    [.init("start", time(interval.start)), .init("end", time(interval.end))]
  }
}

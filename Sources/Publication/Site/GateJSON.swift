import CivilTime
package import JSONText
package import Planning
import Register
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

  package func answer(_ answer: GateAnswer) -> JSON { GateJSON.answer.json((answer, self), .local(wording.zone)) }

  /// An override as `gate overrides` lists it.
  package func override(_ override: GateOverride) -> JSON {
    GateJSON.override.json((override, self), .local(wording.zone))
  }

  package static let answer = Form<(answer: GateAnswer, gate: GateJSON)>(
    "Gate",
    [
      .must("state") { $0.answer.state }, .must("at") { $0.answer.at },
      .must("next_transition") { $0.answer.nextTransition }, .must("service") { $0.gate.contract.service },
      .must("environment") { $0.gate.environment },
      .must("opens", .choice(["changes", "window"])) { $0.gate.contract.terms(at: $0.answer.at).gate.rawValue },
      .must("reasons", list: reason) { shown in shown.answer.reasons.map { ($0, shown.gate) } },
      .simulation { $0.gate.isSimulation },
    ])

  package static let override = Form<(override: GateOverride, gate: GateJSON)>(
    "Override",
    [
      .must("service") { $0.gate.contract.service }, .must("environment") { $0.override.environment },
      .must("start") { $0.override.start }, .must("until") { $0.override.until },
      .must("reason") { $0.override.reason }, .must("actor") { $0.override.actor },
      .must("ended_at") { $0.override.ended?.at }, .may("end_reason") { $0.override.ended?.reason },
      .may("ended_by") { $0.override.ended?.actor }, .simulation { $0.gate.isSimulation },
    ])

  private static let reason = Form<(reason: GateReason, gate: GateJSON)>([
    .must("code") { $0.reason.code },
    .must("message") { $0.gate.wording.gateReason($0.reason, forEveryone: $0.gate.isForEveryone) },
    .may("change") { $0.reason.change },
    .may("kind") { shown -> ChangeKind? in
      if case .change(_, let kind, _) = shown.reason { kind } else { nil }
    },
    .may("title") { shown -> String? in
      shown.reason.freeze?.title
    },
    .may("start") { $0.reason.bounds.start }, .may("end") { $0.reason.bounds.end },
    .may("reason") { $0.gate.isForEveryone ? nil : $0.reason.override?.reason },
    .may("actor") { shown -> String?? in shown.gate.isForEveryone ? nil : shown.reason.override.map(\.actor) },
  ])
}

extension GateReason {
  fileprivate var override: GateOverride? {
    if case .override(let override) = self { override } else { nil }
  }

  /// The first one that it names.
  fileprivate var freeze: Freeze? {
    switch self {
    case .freeze(let freeze): return freeze
    case .refused(_, let finding):
      guard case .freeze(let freezes) = finding.figures else { return nil }
      return freezes.first
    default: return nil
    }
  }

  /// When what it speaks of begins and ends, as far as it says so.
  fileprivate var bounds: (start: Instant?, end: Instant?) {
    switch self {
    case .change(_, _, let interval): (interval.start, interval.end)
    case .window(let interval): (interval?.start, interval?.end)
    case .freeze, .refused: (freeze?.interval.start, freeze?.interval.end)
    case .override(let override): (override.interval?.start, override.interval?.end)
    case .notBegun(_, let start), .startedEarly(_, let start): (start, nil)
    case .ended(_, let end), .overrun(_, let end), .wordDue(_, let end), .completed(_, let end): (nil, end)
    case .noChange, .outsideWindow, .notNamed, .cancelled, .draft, .requested: (nil, nil)
    }
  }
}

package import CivilTime
package import JSONText
package import Planning
package import Publication
package import Register

/// The verdict that a request would be given now; nothing is recorded.
package struct Trial {
  /// What is asked for; of work whose end is not known, with its estimate.
  package let content: ChangeContent
  package let contract: Contract
  package let now: Instant
  package let verdict: Verdict
  /// The nearest proposals; nil where the request is allowed, or no other time would help.
  package let slots: [Slot]?

  /// - Parameters:
  ///   - register: nil where there is none: then nothing else is planned.
  ///   - forEveryone: leaves out what waits for approval, of which nobody is told.
  package init(
    _ request: ChangeContent, contract: Contract, register: Register?, now: Instant, forEveryone: Bool = false
  ) throws {
    let command = ChangeCommand(creating: request)
    content = request.estimated(by: contract, at: now)
    self.contract = contract
    self.now = now
    verdict =
      try register?.store.read { try command.trial(by: contract, at: now, forEveryone: forEveryone, in: $0) }
      ?? command.decide(on: nil, in: DecisionContext(contract: contract, now: now, booked: [])).verdict
    slots = try SlotProposals(
      contract: contract, environment: content.environment, register: register, now: now, forEveryone: forEveryone
    ).instead(of: content.interval, kind: content.kind, refusedBy: verdict)
  }

  /// Stands for a title where none is asked for.
  package static let untitled = "-"

  /// The body of the API's request. Of planned maintenance that is an interval and no more, as servers of before take it.
  package static func request(_ content: ChangeContent) -> JSON {
    var plain = ChangeContent(
      kind: .maintenance, service: content.service, environment: content.environment, interval: content.interval,
      title: "", description: "", impact: .outage, update: nil)
    plain.title = content.title
    guard content == plain else { return content.request }
    return [
      "service": .string(content.service), "environment": .string(content.environment),
      "start": .string(TimeText.utc(content.interval.start)), "end": .string(TimeText.utc(content.interval.end)),
    ]
  }

  package func json(_ json: ChangeJSON) -> JSON { Trial.form.json((self, json), json.times) }

  package static let form = Form<(trial: Trial, json: ChangeJSON)>(
    "Trial",
    [
      .must("service") { $0.trial.contract.service }, .must("environment") { $0.trial.content.environment },
      .must("start") { $0.trial.content.interval.start }, .must("end") { $0.trial.content.interval.end },
      .must("planned_at") { $0.trial.now },
      .must("verdict") { $0.json.verdict($0.trial.verdict, slots: $0.trial.slots) },
    ])
}

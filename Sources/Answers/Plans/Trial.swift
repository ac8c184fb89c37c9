package import CivilTime
package import JSONText
package import Planning
package import Publication
package import Register

/// The verdict that work in an interval would be given now; nothing is recorded.
package struct Trial {
  package let contract: Contract
  package let environment: String
  package let interval: Interval
  package let now: Instant
  package let verdict: Verdict
  /// The nearest proposals; empty where the interval is allowed.
  package let slots: [Slot]

  /// - Parameter register: nil where there is none: then nothing else is planned.
  package init(
    _ interval: Interval, contract: Contract, environment: String, register: Register?, now: Instant
  ) throws {
    self.contract = contract
    self.environment = environment
    self.interval = interval
    self.now = now
    let booked =
      try register?.store.read {
        try $0.bookings(service: contract.service, environment: environment, in: interval)
      } ?? []
    let content = ChangeContent(
      kind: .maintenance, service: contract.service, environment: environment, components: [], interval: interval,
      title: "-", description: "", impact: .outage, reason: nil, update: nil, alongside: [])
    verdict = try ChangeCommand.submit(content).decide(
      on: nil, in: DecisionContext(contract: contract, now: now, booked: booked)
    ).verdict
    slots =
      verdict.status == .refused
      ? try SlotProposals(contract: contract, environment: environment, register: register, now: now).near(interval)
      : []
  }

  package func json(_ json: ChangeJSON) -> JSON {
    [
      "service": .string(contract.service), "environment": .string(environment),
      "start": .string(json.time(interval.start)), "end": .string(json.time(interval.end)),
      "planned_at": .string(json.time(now)),
      "verdict": json.verdict(verdict, slots: verdict.status == .refused ? slots : nil),
    ]
  }
}

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

  /// - Parameters:
  ///   - register: nil where there is none: then nothing else is planned.
  ///   - forEveryone: leaves out what waits for approval, of which nobody is told.
  package init(
    _ interval: Interval, contract: Contract, environment: String, register: Register?, now: Instant,
    forEveryone: Bool = false
  ) throws {
    self.contract = contract
    self.environment = environment
    self.interval = interval
    self.now = now
    let booked =
      try register?.store.read {
        try $0.bookings(
          service: contract.service, environment: environment, in: interval, forEveryone: forEveryone)
      } ?? []
    let content = ChangeContent(
      kind: .maintenance, service: contract.service, environment: environment, components: [], interval: interval,
      title: "-", description: "", impact: .outage, reason: nil, update: nil, alongside: [])
    verdict = try ChangeCommand.submit(content).decide(
      on: nil, in: DecisionContext(contract: contract, now: now, booked: booked)
    ).verdict
    slots =
      verdict.status == .refused
      ? try SlotProposals(
        contract: contract, environment: environment, register: register, now: now, forEveryone: forEveryone
      )
      .near(interval)
      : []
  }

  package func json(_ json: ChangeJSON) -> JSON { Trial.form.json((self, json), json.times) }

  package static let form = Form<(trial: Trial, json: ChangeJSON)>(
    "Trial",
    [
      .must("service") { $0.trial.contract.service }, .must("environment") { $0.trial.environment },
      .must("start") { $0.trial.interval.start }, .must("end") { $0.trial.interval.end },
      .must("planned_at") { $0.trial.now },
      .must("verdict") { $0.json.verdict($0.trial.verdict, slots: $0.trial.isRefused ? $0.trial.slots : nil) },
    ])

  private var isRefused: Bool { verdict.status == .refused }
}

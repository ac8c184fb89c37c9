package import CivilTime
package import Planning
package import Register

/// Gathers what the account of a month is made of.
package struct ReportRun {
  let contract: Contract
  let environment: String
  let register: Register
  let now: Instant

  package init(contract: Contract, environment: String, register: Register, now: Instant) {
    self.contract = contract
    self.environment = environment
    self.register = register
    self.now = now
  }

  /// Nil for a month that no calendar has. `step` is told the number of changes before each.
  package func report(_ month: CivilMonth, step: (_ total: Int) -> Void = { _ in }) throws -> MonthReport? {
    guard let bounds = month.bounds(contract) else { return nil }
    var filter = ChangeFilter()
    filter.service = contract.service
    filter.environment = environment
    filter.activeAfter = MonthReport.reach(contract, bounds, now: now)
    let availability = try AvailabilityRun(contract: contract, register: register, now: now).months([month]).first
    let streams = try register.streams(filter, step: step)
    return MonthReport(
      contract, environment: environment, month: month, streams: streams,
      overrides: try register.overrides(service: contract.service), availability: availability, now: now)
  }
}

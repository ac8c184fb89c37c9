package import CivilTime
package import JSONText
package import Planning
package import Register
package import Wording

/// What `show` adds of work that is under way; nothing for any other.
package struct RunningWork {
  private let cost: StopCost?
  private let budget: AvailabilityFigures?
  private let now: Instant

  package init(_ change: Change, contract: Contract, register: Register, rollback: Elapsed?) throws {
    let now = register.now
    let cost = StopCost(change, contract: contract, rollback: rollback, now: now)
    self.now = now
    self.cost = cost
    budget = try cost.flatMap { try AvailabilityRun(contract: contract, register: register, now: now).budget(for: $0) }
  }

  package func lines(_ wording: Wording) -> [String] { cost.map { wording.cost($0, budget, now: now) } ?? [] }

  /// The object of the change with one more member, `running`.
  package func adding(to change: JSON, time: (Instant) -> String) -> JSON {
    guard let cost, let members = change.members else { return change }
    let running = JSON.members([
      "now": .string(time(now)),
      "window_end": cost.window.map { .string(time($0.end)) } ?? .null,
      "point_of_no_return": cost.pointOfNoReturn.map { .string(time($0)) } ?? .null,
      "rollback_seconds": cost.rollback.map { .integer($0.seconds) } ?? .null,
      "costs_from": cost.costsFrom.map { .string(time($0)) } ?? .null,
      "minute_costs_percent": budget.map { AvailabilityFigures.percent(of: .minutes(1), in: $0.reference).json },
      "budget_month": cost.month.map { .string($0.description) },
      "budget_left_seconds": budget.map { .integer($0.budgetLeft.seconds) },
    ])
    return .object(members + [.init("running", running)])
  }
}

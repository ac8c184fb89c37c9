package import CivilTime
package import Planning
package import Publication
package import Register
package import Wording

extension AvailabilityRun {
  /// What the figures would be with another stop, before and after, month by month.
  package func simulate(
    _ supposed: Interval, _ wording: Wording
  ) throws -> [(before: MonthAvailability, after: MonthAvailability)] {
    let (start, end) = (
      wording.zone.civil(supposed.start).date, wording.zone.civil(supposed.end - Elapsed(seconds: 1)).date
    )
    let asked = try MonthArgument(language: wording.language, door: wording.door).months(
      month: nil, from: String(TimeText.date(start).prefix(7)), to: String(TimeText.date(end).prefix(7)), today: end)
    return zip(try months(asked), try months(asked, supposing: supposed)).map { ($0, $1) }
  }
}

extension RunningWork {
  /// Nil for work that is not under way. The budget is that of the month in which it would begin to cost.
  package init?(_ change: Change, contract: Contract, register: Register, rollback: Elapsed?) throws {
    let now = register.now
    guard let cost = StopCost(change, contract: contract, rollback: rollback, now: now) else { return nil }
    let run = AvailabilityRun(contract: contract, register: register, now: now)
    self.init(cost, budget: try cost.month.flatMap { try run.months([$0]).first?.figures }, now: now)
  }

  package func lines(_ wording: Wording) -> [String] { wording.cost(cost, budget, now: now) }
}

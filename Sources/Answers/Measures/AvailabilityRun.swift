package import CivilTime
package import Planning
package import Publication
package import Register
package import Wording

/// Computes the availability of a service from all that the register holds: outages, and what work really did.
package struct AvailabilityRun {
  let contract: Contract
  /// Nil where there is no register: then nothing happened.
  let register: Register?
  let now: Instant

  package init(contract: Contract, register: Register?, now: Instant) {
    self.contract = contract
    self.register = register
    self.now = now
  }

  /// The months, in order, with `supposed` added to what happened. Months without a promise of availability are left
  /// out.
  /// `step` is called after each.
  package func months(
    _ months: [CivilMonth], supposing supposed: Interval? = nil, step: () -> Void = {}
  ) throws -> [MonthAvailability] {
    let periods = months.compactMap { ReferencePeriod(contract, month: $0) }
    guard let first = periods.first, let last = periods.last,
      let range = Interval(start: first.bounds.start, end: last.bounds.end)
    else { return [] }
    var (stops, unrecorded) = try gather(range)
    if let supposed {
      stops.append(
        Stop(source: .supposed, title: "", cause: .incident, environment: Contract.production, interval: supposed))
    }
    return periods.map { period in
      defer { step() }
      return MonthAvailability(
        service: contract.service, period: period, stops: stops, unrecorded: unrecorded, now: now)
    }
  }

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

  private func gather(_ range: Interval) throws -> (stops: [Stop], unrecorded: [Change]) {
    guard let register else { return ([], []) }
    var filter = OutageFilter()
    filter.service = contract.service
    filter.range = range
    let outages = try register.outages(filter).compactMap { Stop($0, now: now) }
    let work = try register.worked(service: contract.service, endingAfter: range.start).compactMap {
      Stop($0, now: now)
    }
    return (outages + work, try register.announcedOnly(service: contract.service, in: range))
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

import CivilTime
import Planning
import Register
import Wording

/// Computes the availability of a service from all that the register holds: outages, and what work really did.
struct AvailabilityRun {
  let contract: Contract
  /// Nil where there is no register: then nothing happened.
  let register: Register?
  let now: Instant

  /// The months, in order, with `supposed` added to what happened. Months without a promise of availability are left
  /// out.
  /// `step` is called after each.
  func months(
    _ months: [CivilMonth], supposing supposed: Interval? = nil, step: () -> Void = {}
  ) throws -> [MonthAvailability] {
    let periods = months.compactMap { ReferencePeriod(contract, month: $0) }
    guard let first = periods.first, let last = periods.last,
      let range = Interval(start: first.bounds.start, end: last.bounds.end)
    else { return [] }
    var (stops, unrecorded) = try gather(range)
    if let supposed {
      stops.append(
        Stop(source: .supposed, title: "", cause: .incident, environment: "production", interval: supposed))
    }
    return periods.map { period in
      defer { step() }
      return MonthAvailability(
        service: contract.service, period: period, stops: stops, unrecorded: unrecorded, now: now)
    }
  }

  /// The months of several services, those of a service together; shows how far it has come on a terminal.
  static func months(
    _ months: [CivilMonth], _ contracts: [Contract], _ register: Register, now: Instant, _ language: Language
  ) throws -> [MonthAvailability] {
    var bar = ProgressBar(language("Availability", "Disponibilité"), total: months.count * contracts.count)
    defer { bar.finish() }
    return try contracts.flatMap {
      try AvailabilityRun(contract: $0, register: register, now: now).months(months) { bar.step() }
    }
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

  /// The figures of the month in which work that is under way would begin to cost; nil where it costs nothing.
  func budget(for cost: StopCost) throws -> AvailabilityFigures? {
    guard let month = cost.month else { return nil }
    return try months([month]).first?.figures
  }
}

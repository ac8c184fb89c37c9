package import CivilTime
package import Planning

/// Computes the availability of a service from all that the register holds: outages, and what work really did.
package struct AvailabilityRun {
  let contract: Contract
  /// Nil where there is no register: then nothing happened.
  let register: Register?
  let now: Instant
  /// Leaves out what happened in environments of which the public may not read; no promise holds there.
  private let isForEveryone: Bool

  package init(contract: Contract, register: Register?, now: Instant, forEveryone: Bool = false) {
    self.contract = contract
    self.register = register
    self.now = now
    isForEveryone = forEveryone
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

  private func gather(_ range: Interval) throws -> (stops: [Stop], unrecorded: [Change]) {
    guard let register else { return ([], []) }
    var filter = OutageFilter()
    filter.service = contract.service
    filter.range = range
    let outages = try register.outages(filter).compactMap { Stop($0, now: now) }
    let work = try register.worked(service: contract.service, endingAfter: range.start).compactMap {
      Stop($0, now: now)
    }
    let announced = try register.announcedOnly(service: contract.service, in: range)
    func isShown(_ environment: String) -> Bool { !isForEveryone || contract.isPublic(environment) }
    return (
      (outages + work).filter { isShown($0.environment) }, announced.filter { isShown($0.content.environment) }
    )
  }
}

extension PublishedService {
  private static let shownMonths = 12

  /// The months that everyone is shown, this one first and eleven before it at the most, as far back as contract and log
  /// reach: of the time before them nothing is known. None where the contract does not show them.
  package func availability(of contract: Contract) throws -> [MonthAvailability] {
    let now = register.now
    func month(_ instant: Instant) -> CivilMonth? { CivilMonth(of: contract.timeZone(at: instant).civil(instant).date) }
    guard contract.showsAvailability, let last = month(now),
      // The first event of all is that there is a register.
      let begun = try register.store.read({ try $0.events(after: 1, limit: 1) }).first,
      let oldest = [month(begun.at), CivilMonth(of: contract.versions[0].effectiveFrom)].compactMap(\.self).max()
    else { return [] }
    var months = [last]
    while months.count < Self.shownMonths, let before = CivilMonth(of: months[0].first.advanced(byDays: -1)),
      before >= oldest
    {
      months.insert(before, at: 0)
    }
    let run = AvailabilityRun(contract: contract, register: register, now: now, forEveryone: true)
    return try run.months(months).reversed()
  }
}

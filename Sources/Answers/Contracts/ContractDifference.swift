package import CivilTime
package import Planning
package import Register
package import Wording

/// What two contracts of one service differ in: terms from when to when, and what each day makes of them.
package struct ContractDifference: Sendable {
  package let old: Contract
  package let new: Contract
  /// The stretch in which days are compared.
  package let range: Interval
  package let terms: [Term]
  package let windows: [Windows]
  package let holidays: [Day]
  package let freezes: [FrozenTime]

  /// A term that says something else on some days.
  package struct Term: Hashable, Sendable {
    package let key: String
    package let name: String
    /// The first day; nil where it is so on all days before too.
    package let from: CivilDate?
    /// The first day on which it is so no more; nil where there is none.
    package var until: CivilDate?
    /// Nil where that contract says nothing of it.
    package let before: String?
    package let after: String?
  }

  /// Times in which work is allowed by one of the two alone.
  package struct Windows: Hashable, Sendable {
    package let environment: String
    package let opened: IntervalSet
    package let closed: IntervalSet
  }

  /// A public holiday of one of the two alone, or by other names.
  package struct Day: Hashable, Sendable {
    package let date: CivilDate
    package let before: [String]?
    package let after: [String]?
  }

  package struct FrozenTime: Hashable, Sendable {
    package let freeze: Freeze
    package let isNew: Bool
  }

  package var isEmpty: Bool { terms.isEmpty && windows.isEmpty && holidays.isEmpty && freezes.isEmpty }

  /// - Parameter wording: in whose language terms are told.
  package init(_ old: Contract, _ new: Contract, in range: Interval, _ wording: Wording) {
    self.old = old
    self.new = new
    self.range = range
    terms = ContractDifference.undated(old, new, wording) + ContractDifference.dated(old, new, wording)
    windows = ContractDifference.windows(old, new, range)
    holidays = ContractDifference.holidays(old, new, range)
    freezes = ContractDifference.freezes(old, new, range)
  }

  private static func undated(_ old: Contract, _ new: Contract, _ wording: Wording) -> [Term] {
    ContractTerm<Contract>.ofContract.compactMap { row in
      let (before, after) = (row.text(old, wording), row.text(new, wording))
      guard before != after else { return nil }
      return Term(
        key: row.key, name: row.name(wording.language), from: nil, until: nil, before: before, after: after)
    }
  }

  /// Versions cut time into stretches in which neither contract changes; what differs alike in neighbours is one.
  private static func dated(_ old: Contract, _ new: Contract, _ wording: Wording) -> [Term] {
    let edges = Set((old.versions + new.versions).map(\.effectiveFrom)).sorted()
    let stretches: [CivilDate?] = [nil] + edges
    return ContractTerm<ContractTerms>.ofVersion.flatMap { row in
      var found: [Term] = []
      for (index, from) in stretches.enumerated() {
        // Days before the first version are judged by the first.
        let day = from ?? edges[0].advanced(byDays: -1)
        let until = index < edges.count ? edges[index] : nil
        let (before, after) = (row.text(old.terms(on: day), wording), row.text(new.terms(on: day), wording))
        guard before != after else { continue }
        if let last = found.last, last.until == from, last.before == before, last.after == after {
          found[found.count - 1].until = until
        } else {
          found.append(
            Term(
              key: row.key, name: row.name(wording.language), from: from, until: until, before: before, after: after))
        }
      }
      return found
    }
  }

  private static func windows(_ old: Contract, _ new: Contract, _ range: Interval) -> [Windows] {
    let environments = old.environments + new.environments.filter { !old.environments.contains($0) }
    return environments.compactMap { environment in
      let (before, after) = (open(old, environment, range), open(new, environment, range))
      guard before != after else { return nil }
      return Windows(
        environment: environment, opened: after.subtracting(before), closed: before.subtracting(after))
    }
  }

  private static func open(_ contract: Contract, _ environment: String, _ range: Interval) -> IntervalSet {
    guard contract.environments.contains(environment) else { return .empty }
    return WindowTable(contract: contract, environment: environment, covering: range).windows.clipped(to: range)
  }

  private static func holidays(_ old: Contract, _ new: Contract, _ range: Interval) -> [Day] {
    func names(_ contract: Contract) -> [CivilDate: [String]] {
      let zone = contract.timeZone(at: range.start)
      let last = zone.civil(range.end - Elapsed(seconds: 1)).date
      return contract.holidays(in: zone.civil(range.start).date...last).reduce(into: [:]) { $0[$1.date] = $1.names }
    }
    let (before, after) = (names(old), names(new))
    return Set(before.keys).union(after.keys).sorted().compactMap { date in
      before[date] == after[date] ? nil : Day(date: date, before: before[date], after: after[date])
    }
  }

  private static func freezes(_ old: Contract, _ new: Contract, _ range: Interval) -> [FrozenTime] {
    /// Whatever file says so, and however many versions name it.
    func frozen(_ contract: Contract) -> Set<Freeze> {
      Set(
        contract.versions.flatMap(\.freezes).filter { $0.interval.overlaps(range) }
          .map { Freeze(title: $0.title, interval: $0.interval, source: "") })
    }
    let (before, after) = (frozen(old), frozen(new))
    let changed =
      before.subtracting(after).map { FrozenTime(freeze: $0, isNew: false) }
      + after.subtracting(before).map { FrozenTime(freeze: $0, isNew: true) }
    return changed.sorted {
      ($0.freeze.interval.start, $0.freeze.title, $0.isNew ? 1 : 0)
        < ($1.freeze.interval.start, $1.freeze.title, $1.isNew ? 1 : 0)
    }
  }
}

/// What putting a contract in force would do to what is on record.
package struct ContractEffects: Sendable {
  /// Plans that it refuses, and whether they stand under the other.
  package let conflicts: [(conflict: Conflict, isNew: Bool)]
  /// Months with stops on record whose availability is another; nil where that contract promises none.
  package let months: [Month]

  package typealias Month = (month: CivilMonth, before: MonthAvailability?, after: MonthAvailability?)

  package var isEmpty: Bool { conflicts.isEmpty && months.isEmpty }

  /// - Parameter old: nil where nothing is compared: then all conflicts are told, and no month.
  package init(of new: Contract, insteadOf old: Contract?, on register: Register) throws {
    var filter = ChangeFilter()
    filter.service = new.service
    filter.states = [.requested, .planned, .inProgress]
    let booked = try register.changes(filter)
    var rules = TodaysRules(new)
    var known: Set<ChangeID> = []
    if let old {
      var before = TodaysRules(old)
      known = Set(before.conflicts(among: booked, at: register.now).map(\.change.id))
    }
    conflicts = rules.conflicts(among: booked, at: register.now).map { ($0, !known.contains($0.change.id)) }
    months = try old.map { try ContractEffects.months($0, new, register) } ?? []
  }

  private static func months(_ old: Contract, _ new: Contract, _ register: Register) throws -> [Month] {
    let now = register.now
    var filter = OutageFilter()
    filter.service = new.service
    let stops =
      try register.outages(filter).compactMap { Stop($0, now: now) }
      + register.worked(service: new.service, endingAfter: .earliest).compactMap { Stop($0, now: now) }
    let zone = new.currentTimeZone
    guard let first = stops.map(\.interval.start).min(), let last = stops.map(\.interval.end).max() else { return [] }
    // One more on each side, since the two may be of other zones.
    var month = CivilMonth(of: zone.civil(first).date.advanced(byDays: -1))
    var asked: [CivilMonth] = []
    while let next = month, next.first <= zone.civil(last).date.advanced(byDays: 1) {
      asked.append(next)
      month = CivilMonth(of: next.end)
    }
    func figures(_ contract: Contract) throws -> [CivilMonth: MonthAvailability] {
      try AvailabilityRun(contract: contract, register: register, now: now).months(asked)
        .reduce(into: [:]) { $0[$1.period.month] = $1 }
    }
    let (before, after) = (try figures(old), try figures(new))
    return asked.compactMap { month -> Month? in
      let (then, now) = (before[month], after[month])
      let hasStops = ![then, now].allSatisfy { $0?.accounts.isEmpty ?? true }
      return hasStops && then?.figures != now?.figures ? (month, then, now) : nil
    }
  }
}

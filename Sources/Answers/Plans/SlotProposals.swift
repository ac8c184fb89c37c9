package import CivilTime
package import Planning
package import Register

/// Slots for a person: what the register and the freezes leave free, at times that one would write down.
package struct SlotProposals {
  let contract: Contract
  let environment: String
  let register: Register?
  let now: Instant
  /// Leaves out what waits for approval, of which nobody is told.
  let isForEveryone: Bool

  package init(
    contract: Contract, environment: String, register: Register?, now: Instant, forEveryone: Bool = false
  ) {
    self.contract = contract
    self.environment = environment
    self.register = register
    self.now = now
    isForEveryone = forEveryone
  }

  /// How many days ahead proposals are looked for, further only where there are too few: bookings are read no further
  /// than need be.
  private static let horizons: [Int64] = [14, year]
  private static let year: Int64 = 366
  /// Time to read the proposal and submit it before its notice has run short.
  static let reactionTime = Elapsed.minutes(15)
  /// Proposals that come from the clock start on a quarter of an hour.
  static let step: Int64 = 900

  /// The first moment for which there is still time to give notice.
  var earliest: Instant {
    let bound = now + contract.terms(at: now).planned.notice + SlotProposals.reactionTime
    let rest = bound.secondsSinceEpoch.quotientAndRemainderFloored(by: SlotProposals.step).remainder
    return rest == 0 ? bound : bound + Elapsed(seconds: SlotProposals.step - rest)
  }

  package func slots(from start: Instant?, length: Elapsed, count: Int, except id: ChangeID? = nil) throws -> [Slot] {
    let bound = max(earliest, start ?? earliest)
    // Holds: the length is positive.
    func range(_ days: Int64) -> Interval { Interval(start: bound, length: .hours(24 * days))! }
    let windows = WindowTable(
      contract: contract, environment: environment, covering: range(SlotProposals.year))
    let freezes = IntervalSet(contract.versions.flatMap(\.freezes).map(\.interval))
    var slots: [Slot] = []
    for days in SlotProposals.horizons where slots.count < count {
      let range = range(days)
      let taken = try register?.store.read { store in
        isForEveryone
          ? IntervalSet(
            try store.bookings(
              service: contract.service, environment: environment, in: range, forEveryone: true
            ).map(\.interval))
          : try store.taken(
            service: contract.service, environment: environment, in: range, except: id, by: contract, at: now)
      }
      let search = SlotSearch(windows: windows, blocked: freezes.union(taken ?? .empty))
      slots = search.slots(from: bound, length: length, until: range.end, count: count)
    }
    return slots
  }

  /// Near a refused interval: from the start of its own civil day on.
  package func near(_ interval: Interval, except id: ChangeID? = nil) throws -> [Slot] {
    let zone = contract.timeZone(at: interval.start)
    let day = zone.startOfDay(zone.civil(interval.start).date)
    return try slots(from: day, length: interval.length, count: 3, except: id)
  }

  /// Refusals that another time could mend.
  static let movable: Set<FindingCode> = [.outsideWindow, .insufficientNotice, .overlap, .freeze]

  /// Where refused work of a kind could go instead; nil where no other time would help. Urgent work may happen at any time
  /// (article 5), and waits for no window unless it could be planned: then it may well be, when it was asked for.
  package func instead(
    of wish: Interval, kind: ChangeKind, refusedBy verdict: Verdict, except id: ChangeID? = nil
  ) throws -> [Slot]? {
    let failed = Set(verdict.findings.filter { !$0.isSatisfied }.map(\.code))
    if kind != .emergency {
      return failed.isDisjoint(with: SlotProposals.movable) ? nil : try near(wish, except: id)
    }
    guard failed.contains(.plannableEmergency) else { return nil }
    return try slots(from: wish.start, length: wish.length, count: 3, except: id)
  }
}

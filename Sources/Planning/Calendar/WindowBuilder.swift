package import CivilTime

/// Turns the terms of a contract into merged windows, civil day by civil day.
struct WindowBuilder {
  let contract: Contract
  let environment: String

  func date(_ instant: Instant) -> CivilDate { contract.timeZone(at: instant).civil(instant).date }

  /// The windows of the civil days `first` to `last`, both inclusive.
  func windows(from first: CivilDate, through last: CivilDate) -> IntervalSet {
    var pieces: [Interval] = []
    pieces.reserveCapacity(Int(last.dayNumber - first.dayNumber) + 1)
    for (index, terms) in contract.versions.enumerated() {
      // The first version also judges the days before it; each one ends where the next begins.
      let from = index == 0 ? first : max(first, terms.effectiveFrom)
      let until = index + 1 < contract.versions.count ? contract.versions[index + 1].effectiveFrom : nil
      let through = until.map { min(last, $0.advanced(byDays: -1)) } ?? last
      if from <= through { append(terms, from: from, through: through, to: &pieces) }
    }
    return IntervalSet(pieces)
  }

  private func append(
    _ terms: ContractTerms, from first: CivilDate, through last: CivilDate, to pieces: inout [Interval]
  ) {
    if terms.window.anyTimeEnvironments.contains(environment) {
      let start = terms.timeZone.startOfDay(first)
      let end = terms.timeZone.startOfDay(last.advanced(byDays: 1))
      if let piece = Interval(start: start, end: end) { pieces.append(piece) }
      return
    }
    terms.window.append(
      from: first, through: last, zone: terms.timeZone, holidays: terms.holidays, to: &pieces)
  }
}

extension ContractTerms.MaintenanceWindow {
  /// The merged windows of the civil days `first` to `last`, both inclusive.
  package func merged(
    from first: CivilDate, through last: CivilDate, zone: ZoneRules, holidays calendar: HolidayCalendar
  ) -> IntervalSet {
    var pieces: [Interval] = []
    append(from: first, through: last, zone: zone, holidays: calendar, to: &pieces)
    return IntervalSet(pieces)
  }

  fileprivate func append(
    from first: CivilDate, through last: CivilDate, zone: ZoneRules, holidays calendar: HolidayCalendar,
    to pieces: inout [Interval]
  ) {
    var days = DayClock(zone: zone, day: first)
    var holidayNumbers: Set<Int32> = []
    var holidayYear = Int.min
    for dayNumber in first.dayNumber...last.dayNumber {
      let day = CivilDate(dayNumber: dayNumber)
      if holidays, day.year != holidayYear {
        holidayYear = day.year
        holidayNumbers = Set(calendar.holidays(in: holidayYear).map(\.date.dayNumber))
      }
      days.move(to: day)
      if weekdays.contains(day.weekday) || holidayNumbers.contains(dayNumber) {
        if let piece = Interval(start: days.midnight, end: days.nextMidnight) { pieces.append(piece) }
      }
      for night in nights where night.days?.contains(day.weekday) ?? true {
        let opening = days.opening(at: night.start.secondsAfterMidnight)
        if let piece = Interval(start: opening, end: days.closing(at: night.endSeconds)) { pieces.append(piece) }
      }
    }
  }
}

/// Finds the instants of a civil day's times, with one look-up of the offset a day away from changes of clock.
private struct DayClock {
  let zone: ZoneRules
  private var day: CivilDate
  /// Offsets at 00:00 UTC of the days before, of and two after the civil day.
  private var offsets: [UTCOffset]

  init(zone: ZoneRules, day: CivilDate) {
    self.zone = zone
    self.day = day
    offsets = (-1...3).map { DayClock.offset(zone, Int64(day.dayNumber) + Int64($0)) }
  }

  private static func offset(_ zone: ZoneRules, _ dayNumber: Int64) -> UTCOffset {
    zone.offset(at: Instant(secondsSinceEpoch: dayNumber * 86_400))
  }

  /// `next` is the day held now or the day after it.
  mutating func move(to next: CivilDate) {
    guard next != day else { return }
    day = next
    for i in 0..<4 { offsets[i] = offsets[i + 1] }
    offsets[4] = DayClock.offset(zone, Int64(day.dayNumber) + 3)
  }

  /// `seconds` after midnight on the clock face, up to the end of the following day. A window opens at the later and
  /// closes at the earlier of two possible instants: work is allowed only where both readings of the contract allow it.
  func opening(at seconds: Int32) -> Instant { instant(seconds, later: true) }
  func closing(at seconds: Int32) -> Instant { instant(seconds, later: false) }

  /// A whole civil day ends where the next one begins, also where midnight comes twice or not at all.
  var midnight: Instant { instant(0, later: false) }
  var nextMidnight: Instant { instant(86_400, later: false) }

  private func instant(_ seconds: Int32, later: Bool) -> Instant {
    let civilSeconds = Int64(day.dayNumber) * 86_400 + Int64(seconds)
    if offsets[0] == offsets[4] {
      return Instant(secondsSinceEpoch: civilSeconds - Int64(offsets[0].seconds))
    }
    let civil = CivilDateTime(secondsSinceCivilEpoch: civilSeconds)
    if case .fold(_, _, let second, _) = zone.resolve(civil), later { return second }
    return zone.earliest(civil)
  }
}

public import CivilTime

/// The hours of support of one contract over a stretch of time, with an index by day, so that a deadline takes constant
/// time. Source: contract, article 12; each civil day's hours follow the version in force that day, and the delays
/// that of the registration.
public struct SupportClock: Sendable {
  /// Registrations and qualifications within it can be asked about.
  public let coverage: Interval
  let terms: SupportTerms
  private let hours: [Interval]
  /// Seconds of support before each piece of `hours`.
  private let secondsBefore: [Int64]
  /// For each UTC day from `firstDay` on, the index of the first piece that ends after its midnight.
  private let firstPieceByDay: [Int32]
  private let firstDay: Int64
  private let businessDays: [Int32]
  private let closings: [Instant?]
  /// For each civil day from `firstCivilDay` on, the index of the first business day after it.
  private let nextBusinessDay: [Int32]
  private let firstCivilDay: Int32

  public init(contract: Contract, covering coverage: Interval) {
    self.coverage = coverage
    terms = SupportTerms(contract)
    let first = contract.timeZone(at: coverage.start).civil(coverage.start).date.advanced(byDays: -31)
    var last = contract.timeZone(at: coverage.end).civil(coverage.end).date
    // Where a version has no support, the hours may go on in a later one.
    if contract.versions.contains(where: { $0.support == nil }) {
      last = max(last, contract.versions[contract.versions.count - 1].effectiveFrom)
    }
    last = last.advanced(byDays: SupportClock.longestDelay(terms))
    let days = SupportHours(contract, from: first, through: last)
    let hours = IntervalSet(days.pieces).intervals
    self.hours = hours
    var sum: Int64 = 0
    secondsBefore = hours.map { piece in
      defer { sum += piece.length.seconds }
      return sum
    }
    firstDay = coverage.start.secondsSinceEpoch.quotientAndRemainderFloored(by: 86_400).quotient
    let lastDay = coverage.end.secondsSinceEpoch.quotientAndRemainderFloored(by: 86_400).quotient
    var piece = 0
    firstPieceByDay = (firstDay...lastDay).map { day in
      while piece < hours.count, hours[piece].end.secondsSinceEpoch <= day * 86_400 { piece += 1 }
      return Int32(piece)
    }
    businessDays = days.businessDays
    closings = days.closings
    firstCivilDay = first.dayNumber
    var business = 0
    nextBusinessDay = (first.dayNumber...last.dayNumber).map { day in
      while business < days.businessDays.count, days.businessDays[business] <= day { business += 1 }
      return Int32(business)
    }
  }

  /// Civil days that hold the longest delay of any version, holidays and all.
  private static func longestDelay(_ terms: SupportTerms) -> Int {
    let supports = terms.versions.compactMap(\.support)
    let weeks = supports.map { support in
      support.hours.values.joined().reduce(0) { $0 + Int64($1.end - $1.start) }
    }
    let shortest = weeks.filter { $0 > 0 }.min() ?? .max
    let longest = supports.map { $0.takeInChargeWithin.seconds + $0.criticality1PlanWithin.seconds }.max() ?? 0
    let businessWeeks = (supports.map(\.criticality2CorrectionBusinessDays).max() ?? 0) / 5 + 1
    // One after the other: business days may count from the end of the time for taking in charge. Holidays never take
    // half of any weekday's hours.
    return 60 + 14 * (businessWeeks + Int(longest / shortest) + 2)
  }

  public func covers(_ interval: Interval) -> Bool { coverage.contains(interval) }

  /// What is owed to a Request; `qualifiedAt`, where it is known, is not before the registration. Both lie in the
  /// coverage.
  public func deadlines(
    registeredAt: Instant, qualifiedAt: Instant? = nil
  ) throws(SupportClockError) -> SupportDeadlines {
    let (version, day) = terms.version(at: registeredAt)
    guard let support = version.support else { throw .noSupport(day) }
    let first = firstPiece(endingAfter: registeredAt)
    guard first < hours.count else { throw .neverReached }
    let take = try deadline(from: registeredAt, piece: first, after: support.takeInChargeWithin)
    // Where the qualification is not known, the earliest moment that it can have had.
    let known = qualifiedAt ?? registeredAt
    let isAfterTake = support.qualification == .afterTakeInCharge && known <= take.instant
    let from = isAfterTake ? take : (instant: known, piece: firstPiece(endingAfter: known))
    let plan = try deadline(from: from.instant, piece: from.piece, after: support.criticality1PlanWithin).instant
    let dayZero = qualifiedAt == nil ? day : version.zone.civil(from.instant).date
    return SupportDeadlines(
      registeredAt: registeredAt, qualifiedAt: qualifiedAt, isInSupportHours: hours[first].contains(registeredAt),
      clockStart: max(registeredAt, hours[first].start), takeInCharge: take.instant,
      delaysFrom: qualifiedAt.map { _ in from.instant }, criticality1Plan: plan,
      criticality2Correction: try close(after: dayZero, businessDays: support.criticality2CorrectionBusinessDays))
  }

  /// The earliest instant at which `length` of support has run since `start`: where it is complete at closing time that
  /// is the closing, not the next opening. `piece` is the first that ends at or after `start`.
  private func deadline(
    from start: Instant, piece: Int, after length: Elapsed
  ) throws(SupportClockError) -> (instant: Instant, piece: Int) {
    var piece = piece
    guard piece < hours.count else { throw .neverReached }
    let run = max(0, (start - hours[piece].start).seconds)
    let target = secondsBefore[piece] + run + length.seconds
    while piece < hours.count {
      let end = secondsBefore[piece] + hours[piece].length.seconds
      if target <= end { return (hours[piece].start + Elapsed(seconds: target - secondsBefore[piece]), piece) }
      piece += 1
    }
    throw .neverReached
  }

  /// The end of support hours of the business day that comes as number `count` after `day`.
  private func close(after day: CivilDate, businessDays count: Int) throws(SupportClockError) -> Instant {
    let index = Int(nextBusinessDay[Int(day.dayNumber - firstCivilDay)]) + count - 1
    guard index < businessDays.count, let closing = closings[index] else { throw .neverReached }
    return closing
  }

  private func firstPiece(endingAfter instant: Instant) -> Int {
    let day = instant.secondsSinceEpoch.quotientAndRemainderFloored(by: 86_400).quotient - firstDay
    var index = Int(firstPieceByDay[min(max(Int(day), 0), firstPieceByDay.count - 1)])
    while index < hours.count, hours[index].end <= instant { index += 1 }
    return index
  }
}

/// Keeps one clock and widens it as questions come: for shells that ask about many Requests in a row.
public struct SupportClocks: Sendable {
  public let contract: Contract
  private var clock: SupportClock?

  /// Clocks reach this far beyond what was asked, so that neighbours find them ready.
  private static let reach = Elapsed.hours(24 * 366)
  /// Questions further apart than this are not joined into one clock.
  private static let longest = Elapsed.hours(24 * 366 * 300)

  public init(contract: Contract) { self.contract = contract }

  public mutating func deadlines(
    registeredAt: Instant, qualifiedAt: Instant? = nil
  ) throws(SupportClockError) -> SupportDeadlines {
    let last = max(registeredAt, qualifiedAt ?? registeredAt)
    // Holds: the end is later by a second at least.
    let question = Interval(start: registeredAt, end: last + Elapsed(seconds: 1))!
    if let clock, clock.covers(question) {
      return try clock.deadlines(registeredAt: registeredAt, qualifiedAt: qualifiedAt)
    }
    var (start, end) = (question.start - SupportClocks.reach, question.end + SupportClocks.reach)
    if let old = clock?.coverage, max(end, old.end) - min(start, old.start) < SupportClocks.longest {
      start = min(start, old.start)
      end = max(end, old.end)
    }
    // Holds: reaches further than an interval does.
    let wider = SupportClock(contract: contract, covering: Interval(start: start, end: end)!)
    clock = wider
    return try wider.deadlines(registeredAt: registeredAt, qualifiedAt: qualifiedAt)
  }
}

/// When support owes its answers to one Request. Source: contract, articles 12.2 and 12.3.
public struct SupportDeadlines: Hashable, Sendable {
  /// From where the delays of criticality 1 and 2 run: article 12.3 has them run once the anomaly is qualified and
  /// reproduced.
  public enum Reading: String, CaseIterable, Hashable, Sendable {
    /// The moment of qualification is not known: nothing is due before these dates. Days are counted from that of the
    /// registration.
    case earliest
    /// The moment of qualification is known: `delaysFrom`.
    case qualified
  }

  public var registeredAt: Instant
  public var qualifiedAt: Instant?
  public var isInSupportHours: Bool
  /// First instant of support hours at or after the registration.
  public var clockStart: Instant
  /// Last instant at which taking the Request in charge is in time, inclusive.
  public var takeInCharge: Instant
  /// From where the delays of criticality 1 and 2 run; nil where the qualification is not known.
  public var delaysFrom: Instant?
  /// Last instant for the action plan of an anomaly of criticality 1, inclusive.
  public var criticality1Plan: Instant
  /// Last instant for the correction or workaround of an anomaly of criticality 2, inclusive.
  public var criticality2Correction: Instant

  public var reading: Reading { qualifiedAt == nil ? .earliest : .qualified }
}

/// How grave an anomaly is. Source: contract, article 12.3.
public enum Criticality: Int, CaseIterable, Hashable, Sendable {
  /// An action plan is owed.
  case one = 1
  /// A correction or a workaround is owed.
  case two
  /// Nothing is owed by a date.
  case three
}

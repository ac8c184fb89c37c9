public import CivilTime

/// What became of one Request, as far as it is known.
public struct SupportRequest: Hashable, Sendable {
  public var registeredAt: Instant
  /// Nil while nobody has taken it in charge.
  public var takenInChargeAt: Instant?
  public var criticality: Criticality?
  public var qualifiedAt: Instant?
  /// What criticality 1 or 2 asks for: the action plan, the correction or workaround.
  public var answer: Answer

  public enum Answer: Hashable, Sendable {
    /// The source does not say.
    case unknown
    case pending
    case given(Instant)
  }

  public init(
    registeredAt: Instant, takenInChargeAt: Instant?, criticality: Criticality? = nil, qualifiedAt: Instant? = nil,
    answer: Answer = .unknown
  ) {
    self.registeredAt = registeredAt
    self.takenInChargeAt = takenInChargeAt
    self.criticality = criticality
    self.qualifiedAt = qualifiedAt
    self.answer = answer
  }
}

/// Taking in charge by period of 12 months, and the deadlines of criticality 1 and 2; takes Requests in any order and
/// keeps only numbers. Source: contract, articles 12.2 and 12.3.
public struct SupportReport: Sendable {
  /// What is still pending is judged at this moment; the period that holds it is provisional.
  public let asOf: Instant
  /// The civil day of `asOf`.
  public let asOfDay: CivilDate
  /// Registered before the start of support: no promise was in force.
  public private(set) var beforeStart = 0
  /// Registered under a version of the contract without support terms.
  public private(set) var withoutTerms = 0
  private var tallies: [CivilDate: SupportTally] = [:]
  private var clocks: SupportClocks
  private let terms: SupportTerms
  private let periods: SupportPeriods
  /// That of the Request before: most of a file lie in the same.
  private var current: (period: SupportPeriod, tally: SupportTally)?

  public init(contract: Contract, asOf: Instant) {
    self.asOf = asOf
    clocks = SupportClocks(contract: contract)
    terms = SupportTerms(contract)
    periods = SupportPeriods(terms)
    asOfDay = terms.version(at: asOf).day
  }

  public mutating func add(_ request: SupportRequest) throws(SupportClockError) {
    let (version, day) = terms.version(at: request.registeredAt)
    guard version.support != nil else {
      withoutTerms += 1
      return
    }
    if current?.period.contains(day) != true {
      store()
      guard let period = periods.period(of: day) else {
        beforeStart += 1
        return
      }
      current = (period, tallies.removeValue(forKey: period.first) ?? SupportTally())
    }
    let deadlines = try clocks.deadlines(registeredAt: request.registeredAt, qualifiedAt: request.qualifiedAt)
    current?.tally.add(request, deadlines, asOf: asOf)
  }

  private mutating func store() {
    if let current { tallies[current.period.first] = current.tally }
    current = nil
  }

  /// One period and what happened in it.
  public struct Row: Sendable {
    public var period: SupportPeriod
    public var tally: SupportTally
    /// Whether the period is not over yet.
    public var isRunning: Bool

    /// Whether the numbers can still change.
    public var isProvisional: Bool { isRunning || tally.open > 0 }
    /// Nil where nothing is decided. By whole numbers, never by a rounded share.
    public var isMet: Bool? { tally.isMet(basisPoints: period.shareBasisPoints) }
  }

  /// Every period from the start of support to that of `asOf`, with those that have no Request.
  public var rows: [Row] {
    var all = tallies
    if let current { all[current.period.first] = current.tally }
    return periods.periods(through: asOfDay).map { period in
      Row(period: period, tally: all[period.first] ?? SupportTally(), isRunning: period.contains(asOfDay))
    }
  }
}

/// The Requests of one period, by what became of them.
public struct SupportTally: Hashable, Sendable {
  /// Taken in charge by the deadline, inclusive.
  public private(set) var inTime = 0
  /// Taken in charge after it.
  public private(set) var late = 0
  /// Not taken in charge, and the deadline has passed.
  public private(set) var overdue = 0
  /// Not taken in charge, and there is still time.
  public private(set) var open = 0
  public private(set) var criticality1 = AnswerTally()
  public private(set) var criticality2 = AnswerTally()

  public init() {}

  public var requests: Int { inTime + late + overdue + open }
  /// Those whose answer to the promise can no longer change.
  public var decided: Int { inTime + late + overdue }

  /// Whether `inTime / decided` reaches the share; exactly as much is enough. Nil where nothing is decided.
  public func isMet(basisPoints: Int) -> Bool? {
    decided == 0 ? nil : inTime * 10_000 >= basisPoints * decided
  }

  /// The share in units of 1/`parts` (10 000: hundredths of a percent), rounded down, so that what misses the promise
  /// never looks as if it met it.
  public func share(parts: Int) -> Int? { decided == 0 ? nil : inTime * parts / decided }

  mutating func add(_ request: SupportRequest, _ deadlines: SupportDeadlines, asOf: Instant) {
    switch request.takenInChargeAt {
    case let taken? where taken <= deadlines.takeInCharge: inTime += 1
    case _?: late += 1
    case nil where asOf > deadlines.takeInCharge: overdue += 1
    case nil: open += 1
    }
    switch request.criticality {
    case .one: criticality1.add(request, deadline: deadlines.criticality1Plan, asOf: asOf)
    case .two: criticality2.add(request, deadline: deadlines.criticality2Correction, asOf: asOf)
    case .three, nil: break
    }
  }
}

/// The anomalies of one criticality, by what became of the answer that they are owed.
public struct AnswerTally: Hashable, Sendable {
  public private(set) var met = 0
  public private(set) var missed = 0
  /// Nothing given, and the deadline has passed.
  public private(set) var overdue = 0
  /// Nothing given, and there is still time.
  public private(set) var open = 0
  /// Later than the earliest reading, and the moment of qualification is not known: nobody can say.
  public private(set) var undetermined = 0
  /// The source has no word on the answer.
  public private(set) var unknown = 0

  public init() {}

  public var anomalies: Int { met + missed + overdue + open + undetermined + unknown }

  mutating func add(_ request: SupportRequest, deadline: Instant, asOf: Instant) {
    // Without the moment of qualification the deadline is the earliest there can be: what keeps it is in time under
    // every reading, what does not may be.
    let isCertain = request.qualifiedAt != nil
    switch request.answer {
    case .unknown: unknown += 1
    case .given(let instant) where instant <= deadline: met += 1
    case .given: if isCertain { missed += 1 } else { undetermined += 1 }
    case .pending where asOf <= deadline: open += 1
    case .pending: if isCertain { overdue += 1 } else { undetermined += 1 }
    }
  }
}

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

import CivilTime

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

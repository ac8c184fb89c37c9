public import CivilTime

/// The account of one civil month of one service and environment, from the register.
///
/// What was decided counts in the month in which it was recorded; what was done, in the month in which it began or ended,
/// whenever that was recorded. So only what nobody had stated yet can still change the account of a month that is over.
public struct MonthReport: Sendable {
  public var service: String
  /// The service as clients know it.
  public var name: Contract.LocalizedName
  public var environment: String
  public var month: CivilMonth
  /// The civil month in the zones of the contract.
  public var bounds: Interval
  /// Now, or the end of the month where that is earlier.
  public var until: Instant
  /// Changes whose first published revision is of this month.
  public var planned: KindCounts
  public var refusals: Refusals
  /// Published revisions of this month.
  public var moves: Moves
  /// Work that began in this month.
  public var begun: KindCounts
  /// Work that ended in this month.
  public var done: KindCounts
  public var urgency: Urgency
  public var notice: NoticeGiven
  /// Of work that ended in this month, longest first.
  public var overruns: [Overrun]
  public var notices: Notices
  /// Work that began, by weeks from Monday on; the first and the last are those days of theirs that the month has.
  public var weeks: [Week]
  /// That held the gate open from a moment of this month on, oldest first.
  public var overrides: [GateOverride]
  /// Nil where the contract promises none, and in other environments than production.
  public var availability: MonthAvailability?

  public var isProvisional: Bool { until < bounds.end }

  /// Requests that the rules refused. Commands that are refused without a trace are in no register, and not here.
  public struct Refusals: Hashable, Sendable {
    /// Each attempt counts.
    public var requests = 0
    public var changes = 0
    /// Requests that a rule was against, in the order of the codes; one that several were against counts for each.
    public var byRule: [(code: FindingCode, count: Int)] {
      FindingCode.allCases.compactMap { code in counts[code].map { (code, $0) } }
    }
    var counts: [FindingCode: Int] = [:]
  }

  public struct Moves: Hashable, Sendable {
    public var rescheduled = 0
    public var amended = 0
    public var extended = 0
    public var cancelled = 0
  }

  /// Urgent work that began in this month.
  public struct Urgency: Hashable, Sendable {
    public var count: Int
    /// All work that began in this month.
    public var work: Int
    /// Of which nothing was published before it began, by start.
    public var recordedAfterwards: [ChangeID]

    /// Tenths of a percent, rounded half up; nil without any work.
    public var shareInTenths: Int? { work == 0 ? nil : (count * 2000 + work) / (2 * work) }
  }

  public struct Overrun: Hashable, Sendable {
    public var change: ChangeID
    public var length: Elapsed
  }

  public struct Notices: Hashable, Sendable {
    /// That went out in this month.
    public var published: Int
    /// Late at `until`, in order of when they were due.
    public var late: [NoticeObligation]
  }

  public struct Week: Hashable, Sendable {
    public var first: CivilDate
    /// Included.
    public var last: CivilDate
    public var work: KindCounts
  }
}

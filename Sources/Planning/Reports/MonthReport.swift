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
  public var environmentName: Contract.LocalizedName
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

/// How many changes of each kind.
public struct KindCounts: Hashable, Sendable {
  private var counts: [ChangeKind: Int] = [:]

  public init() {}

  public init(_ kinds: some Sequence<ChangeKind>) {
    for kind in kinds { self[kind] += 1 }
  }

  public subscript(kind: ChangeKind) -> Int {
    get { counts[kind] ?? 0 }
    set { counts[kind] = newValue == 0 ? nil : newValue }
  }

  public var total: Int { counts.values.reduce(0, +) }
}

/// The notice that clients were actually given.
///
/// Of all but urgent work that began in the month, or whose plan in force was published in it; cancelled plans are left
/// out. Counts elapsed seconds from that publication to the announced start, or to the actual one where the work began
/// earlier: beginning late gives nobody more notice.
public struct NoticeGiven: Hashable, Sendable {
  public struct Given: Hashable, Sendable {
    public var change: ChangeID
    public var kind: ChangeKind
    public var plannedAt: Instant
    public var start: Instant
    /// Nil for updates without interruption, which no length of notice binds (article 10).
    public var required: Elapsed?

    public var length: Elapsed { start - plannedAt }
    public var isShort: Bool { required.map { length < $0 } ?? false }
  }

  /// By start.
  public var given: [Given]
  /// What the contract asks of planned maintenance at the beginning of the month.
  public var required: Elapsed

  public var shortest: Elapsed? { given.map(\.length).min() }

  /// The middle one; between two, half their sum in whole seconds, rounded down.
  public var median: Elapsed? {
    let sorted = given.map(\.length.seconds).sorted()
    guard !sorted.isEmpty else { return nil }
    let upper = sorted[sorted.count / 2]
    guard sorted.count.isMultiple(of: 2) else { return Elapsed(seconds: upper) }
    return Elapsed(seconds: (sorted[sorted.count / 2 - 1] + upper) >> 1)
  }

  public var short: Int { given.count { $0.isShort } }
}

extension NoticeGiven.Given {
  /// Nil for urgent work, cancelled plans and drafts.
  init?(_ change: Change, contract: Contract) {
    guard change.content.kind != .emergency, change.state != .cancelled, let plannedAt = change.plannedAt else {
      return nil
    }
    let announced = change.content.interval.start
    self.change = change.id
    kind = change.content.kind
    self.plannedAt = plannedAt
    start = min(announced, change.actualStart?.stated ?? announced)
    required = change.content.isPlannedMaintenance ? contract.terms(at: announced).planned.notice : nil
  }
}

/// The events of one change in the order in which they were recorded, each with the state that it left.
public struct ChangeStream: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public let event: ChangeEvent
    /// The register's clock when the event was recorded.
    public let at: Instant
    public let after: Change

    public init(event: ChangeEvent, at: Instant, after: Change) {
      self.event = event
      self.at = at
      self.after = after
    }
  }

  public let id: ChangeID
  public let entries: [Entry]
  public let newest: Change

  /// Nil without events.
  public init?(id: ChangeID, entries: [Entry]) {
    guard let newest = entries.last?.after else { return nil }
    self.id = id
    self.entries = entries
    self.newest = newest
  }

  /// Nil without events, and where one cannot follow those before it.
  public init?(id: ChangeID, events: [(event: ChangeEvent, at: Instant)]) {
    var entries: [Entry] = []
    for (event, at) in events {
      guard let after = event.apply(to: entries.last?.after, id: id, at: at) else { return nil }
      entries.append(Entry(event: event, at: at, after: after))
    }
    self.init(id: id, entries: entries)
  }

  /// The change as what was recorded up to `moment` had left it; nil where nothing was. Notices that were published by
  /// then are among it, whenever that was stated.
  public func state(at moment: Instant) -> Change? {
    guard var change = entries.last(where: { $0.at <= moment })?.after else { return nil }
    change.notices += newest.notices.filter {
      $0.publishedAt.recorded > moment && $0.publishedAt.stated <= moment
    }
    return change
  }
}

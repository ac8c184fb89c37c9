public import CivilTime

/// A stretch in which the service was down, from whichever record it comes.
public struct Stop: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    case outage(OutageID)
    case change(ChangeID)
    /// Nothing that happened: a question what it would cost.
    case supposed
  }

  public var source: Source
  /// May be empty.
  public var title: String
  /// For English readers, where that is said.
  public var titleEnglish: String?
  public var cause: OutageCause
  public var environment: String
  public var interval: Interval
  /// Has no end yet; `interval` reaches up to now.
  public var isOngoing: Bool
  /// An urgent maintenance of which nothing was recorded before it was over.
  public var isUrgencyRecordedAfterwards: Bool
  /// What an excluded cause rests on; may be empty.
  public var evidence: String
  /// Whether the work was an update, which is called so; its cause is that of all planned work.
  public var isUpdate = false

  public init(
    source: Source, title: String, cause: OutageCause, environment: String, interval: Interval,
    isOngoing: Bool = false, isUrgencyRecordedAfterwards: Bool = false, evidence: String = ""
  ) {
    self.source = source
    self.title = title
    self.cause = cause
    self.environment = environment
    self.interval = interval
    self.isOngoing = isOngoing
    self.isUrgencyRecordedAfterwards = isUrgencyRecordedAfterwards
    self.evidence = evidence
  }

  /// Only production counts (article 6).
  public var isInProduction: Bool { environment == Contract.production }
}

extension Stop {
  /// Nil for a voided outage, and for one that began this second.
  public init?(_ outage: Outage, now: Instant) {
    let content = outage.content
    guard !outage.isVoided, let interval = Interval(start: content.start, end: content.end ?? now) else { return nil }
    self.init(
      source: .outage(outage.id), title: content.title, cause: content.cause, environment: content.environment,
      interval: interval, isOngoing: content.end == nil,
      isUrgencyRecordedAfterwards: content.cause == .urgentMaintenance && outage.isCauseGivenAfterwards,
      evidence: content.evidence)
  }

  /// What work really did, whatever was announced: from its actual start to its actual end, or to now.
  ///
  /// Nil for work that never began, and where clients are told of less than an outage: a degraded service or a reduced
  /// redundancy is a service that is there. Urgent work is excluded (article 6), all other work counts.
  public init?(_ change: Change, now: Instant) {
    guard change.content.impact == .outage, let start = change.actualStart?.stated,
      let interval = Interval(start: start, end: change.actualEnd?.stated ?? now)
    else { return nil }
    let isUrgent = change.content.kind == .emergency
    self.init(
      source: .change(change.id), title: change.content.title,
      cause: isUrgent ? .urgentMaintenance : .plannedMaintenance, environment: change.content.environment,
      interval: interval, isOngoing: change.actualEnd == nil,
      isUrgencyRecordedAfterwards: isUrgent && (change.actualEnd.map { $0.stated <= change.recordedAt } ?? false),
      evidence: isUrgent ? change.content.reason?.text ?? "" : "")
    isUpdate = change.content.kind == .update
    titleEnglish = change.content.titleEnglish
  }
}

/// What work that is under way may still cost, and until when it can be undone in time.
///
/// The point of no return is the latest moment at which undoing the work still ends in the maintenance window. Undoing
/// takes as long as someone states; without that, as long as the work will have taken by then, so that the point lies in
/// the middle between the actual start and the end of the window.
public struct StopCost: Hashable, Sendable {
  /// The merged window in which the work began; nil for work that began outside of all.
  public var window: Interval?
  /// Nil where there is no window, or where undoing takes longer than the window from the start of the work on.
  public var pointOfNoReturn: Instant?
  /// How long undoing takes when begun at that point.
  public var rollback: Elapsed?
  /// Whether nobody said how long undoing takes.
  public var isRollbackAssumed: Bool
  /// From when on, now or later, each minute costs availability; nil where none does: another environment, a service
  /// that is not interrupted, urgent maintenance, or a contract without availability.
  public var costsFrom: Instant?
  /// The month that `costsFrom` lies in.
  public var month: CivilMonth?

  /// Nil for work that is not under way.
  public init?(_ change: Change, contract: Contract, rollback stated: Elapsed?, now: Instant) {
    guard change.state == .inProgress, let start = change.actualStart?.stated,
      let instant = Interval(start: start, length: Elapsed(seconds: 1))
    else { return nil }
    let table = WindowTable(contract: contract, environment: change.content.environment, covering: instant)
    window = table.window(containing: instant)
    isRollbackAssumed = stated == nil
    if let window {
      let length = stated ?? Elapsed(seconds: (window.end - start).seconds / 2)
      if window.end - length >= start {
        pointOfNoReturn = window.end - length
        rollback = length
      }
    }
    guard let stop = Stop(change, now: max(now, start + Elapsed(seconds: 1))), stop.isInProduction,
      stop.cause.isCounted
    else { return }
    // Twelve months without an hour that counts would be a contract without any.
    var candidate = CivilMonth(of: contract.timeZone(at: now).civil(now).date)
    for _ in 0..<12 {
      guard let month = candidate else { return }
      let next = ReferencePeriod(contract, month: month)?.costly.first(endingAfter: now)
      if let next {
        costsFrom = max(now, next.start)
        self.month = month
        return
      }
      candidate = month.next
    }
  }
}

/// What one stop costs a month, and why the rest of it costs nothing. Its parts are disjoint and make up the whole stop.
public struct StopAccount: Hashable, Sendable {
  public var stop: Stop
  /// Goes into TI.
  public var counted: IntervalSet
  /// In the order of `LeftOut.Reason`; none is empty.
  public var leftOut: [LeftOut]

  public struct LeftOut: Hashable, Sendable {
    public var reason: Reason
    public var parts: IntervalSet

    /// Raw values are part of the stable JSON. A second that several apply to is left out for the first of them.
    public enum Reason: String, CaseIterable, Hashable, Sendable {
      case otherEnvironment = "other_environment"
      case anotherMonth = "another_month"
      /// Article 6 (i).
      case window
      case outsideReferencePeriod = "outside_reference_period"
      /// The stop's own cause: article 6 (ii) to (v).
      case excludedCause = "excluded_cause"
      /// Another stop, of an excluded cause, covers it.
      case excused
      /// Another stop, which began earlier, counts it.
      case countedOnce = "counted_once"
    }
  }
}

extension StopAccount {
  /// Accounts of stops in the order of their starts. Together they count exactly what `DowntimeSweep` adds up.
  static func accounts(of stops: [Stop], in period: ReferencePeriod) -> [StopAccount] {
    let inProduction = stops.filter(\.isInProduction)
    let excuses = IntervalSet(inProduction.filter { !$0.cause.isCounted }.map(\.interval))
      .intersection(period.excusable)
    let (costly, month) = (period.costly, IntervalSet([period.bounds]))
    var countedUntil = period.bounds.start
    return stops.map { stop in
      var rest = IntervalSet([stop.interval])
      var leftOut: [LeftOut] = []
      func take(_ reason: LeftOut.Reason, _ parts: IntervalSet) {
        guard !parts.isEmpty else { return }
        leftOut.append(LeftOut(reason: reason, parts: parts))
        rest = rest.subtracting(parts)
      }
      guard stop.isInProduction else {
        take(.otherEnvironment, rest)
        return StopAccount(stop: stop, counted: .empty, leftOut: leftOut)
      }
      take(.anotherMonth, rest.subtracting(month))
      take(.window, rest.intersection(period.windows))
      take(.outsideReferencePeriod, rest.subtracting(costly))
      guard stop.cause.isCounted else {
        take(.excludedCause, rest)
        return StopAccount(stop: stop, counted: .empty, leftOut: leftOut)
      }
      take(.excused, rest.intersection(excuses))
      // All that counts before the latest end so far was counted there: no stop starts earlier than those before it.
      if let before = Interval(start: period.bounds.start, end: countedUntil) {
        take(.countedOnce, rest.clipped(to: before))
      }
      countedUntil = max(countedUntil, stop.interval.end)
      return StopAccount(stop: stop, counted: rest, leftOut: leftOut)
    }
  }
}

/// Adds up the time in which one service was down and it counts (TI), from stops given in the order of their starts.
///
/// Keeps no stop: between two starts only the latest end of the counted and of the excluded ones matters. So a million
/// stops take one pass and the memory of none.
public struct DowntimeSweep: Sendable {
  private let pieces: [ReferencePeriod.Piece]
  /// All time before it is settled.
  private var settled: Instant
  /// The latest ends among the stops so far.
  private var countedUntil: Instant
  private var excludedUntil: Instant
  /// The first piece that ends after `settled`.
  private var piece = 0
  private var seconds: Int64 = 0

  public init(_ period: ReferencePeriod) {
    pieces = period.countable
    settled = period.bounds.start
    countedUntil = settled
    excludedUntil = settled
  }

  /// Takes a stop of the production environment; its start is not earlier than that of any stop before it.
  public mutating func add(_ stop: Interval, isCounted: Bool) {
    settle(until: stop.start)
    if isCounted {
      countedUntil = max(countedUntil, stop.end)
    } else {
      excludedUntil = max(excludedUntil, stop.end)
    }
  }

  /// TI of the stops so far, over the whole month.
  public mutating func finish() -> Elapsed {
    settle(until: countedUntil)
    return Elapsed(seconds: seconds)
  }

  private mutating func settle(until moment: Instant) {
    guard moment > settled else { return }
    while piece < pieces.count, pieces[piece].interval.end <= settled { piece += 1 }
    let end = min(moment, countedUntil)
    var index = piece
    while index < pieces.count, pieces[index].interval.start < end {
      let interval = pieces[index].interval
      // No stop but those seen so far reaches into the time before `moment`.
      let start = pieces[index].excludedCauseWins ? max(settled, excludedUntil) : settled
      seconds += max(0, (min(interval.end, end) - max(interval.start, start)).seconds)
      index += 1
    }
    settled = moment
  }
}

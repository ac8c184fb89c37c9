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
  public var cause: OutageCause
  public var environment: String
  public var interval: Interval
  /// Has no end yet; `interval` reaches up to now.
  public var isOngoing: Bool
  /// An urgent maintenance of which nothing was recorded before it was over.
  public var isUrgencyRecordedAfterwards: Bool
  /// What an excluded cause rests on; may be empty.
  public var evidence: String

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
  public var isInProduction: Bool { environment == "production" }
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
      evidence: isUrgent ? change.content.reason ?? "" : "")
  }
}

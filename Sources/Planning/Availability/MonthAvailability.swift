public import CivilTime

/// The availability of one service in one month, with every stop accounted for.
public struct MonthAvailability: Sendable {
  public var service: String
  public var period: ReferencePeriod
  public var figures: AvailabilityFigures
  /// The figures as they would be if urgent maintenance that was recorded when it was over were not excluded.
  public var withoutLateUrgency: AvailabilityFigures
  /// Of the stops that meet the month, by start.
  public var accounts: [StopAccount]
  /// Why the figures may still change; empty when they are final.
  public var provisional: [Provisional]

  public enum Provisional: Hashable, Sendable {
    case monthNotOver
    /// Has no end yet; counted up to now.
    case ongoing(Stop.Source)
    /// Announced work whose time has passed without a word that it began; counted as if it had not.
    case unrecordedStart(ChangeID)
  }

  /// - Parameter stops: in any order; those that do not meet the month are left aside.
  public init(service: String, period: ReferencePeriod, stops: [Stop], unrecorded: [Change] = [], now: Instant) {
    let stops = stops.filter { $0.interval.overlaps(period.bounds) }.sorted {
      ($0.interval.start, $0.interval.end) < ($1.interval.start, $1.interval.end)
    }
    self.service = service
    self.period = period
    figures = MonthAvailability.figures(stops, in: period) { $0.cause.isCounted }
    withoutLateUrgency = MonthAvailability.figures(stops, in: period) {
      $0.cause.isCounted || $0.isUrgencyRecordedAfterwards
    }
    accounts = StopAccount.accounts(of: stops, in: period)
    provisional = []
    if now < period.bounds.end { provisional.append(.monthNotOver) }
    provisional += stops.filter { $0.isOngoing && $0.isInProduction }.map { .ongoing($0.source) }
    provisional +=
      unrecorded.filter {
        $0.content.environment == "production" && $0.content.interval.overlaps(period.bounds)
          && $0.content.interval.end <= now
      }
      .map { .unrecordedStart($0.id) }
  }

  private static func figures(
    _ stops: [Stop], in period: ReferencePeriod, isCounted: (Stop) -> Bool
  ) -> AvailabilityFigures {
    var sweep = DowntimeSweep(period)
    for stop in stops where stop.isInProduction { sweep.add(stop.interval, isCounted: isCounted(stop)) }
    return AvailabilityFigures(
      reference: period.length, unavailable: sweep.finish(), targetBasisPoints: period.targetBasisPoints)
  }

  /// Urgent maintenance that was over when it was recorded, where excluding it changes what counts.
  public var lateUrgency: [StopAccount] {
    accounts.filter { account in
      account.stop.isUrgencyRecordedAfterwards && account.leftOut.contains { $0.reason == .excludedCause }
    }
  }
}

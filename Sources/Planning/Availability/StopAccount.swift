public import CivilTime

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

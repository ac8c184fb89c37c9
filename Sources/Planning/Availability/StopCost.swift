public import CivilTime

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

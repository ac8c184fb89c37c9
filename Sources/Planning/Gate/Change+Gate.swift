public import CivilTime

extension Change {
  /// The interval in which the change can open the gate; nil where it cannot.
  ///
  /// It is what clients were told, no more: work beyond its announced end opens nothing until it is extended, since an
  /// overrun is excused by nothing, and planned work begun before its announced start opens nothing before it. Urgent
  /// work may happen at any time (article 5), so that it opens the gate from its actual start. What is completed has
  /// ended, and what is cancelled or was never allowed is no plan.
  public var gateInterval: Interval? {
    let announced = content.interval
    let start =
      content.kind == .emergency ? min(announced.start, actualStart?.stated ?? announced.start) : announced.start
    switch state {
    case .refused, .cancelled: return nil
    case .planned, .inProgress: return Interval(start: start, end: announced.end)
    case .completed: return Interval(start: start, end: min(announced.end, actualEnd?.stated ?? announced.end))
    }
  }

  /// Whether a freeze keeps the change from opening the gate: freezes forbid planned work.
  var obeysFreezes: Bool { content.kind != .emergency }
}

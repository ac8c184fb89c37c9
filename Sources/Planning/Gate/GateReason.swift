public import CivilTime

/// The stable code of a reason. More may come; none changes.
public enum GateReasonCode: String, CaseIterable, Hashable, Sendable {
  case change
  case window
  case override
  case noChange = "no_change"
  case outsideWindow = "outside_window"
  case freeze
  case notNamed = "not_named"
  case notBegun = "not_begun"
  case ended
  case overrun
  case startedEarly = "started_early"
  case completed
  case cancelled
  case draft
}

/// Why the gate is open, or closed, with its figures.
public enum GateReason: Hashable, Sendable {
  /// A change covers the moment, within the interval in which it can open the gate.
  case change(ChangeID, ChangeKind, Interval)
  /// The contract lets the window open the gate; nil where work is allowed at any time.
  case window(Interval?)
  case override(GateOverride)
  /// No change covers the moment.
  case noChange
  /// Nor is the window open.
  case outsideWindow
  /// Planned work is forbidden.
  case freeze(Freeze)
  /// A change covers the moment that was not asked for.
  case notNamed(ChangeID)
  /// A change that was asked for begins later.
  case notBegun(ChangeID, start: Instant)
  /// A change that was asked for was announced until then and never began.
  case ended(ChangeID, end: Instant)
  /// Work goes on beyond the end that was announced.
  case overrun(ChangeID, end: Instant)
  /// Planned work has begun before the start that was announced.
  case startedEarly(ChangeID, start: Instant)
  case completed(ChangeID, at: Instant)
  case cancelled(ChangeID)
  /// A change that was asked for was never allowed.
  case draft(ChangeID)

  public var code: GateReasonCode {
    switch self {
    case .change: .change
    case .window: .window
    case .override: .override
    case .noChange: .noChange
    case .outsideWindow: .outsideWindow
    case .freeze: .freeze
    case .notNamed: .notNamed
    case .notBegun: .notBegun
    case .ended: .ended
    case .overrun: .overrun
    case .startedEarly: .startedEarly
    case .completed: .completed
    case .cancelled: .cancelled
    case .draft: .draft
    }
  }

  /// The change that the reason is about, if it is about one.
  public var change: ChangeID? {
    switch self {
    case .change(let id, _, _), .notNamed(let id), .notBegun(let id, _), .ended(let id, _), .overrun(let id, _),
      .startedEarly(let id, _), .completed(let id, _), .cancelled(let id), .draft(let id):
      id
    case .window, .override, .noChange, .outsideWindow, .freeze: nil
    }
  }
}

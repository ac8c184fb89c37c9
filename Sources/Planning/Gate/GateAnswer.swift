public import CivilTime

public enum GateState: String, CaseIterable, Hashable, Sendable {
  case open = "OPEN"
  case closed = "CLOSED"
}

/// Whether work may go on at a moment, and why.
public struct GateAnswer: Hashable, Sendable {
  public var state: GateState
  public var at: Instant
  /// The first moment after `at` at which the gate opens or closes, as far as is known; nil where none is.
  public var nextTransition: Instant?
  /// Never empty. Where the gate is open, only what opens it.
  public var reasons: [GateReason]

  public init(state: GateState, at: Instant, nextTransition: Instant?, reasons: [GateReason]) {
    self.state = state
    self.at = at
    self.nextTransition = nextTransition
    self.reasons = reasons
  }
}

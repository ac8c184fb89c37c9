public import CivilTime

/// What the rules say of a plan: one finding a rule, in the order in which people read them.
public struct Verdict: Hashable, Sendable {
  public enum Status: String, CaseIterable, Hashable, Sendable {
    case allowed, refused
  }

  public var findings: [Finding]
  public var status: Status { findings.allSatisfy(\.isSatisfied) ? .allowed : .refused }

  public init(findings: [Finding]) { self.findings = findings }
}

/// The stable code of a rule. More may come; none changes.
public enum FindingCode: String, CaseIterable, Hashable, Sendable {
  case outsideWindow = "outside_window"
  case insufficientNotice = "insufficient_notice"
  case overlap
  case freeze
  case plannableEmergency = "plannable_emergency"
  case missingReason = "missing_reason"
  case notAnnounced = "not_announced"
  case startedAlready = "started_already"
  case wrongState = "wrong_state"
  case startedEarly = "started_early"
  case startedLate = "started_late"
  case endedLate = "ended_late"
  case extendedOutside = "extended_outside_window"
  case unknownComponent = "unknown_component"
  case unknownEnvironment = "unknown_environment"
}

/// What one rule says, with its figures. A finding that is satisfied keeps its figures too.
public struct Finding: Hashable, Sendable {
  public enum Figures: Hashable, Sendable {
    /// The merged window that holds the interval, or the parts of it that lie outside every window.
    case window(Interval?, outside: [Interval])
    /// Elapsed time from the moment of planning to the start; negative when the start has passed.
    case notice(given: Elapsed, required: Elapsed)
    /// Bookings that the interval overlaps and that the request does not name.
    case overlap([Booking])
    case freeze([Freeze])
    /// An emergency `ahead` of now, which could be planned from `required` on.
    case plannableEmergency(ahead: Elapsed, required: Elapsed)
    case missingReason(given: Bool)
    /// Elapsed time from the announcement to the start.
    case announced(ahead: Elapsed)
    /// The start that lies behind, if it does.
    case started(Instant?)
    /// The state that does not allow the command.
    case state(ChangeState, allowed: Bool)
    /// Work that began so long before its announced start, inside a maintenance window or not. A fact, so never a
    /// refusal; what clients were told did not cover it.
    case startedEarly(ahead: Elapsed, isInWindow: Bool)
    /// Work that began only after its announced end, so long after its announced start; a fact like the one before.
    case startedLate(behind: Elapsed, isInWindow: Bool)
    /// Work that ended so long after its announced end; what a reason is asked for.
    case endedLate(behind: Elapsed)
    /// The parts of an extension that lie outside every window; a fact, so never a refusal.
    case extendedOutside([Interval])
    /// Those of the change that the contract no longer has.
    case components(unknown: [String])
    case environment(String, isKnown: Bool)
  }

  public var figures: Figures
  /// The clause of the contract that the rule comes from; nil for a rule of the register.
  public var clause: String?

  public init(_ figures: Figures, clause: String?) {
    self.figures = figures
    self.clause = clause
  }

  public var code: FindingCode {
    switch figures {
    case .window: .outsideWindow
    case .notice: .insufficientNotice
    case .overlap: .overlap
    case .freeze: .freeze
    case .plannableEmergency: .plannableEmergency
    case .missingReason: .missingReason
    case .announced: .notAnnounced
    case .started: .startedAlready
    case .state: .wrongState
    case .startedEarly: .startedEarly
    case .startedLate: .startedLate
    case .endedLate: .endedLate
    case .extendedOutside: .extendedOutside
    case .components: .unknownComponent
    case .environment: .unknownEnvironment
    }
  }

  /// A fact that refuses nothing and that somebody should look at.
  public var isAdvice: Bool {
    switch figures {
    case .startedEarly, .startedLate, .endedLate, .extendedOutside: true
    default: false
    }
  }

  public var isSatisfied: Bool {
    switch figures {
    case .window(let window, _): window != nil
    case .notice(let given, let required): given >= required
    case .overlap(let bookings): bookings.isEmpty
    case .freeze(let freezes): freezes.isEmpty
    case .plannableEmergency(let ahead, let required): ahead < required
    case .missingReason(let given): given
    case .announced(let ahead): ahead > .zero
    case .started(let start): start == nil
    case .state(_, let allowed): allowed
    case .startedEarly, .startedLate, .endedLate, .extendedOutside: true
    case .components(let unknown): unknown.isEmpty
    case .environment(_, let isKnown): isKnown
    }
  }
}

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
  case wordDue = "word_due"
  case startedEarly = "started_early"
  case completed
  case cancelled
  case draft
  case requested
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
  /// A change covers the moment that today's rules refuse, for its window or for a freeze.
  case refused(ChangeID, Finding)
  /// A change covers the moment that was not asked for.
  case notNamed(ChangeID)
  /// A change that was asked for begins later.
  case notBegun(ChangeID, start: Instant)
  /// A change that was asked for was announced until then and never began.
  case ended(ChangeID, end: Instant)
  /// Work goes on beyond the end that was announced.
  case overrun(ChangeID, end: Instant)
  /// Urgent work whose end is not known goes on, or was to go on, beyond the moment by which clients were to hear more.
  case wordDue(ChangeID, since: Instant)
  /// Planned work has begun before the start that was announced.
  case startedEarly(ChangeID, start: Instant)
  case completed(ChangeID, at: Instant)
  case cancelled(ChangeID)
  /// A change that was asked for was never allowed.
  case draft(ChangeID)
  /// A change that was asked for waits for approval.
  case requested(ChangeID)

  public var code: GateReasonCode {
    switch self {
    case .change: .change
    case .window: .window
    case .override: .override
    case .noChange: .noChange
    case .outsideWindow: .outsideWindow
    case .freeze: .freeze
    case .refused(_, let finding): finding.code == .freeze ? .freeze : .outsideWindow
    case .notNamed: .notNamed
    case .notBegun: .notBegun
    case .ended: .ended
    case .overrun: .overrun
    case .wordDue: .wordDue
    case .startedEarly: .startedEarly
    case .completed: .completed
    case .cancelled: .cancelled
    case .draft: .draft
    case .requested: .requested
    }
  }

  /// The change that the reason is about, if it is about one.
  public var change: ChangeID? {
    switch self {
    case .change(let id, _, _), .notNamed(let id), .notBegun(let id, _), .ended(let id, _), .overrun(let id, _),
      .wordDue(let id, _), .startedEarly(let id, _), .completed(let id, _), .cancelled(let id), .draft(let id),
      .requested(let id), .refused(let id, _):
      id
    case .window, .override, .noChange, .outsideWindow, .freeze: nil
    }
  }
}

extension Change {
  /// The interval in which the change can open the gate; nil where it cannot.
  ///
  /// It is what clients were told, no more: work beyond its announced end opens nothing until it is extended, since an
  /// overrun is excused by nothing, and planned work begun before its announced start opens nothing before it. Urgent
  /// work may happen at any time (article 5), so that it opens the gate from its actual start; without a known end, up to
  /// the moment by which clients hear more. What is completed has
  /// ended, and what is cancelled or was never allowed is no plan.
  public var gateInterval: Interval? {
    let announced = content.interval
    let start =
      content.kind == .emergency ? min(announced.start, actualStart?.stated ?? announced.start) : announced.start
    switch state {
    case .refused, .requested, .cancelled: return nil
    case .planned, .inProgress: return Interval(start: start, end: announced.end)
    case .completed: return Interval(start: start, end: min(announced.end, actualEnd?.stated ?? announced.end))
    }
  }
}

/// What opens the gate of a service. The model contract says nothing of it: it is the operator's choice.
public enum GateOpening: String, CaseIterable, Hashable, Sendable {
  /// Only changes that cover the moment.
  case changes
  /// The maintenance window too, as long as nothing is frozen.
  case window
}

/// The gate of one service and environment: whether work may go on, by the contract, the register and the overrides.
///
/// Pure: it answers from what it is given. All intervals are half-open, so that it is closed at the second of an end.
public struct Gate: Sendable {
  public var contract: Contract
  public var environment: String
  /// As the register knows them now, each with what keeps it from opening the gate.
  private let changes: [(change: Change, obstacles: [Finding])]
  public var overrides: [GateOverride]
  /// Only these changes may open the gate; empty: any, and the window where the contract says so. Overrides always may.
  public var named: Set<ChangeID>

  /// - Parameter changes: those that could open the gate in the range in question must all be here.
  public init(
    contract: Contract, environment: String, changes: [Change], overrides: [GateOverride], named: Set<ChangeID> = []
  ) {
    var rules = TodaysRules(contract)
    self.contract = contract
    self.environment = environment
    self.changes = changes.sorted { ($0.content.interval.start, $0.id) < ($1.content.interval.start, $1.id) }
      .map { ($0, rules.obstacles(to: $0)) }
    self.overrides = overrides.filter { $0.environment == environment }
    self.named = named
  }

  /// The answer for `moment`; a transition at `horizon` or later is taken as not known.
  public func answer(at moment: Instant, horizon: Instant) -> GateAnswer {
    // Holds: the end is later by a second at least.
    let range = Interval(start: moment, end: max(horizon, moment + Elapsed(seconds: 1)))!
    let open = open(in: range)
    let current = open.first(endingAfter: moment)
    let isOpen = current?.contains(moment) ?? false
    let next = isOpen ? current?.end : current?.start
    return GateAnswer(
      state: isOpen ? .open : .closed, at: moment, nextTransition: next.flatMap { $0 < range.end ? $0 : nil },
      reasons: isOpen ? openingReasons(at: moment) : closingReasons(at: moment))
  }

  // MARK: When it is open

  /// Within `range`, where an interval may be cut.
  private func open(in range: Interval) -> IntervalSet {
    let announced = changes.compactMap { change, obstacles in
      isAsked(change) && obstacles.isEmpty ? change.gateInterval?.intersection(range) : nil
    }
    return IntervalSet(
      overrides.compactMap(\.interval) + announced + windows(in: range).subtracting(frozen(in: range)).intervals)
  }

  private func isAsked(_ change: Change) -> Bool { named.isEmpty || named.contains(change.id) }

  /// Each moment is judged by the version in force then.
  private func frozen(in range: Interval) -> IntervalSet {
    IntervalSet(
      versions(in: range).flatMap { terms, part in terms.freezes.compactMap { $0.interval.intersection(part) } })
  }

  /// The windows that open the gate.
  private func windows(in range: Interval) -> IntervalSet {
    guard named.isEmpty else { return .empty }
    let parts = versions(in: range).filter { $0.terms.gate == .window }.map(\.part)
    guard !parts.isEmpty else { return .empty }
    let table = WindowTable(contract: contract, environment: environment, covering: range)
    return IntervalSet(parts.flatMap { table.windows.clipped(to: $0).intervals })
  }

  /// The versions of the contract that are in force in `range`, each with its part of it.
  private func versions(in range: Interval) -> [(terms: ContractTerms, part: Interval)] {
    let versions = contract.versions
    let starts = versions.map { $0.timeZone.startOfDay($0.effectiveFrom) }
    return versions.indices.compactMap { index in
      // Days before the first version are judged by it.
      let start = index == 0 ? range.start : starts[index]
      let end = index + 1 < versions.count ? starts[index + 1] : range.end
      return Interval(start: start, end: end)?.intersection(range).map { (versions[index], $0) }
    }
  }

  // MARK: Why

  private func openingReasons(at moment: Instant) -> [GateReason] {
    var reasons: [GateReason] = changes.compactMap { change, obstacles in
      guard isAsked(change), obstacles.isEmpty, let interval = change.gateInterval, interval.contains(moment)
      else { return nil }
      return .change(change.id, change.content.kind, interval)
    }
    if freezes(at: moment).isEmpty, isWindowOpening(at: moment) { reasons.append(.window(window(at: moment))) }
    return reasons + overrides.filter { $0.interval?.contains(moment) ?? false }.map { .override($0) }
  }

  private func closingReasons(at moment: Instant) -> [GateReason] {
    var reasons: [GateReason] = []
    for (change, obstacles) in changes {
      if isAsked(change), change.gateInterval?.contains(moment) ?? false {
        reasons += obstacles.map { .refused(change.id, $0) }
      } else if let reason = isAsked(change) ? obstacle(change, at: moment) : unnamed(change, at: moment) {
        reasons.append(reason)
      }
    }
    let isWindowed = named.isEmpty && contract.terms(at: moment).gate == .window
    // A freeze is a reason of its own only where the window would be open without it.
    if isWindowOpening(at: moment) { reasons += freezes(at: moment).map { .freeze($0) } }
    if isWindowed, !isWindowOpening(at: moment) { reasons.append(.outsideWindow) }
    return reasons.isEmpty ? [.noChange] : reasons
  }

  /// Why a change that may open the gate does not cover `moment`; nil where it has nothing to do with it.
  private func obstacle(_ change: Change, at moment: Instant) -> GateReason? {
    let announced = change.content.interval
    let isAsked = named.contains(change.id)
    guard let interval = change.gateInterval else {
      // A draft that was dropped was never a plan: it says nothing of this moment.
      let wasPlan = change.state == .cancelled && change.revision != nil
      guard isAsked || (wasPlan && announced.contains(moment)) else { return nil }
      switch change.state {
      case .cancelled: return .cancelled(change.id)
      case .requested: return .requested(change.id)
      default: return .draft(change.id)
      }
    }
    if moment < interval.start {
      if change.state == .inProgress, let start = change.actualStart?.stated, start <= moment {
        return .startedEarly(change.id, start: interval.start)
      }
      return isAsked ? .notBegun(change.id, start: interval.start) : nil
    }
    switch change.state {
    case .inProgress where change.content.isEndKnown: return .overrun(change.id, end: interval.end)
    case .inProgress: return .wordDue(change.id, since: interval.end)
    case .planned where isAsked && !change.content.isEndKnown: return .wordDue(change.id, since: interval.end)
    case .completed:
      guard isAsked || announced.contains(moment) else { return nil }
      return .completed(change.id, at: change.actualEnd?.stated ?? interval.end)
    default: return isAsked ? .ended(change.id, end: interval.end) : nil
    }
  }

  private func unnamed(_ change: Change, at moment: Instant) -> GateReason? {
    change.gateInterval?.contains(moment) ?? false ? .notNamed(change.id) : nil
  }

  private func freezes(at moment: Instant) -> [Freeze] {
    contract.terms(at: moment).freezes.filter { $0.interval.contains(moment) }
  }

  /// Whether the window would open the gate at `moment`, freezes apart.
  private func isWindowOpening(at moment: Instant) -> Bool {
    // Holds: a second is longer than nothing.
    let second = Interval(start: moment, length: Elapsed(seconds: 1))!
    return !windows(in: second).isEmpty
  }

  /// The whole of the merged window; nil where it has no edges, since work is always allowed.
  private func window(at moment: Instant) -> Interval? {
    guard !contract.terms(at: moment).window.anyTimeEnvironments.contains(environment) else { return nil }
    // Holds: a second is longer than nothing.
    let second = Interval(start: moment, length: Elapsed(seconds: 1))!
    return WindowTable(contract: contract, environment: environment, covering: second).window(containing: second)
  }
}

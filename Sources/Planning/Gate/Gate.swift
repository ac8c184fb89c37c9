public import CivilTime

/// The gate of one service and environment: whether work may go on, by the contract, the register and the overrides.
///
/// Pure: it answers from what it is given. All intervals are half-open, so that it is closed at the second of an end.
public struct Gate: Sendable {
  public var contract: Contract
  public var environment: String
  /// As the register knows them now. Those that could open the gate in the range in question must all be here.
  public var changes: [Change]
  public var overrides: [GateOverride]
  /// Only these changes may open the gate; empty: any, and the window where the contract says so. Overrides always may.
  public var named: Set<ChangeID>

  public init(
    contract: Contract, environment: String, changes: [Change], overrides: [GateOverride], named: Set<ChangeID> = []
  ) {
    self.contract = contract
    self.environment = environment
    self.changes = changes.sorted { ($0.content.interval.start, $0.id) < ($1.content.interval.start, $1.id) }
    self.overrides = overrides.filter { $0.environment == environment }
    self.named = named
  }

  /// The answer for `moment`; a transition at `horizon` or later is taken as not known.
  public func answer(at moment: Instant, horizon: Instant) -> GateAnswer {
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
    let frozen = frozen(in: range)
    var pieces = overrides.compactMap(\.interval)
    for change in changes where mayOpen(change) {
      guard let interval = change.gateInterval?.intersection(range) else { continue }
      pieces += change.obeysFreezes ? IntervalSet([interval]).subtracting(frozen).intervals : [interval]
    }
    return IntervalSet(pieces + windows(in: range).subtracting(frozen).intervals)
  }

  private func mayOpen(_ change: Change) -> Bool { named.isEmpty || named.contains(change.id) }

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
    let freezes = freezes(at: moment)
    var reasons: [GateReason] = []
    for change in changes where mayOpen(change) {
      guard let interval = change.gateInterval, interval.contains(moment) else { continue }
      if freezes.isEmpty || !change.obeysFreezes {
        reasons.append(.change(change.id, change.content.kind, interval))
      }
    }
    if freezes.isEmpty, isWindowOpening(at: moment) { reasons.append(.window(window(at: moment))) }
    reasons += overrides.filter { $0.interval?.contains(moment) ?? false }.map { .override($0) }
    return reasons
  }

  private func closingReasons(at moment: Instant) -> [GateReason] {
    var reasons: [GateReason] = []
    for change in changes {
      if let reason = mayOpen(change) ? obstacle(change, at: moment) : unnamed(change, at: moment) {
        reasons.append(reason)
      }
    }
    let isWindowed = named.isEmpty && contract.terms(at: moment).gate == .window
    // A freeze is a reason only where something would be open without it.
    let frozen = changes.contains { mayOpen($0) && $0.gateInterval?.contains(moment) ?? false }
    if frozen || isWindowOpening(at: moment) { reasons += freezes(at: moment).map { .freeze($0) } }
    if isWindowed, !isWindowOpening(at: moment) { reasons.append(.outsideWindow) }
    return reasons.isEmpty ? [.noChange] : reasons
  }

  /// Why a change that may open the gate does not do so, apart from freezes; nil where it has nothing to do with `moment`.
  private func obstacle(_ change: Change, at moment: Instant) -> GateReason? {
    let announced = change.content.interval
    let isAsked = named.contains(change.id)
    guard let interval = change.gateInterval else {
      // A draft that was dropped was never a plan: it says nothing of this moment.
      let wasPlan = change.state == .cancelled && change.revision != nil
      guard isAsked || (wasPlan && announced.contains(moment)) else { return nil }
      return change.state == .cancelled ? .cancelled(change.id) : .draft(change.id)
    }
    if interval.contains(moment) { return nil }
    if moment < interval.start {
      if change.state == .inProgress, let start = change.actualStart?.stated, start <= moment {
        return .startedEarly(change.id, start: interval.start)
      }
      return isAsked ? .notBegun(change.id, start: interval.start) : nil
    }
    switch change.state {
    case .inProgress: return .overrun(change.id, end: interval.end)
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
    let second = Interval(start: moment, length: Elapsed(seconds: 1))!
    return !windows(in: second).isEmpty
  }

  /// The whole of the merged window; nil where it has no edges, since work is always allowed.
  private func window(at moment: Instant) -> Interval? {
    guard !contract.terms(at: moment).window.anyTimeEnvironments.contains(environment) else { return nil }
    let second = Interval(start: moment, length: Elapsed(seconds: 1))!
    return WindowTable(contract: contract, environment: environment, covering: second).window(containing: second)
  }
}

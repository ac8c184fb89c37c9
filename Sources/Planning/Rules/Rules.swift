public import CivilTime

/// The rules of the contract and of the register, each stated once. Pure: what they need is handed to them.
public enum Rules {
  /// Planned work lies wholly inside one merged window. Source: contract, article 5.
  public static func window(_ interval: Interval, in table: WindowTable, terms: ContractTerms) -> Finding {
    let windows = table.windows(meeting: interval)
    if let window = windows.first, window.contains(interval) {
      return Finding(.window(window, outside: []), clause: terms.window.clause)
    }
    return Finding(.window(nil, outside: outside(interval, windows)), clause: terms.window.clause)
  }

  /// The parts of `interval` that lie outside every one of `windows`, which are all those that it meets; in order.
  static func outside(_ interval: Interval, _ windows: ArraySlice<Interval>) -> [Interval] {
    if windows.isEmpty { return [interval] }
    var outside: [Interval] = []
    outside.reserveCapacity(windows.count + 1)
    var position = interval.start
    for window in windows {
      if let gap = Interval(start: position, end: window.start) { outside.append(gap) }
      position = max(position, window.end)
    }
    if let gap = Interval(start: position, end: interval.end) { outside.append(gap) }
    return outside
  }

  /// Planned maintenance is announced at least so long ahead; exactly as much is enough. Source: contract, article 5.
  public static func notice(plannedAt: Instant, start: Instant, terms: ContractTerms) -> Finding {
    Finding(.notice(given: start - plannedAt, required: terms.planned.notice), clause: terms.planned.clause)
  }

  /// An update is announced before it starts, simple corrections excepted. Source: contract, article 10.
  static func announcement(of content: ChangeContent, at moment: Instant, terms: ContractTerms) -> Finding? {
    guard let update = content.update, terms.updates.announceBeforeStart else { return nil }
    let isSimple = update.category == .correction && !update.training && !update.configuration
    if isSimple, terms.updates.exceptSimpleCorrections { return nil }
    return Finding(.announced(ahead: content.interval.start - moment), clause: terms.updates.clause)
  }

  /// Urgent work that is so far ahead that it could be planned is not urgent. Source: contract, article 5.
  static func emergency(_ content: ChangeContent, at moment: Instant, terms: ContractTerms) -> Finding? {
    guard terms.emergency.refuseWhenPlannable else { return nil }
    return Finding(
      .plannableEmergency(ahead: content.interval.start - moment, required: terms.planned.notice),
      clause: terms.emergency.clause)
  }

  /// Changes of one service and environment overlap only where the later one says so. Source: rules of the register.
  static func overlap(_ interval: Interval, booked: [Booking], except id: ChangeID?, alongside: [ChangeID]) -> Finding {
    let others = booked.filter { booking in
      booking.change != id && !alongside.contains(booking.change) && booking.interval.overlaps(interval)
    }
    return Finding(
      .overlap(others.sorted { ($0.interval.start, $0.change) < ($1.interval.start, $1.change) }), clause: nil)
  }

  /// Planned work stays clear of the operator's freezes.
  static func freeze(_ interval: Interval, terms: ContractTerms) -> Finding {
    Finding(.freeze(terms.freezes.filter { $0.interval.overlaps(interval) }), clause: nil)
  }

  /// The window, where work of this content keeps to it, and the freezes, where it stays clear of them; nil where it
  /// need not. A moment is judged by the version in force then, and the work happens at the start of `interval`.
  static func times(
    of content: ChangeContent, in interval: Interval, windows: WindowTable, contract: Contract
  ) -> (window: Finding?, freeze: Finding?) {
    let terms = contract.terms(at: interval.start)
    return (
      content.isPlannedMaintenance ? window(interval, in: windows, terms: terms) : nil,
      content.obeysFreezes ? freeze(interval, terms: terms) : nil
    )
  }

  /// A change is of components that the contract has. Source: rules of the register.
  static func components(_ content: ChangeContent, _ contract: Contract) -> Finding {
    Finding(.components(unknown: content.components.filter { !contract.components.contains($0) }), clause: nil)
  }

  /// A change is of an environment that the contract has. Source: rules of the register.
  static func environment(_ content: ChangeContent, _ contract: Contract) -> Finding {
    let name = content.environment
    return Finding(.environment(name, isKnown: contract.environments.contains(name)), clause: nil)
  }

  /// Every rule that a plan of this content has to satisfy when it is made, or made anew, at `moment`.
  static func judge(
    _ content: ChangeContent, at moment: Instant, publishedBy: Instant, windows: WindowTable, contract: Contract,
    booked: [Booking], except id: ChangeID? = nil
  ) -> Verdict {
    let interval = content.interval
    let terms = contract.terms(at: interval.start)
    let times = times(of: content, in: interval, windows: windows, contract: contract)
    var findings: [Finding] = []
    if let window = times.window {
      findings.append(window)
      findings.append(notice(plannedAt: publishedBy, start: interval.start, terms: terms))
    }
    if let announcement = announcement(of: content, at: publishedBy, terms: terms) { findings.append(announcement) }
    if content.kind == .emergency {
      if let emergency = emergency(content, at: moment, terms: terms) { findings.append(emergency) }
      let hasReason = content.reason.map { !$0.text.isEmpty } ?? false
      findings.append(Finding(.missingReason(given: hasReason), clause: terms.emergency.clause))
    }
    if let freeze = times.freeze { findings.append(freeze) }
    findings.append(overlap(interval, booked: booked, except: id, alongside: content.alongside))
    return Verdict(findings: findings)
  }
}

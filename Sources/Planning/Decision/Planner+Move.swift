import CivilTime

/// Commands that move a change through its life.
extension Planner {
  func move(_ change: Change, by command: ChangeCommand) throws(CommandError) -> Decision {
    switch command {
    // Holds: `decide` takes these itself.
    case .submit, .emergency: preconditionFailure("handled by decide")
    case .reschedule(let interval, let isEndKnown, let reason, let alongside):
      try reschedule(change, to: interval, isEndKnown: isEndKnown, reason: reason, alongside: alongside)
    case .amend(let amendment, let reason): try amend(change, amendment, reason: reason)
    case .cancel(let reason): try cancel(change, reason: reason)
    case .start(let at, let reason): try start(change, at: at, reason: reason)
    case .extend(let end, let length, let reason, let alongside):
      try extend(change, to: end, by: length, reason: reason, alongside: alongside)
    case .complete(let at, let reason, let started):
      try complete(change, at: at, reason: reason, started: started)
    case .approve(let reason): try approve(change, reason: reason)
    case .decline(let reason): try decline(change, reason: reason)
    case .sendNotices(let kind): try send(change, kind)
    case .recordNotice(let kind, let channel, let at): try recordNotice(change, kind, channel, at: at)
    }
  }

  /// Rescheduling is planning anew, except inside the announced interval, which is an amendment.
  private func reschedule(
    _ change: Change, to interval: Interval?, isEndKnown: Bool, reason: Reason?, alongside: [ChangeID]
  ) throws(CommandError) -> Decision {
    if let refusal = refuseUnless([.planned, .requested, .refused], change) { return refusal }
    let asked = change.awaiting ?? change.content
    var content = asked
    content.move(to: interval, isEndKnown: isEndKnown)
    content = content.estimated(by: context.contract, at: context.now)
    content.moveReason = reason
    // A draft of urgent work that lacked its reason is mended by one.
    if content.kind == .emergency { content.reason = content.reason ?? reason }
    content.alongside += alongside
    if content.alongside.contains(change.id) { throw .alongsideItself(change.id) }
    content = try checked(content)
    if change.isBooked, content.interval == asked.interval, content.isEndKnown == asked.isEndKnown,
      content.alongside == asked.alongside
    {
      throw .nothingToMove
    }
    return replan(change, as: content, reasonGiven: content.moveReason != nil)
  }

  private func amend(
    _ change: Change, _ amendment: ChangeCommand.Amendment, reason: Reason?
  ) throws(CommandError) -> Decision {
    // A draft of urgent work that lacked its reason is mended by one.
    let asked = change.awaiting ?? change.content
    let isMended = change.content.kind == .emergency && change.content.reason == nil && reason != nil
    guard isMended || !amendment.isEmpty else { throw .nothingToAmend }
    let allowed: Set<ChangeState> = [.planned, .inProgress, .requested, .refused]
    if let refusal = refuseUnless(allowed, change) { return refusal }
    var content = asked
    for field in ChangeField.amendable {
      guard let value = amendment[field] else { continue }
      guard content.set(field, to: value) else { throw .notAnUpdate }
    }
    content.moveReason = reason
    if isMended { content.reason = reason }
    content = try checked(content)
    var unchanged = content
    if !isMended { unchanged.reason = asked.reason }
    unchanged.moveReason = asked.moveReason
    guard unchanged != asked else { throw .nothingToAmend }
    return replan(change, as: content, reasonGiven: content.moveReason != nil)
  }

  /// Decides between an amendment, which keeps the notice already given, and planning anew, which needs it again.
  private func replan(_ change: Change, as content: ChangeContent, reasonGiven: Bool) -> Decision {
    if change.revision == nil {
      // Clients were told nothing yet that a reason could explain.
      var content = content.estimated(by: context.contract, at: context.now)
      content.moveReason = nil
      let verdict = judge(content, except: change.id)
      guard verdict.status == .allowed else {
        let isDraft = change.state == .refused
        return Decision(
          verdict: verdict, events: [isDraft ? .draftRevised(content, verdict) : .replanningRefused(content, verdict)])
      }
      return Decision(verdict: verdict, events: [planned(content, verdict)] + begun(content))
    }
    let announced = change.content
    if change.proposal != nil, content.isSamePlan(as: announced) {
      // What was asked for is taken back.
      return Decision(verdict: change.verdict, events: [.declined(reason: content.moveReason?.text)])
    }
    let terms = context.contract.terms(at: content.interval.start)
    let reason = reasonRule(change, given: reasonGiven)
    // An interval that begins in the past is no plan; it would only fit the announcement to what happened.
    let keepsInterval =
      content.interval == announced.interval
      || (content.interval.start >= context.now && terms.planned.insideAnnouncedKeepsNotice
        && announced.interval.contains(content.interval))
    if keepsInterval, content.isWithinScope(of: announced), !startsNewDuties(content, announced) {
      let verdict = Verdict(findings: reason)
      guard verdict.status == .allowed else { return Decision(verdict: verdict, events: []) }
      // The plan in force keeps the verdict it was given.
      return Decision(verdict: change.verdict, events: [.amended(content, change.verdict)])
    }
    if let refusal = refuseStarted(change) { return refusal }
    var verdict = judge(content, except: change.id)
    verdict.findings += reason
    return Decision(
      verdict: verdict,
      events: [verdict.status == .allowed ? planned(content, verdict) : .replanningRefused(content, verdict)])
  }

  /// That the work is planned anew, or asked for where somebody has to approve it.
  private func planned(_ content: ChangeContent, _ verdict: Verdict) -> ChangeEvent {
    context.contract.needsApproval(content) ? .requested(content, verdict) : .rescheduled(content, verdict)
  }

  /// The notice runs to this moment, and all rules are asked again; what they refuse stays requested.
  private func approve(_ change: Change, reason: String?) throws(CommandError) -> Decision {
    guard let asked = change.awaiting else { throw .nothingToDecide(change.id) }
    if context.contract.terms(at: asked.interval.start).approval?.fourEyes ?? false {
      guard let actor = context.actor, !change.isWritten(by: actor) else { throw .ownRequest(change.id) }
    }
    let reason = try text(reason, .reason)
    // What the request names may have gone from the contract since; nobody said it just now, so that it is no error.
    let gone = [Rules.components(asked, context.contract), Rules.environment(asked, context.contract)]
      .filter { !$0.isSatisfied }
    let content = gone.isEmpty ? try checked(asked) : asked
    var verdict = judge(content, except: change.id)
    verdict.findings += reasonRule(change, given: content.moveReason != nil) + gone
    guard verdict.status == .allowed else { return Decision(verdict: verdict, events: []) }
    return Decision(verdict: verdict, events: [.approved(reason: reason), .rescheduled(content, verdict)])
  }

  private func decline(_ change: Change, reason: String?) throws(CommandError) -> Decision {
    guard change.awaiting != nil else { throw .nothingToDecide(change.id) }
    guard let reason = try text(reason, .reason) else { throw .declinedWithoutReason(change.id) }
    return Decision(verdict: change.verdict, events: [.declined(reason: reason)])
  }

  /// An emergency whose draft is mended after the work began: what happened is recorded with it.
  private func begun(_ content: ChangeContent) -> [ChangeEvent] {
    let interval = content.interval
    guard content.kind == .emergency, interval.start <= context.now else { return [] }
    let start = ChangeEvent.started(at: interval.start, reason: nil)
    return interval.end <= context.now ? [start, .completed(at: interval.end, reason: nil)] : [start]
  }

  /// An update that now needs training or configuration has to be announced as such: planning anew.
  private func startsNewDuties(_ content: ChangeContent, _ announced: ChangeContent) -> Bool {
    guard let new = content.update, let old = announced.update else { return false }
    return (new.training && !old.training) || (new.configuration && !old.configuration)
  }

  private func cancel(_ change: Change, reason: Reason?) throws(CommandError) -> Decision {
    if let refusal = refuseStarted(change) ?? refuseUnless([.planned, .requested, .refused], change) { return refusal }
    let reason = try self.reason(reason)
    return accept(change, reason: reason, needsReason: true, .cancelled(reason: reason))
  }

  private func start(_ change: Change, at stated: Instant?, reason: Reason?) throws(CommandError) -> Decision {
    if let refusal = refuseStarted(change) ?? refuseUnless([.planned], change) { return refusal }
    let moment = stated ?? context.now
    try checkStated(moment, notBefore: change.plannedAt ?? change.recordedAt)
    let reason = try self.reason(reason)
    // Starting outside what was announced is a fact that clients are owed an explanation for.
    let isSurprise = !change.content.covers(moment)
    // Clients are promised no word for a moment that is over.
    let isWordDue = !change.content.isEndKnown && change.content.interval.end <= context.now
    let estimate = isWordDue ? change.content.nextEstimate(by: context.contract, at: context.now) : nil
    var decision = accept(
      change, reason: reason, needsReason: isSurprise, .started(at: moment, reason: reason, estimate: estimate))
    // Said of a start that lacks its reason as well: whoever mistook the change sees it there.
    if let surprise = surprise(change, moment) { decision.verdict.findings.append(surprise) }
    return decision
  }

  /// What clients were told does not cover planned work that begins before its announced start, or after its end.
  private func surprise(_ change: Change, _ moment: Instant) -> Finding? {
    let start = change.content.interval.start
    guard change.content.isPlannedMaintenance, !change.content.covers(moment),
      let span = Interval(start: moment, end: max(start, moment + Elapsed(seconds: 1)))
    else { return nil }
    let table = WindowTable(contract: context.contract, environment: change.content.environment, covering: span)
    let isInWindow = table.window(containing: span) != nil
    return Finding(
      moment < start
        ? .startedEarly(ahead: start - moment, isInWindow: isInWindow)
        : .startedLate(behind: moment - start, isInWindow: isInWindow),
      clause: context.contract.terms(at: moment).planned.clause)
  }

  /// A later end excuses nothing: what of it lies outside every window is named.
  private func beyond(_ change: Change, from announced: Instant, to end: Instant) -> Finding? {
    guard change.content.isPlannedMaintenance, let added = Interval(start: announced, end: end) else { return nil }
    let table = WindowTable(contract: context.contract, environment: change.content.environment, covering: added)
    let outside = Rules.outside(added, table.windows(meeting: added))
    guard !outside.isEmpty else { return nil }
    return Finding(.extendedOutside(outside), clause: context.contract.terms(at: announced).window.clause)
  }

  private func extend(
    _ change: Change, to named: Instant?, by length: Elapsed?, reason: Reason?, alongside: [ChangeID]
  ) throws(CommandError) -> Decision {
    if let refusal = refuseUnless([.inProgress], change) { return refusal }
    let (current, isEndKnown) = (change.content.interval, change.content.isEndKnown)
    let stated = named ?? length.map { current.end + $0 }
    if isEndKnown, stated == nil { throw .endMissing(change.id) }
    let end = stated ?? change.content.nextEstimate(by: context.contract, at: context.now)
    // What was only estimated may turn out shorter.
    guard isEndKnown || end > context.now else { throw .endNotAhead(change.id, end, now: context.now) }
    guard end > (isEndKnown ? current.end : current.start), let interval = Interval(start: current.start, end: end)
    else { throw .endNotLater(end, current: isEndKnown ? current.end : current.start) }
    guard interval.length <= CommandError.Limits.longestInterval else { throw .intervalTooLong(interval.length) }
    let reason = try self.reason(reason)
    if alongside.contains(change.id) { throw .alongsideItself(change.id) }
    // What the announced interval overlaps was settled when it was planned, by this change or by the later one.
    let settled = context.booked.filter { $0.interval.overlaps(current) }.map(\.change)
    let overlap = Rules.overlap(
      interval, booked: context.booked, except: change.id, alongside: settled + change.content.alongside + alongside)
    let decision = accept(
      change, reason: reason, needsReason: isEndKnown,
      .extended(
        end: end, isEndKnown: named != nil || (isEndKnown && length != nil), reason: reason,
        alongside: alongside.filter { !change.content.alongside.contains($0) }))
    var verdict = Verdict(findings: decision.verdict.findings + [overlap])
    guard verdict.status == .allowed else { return Decision(verdict: verdict, events: []) }
    if let beyond = beyond(change, from: current.end, to: end) { verdict.findings.append(beyond) }
    return Decision(verdict: verdict, events: decision.events)
  }

  private func complete(
    _ change: Change, at stated: Instant?, reason: Reason?, started: Instant?
  ) throws(CommandError) -> Decision {
    if let started, change.state == .planned {
      return try carriedOut(change, from: started, to: stated ?? context.now, reason: reason)
    }
    let isCorrection = change.state == .completed && (stated != nil || started != nil)
    if !isCorrection, let refusal = refuseUnless([.inProgress], change) { return refusal }
    let known = change.actualStart?.stated ?? change.content.interval.start
    let (start, end) = (started ?? known, stated ?? change.actualEnd?.stated ?? context.now)
    // Nothing else than what is on record.
    if start == known, end == change.actualEnd?.stated { return refusal(.state(.completed, allowed: false)) }
    if start != known {
      // Urgent work may have begun before anybody recorded it.
      let earliest = change.content.kind == .emergency ? start : change.plannedAt ?? change.recordedAt
      try checkStated(start, notBefore: earliest)
    }
    // Work that begins and ends within one second is as long as the clock can tell: nothing.
    try checkStated(end, notBefore: start)
    let reason = try self.reason(reason)
    return late(
      change, end,
      accept(
        change, reason: reason, needsReason: isCorrection || start != known || isLate(change, end),
        .completed(at: end, reason: reason, started: start == known ? nil : start)))
  }

  private func isLate(_ change: Change, _ end: Instant) -> Bool {
    change.content.isEndKnown && end > change.content.interval.end
  }

  /// Said of an end that lacks its reason: how late it is.
  private func late(_ change: Change, _ end: Instant, _ decision: Decision) -> Decision {
    guard !decision.isAllowed, isLate(change, end) else { return decision }
    var decision = decision
    decision.verdict.findings.append(
      Finding(.endedLate(behind: end - (change.plannedEnd ?? change.content.interval.end)), clause: nil))
    return decision
  }

  /// Work that is over, of which nobody has said that it began: both at once or, where either lacks its reason, neither.
  private func carriedOut(
    _ change: Change, from start: Instant, to end: Instant, reason: Reason?
  ) throws(CommandError) -> Decision {
    let isOverrun = isLate(change, end)
    // Of two moments the one that clients did not expect is explained.
    let isSurprise = !change.content.covers(start)
    let begun = try self.start(change, at: start, reason: isSurprise ? reason : nil)
    try checkStated(end, notBefore: start)
    let reason = try self.reason(reason)
    let over = late(
      change, end,
      accept(
        change, reason: reason, needsReason: isOverrun,
        .completed(at: end, reason: isOverrun || !isSurprise ? reason : nil)))
    let findings = begun.verdict.findings + over.verdict.findings.filter { !begun.verdict.findings.contains($0) }
    return Decision(
      verdict: Verdict(findings: findings), events: begun.isAllowed && over.isAllowed ? begun.events + over.events : [])
  }

  private func send(_ change: Change, _ kind: NoticeKind?) throws(CommandError) -> Decision {
    let waiting = NoticeKind.allCases.filter(change.unsent(by: context.contract).map(\.kind).contains)
    let others = waiting.filter { $0 != .reminder }
    let kinds = kind.map { kind in waiting.filter { $0 == kind } } ?? (others.isEmpty ? waiting : others)
    guard !kinds.isEmpty else { throw .nothingToSend(change.id) }
    return Decision(verdict: Verdict(findings: []), events: [.noticesReleased(kinds)])
  }

  /// Evidence of what was said and when: a notice cannot have gone out before what it tells of was published.
  private func recordNotice(
    _ change: Change, _ named: NoticeKind?, _ channel: NoticeChannel, at stated: Instant?
  ) throws(CommandError) -> Decision {
    guard
      let kind = named
        ?? NoticeObligations.first(of: context.first ?? change, at: context.now, by: context.contract.notices)?.kind
    else { throw .nothingOwed(change.id) }
    let moment = stated ?? context.now
    let called = change.marks.last { $0.notice == kind }?.at ?? change.plannedAt
    guard let called, change.marks.contains(where: { $0.notice == kind }) || kind.isApplicable(to: change) else {
      throw .noticeNotApplicable(kind, change.id)
    }
    try checkStated(moment, notBefore: change.marks.first { $0.notice == kind }?.at ?? called)
    guard let revision = change.revision(toldBy: kind, at: moment) else {
      throw .noticeNotApplicable(kind, change.id)
    }
    let isKnown = change.notices.contains {
      $0.kind == kind && $0.channel == channel && $0.revision == revision && $0.publishedAt.stated >= called
    }
    // A second reminder of one revision is another reminder.
    if isKnown, kind != .reminder { throw .noticeRecordedAlready(kind, channel, revision: revision) }
    return Decision(
      verdict: Verdict(findings: []), events: [.noticePublished(kind, channel, revision: revision, at: moment)])
  }

  // MARK: What the commands share

  private func refuseUnless(_ states: Set<ChangeState>, _ change: Change) -> Decision? {
    states.contains(change.state) ? nil : refusal(.state(change.state, allowed: false))
  }

  /// Work that has begun is neither withdrawn nor begun again.
  private func refuseStarted(_ change: Change) -> Decision? {
    guard change.state == .inProgress else { return nil }
    return refusal(.started(change.actualStart?.stated ?? change.content.interval.start))
  }

  private func refusal(_ figures: Finding.Figures) -> Decision {
    Decision(verdict: Verdict(findings: [Finding(figures, clause: nil)]), events: [])
  }

  private func accept(_ change: Change, reason: Reason?, needsReason: Bool, _ event: ChangeEvent) -> Decision {
    let findings = needsReason ? reasonRule(change, given: reason != nil) : []
    let verdict = Verdict(findings: findings)
    return Decision(verdict: verdict, events: verdict.status == .allowed ? [event] : [])
  }

  /// A move of what clients were told needs a reason where they feel the work.
  private func reasonRule(_ change: Change, given: Bool) -> [Finding] {
    guard change.revision != nil, change.announcedImpact != .none else { return [] }
    return [Finding(.missingReason(given: given), clause: nil)]
  }

  private func checkStated(_ moment: Instant, notBefore earliest: Instant) throws(CommandError) {
    guard moment <= context.now else { throw .momentInFuture(moment, now: context.now) }
    guard moment >= earliest else { throw .momentTooEarly(moment, earliest: earliest) }
  }
}

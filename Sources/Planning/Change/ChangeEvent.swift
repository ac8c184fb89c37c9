public import CivilTime

/// What happened to a change. The state of a change is the fold of its events, so history cannot disagree with it.
public enum ChangeEvent: Hashable, Sendable {
  /// A request was allowed and published.
  case planned(ChangeContent, Verdict)
  /// A request was refused and kept as a draft.
  case refused(ChangeContent, Verdict)
  /// A draft was tried again and is still refused.
  case draftRevised(ChangeContent, Verdict)
  /// The work was planned anew: the notice counts from this event. A draft becomes planned by it too.
  case rescheduled(ChangeContent, Verdict)
  /// Planning anew was refused; the plan stands as it was.
  case replanningRefused(ChangeContent, Verdict)
  /// What was announced was narrowed or reworded; the notice already given is kept.
  case amended(ChangeContent, Verdict)
  case cancelled(reason: String?)
  /// With a new estimate where the end is not known and the last one is over.
  case started(at: Instant, reason: String?, estimate: Instant? = nil)
  /// A later end or, where it is still not known, a later estimate; and changes that it may overlap by it.
  case extended(end: Instant, isEndKnown: Bool = true, reason: String?, alongside: [ChangeID] = [])
  case completed(at: Instant, reason: String?)
  /// Urgent work that had begun, or was over, when it was recorded.
  case emergencyRecorded(ChangeContent, Verdict, start: Instant, end: Instant?)
  /// A notice of the change was published; what clients read in the feeds stays as it is.
  case noticePublished(NoticeKind, NoticeChannel, revision: Int, at: Instant, NoticeEvidence? = nil)
}

extension ChangeEvent {
  /// The state after this event, recorded at `moment`. `change` is nil for the first event of a change.
  public func apply(to change: Change?, id: ChangeID, at moment: Instant) -> Change? {
    switch (self, change) {
    case (.planned(let content, let verdict), nil):
      var new = Change(id: id, content: content, state: .planned, recordedAt: moment, verdict: verdict)
      new.publish(.announced, at: moment)
      new.plannedAt = moment
      return new
    case (.refused(let content, let verdict), nil):
      return Change(id: id, content: content, state: .refused, recordedAt: moment, verdict: verdict)
    case (.emergencyRecorded(let content, let verdict, let start, let end), nil):
      var new = Change(
        id: id, content: content, state: end == nil ? .inProgress : .completed, recordedAt: moment, verdict: verdict)
      new.plannedAt = moment
      new.actualStart = .init(stated: start, recorded: moment)
      new.actualEnd = end.map { .init(stated: $0, recorded: moment) }
      new.publish(.announced, at: moment)
      return new
    case (_, nil), (.planned, _?), (.refused, _?), (.emergencyRecorded, _?):
      return nil
    case (.noticePublished(_, _, let revision, let at, _), let change?)
    where revision < 0 || revision > change.revision ?? -1 || at > moment:
      return nil
    case (_, var change?):
      applyLater(to: &change, at: moment)
      return change
    }
  }

  private func applyLater(to change: inout Change, at moment: Instant) {
    let before = change.content
    switch self {
    case .planned, .refused, .emergencyRecorded, .replanningRefused:
      break
    case .draftRevised(let content, let verdict):
      change.content = content
      change.verdict = verdict
    case .rescheduled(let content, let verdict):
      change.content = content
      change.verdict = verdict
      change.publish(change.state == .refused ? .announced : .rescheduled(before: before), at: moment)
      change.state = .planned
      change.plannedAt = moment
    case .amended(let content, let verdict):
      change.content = content
      change.verdict = verdict
      change.publish(.amended(before: before), at: moment)
    case .cancelled(let reason):
      change.content.moveReason = reason
      if change.state != .refused { change.publish(.cancelled, at: moment) }
      change.state = .cancelled
    case .started(let at, let reason, let estimate):
      change.content.moveReason = reason
      let end = estimate ?? before.interval.end
      change.content.interval = Interval(start: before.interval.start, end: end) ?? before.interval
      change.state = .inProgress
      change.actualStart = .init(stated: at, recorded: moment)
      change.publish(.started, at: moment)
    case .extended(let end, let isEndKnown, let reason, let alongside):
      change.content.moveReason = reason
      change.content.alongside += alongside
      change.content.interval = Interval(start: before.interval.start, end: end) ?? before.interval
      change.content.isEndKnown = isEndKnown
      if before.isEndKnown { change.plannedEnd = change.plannedEnd ?? before.interval.end }
      change.publish(.extended(before: before), at: moment)
    case .noticePublished(let kind, let channel, let revision, let at, let evidence):
      change.notices.append(
        NoticeRecord(
          kind: kind, channel: channel, revision: revision, publishedAt: .init(stated: at, recorded: moment),
          evidence: evidence))
    case .completed(let at, let reason):
      change.content.moveReason = reason
      if !before.isEndKnown {
        // The end is known from now on, and it is this one.
        change.content.interval = Interval(start: before.interval.start, end: at) ?? before.interval
        change.content.isEndKnown = true
      }
      change.state = .completed
      change.actualEnd = .init(stated: at, recorded: moment)
      change.publish(.completed, at: moment)
    }
  }
}

extension Change {
  fileprivate init(id: ChangeID, content: ChangeContent, state: ChangeState, recordedAt: Instant, verdict: Verdict) {
    self.id = id
    self.content = content
    self.state = state
    self.recordedAt = recordedAt
    self.verdict = verdict
  }

  fileprivate mutating func publish(_ revision: Revision, at moment: Instant) {
    self.revision = self.revision.map { $0 + 1 } ?? 0
    revisedAt = moment
    lastRevision = revision
    if case .rescheduled = revision { announcedImpact = .none }
    announcedImpact = max(announcedImpact, content.impact)
    if let known = announcedComponents, known.isEmpty || content.components.isEmpty {
      announcedComponents = []
    } else {
      announcedComponents = Array(Set((announcedComponents ?? []) + content.components)).sorted()
    }
    if let number = self.revision, let notice = NoticeKind.current(for: self) {
      marks.append(RevisionMark(revision: number, notice: notice, at: moment))
    }
  }
}

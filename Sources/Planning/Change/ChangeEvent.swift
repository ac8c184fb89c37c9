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
  case cancelled(reason: Reason?)
  /// With a new estimate where the end is not known and the last one is over.
  case started(at: Instant, reason: Reason?, estimate: Instant? = nil)
  /// A later end or, where it is still not known, a later estimate; and changes that it may overlap by it.
  case extended(end: Instant, isEndKnown: Bool = true, reason: Reason?, alongside: [ChangeID] = [])
  /// Of work that had ended: its times are corrected. With a start where the one on record was wrong.
  case completed(at: Instant, reason: Reason?, started: Instant? = nil)
  /// Urgent work that had begun, or was over, when it was recorded.
  case emergencyRecorded(ChangeContent, Verdict, start: Instant, end: Instant?)
  /// What is asked for is allowed, and waits for approval: as the first event, of a draft, or beside the plan in force.
  case requested(ChangeContent, Verdict)
  /// The event after it publishes what was asked for.
  case approved(reason: String?)
  /// A request becomes a draft; a plan stays as it is.
  case declined(reason: String?)
  /// Messages of these notices may go, which waited for somebody to send them.
  case noticesReleased([NoticeKind])
  /// It goes on without its release, as it stands.
  case leftRelease(reason: String?)
  /// A notice of the change was published; what clients read in the feeds stays as it is.
  case noticePublished(NoticeKind, NoticeChannel, revision: Int, at: Instant, NoticeEvidence? = nil)
}

extension ChangeEvent {
  /// The state after this event, recorded at `moment`. `change` is nil for the first event of a change.
  ///
  /// - Parameter actor: who recorded it; nil where nobody knows.
  public func apply(to change: Change?, id: ChangeID, at moment: Instant, by actor: String? = nil) -> Change? {
    switch (self, change) {
    case (.planned(let content, let verdict), nil):
      var new = Change(id: id, content: content, state: .planned, recordedAt: moment, verdict: verdict)
      new.publish(.announced, at: moment)
      new.plannedAt = moment
      return new
    case (.refused(let content, let verdict), nil):
      var new = Change(id: id, content: content, state: .refused, recordedAt: moment, verdict: verdict)
      new.wrote(actor)
      return new
    case (.emergencyRecorded(let content, let verdict, let start, let end), nil):
      var new = Change(
        id: id, content: content, state: end == nil ? .inProgress : .completed, recordedAt: moment, verdict: verdict)
      new.plannedAt = moment
      new.actualStart = .init(stated: start, recorded: moment)
      new.actualEnd = end.map { .init(stated: $0, recorded: moment) }
      new.publish(.announced, at: moment)
      return new
    case (.requested(let content, let verdict), nil):
      var new = Change(id: id, content: content, state: .requested, recordedAt: moment, verdict: verdict)
      new.request(at: moment, by: actor)
      return new
    case (.approved, let change?) where change.awaiting == nil, (.declined, let change?) where change.awaiting == nil,
      (.requested, let change?) where ![.refused, .requested, .planned].contains(change.state):
      return nil
    case (_, nil), (.planned, _?), (.refused, _?), (.emergencyRecorded, _?):
      return nil
    case (.leftRelease, let change?) where change.release == nil: return nil
    case (.noticePublished(_, _, let revision, let at, _), let change?)
    where revision < 0 || revision > change.revision ?? -1 || at > moment:
      return nil
    case (_, var change?):
      applyLater(to: &change, at: moment, by: actor)
      return change
    }
  }

  private func applyLater(to change: inout Change, at moment: Instant, by actor: String?) {
    let before = change.content
    switch self {
    case .planned, .refused, .emergencyRecorded, .replanningRefused:
      break
    case .draftRevised(let content, let verdict):
      change.wrote(actor)
      change.content = content
      change.verdict = verdict
    case .rescheduled(let content, let verdict):
      change.content = content
      change.verdict = verdict
      change.dropRequest()
      change.publish(change.revision == nil ? .announced : .rescheduled(before: before), at: moment)
      change.state = .planned
      change.plannedAt = moment
    case .requested(let content, let verdict):
      change.request(at: moment, by: actor)
      if change.revision == nil {
        (change.content, change.verdict, change.state) = (content, verdict, .requested)
      } else {
        change.proposal = content
      }
    case .approved(let reason): change.decide(.approved, at: moment, by: actor, reason: reason)
    case .declined(let reason):
      change.decide(.declined, at: moment, by: actor, reason: reason)
      change.proposal = nil
      if change.state == .requested {
        change.state = .refused
      } else {
        // The plan stands, as it was approved.
        (change.declined, change.approval) = (change.approval, change.approved ?? change.approval)
      }
    case .amended(let content, let verdict):
      change.content = content
      change.verdict = verdict
      change.dropRequest()
      change.publish(.amended(before: before), at: moment)
    case .cancelled(let reason):
      change.content.moveReason = reason
      change.dropRequest()
      if change.revision != nil { change.publish(.cancelled, at: moment) }
      change.state = .cancelled
    case .started(let at, let reason, let estimate):
      change.dropRequest()
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
    case .leftRelease: change.release = nil
    case .noticesReleased(let kinds):
      for index in change.marks.indices
      where change.marks[index].review == .waiting && kinds.contains(change.marks[index].notice) {
        change.marks[index].review = .released
      }
      if kinds.contains(.reminder), change.reminderReview == .waiting { change.reminderReview = .released }
    case .noticePublished(let kind, let channel, let revision, let at, let evidence):
      change.notices.append(
        NoticeRecord(
          kind: kind, channel: channel, revision: revision, publishedAt: .init(stated: at, recorded: moment),
          evidence: evidence))
    case .completed(let at, let reason, let started):
      change.content.moveReason = reason
      // Of urgent work that was recorded as it happened, the plan is what happened.
      let isFact = before.kind == .emergency && change.plannedEnd == nil
      if !before.isEndKnown || (isFact && change.actualEnd?.stated == before.interval.end) {
        // The end is known from now on, and it is this one.
        let start = isFact && change.actualStart?.stated == before.interval.start ? started : nil
        change.content.interval = Interval(start: start ?? before.interval.start, end: at) ?? before.interval
        change.content.isEndKnown = true
      }
      change.corrected = change.actual
      if let started { change.actualStart = .init(stated: started, recorded: moment) }
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

  fileprivate mutating func request(at moment: Instant, by actor: String?) {
    wrote(actor)
    declined = nil
    approval = Approval(state: .requested, by: actor, at: moment, requesters: authors)
  }

  fileprivate mutating func wrote(_ actor: String?) {
    if let actor, !authors.contains(actor) { authors.append(actor) }
  }

  fileprivate mutating func decide(
    _ state: Approval.State, at moment: Instant, by actor: String?, reason: String?
  ) {
    approval = Approval(state: state, by: actor, at: moment, reason: reason, requesters: authors)
    if state == .approved { approved = approval }
  }

  /// What waits, waits no more: the plan went on otherwise.
  fileprivate mutating func dropRequest() {
    proposal = nil
    if approval?.state == .requested { approval = approved }
  }

  fileprivate mutating func publish(_ revision: Revision, at moment: Instant) {
    self.revision = self.revision.map { $0 + 1 } ?? 0
    revisedAt = moment
    lastRevision = revision
    (authors, declined) = ([], nil)
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

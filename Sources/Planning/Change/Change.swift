public import CivilTime

/// A change as its events have left it.
public struct Change: Hashable, Sendable {
  public let id: ChangeID
  public var content: ChangeContent
  public var state: ChangeState
  /// Number of the published version, from 0; nil while nothing was published.
  public var revision: Int?
  /// The register's clock when the change was first recorded.
  public let recordedAt: Instant
  /// The register's clock when the plan in force was accepted and published; the notice counts from here.
  public var plannedAt: Instant?
  /// The register's clock at the newest published revision (iCalendar DTSTAMP and LAST-MODIFIED).
  public var revisedAt: Instant?
  /// The end that was announced before an extension; nil where nothing was extended.
  public var plannedEnd: Instant?
  public var actualStart: StatedInstant?
  public var actualEnd: StatedInstant?
  /// The verdict that the plan in force, or the draft, was given.
  public var verdict: Verdict
  /// What the newest revision is, compared with the one before.
  public var lastRevision: Revision?
  /// The heaviest impact that clients were told of this plan: lowering it later takes nothing back.
  public var announcedImpact = Impact.none
  /// All components that any published revision touched; empty once one touched the whole service.
  public var announcedComponents: [String]?
  /// Every published revision with the notice that it calls for, oldest first.
  public var marks: [RevisionMark] = []
  /// Notices that were published, in the order in which they were recorded.
  public var notices: [NoticeRecord] = []
  /// Elapsed times before the start at which the contract asked for reminders when the plan in force was published, or
  /// newly told; empty in what was published before reminders went out by themselves.
  public var reminderLeads: [Elapsed] = []
  /// Whether those reminders wait until somebody sends them; nil where they wait for nobody.
  public var reminderReview: Review?
  /// What somebody has to decide, or has decided last; nil where nothing needed it.
  public var approval: Approval?
  /// What the published plan becomes once it is approved: until then the plan stands, and both times are held. Nil where
  /// nothing waits beside a plan; a request of which nothing was published stands in `content`, its state `requested`.
  public var proposal: ChangeContent?
  /// Everybody whose events wrote content since the newest revision, in order: none of them approves it where four eyes
  /// are asked for, whatever was declined or refused between.
  public var authors: [String] = []
  /// Who approved the plan in force, also while a move of it waits or was declined; nil where nobody had to.
  public var approved: Approval?
  /// What came last of a move of the plan in force, where it was declined; nil once another is asked for or published.
  public var declined: Approval?

  /// The release that it was submitted with, and has not left.
  public var release: ReleaseID?

  /// A moment as someone stated it, beside the register's clock when it was stated.
  public struct StatedInstant: Hashable, Sendable {
    public var stated: Instant
    public var recorded: Instant
    public init(stated: Instant, recorded: Instant) {
      self.stated = stated
      self.recorded = recorded
    }
  }

  /// What a published revision told clients.
  public enum Revision: Hashable, Sendable {
    case announced
    case rescheduled(before: ChangeContent)
    case amended(before: ChangeContent)
    case cancelled
    case started
    case extended(before: ChangeContent)
    case completed
  }

  /// When the work took place, as it stood before the newest correction; nil where nothing was corrected.
  public var corrected: Interval?

  /// Whether the work began, to the minute, before the time that was planned.
  public var startedEarly: Bool { actualStart.map { $0.stated + .minutes(1) <= content.interval.start } ?? false }
  /// Whether it began clearly after that.
  public var startedLate: Bool { actualStart.map { $0.stated >= content.interval.start + .minutes(5) } ?? false }

  /// Whether the change takes up its interval: nothing else may be planned there.
  public var isBooked: Bool { state.isBooked }

  /// The intervals that it takes up: that of its plan, or request, and the one that waits beside it.
  public var held: [Interval] { isBooked ? [content.interval] + (proposal.map { [$0.interval] } ?? []) : [] }

  /// Whether there is something of it that no revision tells: all of a draft, or what waits beside a plan.
  public var hasDraft: Bool { revision == nil || proposal != nil }

  /// What waits for approval; nil where nothing does.
  public var awaiting: ChangeContent? { state == .requested ? content : proposal }

  /// Whether the time that was announced is over, and nobody has said that the work began.
  public func hasPassed(at moment: Instant) -> Bool {
    (state == .requested || state == .planned) && content.isOver(at: moment)
  }

  /// Start to end as they were; nil until both are known, and for work without length.
  public var actual: Interval? {
    guard let start = actualStart?.stated, let end = actualEnd?.stated else { return nil }
    return Interval(start: start, end: end)
  }

  /// What clients were told before the newest revision; nil where it moved no plan.
  public var before: ChangeContent? {
    switch lastRevision {
    case .rescheduled(let before), .amended(let before), .extended(let before): before
    case .announced, .cancelled, .started, .completed, nil: nil
    }
  }

  /// By when clients were promised more of work whose end is not known; nil where the end is known, and where that moment
  /// had passed when the newest revision was published.
  public var nextWord: Instant? {
    let word = content.interval.end
    return content.isEndKnown || revisedAt.map { word <= $0 } ?? false ? nil : word
  }

  /// How much later than announced before it began the work ended; nil while it has not, or did not run over. An
  /// extension announces a later end and excuses nothing; an estimate announces none.
  public var overrun: Elapsed? {
    let announced = plannedEnd ?? content.interval.end
    guard let end = actualEnd?.stated, end > announced else { return nil }
    return end - announced
  }

  /// The notice that clients were given; negative for what was recorded after its start.
  public var noticeGiven: Elapsed? { plannedAt.map { content.interval.start - $0 } }
}

/// An interval that a change takes up.
public struct Booking: Hashable, Sendable {
  public let change: ChangeID
  public let interval: Interval
  public init(change: ChangeID, interval: Interval) {
    self.change = change
    self.interval = interval
  }
}

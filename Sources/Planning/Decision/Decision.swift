public import CivilTime

/// What comes of a command: the verdict, and the events that record it (none when nothing changes).
public struct Decision: Hashable, Sendable {
  public var verdict: Verdict
  public var events: [ChangeEvent]

  public var isAllowed: Bool { verdict.status == .allowed }
}

/// Everything a decision depends on besides the command and the change. The clock is an argument.
public struct DecisionContext: Sendable {
  public var contract: Contract
  public var now: Instant
  /// When the plan will be published at the latest: what counts as notice starts here. Later than `now` only where many
  /// requests are recorded at once.
  public var publishedBy: Instant
  /// Bookings of the same service and environment that may meet the interval in question.
  public var booked: [Booking]
  /// The windows of this contract, and of the environment of the change, as far as they are at hand; whatever they do
  /// not cover is built.
  public var windows: WindowTable?
  /// Who asks; nil where nobody knows.
  public var actor: String?
  /// The change before all of a batch that this command is part of; nil where it stands alone.
  public var first: Change?

  public init(
    contract: Contract, now: Instant, publishedBy: Instant? = nil, booked: [Booking], windows: WindowTable? = nil,
    actor: String? = nil
  ) {
    self.contract = contract
    self.now = now
    self.publishedBy = publishedBy ?? now
    self.booked = booked
    self.windows = windows
    self.actor = actor
  }
}

extension ChangeCommand {
  /// The interval in which bookings matter to this command; nil when none do.
  public func bookingInterval(of change: Change?, by contract: Contract, at now: Instant) -> Interval? {
    timed(change, by: contract, at: now)?.interval
  }

  /// The work at the time that the command asks for, with an estimate where it asks for no end; nil where it asks for none.
  public func timed(_ change: Change?, by contract: Contract, at now: Instant) -> ChangeContent? {
    guard var content = self.content ?? change?.awaiting ?? change?.content else { return nil }
    switch self {
    case .submit, .emergency: break
    case .reschedule(let interval, let isEndKnown, _, _): content.move(to: interval, isEndKnown: isEndKnown)
    case .extend(let end, let length, _, _):
      guard
        let interval = Interval(
          start: content.interval.start,
          end: end ?? length.map { content.interval.end + $0 } ?? content.nextEstimate(by: contract, at: now))
      else { return nil }
      (content.interval, content.isEndKnown) = (interval, end != nil || (length != nil && content.isEndKnown))
      return content
    case .amend: if change?.state != .refused { return content }
    case .approve: return change?.awaiting
    case .cancel, .start, .complete, .decline, .sendNotices, .recordNotice: return nil
    }
    return content.estimated(by: contract, at: now)
  }

  /// Judges the command. Pure: the same arguments give the same decision.
  ///
  /// `change` is nil exactly for commands that create one.
  public func decide(on change: Change?, in context: DecisionContext) throws(CommandError) -> Decision {
    switch (self, change) {
    case (.submit(let content), nil):
      return try Planner(context: context).submit(content)
    case (.emergency(let content), nil):
      return try Planner(context: context).emergency(content)
    case (_, let change?):
      return try Planner(context: context).move(change, by: self)
    case (_, nil):
      // Holds: whoever names a change looks it up before.
      preconditionFailure("a command that moves a change is given one")
    }
  }
}

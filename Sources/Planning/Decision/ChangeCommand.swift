public import CivilTime

/// What someone asks of the register. Commands carry what was typed; `decide` says what comes of it.
public enum ChangeCommand: Hashable, Sendable {
  /// A maintenance or an update.
  case submit(ChangeContent)
  /// Urgent work: ahead, under way, or over.
  case emergency(ChangeContent)
  /// `isEndKnown`: false where only a start is given for work whose end is not known.
  case reschedule(interval: Interval?, isEndKnown: Bool = true, reason: Reason?, alongside: [ChangeID])
  case amend(Amendment, reason: Reason?)
  case cancel(reason: Reason?)
  case start(at: Instant?, reason: Reason?)
  /// To an end, or by a length from the end or the estimate that stands. Without either the estimate moves on, where the end
  /// is not known.
  case extend(end: Instant?, by: Elapsed? = nil, reason: Reason?, alongside: [ChangeID])
  /// `started`: that the work began then, of a plan of which nobody has said it.
  case complete(at: Instant?, reason: Reason?, started: Instant? = nil)
  /// Publishes what waits for approval, judged anew.
  case approve(reason: String?)
  case decline(reason: String?)
  /// Lets messages go that wait for it: of that notice, or of all but reminders.
  case sendNotices(NoticeKind?)
  /// Says that a notice was published, now or at an earlier moment; without a kind, the one that is owed first.
  case recordNotice(NoticeKind?, NoticeChannel, at: Instant?)

  /// Fields of a change to be replaced; those that it does not name are left as they are.
  public struct Amendment: Hashable, Sendable {
    private var values: [ChangeField: FieldValue] = [:]

    public init() {}

    /// Only `ChangeField.amendable` have a meaning here.
    public subscript(field: ChangeField) -> FieldValue? {
      get { values[field] }
      set { values[field] = newValue }
    }

    public var isEmpty: Bool { values.isEmpty }
  }

  /// Asks for a new change.
  public init(creating content: ChangeContent) {
    self = content.kind == .emergency ? .emergency(content) : .submit(content)
  }

  /// The content of a command that makes a new change; nil for one that moves a change.
  public var content: ChangeContent? {
    switch self {
    case .submit(let content), .emergency(let content): content
    case .reschedule, .amend, .cancel, .start, .extend, .complete, .approve, .decline, .sendNotices, .recordNotice: nil
    }
  }

  /// Why, of what clients are told of.
  public var reason: Reason? {
    switch self {
    case .submit(let content), .emergency(let content): content.reason
    case .reschedule(_, _, let reason, _), .amend(_, let reason), .cancel(let reason), .start(_, let reason),
      .extend(_, _, let reason, _), .complete(_, let reason, _):
      reason
    case .approve, .decline, .sendNotices, .recordNotice: nil
    }
  }

  public var createsChange: Bool { content != nil }

  /// Changes that the command says it may overlap.
  public var alongside: [ChangeID] {
    switch self {
    case .submit(let content), .emergency(let content): content.alongside
    case .reschedule(_, _, _, let others), .extend(_, _, _, let others): others
    case .amend, .cancel, .start, .complete, .approve, .decline, .sendNotices, .recordNotice: []
    }
  }
}

/// A command that makes no sense as it stands; unlike a refusal, no rule was asked and nothing is recorded.
public enum CommandError: Error, Hashable, Sendable {
  case unknownComponent(String, known: [String])
  case unknownEnvironment(String, known: [String])
  case invalidText(TextError)
  case missingTitle
  /// Longer than `Limits.longestInterval`.
  case intervalTooLong(Elapsed)
  /// Further ahead or further back than `Limits.horizon`.
  case tooFarAway(Instant)
  case nothingToAmend
  /// A reschedule to the interval that is announced already.
  case nothingToMove
  /// Update fields on a change that is no update.
  case notAnUpdate
  case updateDetailsMissing
  /// `--no-interruption` together with an impact that interrupts.
  case interruptionContradictsImpact(Impact)
  case momentInFuture(Instant, now: Instant)
  /// An actual start or end before the change was recorded as planned, or an end before the start.
  case momentTooEarly(Instant, earliest: Instant)
  case endNotLater(Instant, current: Instant)
  /// An end that is not ahead, of work whose end was not known: then it is over.
  case endNotAhead(ChangeID, Instant, now: Instant)
  /// Work whose end is known is extended to another end.
  case endMissing(ChangeID)
  /// A change cannot be moved alongside itself.
  case alongsideItself(ChangeID)
  /// A notice that the change never called for, or of a draft.
  case noticeNotApplicable(NoticeKind, ChangeID)
  case noticeRecordedAlready(NoticeKind, NoticeChannel, revision: Int)
  /// Nothing is owed that a notice without a kind could be.
  case nothingOwed(ChangeID)
  case invalidDocumentationAddress(String)
  /// Nothing of the change waits for approval.
  case nothingToDecide(ChangeID)
  /// Four eyes: whoever asked for it does not approve it, nor does nobody in particular.
  case ownRequest(ChangeID)
  case declinedWithoutReason(ChangeID)
  /// No message of the change, or of that notice, waits for somebody to send it.
  case nothingToSend(ChangeID)

  public enum Limits {
    public static let longestInterval = Elapsed.hours(24 * 366)
    public static let horizon = Elapsed.hours(24 * 366 * 10)
  }
}

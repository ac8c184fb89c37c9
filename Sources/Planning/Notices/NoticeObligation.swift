public import CivilTime

/// A notice that clients are owed.
public struct NoticeObligation: Hashable, Sendable {
  public enum Status: String, CaseIterable, Hashable, Sendable {
    /// Its hour has passed.
    case late
    /// To be published now.
    case due
    case upcoming
  }

  public let change: ChangeID
  public let kind: NoticeKind
  /// Elapsed time before the start at which a reminder is owed; nil for other notices.
  public let lead: Elapsed?
  /// From when on it can be published.
  public let from: Instant
  /// When it has to be out.
  public let due: Instant
  /// Whether the notice can be written yet: that of a start needs a start that was recorded.
  public let isReady: Bool

  /// Of the notice as it is written from `revision`.
  public func identity(revision: Int?) -> NoticeIdentity {
    NoticeIdentity(change: change, kind: kind, revision: revision, lead: lead)
  }

  /// The hour that it is about: that of a reminder, a start or an end.
  public var hour: Instant { lead == nil ? from : due }

  public func status(at now: Instant) -> Status { now > due ? .late : now >= from ? .due : .upcoming }
}

/// Says what clients are owed about a change. Whatever moves a plan changes what is owed with it, since it is computed
/// anew each time; nothing is stored but what was published.
public enum NoticeObligations {
  /// "At once": the time to copy a text to the portal.
  public static let atOnce = Elapsed.minutes(15)

  /// What is owed at `now`, in order of when it is due.
  ///
  /// - A published revision owes its notice at once, unless the portal is served and has told it. One that tells all there
  ///   is to know by then (announcement, reschedule, start, cancellation, end) stands in for every older one that is still
  ///   owed, and while it waits, for the amendments after it.
  /// - Each reminder is owed at its hour, unless the plan itself was published, or told, so late that it reminds of itself.
  ///   One that was missed lapses when the next can go out, or the work begins. What one publication tells is owed once: of
  ///   reminders that can go out at the same time, the first.
  /// - The start and the end are owed when they happen; for urgent work the end is accounted for
  ///   (régularisation).
  /// - Work whose end is not known owes word by its estimate: how long it still takes, or that it is over.
  /// - Work without impact owes neither reminders nor word of its start and end, unless clients never heard of it.
  public static func owed(for change: Change, at now: Instant, by terms: NoticeTerms) -> [NoticeObligation] {
    guard change.revision != nil else { return [] }
    let revisions = revisions(of: change)
    // What tells of the plan now reminds of it as well.
    let isPlanWaiting = revisions.contains { $0.kind.tellsPlan }
    let reminders = reminders(for: change, at: now, terms.reminders).filter { !isPlanWaiting || $0.from > now }
    let owed = revisions + reminders + ahead(for: change)
    return owed.sorted { ($0.due, $0.kind.rawValue) < ($1.due, $1.kind.rawValue) }
  }

  private static func revisions(of change: Change) -> [NoticeObligation] {
    var waiting: [RevisionMark] = []
    for mark in change.marks {
      waiting.removeAll { isTold($0, of: change) }
      // How work goes that nobody feels is told only in the place of what was never told, which it has overtaken.
      if change.announcedImpact == .none, mark.notice.tellsProgress, waiting.isEmpty || !mark.notice.standsForOlder {
        continue
      }
      if mark.notice.standsForOlder {
        waiting = []
      } else if waiting.contains(where: { $0.notice.standsForOlder }) {
        // What was not sent yet is written from the newest revision, and tells this one too.
        continue
      }
      waiting.removeAll { $0.notice == mark.notice }
      waiting.append(mark)
    }
    waiting.removeAll { isTold($0, of: change) }
    return waiting.map { mark in
      NoticeObligation(
        change: change.id, kind: mark.notice, lead: nil, from: mark.at, due: mark.at + atOnce, isReady: true)
    }
  }

  /// Whether its own notice went out, or one that was written later and tells all.
  private static func isTold(_ mark: RevisionMark, of change: Change) -> Bool {
    (mark.isServed && mark.review != .waiting)
      || change.notices.contains {
        $0.publishedAt.stated >= mark.at && $0.revision >= mark.revision
          && ($0.kind == mark.notice || $0.kind.standsForOlder)
      }
  }

  private static func reminders(
    for change: Change, at now: Instant, _ leads: [Elapsed]
  ) -> [NoticeObligation] {
    let open = change.reminders(at: leads).filter { reminder in
      now < reminder.until
        && !change.notices.contains { $0.tells(reminder) || $0.tellsPlan(from: reminder.from) }
    }
    let first = open.first { $0.from <= now }
    return open.filter { $0 == first || $0.from > now }.map {
      NoticeObligation(
        change: change.id, kind: .reminder, lead: $0.lead, from: $0.from, due: $0.due, isReady: true)
    }
  }

  /// The notice that is owed first and can be published at `now`.
  public static func first(of change: Change, at now: Instant, by terms: NoticeTerms) -> NoticeObligation? {
    owed(for: change, at: now, by: terms).first { $0.isReady && $0.status(at: now) != .upcoming }
  }

  /// Which reminder one that is written at `now` is: the first that can go out, or else that of the last hour whose time
  /// has come, or the first one.
  public static func lead(of change: Change, at now: Instant, reminders: [Elapsed]) -> Elapsed? {
    let ready = change.reminders(at: reminders).first { $0.from <= now && now < $0.until }
    if let ready { return ready.lead }
    let leads = reminders.sorted(by: >)
    return leads.last { change.content.interval.start - $0 - Reminder.earliest <= now } ?? leads.first
  }

  /// What the work will owe by itself when it goes as planned.
  private static func ahead(for change: Change) -> [NoticeObligation] {
    guard change.announcedImpact != .none else { return [] }
    let interval = change.content.interval
    var result: [NoticeObligation] = []
    func add(_ kind: NoticeKind, _ moment: Instant) {
      result.append(
        NoticeObligation(
          change: change.id, kind: kind, lead: nil, from: moment, due: moment + atOnce, isReady: false))
    }
    if change.state == .planned { add(.started, interval.start) }
    if !change.content.isEndKnown {
      // The word that clients were promised: due then, not a quarter of an hour later.
      guard change.isBooked else { return result }
      result.append(
        NoticeObligation(
          change: change.id, kind: .extended, lead: nil, from: interval.end - atOnce, due: interval.end, isReady: false)
      )
    } else if change.isBooked {
      add(change.content.kind == .emergency ? .regularisation : .completed, interval.end)
    }
    return result
  }
}

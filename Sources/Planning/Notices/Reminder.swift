public import CivilTime

/// A reminder that clients are owed of a plan.
public struct Reminder: Hashable, Sendable {
  /// Elapsed time before the start.
  public let lead: Elapsed
  /// When it is owed: `lead` before the start.
  public let due: Instant
  /// From then on it comes too late: the next can go out (or is due, where that is so near), or the work begins.
  public let until: Instant

  /// How long before its hour it may go out; what went out earlier reminds nobody.
  public static let earliest = Elapsed.hours(12)

  /// From when on it can go out.
  public var from: Instant { due - Reminder.earliest }

  /// Whether it is the same one, whatever comes after it.
  public func isSame(as other: Reminder) -> Bool { lead == other.lead && due == other.due }
}

extension Change {
  /// The reminders of the plan as it stands, the earliest first, where they are owed at `leads` before the start. None of
  /// work that is not planned, or that nobody feels; and none that falls so close to the publication of the plan that
  /// the plan reminds of itself.
  public func reminders(at leads: [Elapsed]) -> [Reminder] {
    guard state == .planned, announcedImpact != .none, let plannedAt else { return [] }
    let start = content.interval.start
    let leads = leads.filter { $0 > .zero && start - $0 - Reminder.earliest > plannedAt }.sorted(by: >)
    return leads.indices.map { index in
      let due = start - leads[index]
      let next = index + 1 < leads.count ? start - leads[index + 1] : start
      // Where the next can go out before this one is due, this one serves until the next is due.
      let until = next - Reminder.earliest > due && next < start ? next - Reminder.earliest : next
      return Reminder(lead: leads[index], due: due, until: until)
    }
  }

  /// Those that go out by themselves: the contract asked for them when the plan was published.
  public var promisedReminders: [Reminder] { reminders(at: reminderLeads) }
}

/// What a contract says of telling clients.
public struct NoticeTerms: Hashable, Sendable {
  /// Elapsed times before a start at which clients are reminded of it.
  public var reminders: [Elapsed]
  /// Whether the portal is served from the register, so that a revision is published there once it is committed.
  public var servesPortal: Bool
  /// Whether messages wait until somebody sends them.
  public var isReviewed: Bool
  /// Environments of whose changes nothing is shown to the public.
  public var privateEnvironments: Set<String> = []

  /// The word for it, in contracts and in the log.
  public static let served = "served"
  public static let reviewed = "reviewed"

  public init(
    reminders: [Elapsed] = [.hours(48), .hours(24)], servesPortal: Bool = false, isReviewed: Bool = false
  ) {
    self.reminders = reminders
    self.servesPortal = servesPortal
    self.isReviewed = isReviewed
  }
}

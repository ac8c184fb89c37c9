/// What a notice tells clients of a change. Raw values are the names of the template files and of `--kind`.
public enum NoticeKind: String, CaseIterable, Hashable, Sendable {
  case announcement, reminder, rescheduled, amended, cancelled, emergency, regularisation, update, started, extended,
    completed

  /// The notice that the newest published revision of `change` calls for; nil for what was never published.
  public static func current(for change: Change) -> NoticeKind? {
    guard change.revision != nil, let revision = change.lastRevision else { return nil }
    switch revision {
    case .announced:
      switch change.content.kind {
      case .maintenance: return .announcement
      // Urgent work that is over when it is recorded was never announced: all that is left is to account for it.
      case .emergency: return change.actualEnd == nil ? .emergency : .regularisation
      case .update: return .update
      }
    case .rescheduled: return .rescheduled
    case .amended: return .amended
    case .cancelled: return .cancelled
    case .started: return .started
    case .extended: return .extended
    case .completed: return change.content.kind == .emergency ? .regularisation : .completed
    }
  }

  /// Whether `change` has what this notice speaks of: a completion has an end, a move has a plan before it.
  public func isApplicable(to change: Change) -> Bool {
    guard change.revision != nil else { return false }
    switch (self, change.lastRevision) {
    case (.announcement, _): return change.state != .cancelled && change.content.kind != .emergency
    case (.reminder, _): return change.state == .planned
    case (.rescheduled, .rescheduled?), (.amended, .amended?), (.extended, .extended?): return true
    case (.rescheduled, _), (.amended, _), (.extended, _): return false
    case (.cancelled, _): return change.state == .cancelled
    case (.emergency, _): return change.content.kind == .emergency && change.state != .cancelled
    case (.regularisation, _): return change.content.kind == .emergency && change.actualEnd != nil
    case (.update, _): return change.content.update != nil && change.state != .cancelled
    case (.started, _): return change.actualStart != nil
    case (.completed, _): return change.actualEnd != nil
    }
  }

  /// Whether the notice tells all that there is to know by then, so that older ones need not follow.
  public var standsForOlder: Bool {
    switch self {
    case .announcement, .emergency, .update, .rescheduled, .cancelled, .started, .completed, .regularisation: true
    case .reminder, .amended, .extended: false
    }
  }

  /// Whether it adds to what an older notice told rather than telling all anew.
  var followsOn: Bool { !standsForOlder && self != .reminder }

  /// Whether it says when work is to come.
  package var tellsPlan: Bool { [.announcement, .update, .rescheduled, .emergency].contains(self) }

  /// Whether it tells how work goes that clients may not feel.
  var tellsProgress: Bool { self == .started || self == .extended || self == .completed }
}

/// What happened to a published change, as programs are told of it. Raw values stand in webhooks and never change.
public enum ClientEvent: String, CaseIterable, Hashable, Sendable {
  case planned = "change.planned"
  /// Urgent work, announced or recorded; never called planned.
  case emergency = "change.emergency"
  case rescheduled = "change.rescheduled"
  case amended = "change.amended"
  case cancelled = "change.cancelled"
  case started = "change.started"
  case extended = "change.extended"
  case completed = "change.completed"
  /// No revision: a plan that stands, some time before its start.
  case reminder = "change.reminder"
  /// Today's rules refuse the plan: for staff, so that only a subscription that names it is told. It is no revision.
  case conflict = "change.conflict"
  // For staff too: what has to be approved, and what came of it.
  case requested = "change.requested"
  case approved = "change.approved"
  case declined = "change.declined"

  /// Whether only a subscription that names it is told.
  public var isForStaff: Bool { [.conflict, .requested, .approved, .declined].contains(self) }

  /// What the newest published revision of `change` is; nil for what was never published.
  public init?(_ change: Change) {
    guard change.revision != nil, let revision = change.lastRevision else { return nil }
    switch revision {
    case .announced: self = change.content.kind == .emergency ? .emergency : .planned
    case .rescheduled: self = .rescheduled
    case .amended: self = .amended
    case .cancelled: self = .cancelled
    case .started: self = .started
    case .extended: self = .extended
    case .completed: self = .completed
    }
  }
}

/// In which form a webhook is told.
public enum WebhookFormat: String, CaseIterable, Hashable, Sendable {
  /// For programs, signed as Standard Webhooks says.
  case standard
  /// For the people in a chat; the address is the secret, and nothing is signed.
  case slack, teams, mattermost
  case googleChat = "google-chat"
}

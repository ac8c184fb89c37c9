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

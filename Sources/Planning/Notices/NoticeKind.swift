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
}

package import Planning

/// What a notice tells clients of a change. Raw values are the names of the template files.
package enum NoticeKind: String, CaseIterable, Sendable {
  case announcement, reminder, rescheduled, amended, cancelled, emergency, update, started, extended, completed

  /// The notice that the newest published revision of `change` calls for; nil for what was never published.
  package static func current(for change: Change) -> NoticeKind? {
    guard change.revision != nil, let revision = change.lastRevision else { return nil }
    switch revision {
    case .announced:
      switch change.content.kind {
      case .maintenance: return .announcement
      case .emergency: return .emergency
      case .update: return .update
      }
    case .rescheduled: return .rescheduled
    case .amended: return .amended
    case .cancelled: return .cancelled
    case .started: return .started
    case .extended: return .extended
    case .completed: return .completed
    }
  }

  /// Whether `change` has what this notice speaks of: a completion has an end, a move has a plan before it.
  package func isApplicable(to change: Change) -> Bool {
    guard change.revision != nil else { return false }
    switch (self, change.lastRevision) {
    case (.announcement, _): return change.state != .cancelled
    case (.reminder, _): return change.state == .planned
    case (.rescheduled, .rescheduled?), (.amended, .amended?), (.extended, .extended?): return true
    case (.rescheduled, _), (.amended, _), (.extended, _): return false
    case (.cancelled, _): return change.state == .cancelled
    case (.emergency, _): return change.content.kind == .emergency && change.state != .cancelled
    case (.update, _): return change.content.update != nil && change.state != .cancelled
    case (.started, _): return change.actualStart != nil
    case (.completed, _): return change.actualEnd != nil
    }
  }
}

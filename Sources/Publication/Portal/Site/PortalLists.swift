package import CivilTime
package import Planning

/// Published changes as the first page groups them.
package struct PortalLists: Hashable, Sendable {
  /// In progress, or planned for an interval that holds the moment; earliest first.
  package var current: [Change] = []
  /// Planned for later, and cancelled ones whose time has not passed; earliest first.
  package var upcoming: [Change] = []
  /// Everything else; latest first.
  package var past: [Change] = []

  /// Drafts, which were never published, are left out.
  package init(_ changes: [Change], at now: Instant) {
    for change in changes where change.revision != nil {
      let interval = change.content.interval
      switch change.state {
      case .refused: break
      case .inProgress: current.append(change)
      case .completed: past.append(change)
      case .planned:
        if interval.contains(now) {
          current.append(change)
        } else if now < interval.start {
          upcoming.append(change)
        } else {
          past.append(change)
        }
      case .cancelled:
        if now < interval.end { upcoming.append(change) } else { past.append(change) }
      }
    }
    current.sort(by: PortalLists.isEarlier)
    upcoming.sort(by: PortalLists.isEarlier)
    past.sort { PortalLists.isEarlier($1, $0) }
  }

  /// What ended no earlier than `moment`.
  package func past(since moment: Instant) -> [Change] {
    past.filter { ($0.actualEnd?.stated ?? $0.content.interval.end) >= moment }
  }

  static func isEarlier(_ a: Change, _ b: Change) -> Bool {
    (a.content.interval.start, a.id) < (b.content.interval.start, b.id)
  }
}

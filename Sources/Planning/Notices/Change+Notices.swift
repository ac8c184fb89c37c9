public import CivilTime

extension Change {
  /// The published revision that a notice of `kind` speaks of when it goes out at `moment`: the newest that called for
  /// it, with the amendments and extensions that followed, since the notice is written from what is known. For kinds
  /// that no revision calls for, such as reminders, the newest one. Nil where nothing had called for it by then.
  public func revision(toldBy kind: NoticeKind, at moment: Instant) -> Int? {
    guard let index = marks.lastIndex(where: { $0.notice == kind && $0.at <= moment }) else {
      guard !marks.contains(where: { $0.notice == kind }), kind.isApplicable(to: self),
        moment >= plannedAt ?? recordedAt
      else { return nil }
      return marks.last { $0.at <= moment }?.revision
    }
    let following = marks[(index + 1)...].prefix { $0.at <= moment && $0.notice.followsOn }
    return (following.last ?? marks[index]).revision
  }
}

extension NoticeKind {
  /// Whether it adds to what an older notice told rather than telling all anew.
  fileprivate var followsOn: Bool { self == .amended || self == .extended }
}

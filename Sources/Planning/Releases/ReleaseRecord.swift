public import CivilTime

/// Changes that were submitted together, and are moved and told as one. Each of them is a change like any other, with a
/// stream of its own; this names them.
public struct ReleaseRecord: Hashable, Sendable {
  /// A change of the release. Joint work has several changes of one name, one in each service.
  public struct Member: Hashable, Sendable {
    /// As the release's file calls it.
    public var name: String
    public var change: ChangeID

    public init(name: String, change: ChangeID) {
      self.name = name
      self.change = change
    }
  }

  /// What was done with the release, when and by whom.
  public struct Step: Hashable, Sendable {
    public var event: ReleaseEvent
    /// The register's clock.
    public var at: Instant
    /// Nil where nobody knows.
    public var by: String?
  }

  public let id: ReleaseID
  /// What clients read.
  public let name: String
  public let reason: String?
  /// The file that it was submitted as, in JSON: what it is planned anew by.
  public let file: String
  /// By start as they were submitted; without those that have left.
  public var members: [Member]
  /// From the first start to the last end, as the release was last planned as a whole.
  public var span: Interval
  public var steps: [Step]
}

/// What is done with a release after it was submitted; the changes record their part of it themselves.
public enum ReleaseMove: String, CaseIterable, Hashable, Sendable {
  case rescheduled, cancelled, approved, declined
  /// Changes that go on alone.
  case left
}

public enum ReleaseEvent: Hashable, Sendable {
  case submitted(name: String, reason: String?, [ReleaseRecord.Member], file: String, Interval)
  /// - Parameter span: nil where no time was moved.
  case moved(ReleaseMove, [ChangeID], reason: Reason?, span: Interval? = nil)

  /// Those that it concerns.
  public var changes: [ChangeID] {
    switch self {
    case .submitted(_, _, let members, _, _): members.map(\.change)
    case .moved(_, let changes, _, _): changes
    }
  }

  /// The state after this event; nil where it cannot follow.
  public func apply(
    to release: ReleaseRecord?, id: ReleaseID, at moment: Instant, by actor: String?
  ) -> ReleaseRecord? {
    let step = ReleaseRecord.Step(event: self, at: moment, by: actor)
    switch (self, release) {
    case (.submitted(let name, let reason, let members, let file, let span), nil):
      return ReleaseRecord(
        id: id, name: name, reason: reason, file: file, members: members, span: span, steps: [step])
    case (.moved(let move, let changes, _, let span), var release?)
    where Set(changes).isSubset(of: release.members.map(\.change)):
      if move == .left { release.members.removeAll { changes.contains($0.change) } }
      release.span = span ?? release.span
      release.steps.append(step)
      return release
    default: return nil
    }
  }
}

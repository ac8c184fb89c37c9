public import CivilTime

/// What someone asks of a release.
public enum ReleaseCommand: Hashable, Sendable {
  case submit(ReleaseSubmission)
  /// Every change that has not begun, by as much.
  case reschedule(by: TimeShift, reason: Reason?)
  /// Each to a start of its own; the others stay. `isFound`: whether a search chose them, so that the same request may name others.
  case place([ChangeID: Instant], isFound: Bool, reason: Reason?)
  /// What has not begun and starts at `from` or later; without `from`, all that has not begun.
  case cancel(from: Instant?, reason: Reason?)
  case approve(reason: String?)
  case decline(reason: String?)
  /// These go on alone, as they stand.
  case leave([ChangeID], reason: String?)

  /// What is recorded of it; nil for a submission.
  public var move: ReleaseMove? {
    switch self {
    case .submit: nil
    case .reschedule, .place: .rescheduled
    case .cancel: .cancelled
    case .approve: .approved
    case .decline: .declined
    case .leave: .left
    }
  }

  public var reason: Reason? {
    switch self {
    case .submit: nil
    case .reschedule(_, let reason), .place(_, _, let reason), .cancel(_, let reason): reason
    case .approve(let reason), .decline(let reason), .leave(_, let reason): Reason(reason)
    }
  }
}

extension ReleaseCommand {
  /// What a submission asks under that name of that service.
  public func content(of name: String, _ service: String) -> ChangeContent? {
    guard case .submit(let submission) = self else { return nil }
    return submission.items.first { $0.name == name && $0.content.service == service }?.content
  }
}

/// A release with a time for each change.
public struct ReleaseSubmission: Hashable, Sendable {
  public struct Item: Hashable, Sendable {
    public var name: String
    public var content: ChangeContent

    public init(name: String, content: ChangeContent) {
      self.name = name
      self.content = content
    }
  }

  public var name: String
  public var reason: String?
  /// By start. Joint work has an item for each service.
  public var items: [Item]
  /// As it was written, in JSON; docs/releases.md.
  public var file: String
  /// Whether a search chose the times: the same request may then come with others.
  public var isFound: Bool

  public init(name: String, reason: String?, items: [Item], file: String, isFound: Bool) {
    (self.name, self.reason, self.items, self.file, self.isFound) = (name, reason, items, file, isFound)
  }

  /// When each change of the file starts.
  public var starts: [(name: String, start: Instant)] {
    items.enumerated().filter { index, item in !items[..<index].contains { $0.name == item.name } }
      .map { ($0.element.name, $0.element.content.interval.start) }
  }
}

/// How far times are moved: by civil days, over which the hour stays, or by elapsed time. Either may be negative.
public enum TimeShift: Hashable, Sendable {
  case days(Int)
  case elapsed(Elapsed)
}

/// Why nothing can be done with a release as was asked; no rule was asked and nothing is recorded.
public enum ReleaseError: Error, Hashable, Sendable {
  /// None of its changes can still be moved so.
  case nothing(ReleaseMove, ReleaseID)
  case notInRelease(ChangeID, ReleaseID)
  /// Moved by days, the change would start at a civil time that there is not, or that there is twice.
  case unclearTime(ChangeID, CivilDateTime, CivilResolution)
}

extension ReleaseCommand {
  /// What it asks of each change that it concerns, in the order of the release.
  ///
  /// - Parameters:
  ///   - changes: of the release, as they stand.
  ///   - zone: that the times of a change are told in.
  public func commands(
    on release: ReleaseRecord, _ changes: [Change], zone: (Change) throws -> ZoneRules
  ) throws -> [(change: Change, command: ChangeCommand)] {
    let open = changes.filter { [.planned, .requested, .refused].contains($0.state) }
    let commands: [(change: Change, command: ChangeCommand)]
    switch self {
    case .submit: commands = []
    case .reschedule(let shift, let reason):
      commands = try open.map { ($0, try $0.move(by: shift, reason, zone: zone($0))) }
    case .place(let starts, _, let reason):
      for id in starts.keys.sorted() where !release.members.contains(where: { $0.change == id }) {
        throw ReleaseError.notInRelease(id, release.id)
      }
      commands = open.compactMap { change in
        starts[change.id].flatMap { $0 == change.asked.start ? nil : (change, change.move(to: $0, reason)) }
      }
    case .cancel(let from, let reason):
      commands = open.filter { change in from.map { change.content.interval.start >= $0 } ?? true }
        .map { ($0, .cancel(reason: reason)) }
    case .approve(let reason):
      commands = changes.filter { $0.awaiting != nil }.map { ($0, .approve(reason: reason)) }
    case .decline(let reason):
      commands = changes.filter { $0.awaiting != nil }.map { ($0, .decline(reason: reason)) }
    case .leave(let ids, _):
      for id in ids where !release.members.contains(where: { $0.change == id }) {
        throw ReleaseError.notInRelease(id, release.id)
      }
      return []
    }
    if let move, commands.isEmpty { throw ReleaseError.nothing(move, release.id) }
    return commands
  }
}

extension Change {
  /// The time that is asked for it last.
  fileprivate var asked: Interval { (awaiting ?? content).interval }

  fileprivate func move(to start: Instant, _ reason: Reason?) -> ChangeCommand {
    .reschedule(interval: Interval(start: start, length: asked.length), reason: reason, alongside: [])
  }

  fileprivate func move(by shift: TimeShift, _ reason: Reason?, zone: ZoneRules) throws(ReleaseError) -> ChangeCommand {
    switch shift {
    case .elapsed(let length): return move(to: asked.start + length, reason)
    case .days(let days):
      let civil = zone.civil(asked.start)
      let moved = CivilDateTime(date: civil.date.advanced(byDays: days), time: civil.time)
      let resolution = zone.resolve(moved)
      guard case .unique(let start) = resolution else { throw .unclearTime(id, moved, resolution) }
      return move(to: start, reason)
    }
  }
}

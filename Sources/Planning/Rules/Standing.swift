public import CivilTime

/// What the rules of today say of a plan, beside the verdict that it was given: findings of window, freeze, overlap,
/// component and environment. The notice was given then, and is not judged anew.
public struct Standing: Hashable, Sendable {
  public var verdict: Verdict

  public init(_ verdict: Verdict) { self.verdict = verdict }

  public var isRefused: Bool { verdict.status == .refused }
  /// Those that refuse.
  public var obstacles: [Finding] { verdict.findings.filter { !$0.isSatisfied } }
}

/// A plan that today's rules refuse.
public struct Conflict: Hashable, Sendable {
  public var change: Change
  public var standing: Standing

  public init(_ change: Change, _ standing: Standing) {
    self.change = change
    self.standing = standing
  }
}

/// The rules of a contract as it is now, asked about plans that were made under it as it was. Keeps the windows from plan
/// to plan.
public struct TodaysRules: Sendable {
  public let contract: Contract
  /// By environment.
  private var tables: [String: WindowTables] = [:]

  public init(_ contract: Contract) { self.contract = contract }

  /// Why work on `change` may not go on: findings of window and freeze that refuse its plan. Empty where it may.
  ///
  /// A plan stands as a whole or not at all, since article 5 asks for a window that holds all of it: what of it lies
  /// inside is no plan that anybody made. The announced interval counts without its extensions, which are facts and
  /// excuse nothing.
  public mutating func obstacles(to change: Change) -> [Finding] {
    times(of: change).filter { !$0.isSatisfied }
  }

  /// Nil for what is neither planned nor under way, and for a plan whose announced time is over at `now`: no move mends it.
  ///
  /// - Parameter others: the changes whose announced intervals may meet that of `change`; all others may be there too.
  public mutating func standing(
    of change: Change, among others: some Sequence<Change>, at now: Instant
  ) -> Standing? {
    guard change.isBooked, !change.hasPassed(at: now) else { return nil }
    let findings =
      times(of: change) + [
        overlap(of: change, among: others, at: now), Rules.components(change.content, contract),
        Rules.environment(change.content, contract),
      ]
    return Standing(Verdict(findings: findings))
  }

  /// The plans among `changes` that these rules refuse, by start, then identifier; those of other services are passed over.
  public mutating func conflicts(among changes: some Sequence<Change>, at now: Instant) -> [Conflict] {
    let booked = changes.filter { $0.isBooked && $0.content.service == contract.service }
      .sorted { ($0.content.interval.start, $0.id) < ($1.content.interval.start, $1.id) }
    // No interval is longer than this, so that what meets one begins no earlier than so long before it.
    let longest = booked.map(\.content.interval.length).max() ?? .zero
    let waiting = booked.filter { $0.proposal != nil }
    return booked.compactMap { change in
      guard [.requested, .planned].contains(change.state) else { return nil }
      let interval = change.content.interval
      let first = booked.partitioningIndex { $0.content.interval.start >= interval.start - longest }
      let near = booked[first...].prefix { $0.content.interval.start < interval.end }
      let others = waiting.isEmpty ? Array(near) : near + waiting.filter { !near.contains($0) }
      guard let standing = standing(of: change, among: others, at: now), standing.isRefused else { return nil }
      return Conflict(change, standing)
    }
  }

  private mutating func times(of change: Change) -> [Finding] {
    let (content, interval) = (change.content, change.plannedInterval)
    var tables = self.tables[content.environment] ?? WindowTables(contract: contract, environment: content.environment)
    let windows = tables.covering(interval)
    self.tables[content.environment] = tables
    let times = Rules.times(of: content, in: interval, windows: windows, contract: contract)
    return [times.window, times.freeze].compactMap(\.self)
  }

  /// Two changes overlap where the later one says so, whichever of them that is.
  private func overlap(of change: Change, among others: some Sequence<Change>, at now: Instant) -> Finding {
    let content = change.content
    let booked = others.filter { other in
      other.content.service == content.service && other.content.environment == content.environment
    }
    return Rules.overlap(
      change.plannedInterval,
      booked: booked.flatMap { other in
        other.bookings(against: change.id, isUrgent: content.kind == .emergency, by: contract, at: now)
      },
      except: change.id, alongside: content.alongside)
  }
}

extension Change {
  /// The interval that was planned: as announced before any extension.
  public var plannedInterval: Interval {
    // An extension is later than the end that it moves, which lies after the start.
    plannedEnd.flatMap { Interval(start: content.interval.start, end: $0) } ?? content.interval
  }
}

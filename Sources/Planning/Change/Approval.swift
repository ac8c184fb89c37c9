public import CivilTime

/// What somebody has to decide of a request before it is published, or has decided last.
public struct Approval: Hashable, Sendable {
  public enum State: String, CaseIterable, Hashable, Sendable {
    case requested, approved, declined
  }

  public var state: State
  /// Who asked for it, or decided; nil where nobody knows.
  public var by: String?
  /// The register's clock then.
  public var at: Instant
  public var reason: String?
  /// Everybody who had a part in what was asked for, in order.
  public var requesters: [String] = []
}

extension Change {
  /// Whether `name` had a part in what waits. Names of tokens differ in more than case.
  func isWritten(by name: String) -> Bool { authors.contains { $0.lowercased() == name.lowercased() } }

  /// The times that it takes from others at `now`: what waits for approval, and can have none any more, takes none.
  ///
  /// - Parameters:
  ///   - other: a change that says so itself shares its time with.
  ///   - isUrgent: for urgent work, which nothing stops that only waits.
  public func bookings(
    against other: ChangeID? = nil, isUrgent: Bool = false, by contract: Contract, at now: Instant
  ) -> [Booking] {
    guard isBooked else { return [] }
    let waiting = awaiting.flatMap { isUrgent || contract.approvalEnds(for: $0) < now ? nil : $0 }
    return [state == .requested ? nil : content, waiting].compactMap(\.self)
      .filter { content in other.map { !content.alongside.contains($0) } ?? true }
      .map { Booking(change: id, interval: $0.interval) }
  }
}

extension Contract {
  /// Whether a plan of this content is published only once it is approved.
  public func needsApproval(_ content: ChangeContent) -> Bool {
    terms(at: content.interval.start).approval?.kinds.contains(content.kind) ?? false
  }

  /// After this no approval is possible as it stands: what gives notice enough, or the start.
  public func approvalEnds(for content: ChangeContent) -> Instant {
    latestPublication(of: content) ?? content.interval.start
  }

  /// The latest moment at which publishing this gives notice enough; nil where it needs none. Source: contract, articles 5
  /// and 10.
  public func latestPublication(of content: ChangeContent) -> Instant? {
    let (start, terms) = (content.interval.start, terms(at: content.interval.start))
    // Announced before it starts means a second before, which is as much as the clock can tell.
    let announced = Rules.announcement(of: content, at: start, terms: terms).map { _ in start - Elapsed(seconds: 1) }
    let noticed = content.isPlannedMaintenance ? start - terms.planned.notice : nil
    return [announced, noticed].compactMap(\.self).min()
  }
}

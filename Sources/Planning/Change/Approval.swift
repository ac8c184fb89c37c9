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
  /// Everybody who had a part in what was asked for, in order: none of them approves it where four eyes are asked for.
  public var requesters: [String] = []

  /// Whether `name` had a part in the request. Names of tokens differ in more than case.
  func isRequested(by name: String) -> Bool { requesters.contains { $0.lowercased() == name.lowercased() } }
}

extension Contract {
  /// Whether a plan of this content is published only once it is approved.
  public func needsApproval(_ content: ChangeContent) -> Bool {
    terms(at: content.interval.start).approval?.kinds.contains(content.kind) ?? false
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

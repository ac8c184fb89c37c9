/// What a token may do; each role may do all that the one before it may.
package enum Role: String, CaseIterable, Comparable, Sendable {
  /// Submits changes and moves those that it submitted.
  case engineer
  /// Moves every change, records emergencies of others and what was published.
  case releaseManager = "release-manager"
  /// Looks after tokens, private feeds, webhooks and contracts.
  case admin

  private var rank: Int {
    switch self {
    case .engineer: 0
    case .releaseManager: 1
    case .admin: 2
    }
  }

  package static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }
}

/// Who asks, as its token says.
package struct Principal: Hashable, Sendable {
  /// Unique among tokens that are not revoked; stands as the actor in the events.
  package var name: String
  package var role: Role

  package init(name: String, role: Role) {
    self.name = name
    self.role = role
  }
}

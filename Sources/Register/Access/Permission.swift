package import CivilTime
package import Planning

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
  /// When its token ends; nil for one that does not.
  package var expiresAt: Instant?

  package init(name: String, role: Role, expiresAt: Instant? = nil) {
    self.name = name
    self.role = role
    self.expiresAt = expiresAt
  }
}

/// Who may do what: the one place that says it. Pure; denied is what is not allowed here.
package enum Permission {
  /// What someone asks to do with the register.
  package enum Action: String, CaseIterable, Hashable, Sendable {
    /// Windows, verdicts, published changes, availability, the gate's state: what clients may read.
    case readPublished
    /// To have notices sent to one's own address, and to change or end that, where the contract is open to it: by what only
    /// mails to that address say.
    case subscribe
    /// Drafts, history, outages, notices owed, reports, the log, the contracts' files.
    case readRegister
    case submit
    case recordEmergency
    /// Reschedule, amend, cancel, start, extend, complete, whatever the kind of the change.
    case move
    case overrideGate
    /// To approve what was requested, or to decline it; a contract may ask for more.
    case approve
    /// To state that a notice was published.
    case publishNotice
    case keepOutages
    case importChanges
    case manageTokens
    case managePrivateFeeds
    case manageWebhooks
    case manageContracts
  }

  package enum Answer: Hashable, Sendable {
    case allowed
    /// Nobody in particular asked (HTTP 401).
    case needsToken
    /// The least role that may (HTTP 403).
    case needsRole(Role)
    /// The role may, on what its holder submitted; this is another's (HTTP 403). The role may on all.
    case notOwn(Role)

    package var isAllowed: Bool { self == .allowed }
  }

  /// Whether `principal`, nil for nobody, may do `action`.
  ///
  /// - Parameter creator: for a move, who submitted the change (``Register/creator(of:)``); nil where nobody knows, which
  ///   makes it nobody's own. Of no meaning to the other actions.
  package static func check(_ action: Action, by principal: Principal?, creator: String? = nil) -> Answer {
    guard let least = leastRole(for: action) else { return .allowed }
    guard let principal else { return .needsToken }
    guard principal.role >= least else { return .needsRole(least) }
    if action == .move, principal.role < leastRoleForOthers, creator != principal.name {
      return .notOwn(leastRoleForOthers)
    }
    return .allowed
  }

  /// The least role that moves what others submitted, their emergencies among it.
  package static let leastRoleForOthers = Role.releaseManager

  /// The least role for an action, on what is one's own where that matters; nil where everyone may.
  package static func leastRole(for action: Action) -> Role? {
    switch action {
    case .readPublished, .subscribe: nil
    case .readRegister, .submit, .recordEmergency, .move, .overrideGate: .engineer
    case .approve, .publishNotice, .keepOutages, .importChanges: .releaseManager
    case .manageTokens, .managePrivateFeeds, .manageWebhooks, .manageContracts: .admin
    }
  }
}

extension Register {
  /// Who submitted a change: the actor of its first event. Nil where that names nobody.
  package func creator(of id: ChangeID) throws -> String? {
    guard let first = try store.read({ try $0.events(stream: id.description) }).first else {
      throw RegisterError.unknownChange(id)
    }
    return try first.reading { try EventContext(json: $0).actor }
  }
}

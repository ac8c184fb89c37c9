import CivilTime
package import Planning

/// What today's rules say of the plans of a register. Keeps from plan to plan what they have in common; for one thread.
package final class Standings {
  private let register: Register
  /// By service.
  private var rules: [String: TodaysRules] = [:]

  /// - Parameter contracts: as they are now, one a service.
  package init(_ register: Register, _ contracts: [Contract]) {
    self.register = register
    for contract in contracts { rules[contract.service] = TodaysRules(contract) }
  }

  /// Nil for what is neither planned nor under way, for a plan whose time is over, and where its service has no contract
  /// any more.
  package func standing(of change: Change) throws -> Standing? {
    let content = change.content
    let now = register.now
    guard change.isBooked, !change.hasPassed(at: now), rules[content.service] != nil else { return nil }
    let others = try register.store.read { store in
      try store.bookings(
        service: content.service, environment: content.environment, in: change.plannedInterval
      ).filter { $0.change != change.id }.map { try Change.listed($0.change, in: store) }
    }
    return rules[content.service]?.standing(of: change, among: others, at: now)
  }

  /// Nil where there is none any more.
  package func contract(of change: Change) -> Contract? { rules[change.content.service]?.contract }

  /// Why work on a change may not go on; empty where it may.
  package func obstacles(to change: Change) -> [Finding] { rules[change.content.service]?.obstacles(to: change) ?? [] }

  /// The plans that today's rules refuse, of one service or all of them, by start.
  package func conflicts(service: String? = nil) throws -> [Conflict] {
    var filter = ChangeFilter()
    filter.service = service
    filter.states = [.requested, .planned]
    var conflicts: [Conflict] = []
    try register.each(filter) { change in
      guard let standing = try standing(of: change), standing.isRefused else { return }
      conflicts.append(Conflict(change, standing))
    }
    return conflicts
  }
}

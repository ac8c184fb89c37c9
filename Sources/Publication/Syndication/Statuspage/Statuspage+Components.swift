import CivilTime
import JSONText
import Planning

extension Statuspage {
  /// A component of the contract, or the whole service where the contract names none.
  struct ComponentState: Hashable {
    var id: String
    /// Names for people: one line.
    var name: String
    /// The name in the contract; nil for the whole service.
    var key: String?
    /// From 1.
    var position: Int
    /// Whether work that clients feel is in progress on it.
    var isUnderMaintenance = false
    /// The newest publication that spoke of it.
    var updatedAt: Instant

    /// Whether clients feel work on it: never outside production; always where the work names no component.
    func isAffected(by content: ChangeContent) -> Bool {
      guard content.environment == Contract.production else { return false }
      guard let key, !content.components.isEmpty else { return true }
      return content.components.contains(key)
    }
  }

  /// In the order of the contract.
  func componentStates() -> [ComponentState] {
    let start = contract.beginning
    var states = [
      ComponentState(id: pageID, name: contract.displayName(language), key: nil, position: 1, updatedAt: start)
    ]
    if !contract.components.isEmpty {
      states = contract.components.enumerated().map { index, name in
        ComponentState(
          id: "\(pageID).\(TagNames.encoded(name))", name: CleanText.line(name), key: name, position: index + 1,
          updatedAt: start)
      }
    }
    for history in histories {
      let change = history.newest
      for index in states.indices where states[index].isAffected(by: change.content) {
        if Statuspage.takesDown(change) { states[index].isUnderMaintenance = true }
        states[index].updatedAt = max(states[index].updatedAt, change.revisedAt ?? start)
      }
    }
    return states
  }

  func affected(by content: ChangeContent) -> [ComponentState] { components.filter { $0.isAffected(by: content) } }

  /// `under_maintenance` while work with an impact is in progress on it, else `operational`: nothing else is known.
  func json(_ component: ComponentState) -> JSON {
    [
      "id": .string(component.id), "name": .string(component.name),
      "status": component.isUnderMaintenance ? "under_maintenance" : "operational",
      "created_at": .string(time(contract.beginning)), "updated_at": .string(time(component.updatedAt)),
      "position": .integer(Int64(component.position)), "description": .null, "showcase": false,
      "start_date": .string(TimeText.date(contract.versions[0].effectiveFrom)), "group_id": .null,
      "page_id": .string(pageID), "group": false, "only_show_if_degraded": false,
    ]
  }

  static func takesDown(_ change: Change?) -> Bool {
    change.map { $0.state == .inProgress && $0.content.impact != .none } ?? false
  }
}

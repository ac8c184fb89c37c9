package import CivilTime
package import JSONText
package import Planning
package import Wording

/// The public documents of the Statuspage v2 interface, for programs that read those of other services already.
///
/// What it says is what the register knows: work is in progress from the moment when its start was recorded until its
/// completion was, and not because the clock reached the announced time. `now` only decides which announced work is
/// over without having been started. Everything is a scheduled maintenance here, emergencies too: the register knows no
/// incidents, and readers that look for work on the service look in one list.
package struct Statuspage: Sendable {
  /// Raw values are the paths below `/api/v2/`, without `.json`.
  package enum Document: String, CaseIterable, Sendable {
    case summary, status, components
    case maintenances = "scheduled-maintenances"
    case upcoming = "scheduled-maintenances/upcoming"
    case active = "scheduled-maintenances/active"
    case incidents
    case unresolvedIncidents = "incidents/unresolved"
  }

  /// The interface gives the newest 50 of a list, and its readers rely on no more.
  package static let limit = 50

  let contract: Contract
  let language: Language
  let now: Instant
  let isSimulation: Bool
  /// By announced start, then by identifier.
  let histories: [PublishedHistory]
  /// In the order of the contract; each is written once, since a change and the page both show it.
  private(set) var components: [ComponentState] = []

  /// The histories are those of one service, in any order.
  package init(
    _ histories: [PublishedHistory], contract: Contract, language: Language, now: Instant, isSimulation: Bool
  ) {
    self.contract = contract
    self.language = language
    self.now = now
    self.isSimulation = isSimulation
    self.histories = histories.sorted {
      ($0.newest.content.interval.start, $0.newest.id) < ($1.newest.content.interval.start, $1.newest.id)
    }
    components = componentStates()
  }

  /// The document, with a line feed at its end; the same bytes until a change is published or planned work is over.
  package func render(_ document: Document) -> [UInt8] { Array((json(document).prettyText + "\n").utf8) }

  package func json(_ document: Document) -> JSON {
    switch document {
    case .summary:
      return [
        "page": page, "components": .array(components.map(json)), "incidents": [],
        "scheduled_maintenances": .array(active.map(maintenance) + upcoming.map(maintenance)), "status": status,
      ]
    case .status: return ["page": page, "status": status]
    case .components: return ["page": page, "components": .array(components.map(json))]
    case .maintenances: return list(Array(histories.reversed().prefix(Statuspage.limit)))
    case .upcoming: return list(upcoming)
    case .active: return list(active)
    case .incidents, .unresolvedIncidents: return ["page": page, "incidents": []]
    }
  }

  private func list(_ histories: [PublishedHistory]) -> JSON {
    ["page": page, "scheduled_maintenances": .array(histories.map(maintenance))]
  }

  /// Announced and not begun, soonest first; work whose announced time is running stays until that time is over.
  var upcoming: [PublishedHistory] {
    Array(
      histories.filter { $0.newest.state == .planned && $0.newest.content.interval.end > now }
        .prefix(Statuspage.limit))
  }

  /// Begun and not completed, also beyond the announced end.
  var active: [PublishedHistory] {
    Array(histories.filter { $0.newest.state == .inProgress }.prefix(Statuspage.limit))
  }

  private var page: JSON {
    let name = contract.displayName(language)
    return [
      "id": .string(pageID), "name": .string((isSimulation ? SimulationMark.prefix : "") + name),
      "url": .string(contract.home), "time_zone": .string(contract.currentTimeZone.name),
      "updated_at": .string(time(histories.compactMap(\.newest.revisedAt).max() ?? contract.beginning)),
    ]
  }

  /// `maintenance` as soon as any work is in progress; the words say where.
  private var status: JSON {
    let inProgress = active.map(\.newest.content.environment)
    let words: String
    if inProgress.isEmpty {
      words = language("No maintenance in progress", "Aucune maintenance en cours")
    } else if inProgress.contains(Contract.production) {
      words = language("Service under maintenance", "Service en maintenance")
    } else {
      words = language("Maintenance in progress outside production", "Maintenance en cours hors production")
    }
    return ["indicator": inProgress.isEmpty ? "none" : "maintenance", "description": .string(words)]
  }

  var pageID: String { PercentText.encode(contract.service) }

  func time(_ instant: Instant) -> String { TimeText.utc(instant) }
}

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
          id: "\(pageID).\(PercentText.encode(name))", name: CleanText.line(name), key: name, position: index + 1,
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

extension Statuspage {
  func maintenance(_ history: PublishedHistory) -> JSON {
    let (first, newest) = (history.first, history.newest)
    let telling = ChangeTelling(newest, contract: contract, language: language)
    let content = newest.content
    return [
      "id": .string(newest.id.description),
      "name": .string((isSimulation ? SimulationMark.prefix : "") + telling.subject),
      "status": .string(Statuspage.status(newest.state)),
      // A draft that was kept before is no publication: clients learned of it with the first revision.
      "created_at": .string(time(first.revisedAt ?? first.recordedAt)),
      "updated_at": .string(time(newest.revisedAt ?? newest.recordedAt)),
      "monitoring_at": .null,
      "resolved_at": resolvedAt(newest),
      "impact": .string(Statuspage.impact(content)),
      "shortlink": .string(contract.address(of: newest.id)),
      "started_at": newest.actualStart.map { .string(time($0.stated)) } ?? .null,
      "page_id": .string(pageID),
      "incident_updates": .array(updates(history)),
      "components": .array(affected(by: content).map(json)),
      "scheduled_for": .string(time(content.interval.start)),
      "scheduled_until": .string(time(content.interval.end)),
    ]
  }

  private func resolvedAt(_ change: Change) -> JSON {
    switch change.state {
    case .completed: .string(time(change.actualEnd?.stated ?? change.content.interval.end))
    case .cancelled: .string(time(change.revisedAt ?? change.recordedAt))
    default: .null
    }
  }

  /// The interface knows no cancelled work: it is completed, and the newest update says that it was cancelled.
  static func status(_ state: ChangeState) -> String {
    switch state {
    case .planned, .refused: "scheduled"
    case .inProgress: "in_progress"
    case .completed, .cancelled: "completed"
    }
  }

  /// Announced work is `maintenance`, as on every page of this interface; the body says what clients feel. An emergency
  /// was not to be expected, so that its severity is told: `critical` for an outage.
  static func impact(_ content: ChangeContent) -> String {
    switch (content.kind, content.impact) {
    case (_, .none): "none"
    case (.emergency, .reducedRedundancy): "minor"
    case (.emergency, .degraded): "major"
    case (.emergency, .outage): "critical"
    case (.maintenance, _), (.update, _): "maintenance"
    }
  }

  /// One a revision, newest first.
  private func updates(_ history: PublishedHistory) -> [JSON] {
    history.revisions.indices.reversed().map { index in
      let change = history.revisions[index]
      let moment = JSON.string(time(change.revisedAt ?? change.recordedAt))
      let previous = index > 0 ? history.revisions[index - 1] : nil
      return [
        "id": .string("\(change.id)-\(change.revision ?? index)"),
        "status": .string(Statuspage.status(change.state)),
        "body": .string(body(change)),
        "incident_id": .string(change.id.description),
        "created_at": moment, "updated_at": moment, "display_at": moment,
        "affected_components": affectedComponents(change, previous: previous),
        "deliver_notifications": true,
      ]
    }
  }

  /// Plain text: what happened, what differs, what clients feel and why, and the description while it matters.
  private func body(_ change: Change) -> String {
    let telling = ChangeTelling(change, contract: contract, language: language)
    let colon = language.colon
    var lines: [String] = []
    if isSimulation { lines.append(SimulationMark.sentence(language)) }
    lines.append(telling.lead)
    lines += telling.lineDifferences.map { "\($0.name)\(colon) \($0.before) → \($0.after)" }
    let isOver = change.state == .cancelled || change.state == .completed
    lines += telling.lines(.status, without: isOver ? ["impact", "duration"] : []).map {
      "\($0.name)\(colon) \($0.value)"
    }
    let description = CleanText.cleaned(change.content.description).trimmed
    if !isOver, !description.isEmpty { lines += ["", description] }
    return lines.joined(separator: "\n")
  }

  /// What this revision made of each component, by itself; null where clients feel nothing of the environment.
  private func affectedComponents(_ change: Change, previous: Change?) -> JSON {
    let components = affected(by: change.content)
    guard !components.isEmpty else { return .null }
    func status(_ change: Change?) -> JSON { Statuspage.takesDown(change) ? "under_maintenance" : "operational" }
    return .array(
      components.map {
        [
          "code": .string($0.id), "name": .string($0.name), "old_status": status(previous),
          "new_status": status(change),
        ]
      })
  }
}

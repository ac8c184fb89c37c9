package import CivilTime
package import JSONText
package import Planning
package import Wording

/// The public documents of the Statuspage v2 interface, for programs that read those of other services already.
///
/// What it says is what the register knows: work is in progress from the moment when its start was recorded until its
/// completion was, and not because the clock reached the announced time. `now` only decides which announced work is
/// over without having been started: that is told as the portal tells it. All work is a scheduled maintenance here,
/// emergencies too, since readers that look for work on the service look in one list; outages are incidents. Keys and
/// forms are those that pages of this interface answer with, which its documentation leaves out in part.
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
  /// As far as clients are told of them, by start.
  let outages: [PublishedOutage]
  /// In the order of the contract; each is written once, since a change and the page both show it.
  private(set) var components: [ComponentState] = []

  /// The histories are those of one service, in any order.
  package init(
    _ histories: [PublishedHistory], outages: [PublishedOutage] = [], contract: Contract, language: Language,
    now: Instant, isSimulation: Bool
  ) {
    self.contract = contract
    self.language = language
    self.now = now
    self.isSimulation = isSimulation
    self.outages = outages
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
        "page": page, "components": .array(known.map(json)), "incidents": .array(unresolved.map(incident)),
        "scheduled_maintenances": .array(active.map(maintenance) + upcoming.map(maintenance)), "status": status,
      ]
    case .status: return ["page": page, "status": status]
    case .components: return ["page": page, "components": .array(known.map(json))]
    case .maintenances: return list(Array(histories.reversed().prefix(Statuspage.limit)))
    case .upcoming: return list(upcoming)
    case .active: return list(active)
    case .incidents:
      let told = contract.outages == .full ? outages : unresolved
      return ["page": page, "incidents": .array(told.reversed().prefix(Statuspage.limit).map(incident))]
    case .unresolvedIncidents:
      return ["page": page, "incidents": .array(unresolved.reversed().map(incident))]
    }
  }

  /// What goes on.
  private var unresolved: [PublishedOutage] { outages.filter(\.isGoingOn) }

  /// The components of which it is known how they are: where clients are not told of outages, those under maintenance.
  private var known: [ComponentState] { known(components) }
  private func known(_ components: [ComponentState]) -> [ComponentState] {
    contract.outages == .none ? components.filter(\.isUnderMaintenance) : components
  }

  private func list(_ histories: [PublishedHistory]) -> JSON {
    ["page": page, "scheduled_maintenances": .array(histories.map(maintenance))]
  }

  /// Announced and not begun, soonest first; work whose announced time is running stays until that time is over.
  var upcoming: [PublishedHistory] {
    Array(
      histories.filter { $0.newest.state == .planned && !$0.newest.hasPassed(at: now) }.prefix(Statuspage.limit))
  }

  /// Begun and not completed, also beyond the announced end.
  var active: [PublishedHistory] {
    Array(histories.filter { $0.newest.state == .inProgress }.prefix(Statuspage.limit))
  }

  private var page: JSON {
    let name = contract.displayName(language)
    let updated = histories.map(updatedAt) + outages.map(\.newest.at)
    return .members([
      "id": .string(pageID), "name": .string((isSimulation ? SimulationMark.prefix : "") + name),
      "url": .string(contract.home), "time_zone": .string(contract.currentTimeZone.name),
      "updated_at": .string(time(updated.max() ?? contract.beginning)),
      "note": contract.outages == .none ? .string(silence) : nil,
    ])
  }

  private var silence: String {
    language(
      "This page tells of maintenance; it does not tell whether the service works.",
      "Cette page annonce les maintenances ; elle ne dit pas si le service fonctionne.")
  }

  /// That of an outage, or `maintenance` as soon as any work is in progress; the words say where.
  private var status: JSON {
    if let worst = unresolved.map(impact).max(by: { $0 == "major" && $1 == "critical" }) {
      let words =
        worst == "critical"
        ? language("Service unavailable", "Service indisponible")
        : language("Service partly unavailable", "Service partiellement indisponible")
      return ["indicator": .string(worst), "description": .string(words)]
    }
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

  /// With milliseconds and the offset of the page's zone, as pages answer: `2026-10-18T02:40:00.000+02:00`, and `Z` where
  /// that is UTC. Some readers take no other form.
  func time(_ instant: Instant) -> String {
    let text = TimeText.local(instant, in: contract.currentTimeZone)
    let offset = text.suffix(6)
    return "\(text.dropLast(6)).000\(offset == "+00:00" ? "Z" : offset)"
  }
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
    var isDown = false
    /// The newest publication that spoke of it.
    var updatedAt: Instant

    /// Whether clients feel work on it: never outside production.
    func isAffected(by content: ChangeContent) -> Bool {
      content.environment == Contract.production && isAmong(content.components)
    }

    /// Always where no component is named.
    func isAmong(_ components: [String]) -> Bool {
      guard let key, !components.isEmpty else { return true }
      return components.contains(key)
    }

    /// The worst that is known of it.
    var status: JSON { isDown ? "major_outage" : isUnderMaintenance ? "under_maintenance" : "operational" }
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
          id: "\(pageID).\(PercentText.encode(name))", name: CleanText.line(contract.component(name, language)),
          key: name, position: index + 1,
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
    for outage in outages {
      for index in states.indices where states[index].isAmong(outage.newest.facts.components) {
        if outage.isGoingOn { states[index].isDown = true }
        states[index].updatedAt = max(states[index].updatedAt, outage.newest.at)
      }
    }
    return states
  }

  func affected(by content: ChangeContent) -> [ComponentState] { components.filter { $0.isAffected(by: content) } }

  func json(_ component: ComponentState) -> JSON {
    [
      "id": .string(component.id), "name": .string(component.name),
      "status": component.status,
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
      "status": .string(status(of: newest)),
      // A draft that was kept before is no publication: clients learned of it with the first revision.
      "created_at": .string(time(first.revisedAt ?? first.recordedAt)),
      "updated_at": .string(time(updatedAt(history))),
      "monitoring_at": .null,
      "resolved_at": resolvedAt(newest),
      "impact": .string(Statuspage.impact(content)),
      "shortlink": .string(contract.address(of: newest.id)),
      // Before work has begun, pages have here when it was announced.
      "started_at": .string(time(newest.actualStart?.stated ?? first.revisedAt ?? first.recordedAt)),
      "page_id": .string(pageID),
      "incident_updates": .array(updates(history)),
      "components": .array(known(affected(by: content)).map(json)),
      "scheduled_for": .string(time(content.interval.start)),
      "scheduled_until": .string(time(content.interval.end)),
    ]
  }

  private func resolvedAt(_ change: Change) -> JSON {
    switch change.state {
    case .completed: .string(time(change.actualEnd?.stated ?? change.content.interval.end))
    case .cancelled: .string(time(change.revisedAt ?? change.recordedAt))
    default: change.hasPassed(at: now) ? .string(time(change.content.interval.end)) : .null
    }
  }

  private func updatedAt(_ history: PublishedHistory) -> Instant {
    let change = history.newest
    let revised = change.revisedAt ?? change.recordedAt
    return change.hasPassed(at: now) ? max(revised, change.content.interval.end) : revised
  }

  private func status(of change: Change) -> String {
    change.hasPassed(at: now) ? "completed" : Statuspage.status(change.state)
  }

  /// The interface knows no cancelled work: it is completed, and the newest update says that it was cancelled.
  static func status(_ state: ChangeState) -> String {
    switch state {
    case .planned, .requested, .refused: "scheduled"
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

  /// One a revision, newest first; before them that the announced time went by.
  private func updates(_ history: PublishedHistory) -> [JSON] {
    let newest = history.newest
    var updates: [JSON] = []
    if newest.hasPassed(at: now) {
      let remark = ChangeTelling(newest, contract: contract, language: language).remark(at: now)
      updates.append(
        update(
          "\(newest.id)-passed", of: newest.id.description, "completed", remark ?? "", at: updatedAt(history),
          affectedComponents(newest, previous: newest)))
    }
    return updates
      + history.revisions.indices.reversed().map { index in
        let change = history.revisions[index]
        return update(
          "\(change.id)-\(change.revision ?? index)", of: change.id.description, Statuspage.status(change.state),
          body(change), at: change.revisedAt ?? change.recordedAt,
          affectedComponents(change, previous: index > 0 ? history.revisions[index - 1] : nil))
      }
  }

  func update(
    _ id: String, of incident: String, _ status: String, _ body: String, at moment: Instant, _ affected: JSON
  ) -> JSON {
    let moment = JSON.string(time(moment))
    let body = isSimulation ? "\(SimulationMark.sentence(language))\n\(body)" : body
    return [
      "id": .string(id), "status": .string(status), "body": .string(body), "incident_id": .string(incident),
      "created_at": moment, "updated_at": moment, "display_at": moment, "affected_components": affected,
      "deliver_notifications": true, "custom_tweet": .null, "tweet_id": .null,
    ]
  }

  /// Plain text: what happened, what differs, what clients feel and why, and the description while it matters.
  private func body(_ change: Change) -> String {
    let telling = ChangeTelling(change, contract: contract, language: language)
    let colon = language.colon
    var lines: [String] = []
    lines.append(telling.lead)
    lines += telling.lineDifferences.map { "\($0.name)\(colon) \($0.before) → \($0.after)" }
    let isOver = change.state == .cancelled || change.state == .completed
    if contract.outages == .none, !change.content.components.isEmpty {
      // No list of components can say it where their state is not known.
      lines.append(
        "\(language("Components", "Composants"))\(colon) \(telling.components)")
    }
    lines += telling.lines(.status, without: isOver ? ["impact", "duration"] : []).map {
      "\($0.name)\(colon) \($0.value)"
    }
    let description = CleanText.cleaned(telling.content.description).trimmed
    if !isOver, !description.isEmpty { lines += ["", description] }
    return lines.joined(separator: "\n")
  }

  /// What this revision made of each component, by itself; null where clients feel nothing of the environment.
  private func affectedComponents(_ change: Change, previous: Change?) -> JSON {
    func status(_ change: Change?) -> JSON { Statuspage.takesDown(change) ? "under_maintenance" : "operational" }
    return affected(affected(by: change.content)) { _ in (status(previous), status(change)) }
  }

  func affected(_ components: [ComponentState], _ statuses: (ComponentState) -> (old: JSON, new: JSON)) -> JSON {
    guard !components.isEmpty, contract.outages != .none else { return .null }
    return .array(
      components.map { component in
        let (old, new) = statuses(component)
        return [
          "code": .string(component.id), "name": .string(component.name), "old_status": old, "new_status": new,
        ]
      })
  }
}

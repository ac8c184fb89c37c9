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

  var pageID: String { TagNames.encoded(contract.service) }

  func time(_ instant: Instant) -> String { TimeText.utc(instant) }
}

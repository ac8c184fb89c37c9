import CivilTime
import ICalendar
import Planning
package import Register
package import Wording

/// The maintenance-notification standard (draft 0.1): one file a client account, for programs that read maintenance.
/// Source: docs/design.md, "Profiles"; the draft of the MAINTNOTE working group, section 3.
package struct MaintnoteFeed: Sendable {
  package var scope: FeedScope
  package var fragment: EventFragment
  package var language: Language

  package init(_ scope: FeedScope, fragment: EventFragment, language: Language) {
    self.scope = scope
    self.fragment = fragment
    self.language = language
  }

  /// The account that the file is for: the client, or the service where everyone is meant.
  package var account: String { scope.client ?? scope.first.service }

  /// No METHOD: the draft leaves it out, and readers treat such a file as a message otherwise.
  var header: CalendarHeader {
    CalendarHeader(
      prodID: StandardFeed.prodID(language), name: (fragment.isSimulation ? SimulationMark.prefix : "") + account,
      refreshInterval: StandardFeed.refreshInterval)
  }

  /// Each change that is still in the feeds, rendered and read back.
  package func write(from register: Register, to sink: ([UInt8]) throws -> Void) throws {
    try sink(try header.render())
    var isEmpty = true
    try register.store.read { store in
      for part in scope.parts {
        try store.eachFragment(
          service: part.contract.service, language: language.rawValue,
          activeAfter: StandardFeed.oldest(part.contract, now: register.now)
        ) { stored in
          guard let change = try Register.change(stored.change, in: store), part.concern(in: change) != .none else {
            return
          }
          let event = event(of: change, part: part)
          let body = try event.render()
          try ReadBack.verify(fragment: body, header: header, equals: event)
          isEmpty = false
          try sink(body)
        }
      }
    }
    if isEmpty { try sink(try placeholder.render()) }
    try sink(CalendarHeader.footer)
  }

  /// A file without event empties no calendar; this one says that nothing is planned, and is completed.
  private var placeholder: CalendarEvent {
    var event = StandardFeed.placeholder(scope.first, language, isSimulation: fragment.isSimulation)
    event.additional = properties(
      id: "NONE", objects: objects(of: [], part: scope.parts[0]), impact: "NO-IMPACT", status: "COMPLETED",
      contract: scope.first)
    return event
  }

  func event(of change: Change, part: FeedScope.Part) -> CalendarEvent {
    let isWithdrawn = part.concern(in: change) == .past
    var event =
      isWithdrawn
      ? fragment.withdrawn(change, contract: part.contract, language: language)
      : fragment.event(of: change, contract: part.contract, language: language)
    event.additional = properties(
      id: change.id.description, objects: objects(of: change.content.components, part: part),
      impact: impact(change.content.impact), status: isWithdrawn ? "CANCELLED" : status(change.state),
      contract: part.contract)
    return event
  }

  private func properties(
    id: String, objects: [String], impact: String, status: String, contract: Contract
  ) -> [ExtensionProperty] {
    // The draft names a provider by its domain.
    let provider = contract.organizer.split(separator: "@").last.map(String.init) ?? contract.service
    return [
      ExtensionProperty("X-MAINTNOTE-PROVIDER", provider), ExtensionProperty("X-MAINTNOTE-ACCOUNT", account),
      ExtensionProperty("X-MAINTNOTE-MAINTENANCE-ID", id),
    ] + objects.map { ExtensionProperty("X-MAINTNOTE-OBJECT-ID", $0) } + [
      ExtensionProperty("X-MAINTNOTE-IMPACT", impact), ExtensionProperty("X-MAINTNOTE-STATUS", status),
    ]
  }

  /// What is affected of what the client takes; the service itself where it has no components.
  private func objects(of components: [String], part: FeedScope.Part) -> [String] {
    let taken = part.components.isEmpty ? part.contract.components : part.components
    let affected = components.isEmpty ? taken : taken.filter(components.contains)
    return affected.isEmpty ? [part.contract.service] : affected.map { "\(part.contract.service)/\($0)" }
  }

  private func impact(_ impact: Impact) -> String {
    switch impact {
    case .none: "NO-IMPACT"
    case .reducedRedundancy: "REDUCED-REDUNDANCY"
    case .degraded: "DEGRADED"
    case .outage: "OUTAGE"
    }
  }

  private func status(_ state: ChangeState) -> String {
    switch state {
    case .refused: "TENTATIVE"
    case .planned: "CONFIRMED"
    case .inProgress: "IN-PROCESS"
    case .completed: "COMPLETED"
    case .cancelled: "CANCELLED"
    }
  }
}

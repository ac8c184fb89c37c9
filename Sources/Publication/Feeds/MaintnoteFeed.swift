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

  package func write(from register: Register, to sink: ([UInt8]) throws -> Void) throws {
    try text { try register.published(of: $0) }.write(to: sink)
  }

  /// Each change that is still in the feeds, rendered and read back.
  func text(_ published: (Contract) throws -> PublishedService) throws -> BlockText {
    var text = BlockText(
      header: try header.render(), placeholder: try placeholder.render(), footer: CalendarHeader.footer)
    for part in scope.parts {
      let published = try published(part.contract)
      let register = published.register
      let rows = published.rows.byStart.filter(
        try published.isActive(after: StandardFeed.oldest(part.contract, now: register.now)))
      let family = (["maintnote", part.contract.service, language.rawValue, account] + part.components.sorted())
        .joined(separator: "\n")
      text.add(rows, family: family) { rows, _ in
        let changes = try register.listed(rows.map(\.id)).filter { part.concern(in: $0) != .none }
        return try changes.reduce(into: []) { bytes, change in
          let event = event(of: change, part: part)
          let body = try event.render()
          try ReadBack.verify(fragment: body, header: header, equals: event)
          bytes += body
        }
      }
    }
    return text
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
    case .refused, .requested: "TENTATIVE"
    case .planned: "CONFIRMED"
    case .inProgress: "IN-PROCESS"
    case .completed: "COMPLETED"
    case .cancelled: "CANCELLED"
    }
  }
}

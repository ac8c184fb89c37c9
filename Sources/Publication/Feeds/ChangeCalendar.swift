import CivilTime
package import ICalendar
package import Planning
package import Register
package import Wording

/// A calendar by the conventions of AWS Change Calendar: closed but for its events, so that a pipeline that asks it may
/// work only while a change is announced. Source: AWS Systems Manager User Guide, "Change Calendar".
package struct ChangeCalendar: Sendable {
  package var contract: Contract
  package var environment: String
  package var fragment: EventFragment
  package var language: Language

  package init(_ contract: Contract, environment: String, fragment: EventFragment, language: Language) {
    self.contract = contract
    self.environment = environment
    self.fragment = fragment
    self.language = language
  }

  private var header: CalendarHeader {
    let (name, environment) = (language.choice(contract.name), contract.environment(environment, language))
    return CalendarHeader(
      prodID: "-//AWS//Change Calendar 1.0//EN", method: "PUBLISH",
      description: (fragment.isSimulation ? SimulationMark.prefix : "")
        + language(
          "Open while an announced change of \(name) may go on (\(environment)).",
          "Ouvert pendant les changements annoncés de \(name) (\(environment))."),
      additional: [ExtensionProperty("X-CALENDAR-TYPE", "DEFAULT_CLOSED")])
  }

  /// Whole, however long: the answer says how much of it AWS takes.
  package func write(from register: Register, to sink: ([UInt8]) throws -> Void) throws -> CalendarBudget {
    var budget = CalendarBudget()
    try text(try register.published(of: contract, with: environment)).write {
      budget.take($0)
      try sink($0)
    }
    return budget
  }

  /// What opens and closes, and by which a person knows it: no description, since octets are few.
  private func event(of change: Change) -> CalendarEvent {
    CalendarEvent(
      uid: EventFragment.uid(change.id, identity: fragment.identity), span: .timed(change.content.interval),
      stamp: change.revisedAt ?? change.recordedAt, sequence: change.revision ?? 0,
      summary: "\(fragment.isSimulation ? SimulationMark.prefix : "")\(change.id) \(change.content.title(language))",
      isTransparent: change.content.impact == .none)
  }

  /// One event a change that is planned or under way. What is over or cancelled opens nothing, nor does work that today's
  /// rules refuse, so they are left out; where nothing is left there is one event in the past, since a file without any is
  /// not taken.
  func text(_ published: PublishedService) throws -> BlockText {
    var text = BlockText(
      header: try header.render(),
      placeholder: try StandardFeed.placeholder(contract, language, isSimulation: fragment.isSimulation).render(),
      footer: CalendarHeader.footer)
    let register = published.register
    let now = register.now
    let rows = published.rows.byStart.filter {
      ($0.state == .planned || $0.state == .inProgress) && $0.interval.end > now && $0.environment == environment
    }
    let family = "change-calendar\n\(contract.service)\n\(environment)\n\(language.rawValue)"
    text.add(rows, family: family) { rows, _ in
      var rules = TodaysRules(contract)
      let changes = try register.listed(rows.map(\.id)).filter { rules.obstacles(to: $0).isEmpty }
      return try changes.reduce(into: []) { bytes, change in
        let event = event(of: change)
        let body = try event.render()
        try ReadBack.verify(fragment: body, header: header, equals: event)
        bytes += body
      }
    }
    return text
  }
}

import CivilTime
import ICalendar
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
    let name = language.choice(contract.name)
    return CalendarHeader(
      prodID: "-//AWS//Change Calendar 1.0//EN", method: "PUBLISH",
      description: (fragment.isSimulation ? SimulationMark.prefix : "")
        + language(
          "Open while an announced change of \(name) may go on (\(environment)).",
          "Ouvert pendant les changements annoncés de \(name) (\(environment))."),
      additional: [ExtensionProperty("X-CALENDAR-TYPE", "DEFAULT_CLOSED")])
  }

  /// One event a change that is planned or under way. What is over or cancelled opens nothing, so it is left out; where
  /// nothing is left there is one event in the past, since a file without any is not taken.
  package func write(from register: Register, to sink: ([UInt8]) throws -> Void) throws {
    try sink(try header.render())
    var filter = ChangeFilter()
    filter.service = contract.service
    filter.environment = environment
    filter.states = [.planned, .inProgress]
    let now = register.now
    let changes = try register.changes(filter).filter { $0.content.interval.end > now }
    for change in changes {
      let event = fragment.event(of: change, contract: contract, language: language)
      let body = try event.render()
      try ReadBack.verify(fragment: body, header: header, equals: event)
      try sink(body)
    }
    if changes.isEmpty {
      try sink(try StandardFeed.placeholder(contract, language, isSimulation: fragment.isSimulation).render())
    }
    try sink(CalendarHeader.footer)
  }
}

import CivilTime
package import ICalendar
package import Planning
import Register
package import Wording

/// Renders the `VEVENT` of a change, and reads it back before anyone may publish it. Source of the rules: docs/design.md,
/// "The feed"; RFC 5545, RFC 7986.
package struct EventFragment: Publisher {
  /// Random name of the register: it makes the UIDs of two registers differ.
  package let identity: String
  package let isSimulation: Bool
  /// Stands between rendering and reading back; the tests plant faults here.
  let corrupt: (@Sendable ([UInt8]) -> [UInt8])?
  private let desk = ReadBack.Desk()

  package init(
    identity: String, isSimulation: Bool, corrupt: (@Sendable ([UInt8]) -> [UInt8])? = nil
  ) {
    self.identity = identity
    self.isSimulation = isSimulation
    self.corrupt = corrupt
  }

  package func fragments(of change: Change, contract: Contract) throws -> [(language: String, body: [UInt8])] {
    try Language.allCases.map { language in
      let event = event(of: change, contract: contract, language: language)
      var body = try event.render()
      if let corrupt { body = corrupt(body) }
      try desk.verify(fragment: body, header: StandardFeed.header(contract, language, isSimulation), equals: event)
      return (language.rawValue, body)
    }
  }

  /// Generated once, for life: neither the title nor the address of the portal is part of it.
  package static func uid(_ id: ChangeID, identity: String) -> String { "\(id)-\(identity)@preavis" }

  package func event(of change: Change, contract: Contract, language: Language) -> CalendarEvent {
    let telling = ChangeTelling(change, contract: contract, language: language)
    let isCancelled = change.state == .cancelled
    let address = contract.address(of: change.id)
    return CalendarEvent(
      uid: EventFragment.uid(change.id, identity: identity), span: .timed(change.content.interval),
      stamp: change.revisedAt ?? change.recordedAt, created: change.marks.first?.at ?? change.recordedAt,
      sequence: change.revision ?? 0,
      summary: summary(telling), description: description(telling, address: address), url: address,
      status: isCancelled ? .cancelled : .confirmed, isTransparent: isCancelled || change.content.impact == .none,
      categories: [telling.kind],
      organizer: .init(address: contract.organizer, name: contract.contact.name))
  }

  /// The event for clients whom an earlier revision concerned and the newest does not. Readers keep it by its UID.
  func withdrawn(_ change: Change, contract: Contract, language: Language) -> CalendarEvent {
    var event = event(of: change, contract: contract, language: language)
    let mark = language("[NO LONGER CONCERNS YOU] ", "[NE VOUS CONCERNE PLUS] ")
    event.summary = mark + event.summary
    event.status = .cancelled
    event.isTransparent = true
    return event
  }

  private func summary(_ telling: ChangeTelling) -> String {
    let language = telling.language
    var marks = isSimulation ? SimulationMark.prefix : ""
    if telling.change.state == .cancelled { marks += language("[CANCELLED] ", "[ANNULÉ] ") }
    let environment = telling.otherEnvironment.map { " (\($0))" } ?? ""
    return "\(marks)\(telling.service)\(environment) – \(telling.kind)\(language.colon) \(telling.content.title)"
  }

  private func description(_ telling: ChangeTelling, address: String) -> String {
    let (change, language) = (telling.change, telling.language)
    var lines: [String] = isSimulation ? [SimulationMark.sentence(language)] : []
    lines += ChangeFacts.told(.feed, of: telling).map { "\($0.name)\(language.colon) \($0.text)" }
    let description = change.content.description
    if !description.isEmpty { lines += ["", description] }
    lines += ["", "\(change.id) · \(language("revision", "révision")) \(change.revision ?? 0)", address]
    return lines.joined(separator: "\n")
  }
}

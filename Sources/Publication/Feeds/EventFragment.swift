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
    let wording = Wording(language, zone: contract.timeZone(at: change.content.interval.start))
    let isCancelled = change.state == .cancelled
    let address = contract.address(of: change.id)
    return CalendarEvent(
      uid: EventFragment.uid(change.id, identity: identity), span: .timed(change.content.interval),
      stamp: change.revisedAt ?? change.recordedAt, created: change.marks.first?.at ?? change.recordedAt,
      sequence: change.revision ?? 0,
      summary: summary(of: change, contract: contract, wording: wording),
      description: description(of: change, contract: contract, wording: wording, address: address), url: address,
      status: isCancelled ? .cancelled : .confirmed, isTransparent: isCancelled || change.content.impact == .none,
      categories: [wording.kind(change.content.kind)],
      organizer: .init(address: contract.organizer, name: contract.contact.name))
  }

  static let simulationMark = "[SIMULATION] "

  /// The event for clients whom an earlier revision concerned and the newest does not. Readers keep it by its UID.
  func withdrawn(_ change: Change, contract: Contract, language: Language) -> CalendarEvent {
    var event = event(of: change, contract: contract, language: language)
    let mark = language("[NO LONGER CONCERNS YOU] ", "[NE VOUS CONCERNE PLUS] ")
    event.summary = mark + event.summary
    event.status = .cancelled
    event.isTransparent = true
    return event
  }

  private func summary(of change: Change, contract: Contract, wording: Wording) -> String {
    let language = wording.language
    var marks = ""
    if isSimulation { marks += EventFragment.simulationMark }
    if change.state == .cancelled { marks += language("[CANCELLED] ", "[ANNULÉ] ") }
    var name = language.choice(contract.name.english, contract.name.french)
    if change.content.environment != "production" { name += " (\(change.content.environment))" }
    let kind = wording.kind(change.content.kind)
    return "\(marks)\(name) – \(kind)\(language.colon) \(change.content.title)"
  }

  private func description(of change: Change, contract: Contract, wording: Wording, address: String) -> String {
    let language = wording.language
    let content = change.content
    func line(_ label: String, _ value: String) -> String { "\(label)\(language.colon) \(value)" }
    var lines: [String] = []
    if isSimulation {
      lines.append(language("SIMULATION: not a real change.", "SIMULATION : ce n’est pas un vrai changement."))
    }
    lines.append(line(language("When", "Quand"), wording.range(content.interval)))
    lines.append(line(language("Duration", "Durée"), wording.duration(content.interval.length)))
    lines.append(line("Impact", wording.impact(content.impact)))
    if !content.components.isEmpty {
      lines.append(line(language("Components", "Composants"), content.components.joined(separator: ", ")))
    }
    if content.environment != "production" {
      lines.append(line(language("Environment", "Environnement"), content.environment))
    }
    lines.append(line(language("State", "État"), wording.state(of: change)))
    if let start = change.actualStart {
      lines.append(line(language("Started", "Début réel"), wording.dateTime(start.stated)))
    }
    if let end = change.actualEnd { lines.append(line(language("Ended", "Fin réelle"), wording.dateTime(end.stated))) }
    if let reason = content.reason { lines.append(line(language("Reason", "Motif"), reason)) }
    if let reason = content.moveReason { lines.append(line(wording.moveReasonName(change), reason)) }
    if let overrun = change.overrun {
      lines.append(line(language("Overrun", "Dépassement"), wording.duration(overrun)))
    }
    if let update = content.update {
      lines.append(line("Version", "\(update.version) (\(wording.category(update.category)))"))
      lines.append(line(language("Needs", "À prévoir"), wording.needs(update)))
      if let documentation = update.documentation { lines.append(line("Documentation", documentation)) }
    }
    if let announced = wording.announced(change) { lines.append(line(language("Announced", "Annonce"), announced)) }
    lines.append(line(language("Contract clause", "Clause du contrat"), contract.clause(for: content)))
    lines.append(
      line("Contact", contract.contact.url.map { "\(contract.contact.name), \($0)" } ?? contract.contact.name))
    if !content.description.isEmpty { lines += ["", content.description] }
    lines += ["", "\(change.id) · \(language("revision", "révision")) \(change.revision ?? 0)", address]
    return lines.joined(separator: "\n")
  }
}

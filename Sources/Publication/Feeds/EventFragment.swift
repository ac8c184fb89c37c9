import CivilTime
package import ICalendar
package import Planning
package import Register
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
    let address = contract.isPublic(change.content.environment) ? contract.address(of: change.id) : contract.home
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
    let name = telling.shortKind.capitalizedFirst
    return "\(marks)\(name)\(language.colon) \(telling.content.title) – \(telling.service)\(environment)"
  }

  private func description(_ telling: ChangeTelling, address: String) -> String {
    let (change, language) = (telling.change, telling.language)
    var lines: [String] = isSimulation ? [SimulationMark.sentence(language)] : []
    if change.state == .cancelled {
      lines.append(telling.nothingToDo)
    } else if change.state != .completed {
      lines.append(telling.impactSentence)
    }
    lines += ChangeFacts.told(.feed, of: telling).map { "\($0.name)\(language.colon) \($0.text)" }
    let description = telling.content.description
    if !description.isEmpty { lines += ["", description] }
    lines += ["", telling.reference, address]
    return lines.joined(separator: "\n")
  }
}

/// Alarms in events that were rendered without: the stored fragment stays the one that was read back.
enum EventAlarm {
  private static let end = Array("END:VEVENT\r\n".utf8)
  private static let cancelled = Array("\r\nSTATUS:CANCELLED\r\n".utf8)

  /// `fragment` with one VALARM for each elapsed time before its start; none for what is cancelled.
  /// Source: RFC 5545, section 3.6.6.
  static func added(
    _ alarms: [Elapsed], to fragment: [UInt8], _ language: Language
  ) throws(ContentLineError) -> [UInt8] {
    guard fragment.suffix(end.count).elementsEqual(end), !contains(fragment, cancelled) else { return fragment }
    var writer = ContentLineWriter()
    writer.append(Array(fragment.dropLast(end.count)))
    for alarm in alarms {
      writer.begin("VALARM")
      try writer.token("ACTION", "DISPLAY")
      try writer.duration("TRIGGER", .zero - alarm)
      try writer.text("DESCRIPTION", language("Reminder of planned work", "Rappel d’intervention"))
      writer.end("VALARM")
    }
    writer.append(end)
    return writer.bytes
  }

  private static func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
    guard bytes.count >= wanted.count else { return false }
    return (0...(bytes.count - wanted.count)).contains { bytes[$0...].starts(with: wanted) }
  }
}

/// One change as a calendar of its own: to be opened, or to go with a mail. Source: RFC 5546, sections 3.2.1 and 3.2.5.
package enum ChangeMessage {
  package enum Method: String, CaseIterable, Sendable {
    case publish, cancel

    /// Cancelled work takes itself off calendars that know it.
    package init(for change: Change) { self = change.state == .cancelled ? .cancel : .publish }
  }

  /// The stored fragment in a calendar with the method; nil for what was never published. A message of cancellation
  /// needs a cancelled change: the caller sees to that.
  package static func render(
    _ id: ChangeID, from register: Register, language: Language, method: Method
  ) throws -> [UInt8]? {
    guard let fragment = try register.store.read({ try $0.fragment(id, language: language.rawValue) }) else {
      return nil
    }
    return try calendar(fragment.body, language: language, method: method)
  }

  /// The same with an event that was rendered already.
  package static func calendar(_ event: [UInt8], language: Language, method: Method) throws -> [UInt8] {
    let header = CalendarHeader(prodID: StandardFeed.prodID(language), method: method.rawValue.uppercased())
    return try header.render() + event + CalendarHeader.footer
  }
}

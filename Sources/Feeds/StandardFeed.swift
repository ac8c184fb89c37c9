import CivilTime
package import ICalendar
package import Planning
package import Register
package import Wording

/// The feed that clients subscribe to: one service, one language, put together from fragments that were rendered and
/// read back when each change was recorded.
package enum StandardFeed {
  static let refreshInterval = Elapsed.minutes(15)

  package static func header(_ contract: Contract, _ language: Language, _ isSimulation: Bool) -> CalendarHeader {
    let name = language(contract.name.english, contract.name.french)
    let title = language("\(name) – maintenance and updates", "\(name) – maintenances et mises à jour")
    return CalendarHeader(
      prodID: "-//Preavis//Preavis//\(language("EN", "FR"))", method: "PUBLISH",
      name: isSimulation ? "[SIMULATION] \(title)" : title, refreshInterval: refreshInterval, color: "steelblue")
  }

  /// The page of one change: unique, so that readers that lose the UID can still tell events apart.
  package static func address(of id: ChangeID, _ contract: Contract) -> String {
    var portal = contract.portal
    while portal.hasSuffix("/") { portal.removeLast() }
    return "\(portal)/\(id)"
  }

  /// The same bytes until a change is recorded or an old one leaves. Never empty: a reader that finds no event keeps
  /// what it had, so that without any change there is one, past and transparent, that says so.
  package static func render(
    _ contract: Contract, register: Register, language: Language, isSimulation: Bool
  ) throws -> [UInt8] {
    let oldest = register.now - Elapsed.hours(Int64(contract.keepPastDays) * 24)
    let fragments = try register.store.read { store in
      try store.fragments(service: contract.service, language: language.rawValue, endingAfter: oldest)
    }
    return try assemble(contract, fragments: fragments.map(\.body), language: language, isSimulation: isSimulation)
  }

  package static func assemble(
    _ contract: Contract, fragments: [[UInt8]], language: Language, isSimulation: Bool
  ) throws -> [UInt8] {
    var bytes = try header(contract, language, isSimulation).render()
    bytes.reserveCapacity(bytes.count + fragments.reduce(0) { $0 + $1.count } + 32)
    if fragments.isEmpty { bytes += try placeholder(contract, language).render() }
    for fragment in fragments { bytes += fragment }
    return bytes + CalendarHeader.footer
  }

  /// On the first day of the contract, so that it is past for ever and never changes.
  static func placeholder(_ contract: Contract, _ language: Language) -> CalendarEvent {
    let terms = contract.versions[0]
    let start = terms.timeZone.startOfDay(terms.effectiveFrom)
    return CalendarEvent(
      uid: "nothing-planned-\(contract.service)@preavis", span: .timed(Interval(start: start, length: .minutes(1))!),
      stamp: start, summary: language("Nothing is planned", "Rien n’est prévu"),
      description: language(
        "This calendar is in order; no maintenance or update is planned.",
        "Ce calendrier fonctionne ; aucune maintenance ni mise à jour n’est prévue."),
      url: contract.portal, isTransparent: true,
      organizer: .init(address: contract.organizer, name: contract.contact.name))
  }
}

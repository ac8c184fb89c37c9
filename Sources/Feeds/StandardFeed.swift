package import CivilTime
package import ICalendar
package import Planning
package import Register
package import Wording

/// The feed that clients subscribe to, put together from fragments that were rendered and read back when each change
/// was recorded.
package struct StandardFeed: Sendable {
  static let refreshInterval = Elapsed.minutes(15)

  package var scope: FeedScope
  package var language: Language
  package var isSimulation: Bool
  /// Elapsed times before each start at which readers should ring; none by default, since some readers drop alarms and
  /// others add their own.
  package var alarms: [Elapsed]

  package init(_ scope: FeedScope, language: Language, isSimulation: Bool, alarms: [Elapsed] = []) {
    self.scope = scope
    self.language = language
    self.isSimulation = isSimulation
    self.alarms = alarms
  }

  package static func header(_ contract: Contract, _ language: Language, _ isSimulation: Bool) -> CalendarHeader {
    StandardFeed(FeedScope(contract), language: language, isSimulation: isSimulation).header
  }

  var header: CalendarHeader {
    let name = scope.client ?? language(scope.first.name.english, scope.first.name.french)
    let title = language("\(name) – maintenance and updates", "\(name) – maintenances et mises à jour")
    return CalendarHeader(
      prodID: StandardFeed.prodID(language), method: "PUBLISH", name: isSimulation ? "[SIMULATION] \(title)" : title,
      refreshInterval: StandardFeed.refreshInterval, color: "steelblue")
  }

  static func prodID(_ language: Language) -> String { "-//Preavis//Preavis//\(language("EN", "FR"))" }

  /// The page of one change: unique, so that readers that lose the UID can still tell events apart.
  package static func address(of id: ChangeID, _ contract: Contract) -> String {
    "\(base(contract))/\(id)"
  }

  /// The portal's address without a slash at its end.
  package static func base(_ contract: Contract) -> String {
    var portal = contract.portal
    while portal.hasSuffix("/") { portal.removeLast() }
    return portal
  }

  /// Hands the feed to `sink` piece by piece. The same bytes until a change is recorded or an old one leaves. Never
  /// empty: a reader that finds no event keeps what it had, so that without any change there is one, past and
  /// transparent, that says so.
  package func write(from register: Register, to sink: ([UInt8]) throws -> Void) throws {
    try sink(try header.render())
    var isEmpty = true
    try register.store.read { store in
      for part in scope.parts {
        try each(part, store, now: register.now) { fragment in
          isEmpty = false
          try sink(try alarms.isEmpty ? fragment.body : EventAlarm.added(alarms, to: fragment.body, language))
        }
      }
    }
    if isEmpty { try sink(try StandardFeed.placeholder(scope.first, language).render()) }
    try sink(CalendarHeader.footer)
  }

  private func each(
    _ part: FeedScope.Part, _ store: any StoreReader, now: Instant, _ body: (Fragment) throws -> Void
  ) throws {
    let oldest = StandardFeed.oldest(part.contract, now: now)
    try store.eachFragment(
      service: part.contract.service, language: language.rawValue, endingAfter: oldest
    ) { fragment in
      if !part.components.isEmpty {
        guard let change = try Register.change(fragment.change, in: store), part.includes(change.content) else {
          return
        }
      }
      try body(fragment)
    }
  }

  /// Changes that ended before this moment have left the feeds.
  package static func oldest(_ contract: Contract, now: Instant) -> Instant {
    now - Elapsed.hours(Int64(contract.keepPastDays) * 24)
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
        "Ce calendrier fonctionne\(Typography.narrow); aucune maintenance ni mise à jour n’est prévue."),
      url: contract.portal, isTransparent: true,
      organizer: .init(address: contract.organizer, name: contract.contact.name))
  }
}

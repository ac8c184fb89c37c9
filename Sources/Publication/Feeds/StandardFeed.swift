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
  package var fragment: EventFragment
  package var language: Language
  /// Only changes of this environment; nil for all.
  package var environment: String?
  /// Elapsed times before each start at which readers should ring; none by default, since some readers drop alarms and
  /// others add their own.
  package var alarms: [Elapsed]

  package init(
    _ scope: FeedScope, fragment: EventFragment, language: Language, environment: String? = nil, alarms: [Elapsed] = []
  ) {
    self.scope = scope
    self.fragment = fragment
    self.language = language
    self.environment = environment
    self.alarms = alarms
  }

  package static func header(_ contract: Contract, _ language: Language, _ isSimulation: Bool) -> CalendarHeader {
    header(FeedScope(contract), language, isSimulation)
  }

  private static func header(_ scope: FeedScope, _ language: Language, _ isSimulation: Bool) -> CalendarHeader {
    let name = scope.client ?? language.choice(scope.first.name)
    let title = language("\(name) – maintenance and updates", "\(name) – maintenances et mises à jour")
    return CalendarHeader(
      prodID: StandardFeed.prodID(language), method: "PUBLISH", name: isSimulation ? "[SIMULATION] \(title)" : title,
      refreshInterval: StandardFeed.refreshInterval, color: "steelblue")
  }

  static func prodID(_ language: Language) -> String { "-//Preavis//Preavis//\(language("EN", "FR"))" }

  /// Hands the feed to `sink` piece by piece.
  package func write(from register: Register, to sink: ([UInt8]) throws -> Void) throws {
    try text { try register.published(of: $0, with: environment) }.write(to: sink)
  }

  /// The same bytes until a change is recorded or an old one leaves. Never empty: a reader that finds no event keeps what
  /// it had, so that without any change there is one, past and transparent, that says so.
  func text(_ published: (Contract) throws -> PublishedService) throws -> BlockText {
    var text = BlockText(
      header: try StandardFeed.header(scope, language, fragment.isSimulation).render(),
      placeholder: try StandardFeed.placeholder(scope.first, language, isSimulation: fragment.isSimulation).render(),
      footer: CalendarHeader.footer)
    for part in scope.parts {
      let published = try published(part.contract)
      let (contract, register) = (part.contract, published.register)
      let rows = published.rows.byStart.filter(
        try published.isActive(after: StandardFeed.oldest(contract, now: register.now)))
      text.add(rows, family: family(part)) { rows, _ in
        try register.store.read { store in
          var bytes: [UInt8] = []
          try store.eachFragment(rows.map(\.id), language: language.rawValue) { stored in
            if let body = try body(stored, part, store) {
              bytes += try alarms.isEmpty ? body : EventAlarm.added(alarms, to: body, language)
            }
          }
          return bytes
        }
      }
    }
    return text
  }

  /// Whoever takes the same of a service is given the same blocks, whatever stands at the head of the feed.
  private func family(_ part: FeedScope.Part) -> String {
    let alarms = "\(alarms.map(\.seconds))"
    return
      (["standard", part.contract.service, language.rawValue, environment ?? "", alarms] + part.components.sorted())
      .joined(separator: "\n")
  }

  /// What a feed holds of a change; nil where it leaves it out.
  private func body(_ stored: Fragment, _ part: FeedScope.Part, _ store: any StoreReader) throws -> [UInt8]? {
    guard !part.components.isEmpty || environment != nil else { return stored.body }
    guard let change = try Register.change(stored.change, in: store),
      environment.map({ $0 == change.content.environment }) ?? true
    else { return nil }
    switch part.concern(in: change) {
    case .none: return nil
    case .current: return stored.body
    case .past: return try fragment.withdrawn(change, contract: part.contract, language: language).render()
    }
  }

  /// Changes that ended before this moment have left the feeds.
  package static func oldest(_ contract: Contract, now: Instant) -> Instant {
    now - Elapsed.hours(Int64(contract.keepPastDays) * 24)
  }

  /// On the first day of the contract, so that it is past for ever and never changes.
  static func placeholder(
    _ contract: Contract, _ language: Language, isSimulation: Bool = false
  ) -> CalendarEvent {
    let terms = contract.versions[0]
    let start = terms.timeZone.startOfDay(terms.effectiveFrom)
    return CalendarEvent(
      // Holds: a minute is longer than nothing.
      uid: "nothing-planned-\(contract.service)@preavis", span: .timed(Interval(start: start, length: .minutes(1))!),
      stamp: start,
      summary: (isSimulation ? SimulationMark.prefix : "") + language("Nothing is planned", "Rien n’est prévu"),
      description: language(
        "This calendar is in order; no maintenance or update is planned.",
        "Ce calendrier fonctionne\(Typography.narrow); aucune maintenance ni mise à jour n’est prévue."),
      url: contract.portal, isTransparent: true,
      organizer: .init(address: contract.organizer, name: contract.contact.name))
  }
}

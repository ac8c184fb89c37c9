public import CivilTime

/// The terms that bind one service, in all versions that were ever in force.
public struct Contract: Sendable {
  public var service: String
  public var name: LocalizedName
  /// The document that the terms are read from.
  public var source: String
  public var components: [String]
  public var environments: [String]
  /// What people call those of them that have a name beside their identifier.
  public var componentNames: [String: LocalizedName] = [:]
  public var environmentNames: [String: LocalizedName] = [:]
  public var contact: Contact
  /// Mail address that publishes the feed (iCalendar ORGANIZER).
  public var organizer: String
  /// Address of the portal page.
  public var portal: String
  /// Ascending by `effectiveFrom`; never empty.
  public var versions: [ContractTerms]
  /// Whole days for which an ended change stays in the feeds.
  public var keepPastDays: Int
  public var notices: NoticeTerms
  /// What clients are told of outages.
  public var outages: OutagePublication
  /// Whether the first page of the portal says how available the service was, month by month.
  public var showsAvailability: Bool
  public var clients: [Client]
  /// Whether clients subscribe to notices by mail themselves.
  public var takesSubscriptions: Bool

  /// The environment that clients work in: meant where none is named, and the only one that availability is counted of.
  public static let production = "production"

  public struct LocalizedName: Hashable, Sendable {
    public var french: String
    public var english: String
    public init(french: String, english: String) {
      self.french = french
      self.english = english
    }
  }

  public struct Contact: Hashable, Sendable {
    public var name: String
    public var url: String?
    public var email: String?
    /// As people write it.
    public var phone: String?
    public init(name: String, url: String?, email: String?, phone: String? = nil) {
      self.name = name
      self.url = url
      self.email = email
      self.phone = phone
    }
  }

  /// A client with a feed of its own; no components means all.
  public struct Client: Hashable, Sendable {
    public var name: String
    public var components: [String]
    public init(name: String, components: [String]) {
      self.name = name
      self.components = components
    }
  }

  public init(
    service: String, name: LocalizedName, source: String, components: [String], environments: [String],
    contact: Contact, organizer: String, portal: String, versions: [ContractTerms], keepPastDays: Int,
    notices: NoticeTerms = NoticeTerms(), outages: OutagePublication = .status, showsAvailability: Bool = false,
    clients: [Client], takesSubscriptions: Bool = false
  ) {
    // Holds: the reader of contract files sees to it.
    precondition(!versions.isEmpty, "a contract has at least one version")
    self.service = service
    self.name = name
    self.source = source
    self.components = components
    self.environments = environments
    self.contact = contact
    self.organizer = organizer
    self.portal = portal
    self.versions = versions.sorted { $0.effectiveFrom < $1.effectiveFrom }
    self.keepPastDays = keepPastDays
    self.notices = notices
    self.outages = outages
    self.showsAvailability = showsAvailability
    self.clients = clients
    self.takesSubscriptions = takesSubscriptions
  }

  /// The version in force on a civil day. Days before the first version are judged by the first: no change can be
  /// planned there any more, but calendars and calculations may look back.
  public func terms(on date: CivilDate) -> ContractTerms {
    versions.last { $0.effectiveFrom <= date } ?? versions[0]
  }

  /// The version in force at an instant, by the civil day of that version's own zone.
  public func terms(at instant: Instant) -> ContractTerms {
    versions.last { $0.effectiveFrom <= $0.timeZone.civil(instant).date } ?? versions[0]
  }

  /// The public holidays among `dates`, each by the version in force on its day; by date.
  public func holidays(in dates: ClosedRange<CivilDate>) -> [Holiday] {
    let years = dates.lowerBound.year...dates.upperBound.year
    return versions.enumerated().flatMap { index, terms in
      // As elsewhere, the first version also judges the days before it.
      let first = index == 0 ? dates.lowerBound : terms.effectiveFrom
      let next = index + 1 < versions.count ? versions[index + 1].effectiveFrom : nil
      return years.flatMap(terms.holidays.holidays(in:)).filter { holiday in
        dates.contains(holiday.date) && first <= holiday.date && next.map { holiday.date < $0 } ?? true
      }
    }
  }

  /// The portal's address without a slash at its end: what is published of the service lies below it.
  public var home: String {
    var address = portal
    while address.utf8.last == UInt8(ascii: "/") { address.removeLast() }
    return address
  }

  /// Whether the public may read of work in `environment`.
  public func isPublic(_ environment: String) -> Bool { !notices.privateEnvironments.contains(environment) }

  /// The page of one change: unique, so that readers that lose the UID can still tell events apart.
  public func address(of id: ChangeID) -> String { "\(home)/\(id)" }

  /// The clause that a change of this content is made under.
  public func clause(for content: ChangeContent) -> String {
    let terms = terms(at: content.interval.start)
    switch content.kind {
    case .maintenance: return terms.planned.clause
    case .emergency: return terms.emergency.clause
    case .update: return terms.updates.clause
    }
  }

  /// The zone in which times are shown and civil times are read at `instant`.
  public func timeZone(at instant: Instant) -> ZoneRules { terms(at: instant).timeZone }

  /// The zone of the newest version: what a civil time typed today is read in.
  public var currentTimeZone: ZoneRules { versions[versions.count - 1].timeZone }
}

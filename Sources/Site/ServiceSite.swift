import CivilTime
package import Feeds
import JSONText
package import Planning
import Portal
package import Register
import Syndication
import Wording

/// Everything that is published of one service, file by file. `preavis export` writes it to a folder; what a server
/// answers is the same.
///
/// Memory does not grow with the number of changes, but for the pages that list what ended in one year and for the
/// moments between which changes lie.
package struct ServiceSite: Sendable {
  package let contract: Contract
  let register: Register
  let fragment: EventFragment
  let now: Instant
  let paths: PortalPaths
  /// What has ever been published.
  let extent: SiteExtent

  /// Reads how far back the register reaches.
  package init(_ contract: Contract, register: Register, fragment: EventFragment) throws {
    self.contract = contract
    self.register = register
    self.fragment = fragment
    now = register.now
    paths = PortalPaths(service: contract.service)
    extent = try SiteExtent(contract, register: register, now: now)
  }

  private var isSimulation: Bool { fragment.isSimulation }

  /// How many files there will be, for who wants to show progress.
  package var count: Int {
    let perLanguage = extent.changes * 2 + extent.monthCount + max(1, extent.pastYears.count) + 8
    return perLanguage * Language.allCases.count + Statuspage.Document.allCases.count + 4
  }

  /// Hands over each file; what others link to comes first, the first page last.
  package func each(_ body: (SiteFile) throws -> Void) throws {
    let sites = Language.allCases.map { portal($0) }
    try eachChange { history in
      let notices = try register.change(history.newest.id).notices
      for site in sites { try change(history, notices, site, body) }
    }
    for site in sites {
      try months(site, body)
      try past(site, body)
      try feeds(site.language, body)
    }
    try programs(body)
    try body(SiteFile(paths.stylesheet.description) { PortalSite.stylesheet })
    for site in sites {
      try body(SiteFile(paths.page(.subscribe, site.language).description) { site.subscribe() })
      try body(SiteFile(paths.page(.home, site.language).description) { try home(site) })
    }
  }

  private func portal(_ language: Language) -> PortalSite {
    PortalSite(
      contract: contract, language: language, now: now, isSimulation: isSimulation, base: contract.home,
      register: fragment.identity, pastYears: extent.pastYears, months: extent.months)
  }

  // MARK: Pages

  private func eachChange(_ body: (PublishedHistory) throws -> Void) throws {
    try SiteExtent.eachIdentifier(register) { id in
      if let history = try register.published(id), history.newest.content.service == contract.service {
        try body(history)
      }
    }
  }

  private func change(
    _ history: PublishedHistory, _ notices: [NoticeRecord], _ site: PortalSite,
    _ body: (SiteFile) throws -> Void
  ) throws {
    let id = history.newest.id
    let method = ChangeMessage.Method(for: history.newest)
    try body(
      SiteFile(paths.event(id, site.language).description, isKept: true) {
        try ChangeMessage.render(id, from: register, language: site.language, method: method) ?? []
      })
    try body(
      SiteFile(paths.page(.change(id), site.language).description, isKept: true) {
        site.change(history, notices: notices)
      })
  }

  private func home(_ site: PortalSite) throws -> [UInt8] {
    let announced = try register.announced(service: contract.service, at: now, limit: SiteExtent.homeLimit)
    let recent = try register.latest(
      service: contract.service, activeAfter: now - .hours(24 * SiteExtent.recentDays), before: now,
      limit: SiteExtent.homeLimit)
    let coming = try register.coming(service: contract.service, activeAfter: now, limit: SiteExtent.homeLimit)
    var seen: Set<ChangeID> = []
    let lists = PortalLists((announced + coming + recent).map(\.newest).filter { seen.insert($0.id).inserted }, at: now)
    return site.home(current: lists.current, upcoming: lists.upcoming, past: lists.past)
  }

  private func months(_ site: PortalSite, _ body: (SiteFile) throws -> Void) throws {
    var month = extent.months.lowerBound
    let today = CalendarMonth(contract.timeZone(at: now).civil(now).date)
    while month <= extent.months.upperBound {
      let shown = month
      let page = { try self.month(shown, site) }
      try body(SiteFile(paths.page(.month(shown), site.language).description, bytes: page))
      if shown == today { try body(SiteFile(paths.page(.calendar, site.language).description, bytes: page)) }
      month = month.next
    }
  }

  private func month(_ month: CalendarMonth, _ site: PortalSite) throws -> [UInt8] {
    let zone = contract.currentTimeZone
    let range = Interval(start: zone.startOfDay(month.first), end: zone.startOfDay(month.next.first))!
    let days = CalendarDays(contract, language: site.language, range: range)
    return site.month(
      month.first, changes: try published(in: range), windows: days.windows, holidays: days.holidays,
      freezes: days.freezes)
  }

  private func past(_ site: PortalSite, _ body: (SiteFile) throws -> Void) throws {
    let zone = contract.currentTimeZone
    let years = extent.pastYears.isEmpty ? [zone.civil(now).date.components.year] : extent.pastYears
    for (index, year) in years.enumerated() {
      let path = paths.page(.past(year: year, isNewest: index == 0), site.language)
      try body(
        SiteFile(path.description) {
          let range = Interval(
            start: zone.startOfDay(CivilDate(year: year, month: 1, day: 1)!),
            end: zone.startOfDay(CivilDate(year: year + 1, month: 1, day: 1)!))!
          let ended = PortalLists(try published(in: range), at: now).past.filter { site.pastYear(of: $0) == year }
          return site.past(ended, year: year)
        })
    }
  }

  /// Published changes that meet `range`, by start.
  private func published(in range: Interval) throws -> [Change] {
    var filter = ChangeFilter()
    filter.service = contract.service
    filter.range = range
    return try register.changes(filter).filter { $0.revision != nil }
  }

  // MARK: Feeds

  private func feeds(_ language: Language, _ body: (SiteFile) throws -> Void) throws {
    func path(_ feed: PortalFeed) -> String { paths.feed(feed, language).description }
    func address(_ feed: PortalFeed) -> String {
      paths.address(of: paths.feed(feed, language), base: contract.home)
    }
    try body(
      SiteFile(path(.maintenance)) { sink in
        try StandardFeed(FeedScope(contract), fragment: fragment, language: language)
          .write(from: register, to: sink)
      })
    let days = CalendarDays(contract, language: language, range: CalendarDays.range(contract, at: now))
    try body(SiteFile(path(.windows)) { try days.render(.windows) })
    try body(SiteFile(path(.holidays)) { try days.render(.holidays) })
    try body(SiteFile(path(.freezes)) { try days.render(.freezes) })
    let feed = try Syndicated(contract, register: register, isSimulation: isSimulation).feed(language)
    try body(SiteFile(path(.atom)) { AtomFeed.render(feed, address: address(.atom)) })
    try body(SiteFile(path(.json)) { JSONFeed.render(feed, address: address(.json)) })
  }

  /// What programs read; the words in it are French, the language of the contract.
  private func programs(_ body: (SiteFile) throws -> Void) throws {
    let language = Language.french
    let days = CalendarDays(contract, language: language, range: CalendarDays.range(contract, at: now))
    try body(SiteFile(paths.feed(.availability, language).description) { try days.render(.availability) })
    try body(
      SiteFile(paths.feed(.changeCalendar, language).description) { sink in
        try ChangeCalendar(contract, environment: "production", fragment: fragment, language: language)
          .write(from: register, to: sink)
      })
    let statuspage = try Syndicated(contract, register: register, isSimulation: isSimulation).statuspage(language)
    for document in Statuspage.Document.allCases {
      try body(
        SiteFile("\(contract.service)/api/v2/\(document.rawValue).json") { statuspage.render(document) })
    }
    try body(SiteFile("\(contract.service)/changes.json") { sink in try changes(language, sink) })
  }

  /// Every published change in the stable JSON of the command line.
  private func changes(_ language: Language, _ sink: ([UInt8]) throws -> Void) throws {
    let json = ChangeJSON(
      wording: Wording(language, zone: contract.currentTimeZone), isSimulation: isSimulation)
    var separator = "[\n"
    try eachChange { history in
      try sink(Array((separator + json.change(history.newest).text).utf8))
      separator = ",\n"
    }
    try sink(Array((separator == "[\n" ? "[]\n" : "\n]\n").utf8))
  }
}

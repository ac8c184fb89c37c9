import CivilTime
import JSONText
import Planning
import Register
import Wording

/// Everything that is published of one service, file by file. `preavis export` writes it to a folder; what a server
/// answers is the same.
///
/// Of a change memory holds a row of a few octets; texts are made one by one, those of many changes in blocks.
struct ServiceSite: Sendable {
  let contract: Contract
  let published: PublishedService
  let fragment: EventFragment
  let now: Instant
  let paths: PortalPaths
  /// What has ever been published.
  let extent: SiteExtent
  private let takesSubscriptions: Bool
  /// All files but those of single changes, and where each stands: made once, since a server asks for them one by one.
  private var standing: [SiteFile] = []
  private var places: [String: Int] = [:]

  init(
    _ contract: Contract, published: PublishedService, fragment: EventFragment, takesSubscriptions: Bool
  ) throws {
    self.takesSubscriptions = takesSubscriptions
    self.contract = contract
    self.published = published
    self.fragment = fragment
    now = published.register.now
    paths = PortalPaths(service: contract.service)
    extent = SiteExtent(contract, published.rows, now: now)
    standing = standingFiles()
    places = Dictionary(standing.enumerated().map { ($1.path, $0) }) { first, _ in first }
  }

  private var register: Register { published.register }
  private var isSimulation: Bool { fragment.isSimulation }

  /// How many files there will be, for who wants to show progress.
  var count: Int { published.rows.byID.count * filesPerChange + standing.count }

  private var filesPerChange: Int { Language.allCases.count * 2 }

  /// Hands over each file; what others link to comes first, the first page last.
  func each(_ body: (SiteFile) throws -> Void) throws {
    for row in published.rows.byID {
      guard let history = try register.published(row.id) else { continue }
      for file in files(of: history) { try body(file) }
    }
    for file in standing { try body(file) }
  }

  /// The file at `path`, below the root; nil where nothing is published. It is one of those that `each` hands over.
  func file(at path: String) throws -> SiteFile? {
    if let index = places[path] { return standing[index] }
    for part in path.split(separator: "/").dropLast() {
      guard let id = ChangeID(String(part)) else { continue }
      guard try register.isKnown(id), let history = try register.published(id),
        history.newest.content.service == contract.service,
        contract.isPublic(history.newest.content.environment)
      else { return nil }
      return files(of: history).first { $0.path == path }
    }
    return nil
  }

  private func portal(_ language: Language) -> PortalSite {
    var portal = PortalSite(
      contract: contract, language: language, now: now, isSimulation: isSimulation, base: contract.home,
      pastYears: extent.pastYears, months: extent.months)
    portal.takesSubscriptions = takesSubscriptions
    return portal
  }

  /// All files but those of single changes, in the order in which they are best written.
  private func standingFiles() -> [SiteFile] {
    let sites = Language.allCases.map { portal($0) }
    let lists = Lazily { try self.lists() }
    let shown = Lazily { try published.availability(of: contract) }
    return sites.flatMap { months($0) + past($0) + feeds($0.language) } + programs()
      + [
        SiteFile(paths.stylesheet.description, .contract) { PortalSite.stylesheet },
        SiteFile(paths.icon.description, .contract) { PortalSite.icon },
      ]
      + sites.flatMap { site in
        [SiteFile(paths.page(.subscribe, site.language).description, .contract) { site.subscribe() }]
          + homes(site, lists, shown)
      }
  }

  // MARK: Pages

  private func files(of history: PublishedHistory) -> [SiteFile] {
    let id = history.newest.id
    return Language.allCases.flatMap { language in
      [
        SiteFile(paths.event(id, language).description, .register, isKept: true) {
          try ChangeMessage.render(
            id, from: register, language: language, method: ChangeMessage.Method(for: history.newest)) ?? []
        },
        SiteFile(paths.page(.change(id), language).description, isKept: true) {
          portal(language).change(history, notices: try register.change(id).notices)
        },
      ]
    }
  }

  /// The page of each component, then that of them all.
  private func homes(
    _ site: PortalSite, _ lists: Lazily<(PortalLists, isWhole: Bool)>, _ shown: Lazily<[MonthAvailability]>
  ) -> [SiteFile] {
    let components = contract.components.count > 1 ? contract.components : []
    return (components.map(Optional.some) + [nil]).map { component in
      SiteFile(paths.page(component.map(PortalPage.component) ?? .home, site.language).description) {
        let (lists, isWhole) = try lists.value
        return site.home(
          lists, component: component, outages: try published.outages(of: contract),
          availability: component == nil ? try shown.value : [], isWhole: isWhole || component == nil)
      }
    }
  }

  /// What the first page lists, and whether that is all of it.
  private func lists() throws -> (PortalLists, isWhole: Bool) {
    let announced = try published.announced(at: now, limit: SiteExtent.homeLimit)
    let recent = try published.latest(
      activeAfter: now - .hours(24 * SiteExtent.recentDays), before: now, limit: SiteExtent.homeLimit)
    let coming = try published.coming(activeAfter: now, limit: SiteExtent.homeLimit)
    var seen: Set<ChangeID> = []
    let lists = PortalLists((announced + coming + recent).map(\.newest).filter { seen.insert($0.id).inserted }, at: now)
    return (lists, coming.count < SiteExtent.homeLimit)
  }

  private func months(_ site: PortalSite) -> [SiteFile] {
    var files: [SiteFile] = []
    var month = extent.months.lowerBound
    let today = CalendarMonth(contract.timeZone(at: now).civil(now).date)
    while month <= extent.months.upperBound {
      let shown = month
      let page = { @Sendable () throws -> [UInt8] in try self.month(shown, site) }
      files.append(SiteFile(paths.page(.month(shown), site.language).description, bytes: page))
      if shown == today { files.append(SiteFile(paths.page(.calendar, site.language).description, bytes: page)) }
      month = month.next
    }
    return files
  }

  private func month(_ month: CalendarMonth, _ site: PortalSite) throws -> [UInt8] {
    let zone = contract.currentTimeZone
    // Holds: months follow each other.
    let range = Interval(start: zone.startOfDay(month.first), end: zone.startOfDay(month.next.first))!
    let days = CalendarDays(contract, language: site.language, range: range)
    let rows = published.rows.byStart.filter { $0.interval.overlaps(range) }
    return site.month(
      month.first, changes: try register.listed(rows.map(\.id)), windows: days.windows, holidays: days.holidays,
      freezes: days.freezes)
  }

  private func past(_ site: PortalSite) -> [SiteFile] {
    let zone = contract.currentTimeZone
    let years = extent.pastYears.isEmpty ? [zone.civil(now).date.components.year] : extent.pastYears
    return years.enumerated().map { index, year in
      SiteFile(
        paths.page(.past(year: year, isNewest: index == 0), site.language).description,
        blocks: {
          // A day more on both sides than the year has in any zone.
          let range = Interval(
            // Holds: the years of a register lie within those of the calendar.
            start: zone.startOfDay(CivilDate(year: year, month: 1, day: 1)!) - .hours(24),
            // Holds: they end before the calendar does, and follow each other.
            end: zone.startOfDay(CivilDate(year: year + 1, month: 1, day: 1)!) + .hours(24))!
          let ended = published.rows.byStart.filter {
            range.contains($0.interval.start) && $0.isOver(at: now) && site.month(of: $0.interval.start).year == year
          }
          let (header, footer) = site.aroundPast(
            isEmpty: ended.isEmpty, year: year, outages: try published.outages(of: contract))
          var text = BlockText(header: header, footer: footer)
          text.add(
            ended.reversed(), family: "past\n\(contract.service)\n\(site.language.rawValue)\n\(year)\n\(index == 0)",
            endsBlock: { site.month(of: $0.interval.start) != site.month(of: $1.interval.start) }
          ) { rows, _ in
            site.pastMonth(try register.listed(rows.map(\.id)), year: year)
          }
          return text
        })
    }
  }

  // MARK: Feeds

  private func feeds(_ language: Language) -> [SiteFile] {
    func path(_ feed: PortalFeed) -> String { paths.feed(feed, language).description }
    func address(_ feed: PortalFeed) -> String {
      paths.address(of: paths.feed(feed, language), base: contract.home)
    }
    let days = { @Sendable in
      CalendarDays(contract, language: language, range: CalendarDays.range(contract, at: now))
    }
    let feed = Lazily { try Syndicated(contract, published, isSimulation: isSimulation).feed(language) }
    let (atom, json) = (address(.atom), address(.json))
    return [
      SiteFile(
        path(.maintenance), .register,
        blocks: {
          try StandardFeed(FeedScope(contract), fragment: fragment, language: language).text { _ in published }
        }),
      SiteFile(path(.windows), .contract) { try days().render(.windows) },
      SiteFile(path(.holidays), .contract) { try days().render(.holidays) },
      SiteFile(path(.freezes), .contract) { try days().render(.freezes) },
      SiteFile(path(.atom), .register) { AtomFeed.render(try feed.value, address: atom) },
      SiteFile(path(.json), .register) { JSONFeed.render(try feed.value, address: json) },
    ]
  }

  /// What programs read; the words in it are French, the language of the contract.
  private func programs() -> [SiteFile] {
    let language = Language.french
    let statuspage = Lazily {
      try Syndicated(contract, published, isSimulation: isSimulation).statuspage(language)
    }
    let feed = Lazily { try Syndicated(contract, published, isSimulation: isSimulation).feed(language) }
    // Where readers of status pages look for them.
    let (atom, rss) = ("history.atom", "history.rss")
    let home = contract.home
    return [
      SiteFile("\(contract.service)/\(atom)", .register) {
        AtomFeed.render(try feed.value, address: "\(home)/\(atom)")
      },
      SiteFile("\(contract.service)/\(rss)", .register) { RSSFeed.render(try feed.value, address: "\(home)/\(rss)") },
      SiteFile(paths.feed(.availability, language).description, .contract) {
        try CalendarDays(contract, language: language, range: CalendarDays.range(contract, at: now))
          .render(.availability)
      },
      SiteFile(
        paths.feed(.changeCalendar, language).description, .register,
        blocks: {
          try ChangeCalendar(contract, environment: Contract.production, fragment: fragment, language: language)
            .text(published)
        }),
    ]
      + Statuspage.Document.allCases.map { document in
        SiteFile("\(contract.service)/api/v2/\(document.rawValue).json") { try statuspage.value.render(document) }
      }
      + [SiteFile("\(contract.service)/changes.json", .register, blocks: { changes(language) })]
  }

  /// Every published change in the stable JSON of the command line.
  private func changes(_ language: Language) -> BlockText {
    let json = ChangeJSON(
      wording: Wording(language, zone: contract.currentTimeZone, door: .api), isSimulation: isSimulation)
    let rows = published.rows.byID
    let register = register
    var text = BlockText(
      header: Array((rows.isEmpty ? "[]" : "[").utf8), footer: Array((rows.isEmpty ? "\n" : "\n]\n").utf8))
    text.add(rows, family: "changes\n\(contract.service)") { rows, isFirst in
      var bytes: [UInt8] = []
      for change in try register.listed(rows.map(\.id)) {
        bytes += Array((isFirst && bytes.isEmpty ? "\n" : ",\n").utf8)
        json.change(try register.forEveryone(change)).write(to: &bytes)
      }
      return bytes
    }
    return text
  }
}

/// Between which months and years a service has something to show.
struct SiteExtent: Sendable {
  /// Entries of each list of the first page; all others stand in the calendar and among what has ended.
  static let homeLimit = 100
  /// How long what has ended stays on the first page.
  static let recentDays: Int64 = 30
  /// Pages of the calendar reach so many months back and ahead of today even where nothing is planned.
  private static let monthsAround = (back: 1, ahead: 13)

  private(set) var months: ClosedRange<CalendarMonth>
  /// Newest first.
  private(set) var pastYears: [Int]

  init(_ contract: Contract, _ rows: PublishedRows, now: Instant) {
    let zone = contract.currentTimeZone
    let today = CalendarMonth(zone.civil(now).date)
    var first = (0..<SiteExtent.monthsAround.back).reduce(today) { month, _ in month.previous }
    var last = (0..<SiteExtent.monthsAround.ahead).reduce(today) { month, _ in month.next }
    if let start = rows.byStart.first?.interval.start, let end = rows.byStart.lazy.map(\.interval.end).max() {
      first = min(first, CalendarMonth(zone.civil(start).date))
      last = max(last, CalendarMonth(zone.civil(end - Elapsed(seconds: 1)).date))
    }
    months = first...last
    pastYears = SiteExtent.years(of: rows.byStart.lazy.filter { $0.isOver(at: now) }.map(\.interval.start), contract)
  }

  /// The civil years of moments that are in order, newest first. Where all versions of a contract have one zone, only one
  /// moment of each year is asked for its date.
  private static func years(of moments: some Sequence<Instant>, _ contract: Contract) -> [Int] {
    let zone = contract.currentTimeZone
    let isOneZone = contract.versions.allSatisfy { $0.timeZone.name == zone.name }
    var years: Set<Int> = []
    var next = Instant.earliest
    for moment in moments where !isOneZone || moment >= next {
      let year = contract.timeZone(at: moment).civil(moment).date.components.year
      years.insert(year)
      next = CivilDate(year: year + 1, month: 1, day: 1).map(zone.startOfDay) ?? .latest
    }
    return years.sorted(by: >)
  }
}

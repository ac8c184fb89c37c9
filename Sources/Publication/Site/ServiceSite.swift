import CivilTime
import JSONText
import Planning
import Register
import Wording

/// Everything that is published of one service, file by file. `preavis export` writes it to a folder; what a server
/// answers is the same.
///
/// Memory does not grow with the number of changes, but for the pages that list what ended in one year and for the
/// moments between which changes lie.
struct ServiceSite: Sendable {
  let contract: Contract
  let register: Register
  let fragment: EventFragment
  let now: Instant
  let paths: PortalPaths
  private let texts: ChangeTexts
  /// What has ever been published.
  let extent: SiteExtent
  /// All files but those of single changes, and where each stands: made once, since a server asks for them one by one.
  private var standing: [SiteFile] = []
  private var places: [String: Int] = [:]

  /// Reads how far back the register reaches.
  init(
    _ contract: Contract, register: Register, fragment: EventFragment, texts: ChangeTexts = ChangeTexts(capacity: 0)
  ) throws {
    self.texts = texts
    self.contract = contract
    self.register = register
    self.fragment = fragment
    now = register.now
    paths = PortalPaths(service: contract.service)
    extent = try SiteExtent(contract, register: register, now: now)
    standing = standingFiles()
    places = Dictionary(standing.enumerated().map { ($1.path, $0) }) { first, _ in first }
  }

  private var isSimulation: Bool { fragment.isSimulation }

  /// How many files there will be, for who wants to show progress.
  var count: Int { extent.changes * filesPerChange + standing.count }

  private var filesPerChange: Int { Language.allCases.count * 2 }

  /// Hands over each file; what others link to comes first, the first page last.
  func each(_ body: (SiteFile) throws -> Void) throws {
    try eachChange { history in
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
        history.newest.content.service == contract.service
      else { return nil }
      return files(of: history).first { $0.path == path }
    }
    return nil
  }

  private func portal(_ language: Language) -> PortalSite {
    PortalSite(
      contract: contract, language: language, now: now, isSimulation: isSimulation, base: contract.home,
      register: fragment.identity, pastYears: extent.pastYears, months: extent.months)
  }

  /// All files but those of single changes, in the order in which they are best written.
  private func standingFiles() -> [SiteFile] {
    let sites = Language.allCases.map { portal($0) }
    return sites.flatMap { months($0) + past($0) + feeds($0.language) } + programs()
      + [
        SiteFile(paths.stylesheet.description, .contract) { PortalSite.stylesheet },
        SiteFile(paths.icon.description, .contract) { PortalSite.icon },
      ]
      + sites.flatMap { site in
        [
          SiteFile(paths.page(.subscribe, site.language).description, .contract) { site.subscribe() },
          SiteFile(paths.page(.home, site.language).description) { try home(site) },
        ]
      }
  }

  // MARK: Pages

  private func eachChange(_ body: (PublishedHistory) throws -> Void) throws {
    try SiteExtent.eachIdentifier(register) { id in
      if let history = try register.published(id), history.newest.content.service == contract.service {
        try body(history)
      }
    }
  }

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
    return site.month(
      month.first, changes: try published(in: range), windows: days.windows, holidays: days.holidays,
      freezes: days.freezes)
  }

  private func past(_ site: PortalSite) -> [SiteFile] {
    let zone = contract.currentTimeZone
    let years = extent.pastYears.isEmpty ? [zone.civil(now).date.components.year] : extent.pastYears
    return years.enumerated().map { index, year in
      SiteFile(paths.page(.past(year: year, isNewest: index == 0), site.language).description) {
        let range = Interval(
          // Holds: the years of a register lie within those of the calendar.
          start: zone.startOfDay(CivilDate(year: year, month: 1, day: 1)!),
          // Holds: they end before the calendar does, and follow each other.
          end: zone.startOfDay(CivilDate(year: year + 1, month: 1, day: 1)!))!
        let ended = PortalLists(try published(in: range), at: now).past.filter { site.pastYear(of: $0) == year }
        return site.past(ended, year: year)
      }
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

  private func feeds(_ language: Language) -> [SiteFile] {
    func path(_ feed: PortalFeed) -> String { paths.feed(feed, language).description }
    func address(_ feed: PortalFeed) -> String {
      paths.address(of: paths.feed(feed, language), base: contract.home)
    }
    let days = { @Sendable in
      CalendarDays(contract, language: language, range: CalendarDays.range(contract, at: now))
    }
    let feed = Lazily { try Syndicated(contract, register: register, isSimulation: isSimulation).feed(language) }
    let (atom, json) = (address(.atom), address(.json))
    return [
      SiteFile(path(.maintenance), .register) { sink in
        try StandardFeed(FeedScope(contract), fragment: fragment, language: language)
          .write(from: register, to: sink)
      },
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
      try Syndicated(contract, register: register, isSimulation: isSimulation).statuspage(language)
    }
    return [
      SiteFile(paths.feed(.availability, language).description, .contract) {
        try CalendarDays(contract, language: language, range: CalendarDays.range(contract, at: now))
          .render(.availability)
      },
      SiteFile(paths.feed(.changeCalendar, language).description, .register) { sink in
        try ChangeCalendar(contract, environment: Contract.production, fragment: fragment, language: language)
          .write(from: register, to: sink)
      },
    ]
      + Statuspage.Document.allCases.map { document in
        SiteFile("\(contract.service)/api/v2/\(document.rawValue).json") { try statuspage.value.render(document) }
      }
      + [SiteFile("\(contract.service)/changes.json", .register) { sink in try changes(language, sink) }]
  }

  /// Every published change in the stable JSON of the command line.
  private func changes(_ language: Language, _ sink: ([UInt8]) throws -> Void) throws {
    let json = ChangeJSON(
      wording: Wording(language, zone: contract.currentTimeZone, door: .api), isSimulation: isSimulation)
    var separator = "[\n"
    let setting = ChangeTexts.Setting(
      service: contract.service, zone: json.wording.zone.name, language: language, isSimulation: isSimulation)
    var rows: [(id: ChangeID, newest: Int)] = []
    try register.eachRow(of: contract.service) { row in
      if row.revision != nil { rows.append((row.id, row.newest)) }
    }
    rows.sort { $0.id < $1.id }
    try texts.each(rows, setting) { id in
      try register.published(id).map { json.change($0.newest).bytes }
    } _: { text in
      try sink(Array(separator.utf8) + text)
      separator = ",\n"
    }
    try sink(Array((separator == "[\n" ? "[]\n" : "\n]\n").utf8))
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
  /// Published changes.
  private(set) var changes = 0

  var monthCount: Int {
    (months.upperBound.year - months.lowerBound.year) * 12 + months.upperBound.month - months.lowerBound.month + 1
  }

  init(_ contract: Contract, register: Register, now: Instant) throws {
    let zone = contract.currentTimeZone
    let today = CalendarMonth(zone.civil(now).date)
    var first = (0..<SiteExtent.monthsAround.back).reduce(today) { month, _ in month.previous }
    var last = (0..<SiteExtent.monthsAround.ahead).reduce(today) { month, _ in month.next }
    var years: Set<Int> = []
    var count = 0
    try register.eachRow(of: contract.service) { row in
      guard row.revision != nil else { return }
      count += 1
      let start = zone.civil(row.interval.start).date
      let end = zone.civil(row.interval.end - Elapsed(seconds: 1)).date
      first = min(first, CalendarMonth(start))
      last = max(last, CalendarMonth(end))
      let isOver = row.state == .completed || (row.state != .inProgress && row.interval.end <= now)
      if isOver {
        years.insert(contract.timeZone(at: row.interval.start).civil(row.interval.start).date.components.year)
      }
    }
    months = first...last
    pastYears = years.sorted(by: >)
    changes = count
  }

  /// Every identifier in order, a thousand at a time.
  static func eachIdentifier(_ register: Register, _ body: (ChangeID) throws -> Void) throws {
    var last: ChangeID?
    while true {
      let batch = try register.store.read { try $0.identifiers(after: last, limit: 1000) }
      guard let end = batch.last else { return }
      for id in batch { try body(id) }
      last = end
    }
  }
}

import ArgumentParser
import CivilTime
import Feeds
import Files
import Planning
import Register
import Syndication
import Wording

struct FeedVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "feed", abstract: "Write a feed that calendars and programs read.",
    discussion: """
      Examples:
        preavis feed -o maintenance.ics
        preavis feed --lang fr --service profession-liberale --alarm 1h
        preavis feed --of windows -o windows.ics
        preavis feed --profile maintnote --client "Cabinet Martin" -o martin.ics
        preavis feed --profile atom -o atom.xml
        preavis feed CHG-2026-0042 -o change.ics
      """)

  /// What the feed holds.
  enum Content: String, CaseIterable { case changes, windows, holidays, freezes, availability }

  /// For whom it is written.
  enum Profile: String, CaseIterable {
    case standard, maintnote
    case changeCalendar = "change-calendar"
    case atom
    case jsonFeed = "json-feed"
    case statuspage
  }

  @OptionGroup var global: GlobalOptions
  @OptionGroup var service: ServiceOptions
  @Argument(help: ArgumentHelp("Only this change, as a message for mail.", valueName: "CHG-…")) var change: String?
  @Option(
    help: ArgumentHelp(
      "standard, maintnote, change-calendar, atom, json-feed or statuspage.", valueName: "profile"))
  var profile: String?
  @Option(
    name: .customLong("of"),
    help: ArgumentHelp("changes, windows, holidays, freezes or availability (RFC 7953).", valueName: "what"))
  var content: String?
  @Option(help: ArgumentHelp("The feed of one client of the contracts.", valueName: "name")) var client: String?
  @Option(help: ArgumentHelp("Ring so long before each start; repeatable.", valueName: "duration"))
  var alarm: [String] = []
  @Option(help: ArgumentHelp("publish or cancel, with CHG-…; the state of the change decides.", valueName: "method"))
  var method: String?

  func run(_ session: Session) throws {
    let words = WordArgument(language: session.language)
    let profile: Profile = try self.profile.map { try words.read($0, flag: "--profile") } ?? .standard
    let content: Content = try self.content.map { try words.read($0, flag: "--of") } ?? .changes
    try refuseNonsense(profile, content, session)
    if let change { return try writeMessage(try words.change(change), session, words) }
    if content != .changes { return try write(content, session) }
    let open = try session.register(readOnly: true)
    let fragment = EventFragment(identity: open.identity, isSimulation: open.isSimulation)
    let language = session.language
    switch profile {
    case .standard:
      let scope = try scope(session)
      let times = TimeArgument(wording: session.wording(scope.first))
      let feed = StandardFeed(
        scope, language: language, isSimulation: open.isSimulation,
        alarms: try alarm.map { try times.duration($0, flag: "--alarm") })
      try session.output.stream { try feed.write(from: open.register, to: $0) }
    case .maintnote:
      let feed = MaintnoteFeed(try scope(session), fragment: fragment, language: language)
      try session.output.stream { try feed.write(from: open.register, to: $0) }
    case .changeCalendar:
      let contract = try session.contract(service.service).contract
      let feed = ChangeCalendar(
        contract, environment: service.environment, fragment: fragment, language: language)
      try session.output.stream { try feed.write(from: open.register, to: $0) }
    case .atom, .jsonFeed:
      let contract = try session.contract(service.service).contract
      let feed = try Syndicated(contract, open: open).feed(language)
      let address = FeedAddresses(contract)
      try session.output.write(
        profile == .atom
          ? AtomFeed.render(feed, address: address.atom(language))
          : JSONFeed.render(feed, address: address.json(language)))
    case .statuspage:
      let contract = try session.contract(service.service).contract
      try session.output.write(try Syndicated(contract, open: open).statuspage(language).render(.summary))
    }
  }

  private func scope(_ session: Session) throws -> FeedScope {
    guard let client else { return FeedScope(try session.contract(service.service).contract) }
    let contracts = try session.contracts().loadAll().map(\.contract)
      .filter { service.service == nil || $0.service == service.service }
    if let scope = FeedScope(client: client, of: contracts) { return scope }
    let known = Set(contracts.flatMap(\.clients).map(\.name)).sorted()
    throw Failure.usage(
      known.isEmpty
        ? session.language(
          "--client \(client): no contract names any client; add it under clients.",
          "--client \(client) : aucun contrat ne nomme de client ; ajoutez-le sous clients.")
        : session.language(
          "--client \(client): unknown; there are: \(known.joined(separator: ", ")).",
          "--client \(client) : inconnu ; il y a : \(known.joined(separator: ", "))."))
  }

  /// Options that would have no effect are refused: a feed that silently leaves something out is worse.
  private func refuseNonsense(_ profile: Profile, _ content: Content, _ session: Session) throws {
    func refuse(_ flag: String, _ other: String) -> Failure {
      .usage(
        session.language(
          "\(flag) cannot stand together with \(other).", "\(flag) ne va pas avec \(other)."))
    }
    if content != .changes, profile != .standard {
      throw refuse("--of \(content.rawValue)", "--profile \(profile.rawValue)")
    }
    if !alarm.isEmpty, profile != .standard || content != .changes || change != nil {
      throw refuse("--alarm", change.map { $0 } ?? "--of \(content.rawValue), --profile \(profile.rawValue)")
    }
    if client != nil, content != .changes || (profile != .standard && profile != .maintnote) {
      throw refuse("--client", content == .changes ? "--profile \(profile.rawValue)" : "--of \(content.rawValue)")
    }
    if let change {
      if self.profile != nil { throw refuse("--profile", change) }
      if self.content != nil { throw refuse("--of", change) }
      if client != nil { throw refuse("--client", change) }
    } else if method != nil {
      throw Failure.usage(
        session.language("--method needs a change: CHG-….", "--method demande un changement : CHG-…."))
    }
  }

  private func write(_ content: Content, _ session: Session) throws {
    let contract = try session.contract(service.service).contract
    let days = CalendarDays(contract, language: session.language)
    let range = CalendarDays.range(contract, at: try session.now())
    try session.output.write(
      try CalendarFeeds(contract: contract, environment: service.environment, range: range).render(content, by: days))
  }

  private func writeMessage(_ id: ChangeID, _ session: Session, _ words: WordArgument) throws {
    let open = try session.register(readOnly: true)
    let change = try open.register.change(id)
    let method: ChangeMessage.Method = try method.map { try words.read($0, flag: "--method") } ?? .init(for: change)
    guard method == .publish || change.state == .cancelled else {
      throw Failure.usage(
        session.language(
          "--method cancel: \(id) is not cancelled.", "--method cancel : \(id) n’est pas annulé."))
    }
    guard
      let bytes = try ChangeMessage.render(id, from: open.register, language: session.language, method: method)
    else {
      throw Failure.usage(
        session.language(
          "\(id) is a draft: nothing of it is published, so there is nothing to write.",
          "\(id) est un brouillon : rien n’en est publié, il n’y a donc rien à écrire."))
    }
    try session.output.write(bytes)
  }
}

/// What a contract's own calendars hold over a stretch of time.
struct CalendarFeeds {
  let contract: Contract
  let environment: String
  let range: Interval

  var windows: [Interval] {
    Array(WindowTable(contract: contract, environment: environment, covering: range).windows(meeting: range))
  }

  /// Holidays of the zone in force on each day.
  var holidays: [Holiday] {
    let zone = contract.currentTimeZone
    let (first, last) = (zone.civil(range.start).date, zone.civil(range.end).date)
    return (first.components.year...last.components.year).flatMap { year in
      let day = max(first, CivilDate(year: year, month: 1, day: 1)!)
      return contract.terms(on: day).holidays.holidays(in: year)
    }.filter { $0.date >= first && $0.date < last }
  }

  var freezes: [Freeze] {
    var seen: Set<Freeze> = []
    return contract.versions.flatMap(\.freezes).filter { $0.interval.overlaps(range) && seen.insert($0).inserted }
      .sorted { $0.interval.start < $1.interval.start }
  }

  func render(_ content: FeedVerb.Content, by days: CalendarDays) throws -> [UInt8] {
    switch content {
    case .windows, .changes: try days.windows(windows)
    case .holidays: try days.holidays(holidays)
    case .freezes: try days.freezes(freezes)
    case .availability: try days.availability(windows, range: range)
    }
  }
}

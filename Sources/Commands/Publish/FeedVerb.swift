import Answers
import ArgumentParser
import CivilTime
import Files
import ICalendar
import Planning
import Publication
import Register
import Remote
import Wording

/// Feeds, and what is wrong with someone's.
struct FeedVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feed", abstract: "Write a feed that calendars and programs read, or examine one.",
    discussion: """
      Without a subcommand a feed is written; its options: preavis feed write --help

      Examples:
        preavis feed -o maintenance.ics
        preavis feed --profile atom --lang fr
        preavis feed doctor maintenance.ics
      """,
    subcommands: [WriteFeedVerb.self, FeedDoctorVerb.self], defaultSubcommand: WriteFeedVerb.self)
}

struct WriteFeedVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "write", abstract: "Write a feed that calendars and programs read.",
    discussion: """
      Examples:
        preavis feed -o maintenance.ics
        preavis feed --lang fr --service profession-liberale --alarm 1h
        preavis feed --of windows -o windows.ics
        preavis feed --profile maintnote --client "Cabinet Martin" -o martin.ics
        preavis feed --profile atom -o atom.xml
        preavis feed CHG-2026-0042 -o change.ics
      """)

  /// For whom it is written.
  enum Profile: String, CaseIterable {
    case standard, maintnote
    case changeCalendar = "change-calendar"
    case atom
    case jsonFeed = "json-feed"
    case statuspage
  }

  @OptionGroup var global: GlobalOptions
  @Option(help: "The service; may be left out where there is only one contract.") var service: String?
  @Option(help: "Only changes of this environment (all; windows and the change calendar: production).")
  var environment: String?
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
    let words = session.words
    let profile: Profile = try self.profile.map { try words.read($0, field: .profile) } ?? .standard
    let content = try content(words)
    try refuseNonsense(profile, content, session)
    if let change { return try writeMessage(try words.change(change), session, words) }
    if let content { return try write(content, session) }
    let open = try session.register(readOnly: true)
    let fragment = EventFragment(identity: open.identity, isSimulation: open.isSimulation)
    let language = session.language
    switch profile {
    case .standard:
      let scope = try scope(session)
      let times = TimeArgument(wording: session.wording(scope.first))
      let feed = StandardFeed(
        scope, fragment: fragment, language: language, environment: environment,
        alarms: try alarm.map { try times.duration($0, field: .alarm) })
      try session.output.stream { try feed.write(from: open.register, to: $0) }
    case .maintnote:
      let feed = MaintnoteFeed(try scope(session), fragment: fragment, language: language)
      try session.output.stream { try feed.write(from: open.register, to: $0) }
    case .changeCalendar:
      let contract = try contract(session)
      let feed = ChangeCalendar(
        contract, environment: environment ?? Contract.production, fragment: fragment, language: language)
      var budget = CalendarBudget()
      try session.output.stream { budget = try feed.write(from: open.register, to: $0) }
      if budget.isExceeded { Output.note(WriteFeedVerb.tooMuch(budget, session.wording(contract))) }
    case .atom, .jsonFeed:
      let contract = try contract(session)
      let feed = try syndicated(contract, open).feed(language)
      let paths = PortalPaths(service: contract.service)
      func address(_ feed: PortalFeed) -> String {
        paths.address(of: paths.feed(feed, language), base: contract.home)
      }
      try session.output.write(
        profile == .atom
          ? AtomFeed.render(feed, address: address(.atom))
          : JSONFeed.render(feed, address: address(.json)))
    case .statuspage:
      let contract = try contract(session)
      try session.output.write(try syndicated(contract, open).statuspage(language).render(.summary))
    }
  }

  private static func tooMuch(_ budget: CalendarBudget, _ wording: Wording) -> String {
    let (octets, limit) = (wording.count(budget.octets), wording.count(budget.limit))
    return wording.language(
      "warning: \(octets) octets; AWS Change Calendar takes \(limit) for all files of a calendar. The first \(budget.fitting) of the \(budget.events) changes fit; the file has them all.",
      "attention : \(octets) octets ; AWS Change Calendar en accepte \(limit) pour tous les fichiers d’un calendrier. Les \(budget.fitting) premiers des \(budget.events) changements tiennent ; le fichier les a tous."
    )
  }

  private func syndicated(_ contract: Contract, _ open: OpenRegister) throws -> Syndicated {
    Syndicated(contract, try open.register.published(of: contract), isSimulation: open.isSimulation)
  }

  /// The contract, once its environments are known to include the one that is asked for.
  private func contract(_ session: Session) throws -> Contract {
    let contract = try session.contract(service).contract
    if let environment, !contract.environments.contains(environment) {
      throw CommandError.unknownEnvironment(environment, known: contract.environments)
    }
    return contract
  }

  private func scope(_ session: Session) throws -> FeedScope {
    guard let client else { return FeedScope(try contract(session)) }
    let contracts = try session.contracts().loadAll().map(\.contract)
      .filter { service == nil || $0.service == service }
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
  private func refuseNonsense(_ profile: Profile, _ content: CalendarDays.Content?, _ session: Session) throws {
    func refuse(_ flag: String, _ other: String) -> Failure {
      .usage(
        session.language(
          "\(flag) cannot stand together with \(other).", "\(flag) ne va pas avec \(other)."))
    }
    if session.options.json, change != nil || content != nil || (profile != .jsonFeed && profile != .statuspage) {
      throw Failure.usage(
        session.language(
          "--json: this feed is not JSON; --profile json-feed and --profile statuspage are.",
          "--json : ce flux n'est pas du JSON ; --profile json-feed et --profile statuspage en sont."))
    }
    let other = change ?? content.map { "--of \($0.rawValue)" } ?? "--profile \(profile.rawValue)"
    if content != nil, profile != .standard { throw refuse(other, "--profile \(profile.rawValue)") }
    if !alarm.isEmpty, profile != .standard || content != nil || change != nil { throw refuse("--alarm", other) }
    let hasEnvironment = content != nil || profile == .standard || profile == .changeCalendar
    if environment != nil, !hasEnvironment || change != nil { throw refuse("--environment", other) }
    if client != nil, content != nil || (profile != .standard && profile != .maintnote) {
      throw refuse("--client", other)
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

  private func write(_ content: CalendarDays.Content, _ session: Session) throws {
    let contract = try contract(session)
    let days = CalendarDays(
      contract, environment: environment ?? Contract.production, language: session.language,
      range: CalendarDays.range(contract, at: try session.now()))
    try session.output.write(try days.render(content))
  }

  /// Nil for changes, which is what a feed holds by itself.
  private func content(_ words: WordArgument) throws -> CalendarDays.Content? {
    guard let content, content != "changes" else { return nil }
    return try words.read(content, field: .of)
  }

  private func writeMessage(_ id: ChangeID, _ session: Session, _ words: WordArgument) throws {
    let open = try session.register(readOnly: true, asking: .published(id))
    let change = try open.register.change(id)
    let method: ChangeMessage.Method = try method.map { try words.read($0, field: .method) } ?? .init(for: change)
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

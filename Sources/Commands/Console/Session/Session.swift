import Answers
import CivilTime
import Files
import Foundation
import Planning
import Publication
import Register
import RegisterSQLite
import Remote
import Wording

/// What a verb works with: language, clock, contracts, register, and where its answer goes. The only place that reads
/// the environment and the clock.
struct Session {
  let options: GlobalOptions
  let environment: [String: String]
  let settings: PersonalSettings
  let language: Language
  /// All that `--lang` names, without repetition; the first is that of messages.
  let languages: [Language]
  /// What clients read is written in: by `--lang` or else the settings of one's own; nil where neither says so, since the
  /// locale of a machine says nothing of them.
  let clientLanguages: [Language]?
  private(set) var output: Output
  /// Where the register is a server's.
  let server: ServerLink?
  let unread = Unread()

  /// What is wrong with contracts that a verb for all services did without; nil where nothing is.
  final class Unread { var problems: FileProblems? }

  /// - Parameter isOfMachine: whether nobody in particular runs it, whose settings could be meant.
  init(_ options: GlobalOptions, isOfMachine: Bool = false) throws {
    self.options = options
    environment = ProcessInfo.processInfo.environment
    do { settings = isOfMachine ? .none : try PersonalSettings(environment) } catch {
      throw Failure(status: .badData, message: error.description)
    }
    let usual = Language.preferred(explicit: settings.language, environment: environment)
    languages = try options.lang.map { try Session.languages($0, usual) } ?? [usual]
    language = languages[0]
    clientLanguages = options.lang == nil && settings.language == nil ? nil : languages
    output = Output(file: options.output, language: language, environment: environment)
    let place = Session.place(options, environment, settings).path
    guard !Session.looksLikeHost(place) else {
      throw Failure.usage(
        language(
          "\(place): is that a server or a file? Write https://\(place) for a server, ./\(place) for a file.",
          "\(place)\u{A0}: est-ce un serveur ou un fichier\u{202F}? Écrivez https://\(place) pour un serveur, ./\(place) pour un fichier."
        ))
    }
    server =
      ServerAddress.isMeant(by: place)
      ? ServerLink(place, authority: options.caFile, environment: environment, language: language) : nil
  }

  /// One, or several with commas between them: `fr`, `en_GB.UTF-8`, `fr,en`.
  private static func languages(_ text: String, _ usual: Language) throws -> [Language] {
    var languages: [Language] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false).map(String.init) {
      let name = part.lowercased().prefix { $0.isLetter }
      guard ["fr", "fra", "french", "en", "eng", "english"].contains(String(name)) else {
        throw Failure.usage(
          usual(
            "--lang \(text): not a language of this program; use fr or en.",
            "--lang \(text) : pas une langue de ce programme ; prenez fr ou en."))
      }
      let language = Language.preferred(explicit: part, environment: [:])
      if !languages.contains(language) { languages.append(language) }
    }
    return languages
  }

  // MARK: Contracts

  private var executable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }

  func calendarsFolder() throws -> DataFolder {
    try DataFolder.calendars(
      flag: options.calendars, environment: environment, settings: settings, executable: executable)
  }

  func templatesFolder() throws -> DataFolder {
    try DataFolder.templates(
      flag: options.templates, environment: environment, settings: settings, executable: executable)
  }

  /// A server's contracts, unless others are asked for.
  func contracts() throws -> ContractFolder {
    guard let server else { return ContractFolder(try calendarsFolder().path) }
    if options.calendars == nil { return ContractFolder(try server.contracts()) }
    server.noteOwnCalendars()
    return ContractFolder(try calendarsFolder().path)
  }

  /// The contract of `service`, or the only one there is.
  func contract(_ service: String?) throws -> LoadedContract {
    let folder = try contracts()
    guard service == nil, let own = settings.service, let file = settings.file else {
      return try folder.choose(service, place: "\(folder.path)/services")
    }
    do { return try folder.choose(own, place: "\(folder.path)/services") } catch ServiceError.unknown(_, let known) {
      let known = known.joined(separator: ", ")
      throw Failure.usage(
        language(
          "\(file): service \(own): unknown; there are: \(known).",
          "\(file)\u{A0}: service \(own)\u{A0}: inconnu\u{202F}; il y a\u{A0}: \(known)."))
    }
  }

  /// That of `service`, or all; never empty. What cannot be read keeps no verb from the others: it is said at the end.
  func contracts(of service: String?) throws -> [Contract] {
    if let service { return [try contract(service).contract] }
    let (all, problems) = try contracts().readable()
    if !problems.isEmpty { unread.problems = FileProblems(problems) }
    if let problems = unread.problems, all.isEmpty { throw problems }
    guard !all.isEmpty else {
      throw Failure.usage(language("There is no contract to look at.", "Il n’y a aucun contrat à regarder."))
    }
    return all.map(\.contract)
  }

  /// The first contract that can be read: its zone is that of times which belong to no service.
  var firstContract: Contract? { try? contracts().readable().contracts.first?.contract }

  /// Those that are found where nobody names a folder; none where they cannot be read.
  func contractsInForce() -> [Contract] {
    let folder = try? DataFolder.calendars(
      flag: nil, environment: environment, settings: settings, executable: executable)
    return (try? folder.map { try ContractFolder($0.path).loadAll().map(\.contract) }) ?? []
  }

  func bound(_ loaded: LoadedContract) -> BoundContract {
    BoundContract(contract: loaded.contract, files: loaded.sources)
  }

  func wording(_ contract: Contract) -> Wording {
    // Where a simulation's clock is set, its register says whether it may be.
    let set = try? setClock()
    return Wording(language, zone: contract.currentTimeZone) { set ?? Session.systemClock() }
  }

  // MARK: Register

  var registerPath: String { Session.place(options, environment, settings).path }

  /// Where the register is, and what says so: `flag`, `environment`, `settings` or `default`.
  static func place(
    _ options: GlobalOptions, _ environment: [String: String], _ settings: PersonalSettings
  ) -> (path: String, foundBy: String) {
    if let path = options.register { return (path, "flag") }
    if let path = environment["PREAVIS_REGISTER"] { return (path, "environment") }
    if let path = settings.register { return (path, "settings") }
    return ("preavis.sqlite", "default")
  }

  /// Whether a place that names no folder is more like a server than like a file: `plans.example`, `localhost:8080`.
  private static func looksLikeHost(_ place: String) -> Bool {
    let parts = place.split(separator: ":", omittingEmptySubsequences: false)
    guard !place.contains("/"), (1...2).contains(parts.count), !FileManager.default.fileExists(atPath: place),
      parts[0].utf8.allSatisfy({ $0 < 0x80 }),
      parts[0].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" })
    else { return false }
    if parts.count == 2 { return UInt16(parts[1]) != nil }
    let labels = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    return labels.count > 1 && labels.allSatisfy { !$0.isEmpty } && labels[labels.count - 1].allSatisfy(\.isLetter)
      && !["sqlite", "db", "register", "preavis", "bak", "backup", "copy", "old", "tmp"].contains(
        labels[labels.count - 1].lowercased())
  }

  /// The register's file, for verbs that look after one; a server's is looked after where it lies.
  func registerFile(for verb: String) throws -> String {
    guard server != nil else { return registerPath }
    throw Failure.usage(
      language(
        "preavis \(verb) works on a register file, and the register is a server’s. Run it on the server, or name a file with --register.",
        "preavis \(verb) porte sur un fichier de registre, et celui-ci est tenu par un serveur. Lancez-le sur le serveur, ou nommez un fichier avec --register."
      ))
  }

  /// The register, with the clock that it allows.
  ///
  /// - Parameter question: what is asked of a server's; nil reads all of it.
  func register(
    readOnly: Bool = false, asking question: Question? = nil, patience: Double = SQLiteStore.patience
  ) throws -> OpenRegister {
    if let remote = try server?.register(asking: question) {
      return try OpenRegister(
        register: remote.register, writer: remote, keeper: remote, file: nil, identity: remote.identity,
        isSimulation: remote.isSimulation)
    }
    let store = try SQLiteStore.open(at: registerPath, readOnly: readOnly, patience: patience)
    let facts = try Register.facts(store)
    let clock = try clock(isSimulation: facts.isSimulation)
    let publisher = EventFragment(identity: facts.identity, isSimulation: facts.isSimulation)
    let register = Register(store: store, publisher: publisher, clock: clock)
    return OpenRegister(
      register: register, writer: register, keeper: register, file: store, identity: facts.identity,
      isSimulation: facts.isSimulation)
  }

  /// Where commands go. Of a server nothing is asked before it is told what to record.
  func writer() throws -> any RegisterWriter { try server?.writer() ?? register().writer }

  /// Nil where there is no register file: some questions can be answered without.
  func registerIfAny(asking question: Question? = nil) throws -> OpenRegister? {
    do { return try register(readOnly: true, asking: question) } catch RegisterError.notFound { return nil }
  }

  /// The machine's clock. `PREAVIS_NOW` moves it for a simulation only; any other register refuses to work with it.
  func clock(isSimulation: Bool) throws -> @Sendable () -> Instant {
    guard let text = environment["PREAVIS_NOW"] else { return Session.systemClock }
    guard isSimulation else {
      throw Failure.usage(
        language(
          "PREAVIS_NOW is set, but only a register made with init --simulation honours it. Unset it.",
          "PREAVIS_NOW est défini, mais seul un registre créé avec init --simulation l’accepte. Retirez-le."))
    }
    guard let now = try setClock() else {
      throw Failure.usage(
        language(
          "PREAVIS_NOW=\(text): write an instant, such as 2026-12-01T10:00 or 2026-12-01T10:00:00+01:00.",
          "PREAVIS_NOW=\(text) : écrivez un instant, par exemple 2026-12-01T10:00 ou 2026-12-01T10:00:00+01:00."))
    }
    return { now }
  }

  /// What `PREAVIS_NOW` says; without an offset by the first contract's zone, as times are everywhere.
  private func setClock() throws -> Instant? {
    switch environment["PREAVIS_NOW"].flatMap({ WrittenTime($0) }) {
    case .instant(let now)?: return now
    case .civil(let civil)?:
      // A contract that cannot be read says so itself.
      let contract = try firstContract ?? contracts(of: nil).first
      guard case .unique(let now)? = contract?.currentTimeZone.resolve(civil) else { return nil }
      return now
    case nil: return nil
    }
  }

  static let systemClock: @Sendable () -> Instant = {
    Instant(secondsSinceEpoch: Int64(Date().timeIntervalSince1970.rounded(.down)))
  }

  /// Now, for verbs that may do without a register.
  func now() throws -> Instant {
    if let server { return try server.register(asking: .clock).register.now }
    if environment["PREAVIS_NOW"] == nil { return Session.systemClock() }
    return try clock(isSimulation: try registerIfAny(asking: .clock)?.isSimulation ?? false)()
  }

  /// The folder that a verb writes into, by `--out` or `-o`, and the session in which it says so on standard output.
  func folder(_ out: String?) throws -> (folder: String, session: Session) {
    guard let folder = out ?? options.output else {
      throw Failure.usage(language("Say which folder: --out …", "Dites quel dossier : --out …"))
    }
    guard out == nil || options.output == nil else {
      throw Failure.usage(
        language("Leave out -o: --out names the folder.", "Retirez -o\u{A0}: --out nomme le dossier."))
    }
    var session = self
    session.output = Output(file: nil, language: language, environment: environment)
    return (folder, session)
  }

  /// Who runs the program, as the system says.
  var actor: String? {
    let name = NSUserName()
    return name.isEmpty ? nil : name
  }
}

/// A register that was opened, and what its first event says of it.
struct OpenRegister {
  /// What is read.
  let register: Register
  /// Where commands go.
  let writer: any RegisterWriter
  /// Where tokens, private feeds, webhooks and mailings are kept.
  let keeper: any GrantKeeper
  /// Nil where a server keeps it.
  let file: SQLiteStore?
  let identity: String
  let isSimulation: Bool
}

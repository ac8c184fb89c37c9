import API
import Answers
import ArgumentParser
import CivilTime
import Files
import Foundation
import ICalendar
import Logging
import Planning
import Publication
import Register
import RegisterSQLite
import Server
import Wording

struct ServeVerb: MachineVerb {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serve the portal, the feeds and the API over HTTP.",
    discussion: """
      What is committed to the register, by this server or by any other preavis on the same file, is served at once. \
      SIGTERM and SIGINT let what is under way finish; SIGHUP reads the certificate, contracts and templates anew. \
      Standard error gets one JSON object a request; feeds that are sent from memory are only counted (/metrics).

      Examples:
        preavis serve --listen 127.0.0.1:8080
        preavis serve --listen 0.0.0.0:8443 --tls-certificate chain.pem \\
          --tls-key key.pem
        preavis serve --listen unix:/run/preavis/http.sock --trusted-proxy unix
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: ArgumentHelp("host:port, [address]:port or unix:path.", valueName: "address"))
  var listen = "127.0.0.1:8080"
  @Option(help: ArgumentHelp("PEM file with the server's certificate and its chain.", valueName: "file"))
  var tlsCertificate: String?
  @Option(help: ArgumentHelp("PEM file with its private key.", valueName: "file")) var tlsKey: String?
  @Option(
    help: ArgumentHelp(
      "Address of a reverse proxy whose X-Forwarded-For is believed; unix for any on a Unix socket.",
      valueName: "address"))
  var trustedProxy: [String] = []
  @Option(help: ArgumentHelp("Connections at once.", valueName: "number")) var maxConnections = 5000
  @Option(help: ArgumentHelp("Calls of the API a second by one address; 0: no limit.", valueName: "number"))
  var apiRate = 50
  @Option(help: ArgumentHelp("Threads that answer from memory; one a core unless given.", valueName: "number"))
  var threads: Int?
  @Option(help: ArgumentHelp("The program that mail is handed to.", valueName: "path"))
  var sendmail = ServeVerb.usualSendmail
  @Option(help: ArgumentHelp(SendingOptions.addressHelp, valueName: "address")) var publicAddress: String?
  @Flag(help: ArgumentHelp(stringLiteral: SendingOptions.privateHelp)) var allowPrivate = false

  func run(_ session: Session) throws {
    _ = try session.registerFile(for: "serve")
    LoggingSystem.bootstrap { JSONLogHandler(label: $0) }
    let address = try ListenAddress(session.language).read(listen)
    let tls = try encryption(session)
    for proxy in trustedProxy where proxy != "unix" && !PreavisServer.isAddress(proxy) {
      throw Failure.usage(
        session.language(
          "--trusted-proxy \(proxy): write an IP address, or unix.",
          "--trusted-proxy \(proxy) : écrivez une adresse IP, ou unix."))
    }
    try check("--max-connections", maxConnections, 1...ServeVerb.mostConnections, session.language)
    try check("--api-rate", apiRate, 0...100_000, session.language)
    if let threads { try check("--threads", threads, 1...256, session.language) }
    // The usual one need not be there: not everybody sends mail.
    if sendmail != ServeVerb.usualSendmail, !ServeVerb.isProgram(sendmail) {
      throw Failure.usage(
        session.language(
          "--sendmail \(sendmail): no program that can be run.",
          "--sendmail \(sendmail) : pas un programme exécutable."))
    }
    let folder = try session.contracts()
    let logger = Logger(label: "preavis")
    let contracts = try ServedContracts(folder) { problem in
      guard let problem else { return logger.info("contracts were read anew") }
      logger.error("contracts cannot be read; those before are kept", metadata: ["error": "\(problem)"])
    }
    let templates = try ServedTemplates(folder: session.templatesFolder().path)
    let reading = try session.register(readOnly: true, patience: ServeVerb.patience)
    let writing = try session.register(patience: ServeVerb.patience)
    let sending = try session.register(patience: ServeVerb.patience)
    var publication = RegisterPublication(
      register: reading.register,
      fragment: EventFragment(identity: reading.identity, isSimulation: reading.isSimulation), contracts: contracts)
    let desk = try subscriptions(session, writing, contracts)
    publication.takesSubscriptions = desk.takes
    publication.damage = { [reading, writing, sending].lazy.compactMap(\.register.store.damage).first }
    ProcessLimits.keepMemorySmall()
    var server = PreavisServer(
      address: address, snapshot: try Snapshot(publication), logger: logger,
      api: api(writing, folder, contracts, templates).answer, readiness: publication.readiness)
    server.tls = tls
    server.leave = writing.register.leaveMailing
    server.subscriptions = desk
    warn(contracts, desk, logger)
    server.loops = threads
    server.limits.connections = try connections(session.language)
    server.limits.rate = Double(apiRate)
    server.limits.burst = Double(apiRate) * 4
    server.limits.trustedProxies = Set(trustedProxy)
    server.reloads = [("contracts", contracts.reload), ("templates", templates.reload)]
    // A terminal that has gone is none any more.
    let hadTerminal = isatty(STDIN_FILENO) == 1
    server.hasLostTerminal = { hadTerminal && isatty(STDIN_FILENO) != 1 }
    let conflicts = ConflictWatch(publication, sending.register, logger)
    server.companions = [try deliveries(session, sending, contracts, logger), conflicts.run]
    server.samples = { [publication] in
      publication.samples() + conflicts.samples + DeliverySamples.of(sending.register)
    }
    let language = session.language
    let note = note
    let scheme = tls == nil ? "http" : "https"
    server.whenListening = { port in
      let place =
        switch address {
        case .host(let host, let asked):
          "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port ?? asked)/"
        case .socket(let path): path
        }
      note(language("Serving \(place)", "À l’écoute : \(place)"))
    }
    do {
      try Blocking.run { [server] in try await server.run() }
    } catch let error as PreavisServer.StartError {
      throw failure(error, language)
    }
  }

  /// For whoever sits before a terminal a sentence; for what collects logs a line like all others.
  private var note: @Sendable (String) -> Void {
    if isatty(STDERR_FILENO) == 1 { return Output.note }
    let logger = Logger(label: "preavis")
    return { logger.info("\($0)") }
  }

  private static let usualSendmail = "/usr/sbin/sendmail"

  private static func isProgram(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
      && FileManager.default.isExecutableFile(atPath: path)
  }

  private func check(_ option: String, _ value: Int, _ bounds: ClosedRange<Int>, _ language: Language) throws {
    guard !bounds.contains(value) else { return }
    throw Failure.usage(
      language(
        "\(option) \(value): from \(bounds.lowerBound) to \(bounds.upperBound).",
        "\(option) \(value) : de \(bounds.lowerBound) à \(bounds.upperBound)."))
  }

  /// As many as were asked for, or as the process may open files for.
  private func connections(_ language: Language) throws -> Int {
    let files = ProcessLimits.raiseOpenFiles()
    let room = files - ServeVerb.ownFiles
    guard room > 0 else {
      throw Failure.usage(
        language(
          "serve: the process may open only \(files) files, and needs \(ServeVerb.ownFiles) itself. Raise the limit (ulimit -n, LimitNOFILE).",
          "serve : le processus ne peut ouvrir que \(files) fichiers, et en demande \(ServeVerb.ownFiles) pour lui-même. Relevez la limite (ulimit -n, LimitNOFILE)."
        ))
    }
    if room < maxConnections {
      note(
        language(
          "The process may open \(files) files: \(room) connections at once, not \(maxConnections).",
          "Le processus peut ouvrir \(files) fichiers : \(room) connexions à la fois, et non \(maxConnections)."))
    }
    return min(maxConnections, room)
  }

  private func failure(_ error: PreavisServer.StartError, _ language: Language) -> Failure {
    switch error {
    case .addressInUse:
      Failure.usage(
        language(
          "--listen \(listen): in use already. Choose another port, or stop what listens there.",
          "--listen \(listen) : déjà pris. Choisissez un autre port, ou arrêtez ce qui y écoute."))
    case .address(let detail):
      Failure.usage(
        language(
          "--listen \(listen): cannot be listened at (\(detail)). Choose another address.",
          "--listen \(listen) : écoute impossible (\(detail)). Choisissez une autre adresse."))
    case .certificate(let path):
      Failure.usage(
        language(
          "--tls-certificate \(path): not a readable PEM file of certificates.",
          "--tls-certificate \(path) : pas un fichier PEM de certificats lisible."))
    case .key(let path):
      Failure.usage(
        language(
          "--tls-key \(path): not a readable PEM file of a private key.",
          "--tls-key \(path) : pas un fichier PEM de clé privée lisible."))
    case .mismatch(let certificate, let key):
      Failure.usage(
        language(
          "--tls-key \(key): not the key of the certificate in \(certificate).",
          "--tls-key \(key) : pas la clé du certificat de \(certificate)."))
    }
  }

  /// Webhooks and mail, on a connection of their own.
  private func deliveries(
    _ session: Session, _ open: OpenRegister, _ contracts: ServedContracts, _ logger: Logger
  ) throws -> @Sendable () async -> Void {
    var worker = try DeliverySession.worker(
      session, open, contracts: contracts, sendmail: sendmail, allowsPrivate: allowPrivate,
      address: publicAddress)
    worker.report = { row, settlement in
      logger.info(
        "delivery",
        metadata: ["delivery": "\(row.id)", "outcome": "\(settlement.name)", "subscription": "\(row.subscription)"])
    }
    worker.reportLapsed = { row in
      logger.warning(
        "delivery",
        metadata: ["delivery": "\(row.id)", "outcome": "lapsed", "subscription": "\(row.subscription)"])
    }
    worker.reportFault = { error in logger.error("deliveries", metadata: ["error": "\(error)"]) }
    return { [worker] in await worker.run() }
  }

  /// By the contracts as they are at each request.
  private func subscriptions(
    _ session: Session, _ open: OpenRegister, _ contracts: ServedContracts
  ) throws -> SubscriptionDesk {
    let address = try publicAddress.map { try SendingOptions.address($0, session.language) }
    return SubscriptionDesk(
      register: open.register, identity: open.identity, isSimulation: open.isSimulation,
      sendmail: Sendmail(path: sendmail),
      contract: { service in contracts.current.contracts.first { $0.service == service } },
      folder: { SubscriptionDesk.folder(of: $0, server: address) })
  }

  /// Why a contract that is open to subscriptions takes none here, for the log.
  private func warn(_ contracts: ServedContracts, _ desk: SubscriptionDesk, _ logger: Logger) {
    for contract in contracts.current.contracts where contract.takesSubscriptions {
      if !desk.takes(contract) {
        logger.warning(
          "subscriptions are open, but nobody said where this server is: give --public-address, or portal: served",
          metadata: ["service": "\(contract.service)"])
      } else if !ServeVerb.isProgram(sendmail) {
        logger.warning(
          "subscriptions are open, but there is no program to send mails", metadata: ["sendmail": "\(sendmail)"])
      }
    }
  }

  private func api(
    _ open: OpenRegister, _ folder: ContractFolder, _ contracts: ServedContracts, _ templates: ServedTemplates
  ) -> API {
    return API(
      register: open.register, identity: open.identity, isSimulation: open.isSimulation, contracts: contracts,
      templates: { templates.current }, authenticator: RegisterTokens(register: open.register), folder: folder,
      readCalendar: { try ServeVerb.readCalendar($0, $1, $2, now: open.register.now) }, allowsPrivate: allowPrivate)
  }

  private static func readCalendar(_ bytes: [UInt8], _ zone: String, _ language: Language, now: Instant) throws
    -> RowFile
  {
    var wishes = CalendarWishes()
    wishes.now = now
    do {
      return try CagedCalendar(language: language, wishes: wishes).read(bytes, zone: zone)
    } catch let refusal as CagedCalendar.Refusal {
      let lines = refusal.problems.prefix(50).map { problem in
        (problem.line.map { "\(language("line", "ligne")) \($0)\(language.colon) " } ?? "") + problem.text
      }
      throw BadValue(lines.joined(separator: "\n"))
    } catch let failure as Failure {
      throw BadValue(failure.message)
    }
  }

  /// How long one question to the register waits for another writer, in seconds. Callers wait one behind the other: all of
  /// them together no longer than a stop may take.
  private static let patience = 1.0
  /// As many as the most files that a process here opens leave room for.
  private static let mostConnections = 65_000
  /// Files that are no connections of clients: the register's, and what threads wait with.
  private static let ownFiles = 100 + PreavisServer.overflow

  private func encryption(_ session: Session) throws -> PreavisServer.TLS? {
    switch (tlsCertificate, tlsKey) {
    case (nil, nil): return nil
    case (let certificate?, let key?): return PreavisServer.TLS(certificate: certificate, key: key)
    default:
      throw Failure.usage(
        session.language(
          "--tls-certificate and --tls-key go together.", "--tls-certificate et --tls-key vont ensemble."))
    }
  }
}

/// Reads `--listen`.
struct ListenAddress {
  let language: Language

  init(_ language: Language) { self.language = language }

  func read(_ text: String) throws -> PreavisServer.Address {
    if text.hasPrefix("unix:"), text.count > 5 { return .socket(path: String(text.dropFirst(5))) }
    if let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) {
      var host = String(text[..<colon])
      if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
      if !host.isEmpty, !host.contains("/") { return .host(host, port: Int(port)) }
    }
    throw Failure.usage(
      language(
        "--listen \(text): write host:port, such as 127.0.0.1:8080 or [::1]:8080, or unix:/path/of/socket.",
        "--listen \(text) : écrivez hôte:port, par exemple 127.0.0.1:8080 ou [::1]:8080, ou unix:/chemin/du/socket."))
  }
}

import Answers
import ArgumentParser
import Files
import JSONText
import Planning
import Register
import Server
import Wording

/// What waits to be sent, what was sent, and what was given up.
struct DeliveriesVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliveries", abstract: "Messages to webhooks and mailings: list them, send them, send them again.",
    subcommands: [DeliveriesListVerb.self, DeliveriesRunVerb.self, DeliveriesRetryVerb.self])
}

struct DeliveriesListVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Messages by event, the newest last.",
    discussion: """
      Examples:
        preavis deliveries list --dead
        preavis deliveries list --to HOOK-0003 --limit 20 --json
      """)

  @OptionGroup var global: GlobalOptions
  @Flag(help: "Those that were given up.") var dead = false
  @Flag(help: "Those that wait.") var pending = false
  @Option(help: ArgumentHelp("Only those to this webhook or mailing.", valueName: "HOOK-…|MAIL-…")) var to: String?
  @Option(help: ArgumentHelp("At most so many, the newest.", valueName: "number")) var limit = 1000

  func run(_ session: Session) throws {
    guard limit > 0 else {
      throw Failure.usage(session.language("--limit: 1 or more.", "--limit : au moins 1."))
    }
    let grants = try GrantSession(session, readOnly: true)
    var filter = OutboxFilter()
    if dead { filter.states.insert(.dead) }
    if pending { filter.states.insert(.pending) }
    filter.subscription = to?.uppercased()
    filter.limit = limit
    try grants.write(try grants.keeper.deliveries(filter))
  }
}

struct DeliveriesRetryVerb: OperationVerb {
  static let operation = Operation.retryDelivery
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: "Send what was given up again, from the first attempt on.",
    discussion: """
      It keeps its identifier, and goes before what waits for the same receiver.

      Examples:
        preavis deliveries retry msg_0a1b…
        preavis deliveries retry --dead
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The message.", valueName: "msg_…")) var message: String?
  @Flag(help: "All that was given up and whose webhook or mailing is in force.") var dead = false

  func run(_ session: Session) throws {
    guard (message == nil) == dead else {
      throw Failure.usage(
        session.language(
          "Name one message, or all that was given up: preavis deliveries retry --dead",
          "Nommez un message, ou tous ceux abandonnés : preavis deliveries retry --dead"))
    }
    let grants = try GrantSession(session)
    let rows = try message.map { [try grants.keeper.retryDelivery($0)] } ?? grants.keeper.retryDeadDeliveries()
    try grants.write(rows)
  }
}

struct DeliveriesRunVerb: MachineVerb {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Send what is due, once, and end; preavis serve does it all the time.",
    discussion: """
      For a register without a server: run it from cron. Two at once do not send the same. What fails is tried again \
      by a later run, after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, and then given up.

      Example:
        * * * * *  preavis deliveries run --register /srv/preavis.sqlite >/dev/null
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: ArgumentHelp("The sendmail program.", valueName: "path")) var sendmail = Sendmail.usualPath
  @Option(help: ArgumentHelp(SendingOptions.addressHelp, valueName: "address")) var publicAddress: String?
  @Flag(help: ArgumentHelp(stringLiteral: SendingOptions.privateHelp)) var allowPrivate = false

  func run(_ session: Session) throws {
    _ = try session.registerFile(for: "deliveries run")
    let open = try session.register()
    let contracts = try session.contracts(of: nil)
    let worker = try DeliverySession.worker(
      session, open, contracts: session.contracts(), sendmail: sendmail, allowsPrivate: allowPrivate,
      address: publicAddress)
    try open.register.tell(
      Standings(open.register, contracts).conflicts(),
      of: session.unread.problems == nil ? nil : Set(contracts.map(\.service)))
    let tally = try Blocking.run { try await worker.runOnce() }
    let figures = try open.register.outboxFigures()
    if session.options.json {
      return try session.output.write([
        "delivered": .integer(Int64(tally.delivered)), "failed": .integer(Int64(tally.failed)),
        "given_up": .integer(Int64(tally.dead)), "lapsed": .integer(Int64(tally.lapsed)),
        "pending": .integer(Int64(figures.pending)), "scheduled": .integer(Int64(figures.scheduled)),
        "dead": .integer(Int64(figures.dead)),
      ])
    }
    guard tally != DeliveryWorker.Tally() else {
      return try session.output.write(
        session.language(
          "Nothing is due; \(figures.pending) waiting, \(figures.scheduled) for a later hour, "
            + "\(figures.dead) given up.",
          "Rien n’est dû\(Typography.narrow); \(figures.pending) en attente, \(figures.scheduled) pour une heure à "
            + "venir, \(Language.french.counted(figures.dead, "abandonné"))."))
    }
    let dead = Language.french.counted(tally.dead, "abandonné")
    // Of what is given up cron's mail tells, although it leaves standard output alone.
    if tally.dead > 0 {
      Output.note(
        session.language(
          "\(tally.dead) given up. See: preavis deliveries list --dead",
          "\(dead). Voir : preavis deliveries list --dead"))
    }
    let lapsed =
      tally.lapsed == 0
      ? ""
      : session.language(
        ", \(tally.lapsed) lapsed: too late to be of use",
        ", \(Language.french.counted(tally.lapsed, "caduc")) : trop tard pour servir")
    try session.output.write(
      session.language(
        "\(tally.delivered) delivered, \(tally.failed) to be tried again, \(tally.dead) given up\(lapsed).",
        "\(tally.delivered) remis, \(tally.failed) à retenter, \(dead)\(lapsed)."))
  }
}

extension GrantSession {
  func write(_ rows: [OutboxRow]) throws {
    let streams = try open.register.store.read { store in
      try rows.map { try store.event($0.event)?.stream ?? "-" }
    }
    if session.options.json {
      return try session.output.write(JSON.array(zip(rows, streams).map { $0.json(of: $1, in: wording.zone) }))
    }
    let text = DeliveryText(changeText)
    let lines =
      rows.isEmpty
      ? [session.language("No messages.", "Aucun message.")]
      : zip(rows, streams).flatMap { [text.headline($0)] + text.details($0, stream: $1) }
    try session.output.write((changeText.simulationMark + lines).joined(separator: "\n"))
  }
}

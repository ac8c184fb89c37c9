import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Register
import Remote
import Wording

/// By which ways a notice was published.
struct ChannelOptions: ParsableArguments {
  @Option(help: ArgumentHelp("portal, mail or letter; repeatable.", valueName: "channel")) var channel: [String] = []

  func channels(_ session: Session) throws -> [NoticeChannel] {
    let words = session.words
    let channels: [NoticeChannel] = try channel.map { try words.read($0, field: .channel) }
    guard !channels.isEmpty else {
      throw Failure.usage(
        session.language(
          "Say by which way: --channel portal, mail or letter.",
          "Dites par quelle voie : --channel portal, mail ou letter."))
    }
    try session.refuseTwice(channels.map(\.rawValue), of: "--channel")
    return channels
  }
}

struct PublishedVerb: OperationVerb {
  static let operation = Operation.recordNotice
  static let configuration = CommandConfiguration(
    commandName: "published", abstract: "Record that notices were published; nothing else of a change moves.",
    discussion: """
      All that is named is recorded, or nothing. --written records what preavis notices write has written, and nothing \
      that came to be owed since; --due records all that preavis notices due lists as late or due now.

      Examples:
        preavis notices published CHG-2026-0042 --kind announcement --channel portal
        preavis notices published CHG-2026-0042 --kind reminder --channel mail \\
          --at 2026-12-04T09:30
        preavis notices published CHG-2026-0042 CHG-2026-0043 --channel portal \\
          --channel letter
        preavis notices published --written monday --channel portal
        preavis notices published --due --channel portal
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The changes.", valueName: "CHG-…")) var changes: [String] = []
  @Flag(help: "All notices that are owed now.") var due = false
  @Option(help: "Only this service, with --due.") var service: String?
  @Option(help: ArgumentHelp("All notices that preavis notices write wrote into this folder.", valueName: "folder"))
  var written: String?
  @Option(help: "The kind of notice, as preavis notice takes it; without it, the one that is owed first.")
  var kind: String?
  @OptionGroup var channels: ChannelOptions
  @Option(help: ArgumentHelp("When, if not now; both times are kept.", valueName: "time")) var at: String?

  func run(_ session: Session) throws {
    let sources = [!changes.isEmpty, due, written != nil]
    guard sources.count(where: { $0 }) == 1 else {
      throw Failure.usage(
        session.language(
          "Say which notices: CHG-…, --due or --written; one of the three.",
          "Dites quels avis : CHG-…, --due ou --written ; l’un des trois."))
    }
    try session.refuse("--service", service != nil && !due, without: "--due")
    try session.refuse("--kind", kind != nil && changes.isEmpty, without: "CHG-…")
    let channels = try channels.channels(session)
    if changes.count == 1, channels.count == 1 { return try recordOne(changes[0], channels[0], session) }
    let batch = PublishedBatch(session: session, channels: channels, at: at, key: try recording.key(session))
    if due { return try batch.record(due: service) }
    if let written { return try batch.record(written: NoticeFolder.read(written, session)) }
    let words = session.words
    let named = try changes.map { try words.change($0) }
    try session.refuseTwice(named.map(\.description), of: nil)
    try batch.record(named, kind: kind)
  }

  private func recordOne(_ change: String, _ channel: NoticeChannel, _ session: Session) throws {
    let action = ChangeAction(session: session)
    let (change, loaded) = try action.find(change)
    let command = try NoticesOwed.publication(
      kind: kind, channel: channel.rawValue, at: at, wording: session.wording(loaded.contract))
    try action.perform(
      command, on: change.id, key: recording.key(session), contract: loaded,
      subject: session.language("Notice published", "Avis publié"))
  }
}

/// Several notices that were published, recorded together.
struct PublishedBatch {
  let session: Session
  let channels: [NoticeChannel]
  let at: String?
  let key: String?

  /// One that is meant, before it is said by which ways it went.
  struct Notice {
    let change: ChangeID
    /// Nil for the one that is owed first.
    let identity: NoticeIdentity?
    /// The published revision that was written or listed; nil takes the newest.
    let revision: Int?

    init(_ identity: NoticeIdentity) {
      (change, self.identity, revision) = (identity.change, identity, identity.revision)
    }

    init(_ change: ChangeID, _ kind: NoticeKind?, revision: Int? = nil) {
      (self.change, self.revision) = (change, revision)
      identity = kind.map { NoticeIdentity(change: change, kind: $0, revision: revision) }
    }
  }

  func record(due service: String?) throws {
    let open = try session.register(readOnly: true)
    let contracts = try session.contracts(of: service)
    // What was recorded is owed no more, so that only the log says what a request with this key was about.
    let told = try told(open)
    guard told.isEmpty else { return try report(told, again: told.count, open) }
    try record(NoticesOwed.now(contracts, register: open.register).map { Notice($0.identity) }, open)
  }

  /// What is on record under the key that was given; nothing without one.
  ///
  /// - Parameter change: nil for any.
  func told(_ open: OpenRegister, of change: ChangeID? = nil) throws -> [NoticesTold.Line] {
    guard let key else { return [] }
    let name = try session.server?.writer().whoami().name
    return try NoticesTold.lines(under: key, by: name, of: change, in: open.register)
  }

  /// As they were written: under the name of that writing, so that no notice of it is recorded twice by one channel.
  func record(written folder: NoticeFolder.Manifest) throws {
    let open = try session.register(readOnly: true, asking: .about(folder.notices.map(\.change)))
    guard folder.register == open.identity else {
      throw Failure.usage(
        session.language(
          "--written: these notices are of another register.", "--written : ces avis sont d’un autre registre."))
    }
    var named = self
    if key == nil { named = PublishedBatch(session: session, channels: channels, at: at, key: folder.name) }
    try named.record(folder.notices.map(Notice.init), open)
  }

  func record(_ changes: [ChangeID], kind: String?) throws {
    let words = session.words
    let kind: NoticeKind? = try kind.map { try words.read($0, field: .kind) }
    let open = try session.register(readOnly: true, asking: .about(changes))
    try record(changes.map { Notice($0, kind) }, open)
  }

  private func record(_ notices: [Notice], _ open: OpenRegister) throws {
    let recorded = notices.isEmpty ? [] : try recorded(notices, open)
    try report(recorded.map(\.line), again: recorded.filter(\.isReplay).count, open)
  }

  private func report(_ lines: [NoticesTold.Line], again: Int, _ open: OpenRegister) throws {
    if session.options.json {
      let zone = session.firstContract?.currentTimeZone ?? .utc
      return try session.output.writeArray { add in
        for line in lines { try add(NoticesTold.form.json(line, .local(zone))) }
      }
    }
    try session.output.write(text(lines, again: again, open).joined(separator: "\n"))
  }

  /// Records them. What is on record of each afterwards, and whether it was before.
  func recorded(
    _ notices: [Notice], _ open: OpenRegister
  ) throws -> [(line: NoticesTold.Line, isReplay: Bool)] {
    let base = key ?? (session.server == nil ? nil : "cli-\(UInt64.random(in: 0 ... .max))")
    let items = notices.flatMap { notice in
      channels.map { channel in
        PublishedNotices.Item(
          notice.change, kind: notice.identity?.kind.rawValue, channel: channel.rawValue, at: at,
          revision: notice.revision,
          key: base.map { "\($0)/\(notice.change)/\(notice.identity?.name ?? "owed")/\(channel.rawValue)" })
      }
    }
    let requests = try PublishedNotices.requests(items, actor: session.actor, register: open.register) { change in
      try session.contract(change.content.service).contract
    } wording: {
      session.wording($0)
    }
    do {
      let outcomes = try recorded(requests)
      let after = try session.register(readOnly: true, asking: .about(notices.map(\.change)))
      return Array(zip(try PublishedNotices.lines(outcomes, in: after.register), outcomes.map(\.isReplay)))
    } catch RemoteError.unknownOutcome(let text, _) {
      throw RemoteError.unknownOutcome(text, key: base ?? "")
    }
  }

  /// In one transaction; a server takes so many at once, and what follows is sent when it has those.
  private func recorded(_ requests: [Register.Request]) throws -> [Register.Outcome] {
    let writer = try session.writer()
    let size = session.server == nil ? max(requests.count, 1) : PublishedNotices.most
    var outcomes: [Register.Outcome] = []
    for start in stride(from: 0, to: requests.count, by: size) {
      let part = Array(requests[start..<min(start + size, requests.count)])
      do {
        outcomes += try writer.executeTogether(part) { try session.bound(session.contract($0)) }
      } catch {
        if start > 0 {
          Output.note(
            session.language(
              "Recorded before that: the first \(start) of \(requests.count).",
              "Enregistrés avant cela : les \(start) premiers sur \(requests.count)."))
        }
        throw error
      }
    }
    return outcomes
  }

  private func text(_ lines: [NoticesTold.Line], again: Int, _ open: OpenRegister) throws -> [String] {
    guard !lines.isEmpty else {
      return [
        session.language(
          "Nothing is owed now; nothing was recorded.", "Rien n’est dû en ce moment ; rien n’a été enregistré.")
      ]
    }
    let wording = Wording(session.language, zone: session.firstContract?.currentTimeZone ?? .utc)
    let text = ChangeText(wording: wording, output: session.output, isSimulation: open.isSimulation)
    let names = lines.map { "\(wording.notice($0.kind)) (\(wording.channel($0.channel)))" }
    let width = names.map(\.count).max() ?? 0
    let rows = zip(lines, names).flatMap { line, name in
      text.wrap(
        line.title, indent: 2,
        first: "  \(session.output.bold(line.change.description))  \(text.pad(name, width))  ")
    }
    let head = session.language(
      "\(session.language.counted(lines.count, "notice")) recorded as published",
      "\(lines.count < 2 ? "\(lines.count) avis enregistré comme publié" : "\(lines.count) avis enregistrés comme publiés")"
    )
    let repeated =
      again == 0
      ? []
      : [
        session.language(
          "Answered again: \(again) of them \(again == 1 ? "was" : "were") recorded before.",
          "Réponse répétée : \(again) \(again == 1 ? "était déjà enregistré" : "étaient déjà enregistrés").")
      ]
    return text.simulationMark + [session.output.bold(head)] + rows + repeated
  }
}

extension Session {
  /// An option that says nothing without another.
  func refuse(_ option: String, _ isGiven: Bool, without other: String) throws {
    guard isGiven else { return }
    throw Failure.usage(language("\(option) needs \(other).", "\(option) demande \(other)."))
  }

  /// - Parameter option: nil for arguments.
  func refuseTwice(_ values: [String], of option: String?) throws {
    var seen: Set<String> = []
    for value in values where !seen.insert(value).inserted {
      let what = option.map { "\($0) \(value)" } ?? value
      throw Failure.usage(language("\(what): named twice.", "\(what) : nommé deux fois."))
    }
  }
}

extension NoticesOwed {
  /// What can be written and published now.
  static func now(_ contracts: [Contract], register: Register) throws -> [Line] {
    let now = register.now
    return try contracts.flatMap { try NoticesOwed($0, register).lines(at: now, within: .zero) }
      .filter { $0.obligation.isReady && $0.obligation.status(at: now) != .upcoming }
      .sorted { ($0.obligation.due, $0.obligation.change) < ($1.obligation.due, $1.obligation.change) }
  }
}

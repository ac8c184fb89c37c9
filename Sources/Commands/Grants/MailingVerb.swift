import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Register
import Remote
import Wording

/// People who get notices by mail.
struct MailingVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mailing",
    abstract: "Have notices mailed as they become due, list who gets them, read what came back, and stop.",
    subcommands: [
      MailingCreateVerb.self, MailingImportVerb.self, GrantListVerb<MailingContent>.self, MailingBouncedVerb.self,
      MailingBouncesVerb.self, GrantRevokeVerb<MailingContent>.self,
    ])
}

/// What mailings that are made alike have in common.
struct MailingOptions: ParsableArguments {
  @Option(help: "The service; may be left out where there is only one contract.") var service: String?
  @Option(help: "Only this kind of notice, as preavis notice takes it; repeatable; all where left out.")
  var kind: [String] = []
  @Option(
    help: "Only what touches this component, or the whole service; repeatable; all where left out.")
  var component: [String] = []

  func terms(_ session: Session) throws -> MailingTerms {
    let words = WordArgument(language: session.language)
    let contract = try session.contract(service).contract
    return MailingTerms(
      language: (session.clientLanguages?.first ?? .french).rawValue, service: contract.service,
      kinds: try kind.map { try words.read($0, field: .kinds) },
      components: try MailingTerms.components(component, of: contract))
  }
}

struct MailingCreateVerb: OperationVerb {
  static let operation = Operation.createMailing
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Have an address sent the notice of every published revision, and reminders.",
    discussion: """
      The mails are in the language of --lang, else in that of config.yaml, else in French. Reminders go at the hours that the contract names, unless the plan has \
      moved by then. Mails are sent by preavis serve, or preavis deliveries run, through sendmail.

      Examples:
        preavis mailing create --to clients@example.org --lang fr
        preavis mailing create --to ops@example.org --service profession-liberale \\
          --kind started --kind completed
        preavis mailing create --to tax@example.org --component flux
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: ArgumentHelp("Who gets them.", valueName: "address")) var to: String
  @OptionGroup var options: MailingOptions

  func run(_ session: Session) throws {
    let terms = try options.terms(session)
    let grants = try GrantSession(session, asking: .grants(MailingContent.self))
    try grants.write(
      try grants.keeper.createMailing(
        address: to, language: terms.language, service: terms.service, kinds: terms.kinds,
        components: terms.components, idempotencyKey: nil, actor: session.actor
      ).record)
  }
}

struct MailingImportVerb: OperationVerb {
  static let operation = Operation.importMailings
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make the mailings of a list of addresses: all or nothing.",
    discussion: """
      One address a line, or the first column of separated values; a first line without an address names the columns. A \
      line that holds no address, and nothing is recorded (exit 65). Addresses that get notices of the service keep \
      their mailing as it is; who left, or whose mails came back, gets none: mailing create makes one on purpose.

      Examples:
        preavis mailing import clients.csv --lang fr
        preavis mailing import tax-offices.txt --component flux --json
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The file; - reads standard input.", valueName: "file")) var file: String
  @OptionGroup var options: MailingOptions

  func run(_ session: Session) throws {
    let language = session.language
    let terms = try options.terms(session)
    let rows = AddressRows(try ImportSource(file, format: "csv", language: language).bytes)
    let wording = Wording(language, zone: .utc, door: .file)
    let texts = RowProblemText(language: language, names: [], example: "client@example.org")
    let problems =
      rows.problems.map { ImportProblem(line: $0.line, text: texts.text($0.reason)) }
      + rows.rows.filter { !MailingTerms.isAddress($0.text) }.map {
        ImportProblem(line: $0.line, text: wording.subscriptionError(.notAMailAddress($0.text)))
      }
    guard problems.isEmpty else { throw Failure(malformed: problems, of: file, language) }
    let grants = try GrantSession(session)
    let result = try grants.keeper.importMailings(rows.rows.map(\.text), terms, actor: session.actor)
    if session.options.json {
      return try session.output.write(grants.json.imported(result, at: grants.open.register.now))
    }
    var parts = [language("\(result.made.count) new", "\(result.made.count) nouveaux")]
    func add(_ count: Int, _ english: String, _ french: FrenchText) {
      if count > 0 { parts.append(language("\(count) \(english)", "\(count) \(french.text)")) }
    }
    add(result.existing, "there already", "déjà là")
    add(result.twice, "twice in the file", "en double dans le fichier")
    add(result.left, "left out: their readers left", "écartés, car désabonnés")
    add(result.bounced, "left out: their mails came back", "écartés, car leurs courriels sont revenus")
    let head = language("Mailings: ", "Envois\(language.colon) ")
    try session.output.write(
      (grants.changeText.simulationMark + [head + parts.joined(separator: ", ") + "."]).joined(separator: "\n"))
  }
}

struct MailingBouncedVerb: OperationVerb {
  static let operation = Operation.recordBounces
  static let configuration = CommandConfiguration(
    commandName: "bounced", abstract: "Say that mails to addresses came back for good: nothing more is sent there.",
    discussion: """
      Of every service. The newest mail to each counts as one that did not arrive; preavis notices evidence says so.

      Example:
        preavis mailing bounced m1@example.org
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The addresses.", valueName: "address")) var addresses: [String]

  func run(_ session: Session) throws {
    for address in addresses where !MailingTerms.isAddress(address) {
      throw SubscriptionError.notAMailAddress(address)
    }
    try GrantSession(session).write(addresses.map { MailBounce(addresses: [$0]) }, passing: 0, others: 0)
  }
}

struct MailingBouncesVerb: OperationVerb {
  static let operation = Operation.recordBounces
  static let configuration = CommandConfiguration(
    commandName: "bounces", abstract: "Read the mails that came back, and send nothing more where it is for good.",
    discussion: """
      The file is a mailbox (mbox) or one message, with reports of delivery (RFC 3464). What failed for good (status 5) \
      ends the mailing; what may pass is told, and changes nothing. A file that was read before changes nothing.

      Examples:
        preavis mailing bounces bounces.mbox
        preavis mailing bounces report.eml --json
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The file; - reads standard input.", valueName: "file")) var file: String

  func run(_ session: Session) throws {
    let found = BounceFile(try ImportSource(file, format: "csv", language: session.language).bytes)
    let permanent = found.failures.filter(\.isPermanent).map {
      MailBounce(addresses: $0.addresses.filter(MailingTerms.isAddress), status: $0.status, messageID: $0.messageID)
    }
    try GrantSession(session).write(
      permanent.filter { !$0.addresses.isEmpty }, passing: found.failures.count - permanent.count,
      others: found.others)
  }
}

extension GrantSession {
  /// Records mails that came back, and says what came of it.
  ///
  /// - Parameters:
  ///   - passing: failures that may pass.
  ///   - others: messages that report none.
  fileprivate func write(_ bounces: [MailBounce], passing: Int, others: Int) throws {
    let language = session.language
    let record = try keeper.recordBounces(bounces, actor: session.actor)
    if session.options.json {
      let json = self.json.bounces(record, at: open.register.now)
      let more: [JSON.Member] = [
        .init("temporary", .integer(Int64(passing))), .init("other_messages", .integer(Int64(others))),
      ]
      return try session.output.write(.object((json.members ?? []) + more))
    }
    var parts = [language("\(record.ended.count) ended", "\(record.ended.count) envois terminés")]
    func add(_ count: Int, _ english: String, _ french: FrenchText) {
      if count > 0 { parts.append(language("\(count) \(english)", "\(count) \(french.text)")) }
    }
    add(record.before, "ended before", "déjà terminés")
    add(record.unknown, "to addresses without a mailing", "adresses sans envoi")
    add(passing, "that may pass, left alone", "peut-être passagers, laissés tels quels")
    add(others, "other messages", "autres messages")
    let lines = changeText.simulationMark + text.list(record.ended, at: open.register.now)
    let head = language("Mails that came back: ", "Courriels revenus\(language.colon) ")
    try session.output.write((lines + [head + parts.joined(separator: ", ") + "."]).joined(separator: "\n"))
  }
}

extension MailingContent: GrantNoun {
  static let revocation = Operation.revokeMailing
  static let listHelp = (
    abstract: "All mailings that were ever made.", discussion: "Example:\n  preavis mailing list --json"
  )
  static let revokeHelp = (
    abstract: "Send an address nothing more; what waits for it is given up.",
    discussion: "Example:\n  preavis mailing revoke MAIL-0003"
  )
  static let argumentHelp = "The mailing, by its identifier."

  static func notAnIdentifier(_ language: Language) -> String {
    language(
      "Not an identifier of a mailing; they look like MAIL-0003. See: preavis mailing list",
      "Pas un identifiant d’envoi ; ils ressemblent à MAIL-0003. Voir : preavis mailing list")
  }
}

import Answers
import ArgumentParser
import Files
import JSONText
import Planning
import Register
import Wording

/// People who get notices by mail.
struct MailingVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mailing", abstract: "Have notices mailed as they become due, list who gets them, and stop.",
    subcommands: [MailingCreateVerb.self, MailingListVerb.self, MailingRevokeVerb.self])
}

struct MailingCreateVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Have an address sent the notice of every published revision.",
    discussion: """
      The language of the mails is that of --lang. Reminders follow no event and are not sent: see preavis notices due.
      Mails are sent by preavis serve, or preavis deliveries run, through sendmail.

      Examples:
        preavis mailing create --to clients@example.org --lang fr
        preavis mailing create --to ops@example.org --service profession-liberale --kind started --kind completed
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: ArgumentHelp("Who gets them.", valueName: "address")) var to: String
  @Option(help: "The service; may be left out where there is only one contract.") var service: String?
  @Option(help: "Only this kind of notice, as preavis notice takes it; repeatable; all where left out.")
  var kind: [String] = []

  func run(_ session: Session) throws {
    let words = WordArgument(language: session.language)
    let kinds: [NoticeKind] = try kind.map { try words.read($0, flag: "--kind") }
    let service = try session.contract(service).contract.service
    let delivery = try DeliverySession(session)
    let mailing = try delivery.register.createMailing(
      address: to, language: session.language.rawValue, service: service, kinds: kinds, actor: session.actor)
    let text = delivery.text
    if session.options.json { return try session.output.write(text.json(mailing)) }
    try session.output.write(
      (text.text.simulationMark + [text.headline(mailing)] + text.details(mailing)).joined(separator: "\n"))
  }
}

struct MailingListVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "All mailings that were ever made.",
    discussion: "Example:\n  preavis mailing list --json")

  @OptionGroup var global: GlobalOptions

  func run(_ session: Session) throws {
    let delivery = try DeliverySession(session, readOnly: true)
    let mailings = try delivery.register.mailings()
    let text = delivery.text
    if session.options.json { return try session.output.write(JSON.array(mailings.map { text.json($0) })) }
    let lines =
      mailings.isEmpty
      ? [session.language("No mailings.", "Aucun envoi.")]
      : mailings.flatMap { [text.headline($0)] + text.details($0) }
    try session.output.write((text.text.simulationMark + lines).joined(separator: "\n"))
  }
}

struct MailingRevokeVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Send an address nothing more; what waits for it is given up.",
    discussion: "Example:\n  preavis mailing revoke MAIL-0003")

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The mailing, by its identifier.", valueName: "MAIL-…")) var mailing: String

  func run(_ session: Session) throws {
    guard let id = MailingID(mailing) else {
      throw Failure.usage(
        session.language(
          "\(mailing): not an identifier of a mailing; they look like MAIL-0003. See: preavis mailing list",
          "\(mailing) : pas un identifiant d’envoi ; ils ressemblent à MAIL-0003. Voir : preavis mailing list"))
    }
    let delivery = try DeliverySession(session)
    let (mailing, isNew) = try delivery.register.revokeMailing(id, actor: session.actor)
    let text = delivery.text
    if session.options.json { return try session.output.write(text.json(mailing)) }
    let already = session.language("It was revoked before.", "Il l’était déjà.")
    try session.output.write(
      (text.text.simulationMark + [text.headline(mailing)] + text.details(mailing) + (isNew ? [] : ["  " + already]))
        .joined(separator: "\n"))
  }
}

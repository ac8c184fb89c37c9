import Answers
import ArgumentParser
import Files
import JSONText
import Planning
import Register
import Remote
import Wording

/// People who get notices by mail.
struct MailingVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mailing", abstract: "Have notices mailed as they become due, list who gets them, and stop.",
    subcommands: [
      MailingCreateVerb.self, GrantListVerb<MailingContent>.self, GrantRevokeVerb<MailingContent>.self,
    ])
}

struct MailingCreateVerb: OperationVerb {
  static let operation = Operation.createMailing
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Have an address sent the notice of every published revision, and reminders.",
    discussion: """
      The language of the mails is that of --lang. Reminders go at the hours that the contract names, unless the plan has \
      moved by then. Mails are sent by preavis serve, or preavis deliveries run, through sendmail.

      Examples:
        preavis mailing create --to clients@example.org --lang fr
        preavis mailing create --to ops@example.org --service profession-liberale \\
          --kind started --kind completed
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: ArgumentHelp("Who gets them.", valueName: "address")) var to: String
  @Option(help: "The service; may be left out where there is only one contract.") var service: String?
  @Option(help: "Only this kind of notice, as preavis notice takes it; repeatable; all where left out.")
  var kind: [String] = []

  func run(_ session: Session) throws {
    let words = WordArgument(language: session.language)
    let kinds: [NoticeKind] = try kind.map { try words.read($0, field: .kinds) }
    let service = try session.contract(service).contract.service
    let grants = try GrantSession(session, asking: .grants(MailingContent.self))
    try grants.write(
      try grants.keeper.createMailing(
        address: to, language: session.language.rawValue, service: service, kinds: kinds, idempotencyKey: nil,
        actor: session.actor
      ).record)
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

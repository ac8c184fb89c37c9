import Answers
import ArgumentParser
import CivilTime
import JSONText
import Planning
import Register
import Remote
import Wording

/// Who may write through a server.
struct TokenVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Make, list and revoke tokens of the API.",
    subcommands: [
      TokenCreateVerb.self, GrantListVerb<TokenContent>.self, GrantRevokeVerb<TokenContent>.self,
    ])
}

struct TokenCreateVerb: OperationVerb {
  static let operation = Operation.createToken
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a token; it is shown once and cannot be read again.",
    discussion: """
      The register keeps a hash of it. Its name stands as the actor in the history \
      of what it does. Standard output gets the token and nothing else.

      Roles: engineer (submits changes and moves its own), release-manager (moves \
      all changes, states notices and outages, imports), admin (tokens, private \
      feeds, webhooks, contracts).

      Examples:
        preavis token create --name ada --role engineer --expires 90d
        preavis token create --name bot --role release-manager -o bot.token
        export PREAVIS_TOKEN=$(preavis token create --name ops --role admin)
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: "Who or what holds it; no other token in force may have that name.") var name: String
  @Option(help: ArgumentHelp("engineer, release-manager or admin.", valueName: "role")) var role: String
  @Option(
    help: ArgumentHelp(
      "When it ends: 90d (of 24 hours), 12h, 2027-03-31 (to the end of that day) or a time; never where left out.",
      valueName: "when"))
  var expires: String?

  func run(_ session: Session) throws {
    let role: Role = try WordArgument(language: session.language).read(role, field: .role)
    let grants = try GrantSession(session, asking: .grants(TokenContent.self))
    let expiry = try expires.map { try ExpiryArgument(wording: grants.wording).read($0, field: .expires) }
    let (token, secret) = try grants.keeper.createToken(
      name: name, role: role, expires: expiry ?? .never, actor: session.actor)
    try grants.handOut(
      token, plain: secret.text, once: .init("secret", .string(secret.text)), notes: [session.language.keepItSafe])
  }
}

extension TokenContent: GrantNoun {
  static let revocation = Operation.revokeToken
  static let listHelp = (
    abstract: "All tokens that were ever made, with their role, expiry and last use.",
    discussion: """
    The last use is kept to the minute, and is the one thing that no event vouches for.

    Examples:
      preavis token list
      preavis token list --state active --json
    """
  )
  static let revokeHelp = (
    abstract: "Take a token back: from now on it is refused.",
    discussion: """
    What it did stays on record. One that is revoked already stays as it is.

    Example:
      preavis token revoke TOK-0003
    """
  )
  static let argumentHelp = "The token, by its identifier."

  static func notAnIdentifier(_ language: Language) -> String {
    language(
      "Not an identifier of a token; they look like TOK-0003. See: preavis token list",
      "Pas un identifiant de jeton ; ils ressemblent à TOK-0003. Voir : preavis token list")
  }
}

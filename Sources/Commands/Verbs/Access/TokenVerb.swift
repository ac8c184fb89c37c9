import Answers
import ArgumentParser
import CivilTime
import JSONText
import Planning
import Register
import Wording

/// Who may write through a server.
struct TokenVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Make, list and revoke tokens of the API.",
    subcommands: [TokenCreateVerb.self, TokenListVerb.self, TokenRevokeVerb.self])
}

struct TokenCreateVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a token; it is shown once and cannot be read again.",
    discussion: """
      The register keeps a hash of it. Its name stands as the actor in the history
      of what it does. Standard output gets the token and nothing else.

      Roles: engineer (submits changes and moves its own), release-manager (moves
      all changes, states notices and outages, imports), admin (tokens, private
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
    let role: Role = try WordArgument(language: session.language).read(role, flag: "--role")
    let access = try AccessSession(session)
    let expiry = try expires.map { try ExpiryArgument(wording: access.wording).read($0, flag: "--expires") }
    let register = access.open.register
    let (token, secret) = try access.open.keeper.createToken(
      name: name, role: role, expires: expiry ?? .never, actor: session.actor)
    let text = access.text
    let answer =
      session.options.json ? text.json.token(token, at: register.now, secret: secret).prettyText : secret.text
    let advice = session.language(
      "Keep it safe: it is shown this once.", "Gardez-le en lieu sûr : il n’est montré que cette fois.")
    let notes = [text.headline(token, at: register.now, isNote: true)] + text.details(token) + [advice]
    try access.writeOnce(answer, notes: notes) {
      _ = try access.open.keeper.revokeToken(token.id, actor: session.actor)
    }
  }
}

struct TokenListVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "All tokens that were ever made, with their role, expiry and last use.",
    discussion: """
      The last use is kept to the minute, and is the one thing that no event vouches for.

      Examples:
        preavis token list
        preavis token list --state active --json
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: ArgumentHelp("active, expired or revoked; repeatable.", valueName: "state")) var state: [String] = []

  func run(_ session: Session) throws {
    let words = WordArgument(language: session.language)
    let states: [Token.State] = try state.map { try words.read($0, flag: "--state") }
    let access = try AccessSession(session, readOnly: true)
    let now = access.open.register.now
    let tokens = try access.open.keeper.tokens().filter { states.isEmpty || states.contains($0.state(at: now)) }
    let text = access.text
    if session.options.json {
      return try session.output.write(JSON.array(tokens.map { text.json.token($0, at: now) }))
    }
    let lines =
      tokens.isEmpty
      ? [session.language("No tokens.", "Aucun jeton.")]
      : tokens.flatMap { [text.headline($0, at: now)] + text.details($0) }
    try session.output.write((text.text.simulationMark + lines).joined(separator: "\n"))
  }
}

struct TokenRevokeVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Take a token back: from now on it is refused.",
    discussion: """
      What it did stays on record. One that is revoked already stays as it is.

      Example:
        preavis token revoke TOK-0003
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp("The token, by its identifier.", valueName: "TOK-…")) var token: String

  func run(_ session: Session) throws {
    guard let id = TokenID(token) else {
      // What is quoted here may be a secret: it is not repeated.
      throw Failure.usage(
        session.language(
          "Not an identifier of a token; they look like TOK-0003. See: preavis token list",
          "Pas un identifiant de jeton ; ils ressemblent à TOK-0003. Voir : preavis token list"))
    }
    let access = try AccessSession(session)
    let (token, isNew) = try access.open.keeper.revokeToken(id, actor: session.actor)
    let text = access.text
    let now = access.open.register.now
    if session.options.json { return try session.output.write(text.json.token(token, at: now)) }
    let already = session.language("It was revoked before.", "Il l’était déjà.")
    try session.output.write(
      (text.text.simulationMark + [text.headline(token, at: now)] + text.details(token)
        + (isNew ? [] : ["  " + already])).joined(separator: "\n"))
  }
}

import Answers
import ArgumentParser
import CivilTime
import JSONText
import Planning
import Remote
import Wording

struct WhoamiVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "whoami", abstract: "Under which name you record, and what you may do.",
    discussion: """
      On a file that is the name of your account, and whoever may write the file may do everything. A server goes by your \
      token.

      Examples:
        preavis whoami
        preavis whoami --json
      """)

  @OptionGroup var global: GlobalOptions

  func run(_ session: Session) throws {
    let language = session.language
    let register = JSON.string(session.registerPath)
    guard let server = session.server else {
      let name = session.actor
      if session.options.json {
        return try session.output.write([
          "name": name.map { .string($0) } ?? .null, "role": .null, "expires_at": .null, "register": register,
        ])
      }
      let shown = name ?? language("nobody: the account has no name", "personne\u{A0}: le compte n’a pas de nom")
      return try session.output.write(
        "\(session.output.bold(shown))\n"
          + language(
            "\(session.registerPath) is a file: roles are not asked there; whoever may write it may do everything.",
            "\(session.registerPath) est un fichier\u{A0}: les rôles n’y jouent pas\u{202F}; qui peut y écrire peut tout."
          ))
    }
    let own = try server.writer().whoami()
    if session.options.json {
      return try session.output.write([
        "name": .string(own.name), "role": .string(own.role),
        "expires_at": own.expiresAt.map { .string(TimeText.utc($0)) } ?? .null, "register": register,
      ])
    }
    let wording = Wording(language, zone: session.firstContract?.currentTimeZone ?? .utc)
    let until =
      own.expiresAt.map { wording.dateTime($0) }.map { language("token until \($0)", "jeton jusqu’au \($0)") }
      ?? language(
        "a token without an end, or one whose end the server does not tell",
        "jeton sans échéance, ou dont le serveur ne dit pas l’échéance")
    try session.output.write(
      "\(session.output.bold(own.name)) (\(own.role))\n\(session.registerPath)\(language.colon) \(until)")
  }
}

extension Session {
  /// The name that stands in events of what this command line records; throws where nobody has one.
  func ownName() throws -> String {
    if let server { return try server.writer().whoami().name }
    guard let actor else {
      throw Failure.usage(
        language(
          "--mine: this account has no name.",
          "--mine\u{A0}: ce compte n’a pas de nom."))
    }
    return actor
  }
}

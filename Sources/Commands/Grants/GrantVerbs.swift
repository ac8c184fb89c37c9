import Answers
import ArgumentParser
import CivilTime
import JSONText
import Planning
import Register
import Remote
import Wording

/// A kind of grant as the command line knows it: what its verbs say of themselves.
protocol GrantNoun: ListedGrant {
  static var listHelp: (abstract: String, discussion: String) { get }
  static var revokeHelp: (abstract: String, discussion: String) { get }
  static var revocation: Operation { get }
  /// `The token, by its identifier.`
  static var argumentHelp: String { get }
  /// What was given is none of these.
  static func notAnIdentifier(_ language: Language) -> String
}

/// All that were ever made of a kind.
struct GrantListVerb<Content: GrantNoun>: Verb {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list", abstract: Content.listHelp.abstract, discussion: Content.listHelp.discussion)
  }

  @OptionGroup var global: GlobalOptions
  @Option(help: ArgumentHelp(Self.stateHelp, valueName: "state")) var state: [String] = []

  /// `active, expired or revoked; repeatable.`
  private static var stateHelp: String {
    let words = Content.states.map(\.rawValue)
    return "\(words.dropLast().joined(separator: ", ")) or \(words.last ?? ""); repeatable."
  }

  func run(_ session: Session) throws {
    let words = WordArgument(language: session.language)
    let states = try state.map { try words.read($0, field: .state, of: Content.states) }
    let grants = try GrantSession(session, readOnly: true, asking: .grants(Content.self))
    let now = grants.open.register.now
    let all = try grants.keeper.grants(Grant<Content>.self)
    try grants.write(all.filter { states.isEmpty || states.contains($0.state(at: now)) })
  }
}

/// Takes one back.
struct GrantRevokeVerb<Content: GrantNoun>: OperationVerb {
  static var operation: Operation { Content.revocation }
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "revoke", abstract: Content.revokeHelp.abstract, discussion: Content.revokeHelp.discussion)
  }

  @OptionGroup var global: GlobalOptions
  @Argument(help: ArgumentHelp(Content.argumentHelp, valueName: Content.Kind.prefix + "…")) var id: String

  func run(_ session: Session) throws {
    let id: Grant<Content>.ID = try Content.identifier(id, session.language)
    let grants = try GrantSession(session, asking: .grants(Content.self))
    let (grant, isNew) = try grants.keeper.revoke(Grant<Content>.self, id, actor: session.actor)
    try grants.write(grant, note: isNew ? nil : session.language("It was revoked before.", "Il l’était déjà."))
  }
}

extension GrantNoun {
  /// What is quoted may be a secret or an address: where it is none, it is not repeated.
  static func identifier(_ text: String, _ language: Language) throws -> Grant<Self>.ID {
    if let id = Grant<Self>.ID(text) { return id }
    guard let short = ShortIdentifier(text, prefix: String(Kind.prefix.dropLast())), short.year == nil,
      let id = Grant<Self>.ID("\(Kind.prefix)\(short.number.padded(4))")
    else {
      throw Failure.usage(notAnIdentifier(language))
    }
    return id
  }
}

/// What a secret is handed out with.
extension Language {
  var keepItSafe: String {
    self("Keep it safe: it is shown this once.", "Gardez-le en lieu sûr : il n’est montré que cette fois.")
  }
}

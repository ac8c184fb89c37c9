import Answers
import ArgumentParser
import CivilTime
import Files
import JSONText
import Planning
import Publication
import Register
import Remote
import Wording

/// Feeds that only one client can find.
struct PrivateFeedVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "private-feed", abstract: "Make, list and revoke feeds at addresses that one client knows.",
    subcommands: [
      PrivateFeedCreateVerb.self, GrantListVerb<PrivateFeedContent>.self, GrantRevokeVerb<PrivateFeedContent>.self,
    ])
}

struct PrivateFeedCreateVerb: OperationVerb {
  static let operation = Operation.createPrivateFeed
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a private feed; its address is shown once and cannot be read again.",
    discussion: """
      Without --service the client gets what the contracts name for it under \
      clients, as they stand at each reading. With --service it gets that service, \
      or of it the components named and all work on the whole service.

      The feeds lie at <portal>/private/<secret>/maintenance.fr.ics, \
      maintenance.en.ics and maintnote.ics. Standard output gets the first address \
      and nothing else: in the language of --lang, French without it.

      Examples:
        preavis private-feed create --client "Cabinet Martin" \\
          --service profession-liberale
        preavis private-feed create --client Martin --component flux \\
          --service profession-liberale --lang en
        preavis private-feed create --client Holding --service paie \\
          --service compta --component paie:bulletins
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: "The client, as its calendar shall be called.") var client: String
  @Option(help: "A service that it takes; repeatable.") var service: [String] = []
  @Option(help: "A component that it takes; repeatable; of several services, service:component.")
  var component: [String] = []

  func run(_ session: Session) throws {
    let grants = try GrantSession(session, asking: .grants(PrivateFeedContent.self))
    let contracts = try session.contracts().loadAll().map(\.contract)
    let parts = try parts(session)
    if parts.isEmpty { try PrivateFeedClient.check(client, of: contracts, grants.wording) }
    let chosen = session.clientLanguages?.first
    let (feed, secret) = try grants.keeper.createPrivateFeed(
      client: client, parts: parts, language: chosen?.rawValue, actor: session.actor
    ) { service in session.bound(try session.contract(service)) }
    guard let scope = FeedScope(feed, of: contracts) else {
      throw RegisterError.damaged("\(feed.id) has no service")
    }
    let advice = session.language(
      "The address is shown this once; whoever knows it reads the feed.",
      "L’adresse n’est montrée que cette fois\(Typography.narrow); qui la connaît lit le flux.")
    try grants.handOut(
      feed, plain: PrivateFeedFile.maintenance(chosen ?? .french).address(secret, scope.first),
      once: .init("addresses", GrantJSON.addresses(secret, scope.first)), notes: [advice])
  }

  private func parts(_ session: Session) throws -> [PrivateFeed.Part] {
    var parts = service.map { PrivateFeed.Part($0) }
    for name in component {
      let pieces = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let index = pieces.count == 2 ? parts.firstIndex { $0.service == pieces[0] } : parts.indices.first
      guard let index, let component = pieces.last, pieces.count == 2 || parts.count == 1 else {
        throw Failure.usage(
          parts.isEmpty
            ? session.language(
              "--component \(name): say of which service with --service.",
              "--component \(name) : dites de quel service avec --service.")
            : session.language(
              "--component \(name): write service:component, of a service named with --service.",
              "--component \(name) : écrivez service:composant, d’un service nommé avec --service."))
      }
      parts[index].components.append(component)
    }
    return parts
  }
}

extension PrivateFeedContent: GrantNoun {
  static let revocation = Operation.revokePrivateFeed
  static let listHelp = (
    abstract: "All private feeds that were ever made, without their addresses.",
    discussion: "Examples:\n  preavis private-feed list\n  preavis private-feed list --state active --json"
  )
  static let revokeHelp = (
    abstract: "Take a private feed back: from now on its address leads nowhere.",
    discussion: """
    A feed whose address has leaked is revoked and made anew. One that is revoked already stays as it is.

    Example:
      preavis private-feed revoke PFD-0002
    """
  )
  static let argumentHelp = "The private feed, by its identifier."

  static func notAnIdentifier(_ language: Language) -> String {
    language(
      "Not an identifier of a private feed; they look like PFD-0002. See: preavis private-feed list",
      "Pas un identifiant de flux privé ; ils ressemblent à PFD-0002. Voir : preavis private-feed list")
  }
}

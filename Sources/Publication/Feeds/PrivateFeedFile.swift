package import Planning
package import Register
package import Wording

/// What lies at a private feed's address.
package enum PrivateFeedFile: Hashable, Sendable {
  case maintenance(Language)
  case maintnote

  /// `maintenance.fr.ics`, as in the folders of the public feeds.
  package var name: String {
    switch self {
    case .maintenance(let language): "maintenance.\(language.rawValue).ics"
    case .maintnote: "maintnote.ics"
    }
  }

  package static let all = Language.allCases.map { PrivateFeedFile.maintenance($0) } + [.maintnote]

  /// The folder of the published site that no service may be called by.
  package static let folder = "private"

  /// Below the root of the site, or of a service's part of it: `private/<secret>/maintenance.fr.ics`.
  package func path(_ secret: FeedSecret) -> String { "\(PrivateFeedFile.folder)/\(secret.text)/\(name)" }

  /// The address that the client is given, by the portal of the contract that its feed begins with.
  package func address(_ secret: FeedSecret, _ contract: Contract) -> String { "\(contract.home)/\(path(secret))" }

  /// Reads such a path, of the site's root or of a service's part; nil for any other.
  package static func read(path: String) -> (secret: FeedSecret, file: PrivateFeedFile)? {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)
    if parts.first == "" { parts.removeFirst() }
    if parts.count == 4 { parts.removeFirst() }
    guard parts.count == 3, parts[0] == folder, let secret = FeedSecret(parts[1]),
      let file = all.first(where: { $0.name == parts[2] })
    else { return nil }
    return (secret, file)
  }
}

extension FeedScope {
  /// What a private feed shows, by the contracts as they are; nil where none of its services has one any more.
  package init?(_ feed: PrivateFeed, of contracts: [Contract]) {
    if feed.parts.isEmpty {
      self.init(client: feed.client, of: contracts)
    } else {
      let parts = feed.parts.compactMap { part in
        contracts.first { $0.service == part.service }.map { Part($0, components: part.components) }
      }
      guard let first = parts.first else { return nil }
      self.init(first.contract)
      self.client = feed.client
      self.parts = parts
    }
  }
}

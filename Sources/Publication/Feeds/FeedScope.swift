package import Planning
package import Register
package import Wording

/// Whose calendar a feed is: everyone's of one service, or one client's of the services and components it takes.
package struct FeedScope: Sendable {
  /// A service, and the components that count; none named means all.
  package struct Part: Sendable {
    package var contract: Contract
    package var components: [String]

    package init(_ contract: Contract, components: [String] = []) {
      self.contract = contract
      self.components = components
    }

    /// What a change is to the clients of this part.
    enum Concern {
      case none
      case current
      /// An earlier revision touched them, the newest does not: it is shown as cancelled, since calendars drop what
      /// vanishes without a word.
      case past
    }

    func concern(in change: Change) -> Concern {
      if touches(change.content.components) { return .current }
      return change.announcedComponents.map(touches) ?? false ? .past : .none
    }

    /// Work on the whole service touches every component of it.
    private func touches(_ components: [String]) -> Bool {
      self.components.isEmpty || components.isEmpty || !Set(self.components).isDisjoint(with: components)
    }
  }

  /// Nil for everyone.
  package var client: String?
  /// In the order of the services' names; never empty.
  package var parts: [Part]

  /// Everyone's calendar of one service.
  package init(_ contract: Contract) {
    client = nil
    parts = [Part(contract)]
  }

  /// The calendar of the client called `client`, of every contract that names it; nil when none does.
  package init?(client: String, of contracts: [Contract]) {
    self.client = client
    parts = contracts.compactMap { contract in
      contract.clients.first { $0.name == client }.map { Part(contract, components: $0.components) }
    }
    if parts.isEmpty { return nil }
  }

  /// Whose name and addresses stand at the head of the feed.
  package var first: Contract { parts[0].contract }
}

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

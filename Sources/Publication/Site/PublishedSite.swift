package import Planning
package import Register
import Wording

/// Everything that is published, of all services: their files, and what stands at the root.
package struct PublishedSite: Sendable {
  let services: [ServiceSite]
  private let register: Register
  private let isSimulation: Bool

  /// Reads what is published.
  ///
  /// - Parameters:
  ///   - changes: what is known of it from an earlier site of the same register.
  ///   - takesSubscriptions: whether a server takes the form by which clients of that contract subscribe; files have none.
  package init(
    _ contracts: [Contract], register: Register, fragment: EventFragment,
    changes: PublishedChanges = PublishedChanges(), takesSubscriptions: (Contract) -> Bool = { _ in false }
  ) throws {
    services = try contracts.map {
      try ServiceSite(
        $0, published: try changes.service($0, in: register), fragment: fragment,
        takesSubscriptions: takesSubscriptions($0))
    }
    self.register = register
    isSimulation = fragment.isSimulation
  }

  /// How many files there will be, for who wants to show progress.
  package var count: Int { services.reduce(0) { $0 + $1.count } + root().count }

  /// Hands over each file; the page that links to the services comes last.
  package func each(_ body: (SiteFile) throws -> Void) throws {
    for service in services { try service.each(body) }
    for file in root() { try body(file) }
  }

  /// The file at `path`, below the root; nil where nothing is published. It is one of those that `each` hands over.
  package func file(at path: String) throws -> SiteFile? {
    if let file = root().first(where: { $0.path == path }) { return file }
    let first = path.prefix { $0 != "/" }
    return try services.first { $0.contract.service == first }?.file(at: path)
  }

  private func root() -> [SiteFile] {
    [
      SiteFile(PortalPaths.stylesheet.description, .contract) { PortalSite.stylesheet },
      SiteFile(PortalPaths.icon.description, .contract) { PortalSite.icon },
      SiteFile("log/checkpoint", .register) { try checkpoint() },
      SiteFile(PortalPaths.services.description, .contract) {
        PortalSite.services(services.map(\.contract), isSimulation: isSimulation)
      },
    ]
  }

  /// Size and root of the log: whoever fetches it is a witness of the history.
  private func checkpoint() throws -> [UInt8] {
    Array("\(try Register.checkpoint(register.store))\n".utf8)
  }
}

/// The calendars of single clients, at addresses that only they know.
package struct PrivateFiles: Sendable {
  let register: Register
  let fragment: EventFragment
  let changes: PublishedChanges

  package init(register: Register, fragment: EventFragment, changes: PublishedChanges) {
    self.register = register
    self.fragment = fragment
    self.changes = changes
  }

  /// Whether a path has the form of a private address: such paths stand in no log.
  package static func isPrivate(_ path: String) -> Bool {
    path.split(separator: "/").prefix(2).contains { $0 == PrivateFeedFile.folder }
  }

  /// The file at `path`, of the site's root or of a service's part; nil for what was never given or has been revoked.
  package func file(at path: String, contracts: [Contract]) throws -> SiteFile? {
    guard let (secret, file) = PrivateFeedFile.read(path: path),
      let feed = try register.privateFeed(at: secret.text), let scope = FeedScope(feed, of: contracts)
    else { return nil }
    return SiteFile(
      file.name, .register,
      blocks: {
        let published = { (contract: Contract) in try changes.service(contract, in: register) }
        switch file {
        case .maintenance(let language):
          return try StandardFeed(scope, fragment: fragment, language: language).text(published)
        case .maintnote:
          let language = feed.language.flatMap(Language.init(rawValue:)) ?? .english
          return try MaintnoteFeed(scope, fragment: fragment, language: language).text(published)
        }
      })
  }
}

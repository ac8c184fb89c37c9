package import Planning
package import Register
import Wording

/// The calendars of single clients, at addresses that only they know.
package struct PrivateFiles: Sendable {
  let register: Register
  let fragment: EventFragment

  package init(register: Register, fragment: EventFragment) {
    self.register = register
    self.fragment = fragment
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
    return SiteFile(file.name, .register) { sink in
      switch file {
      case .maintenance(let language):
        try StandardFeed(scope, fragment: fragment, language: language).write(from: register, to: sink)
      case .maintnote:
        try MaintnoteFeed(
          scope, fragment: fragment, language: feed.language.flatMap(Language.init(rawValue:)) ?? .english
        )
        .write(from: register, to: sink)
      }
    }
  }
}

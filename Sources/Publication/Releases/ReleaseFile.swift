package import JSONText
package import Planning

/// A release as a person writes it: changes whose times are looked for. Form: docs/releases.md.
package struct ReleaseFile: Sendable {
  /// What clients read.
  package var name: String
  package var reason: String?
  package var people: [Release.Person] = []
  package var usage = Release.usualUsage
  /// In the order of the file.
  package var changes: [Change] = []
  /// By service.
  package var contracts: [String: Contract] = [:]
  /// As it was written, with the usage in its place: what it can be read from again.
  package var source = JSON.null

  package init(name: String) { self.name = name }

  package struct Change: Sendable {
    package var title: String
    package var environment: String
    package var work: Release.Work
    /// What is asked of each service, at any time: the plan says which.
    package var contents: [ChangeContent]

    package init(title: String, environment: String, work: Release.Work, contents: [ChangeContent]) {
      (self.title, self.environment, self.work, self.contents) = (title, environment, work, contents)
    }
  }

  /// A service in one environment, as the planner and people call it.
  package static func lane(_ service: String, _ environment: String) -> String {
    environment == Contract.production ? service : "\(service)/\(environment)"
  }
}

package import CivilTime
package import Planning
package import Wording

/// What clients of one service were told, newest first, before it takes the form of Atom or of JSON Feed.
package struct SyndicationFeed: Hashable, Sendable {
  /// Readers fetch the whole feed each time. 200 entries are about a year of a busy service, and below 400 kB.
  package static let limit = 200

  package struct Author: Hashable, Sendable {
    package var name: String
    package var email: String
    package var address: String?
  }

  package let id: String
  package let title: String
  package let subtitle: String
  package let language: Language
  /// The newest revision's moment, or the start of the contract: never the moment of the request.
  package let updated: Instant
  /// The portal, without its last slash.
  package let home: String
  package let author: Author
  /// Newest first, ``limit`` at most.
  package let entries: [SyndicationEntry]

  /// The histories are those of one service, in any order.
  package init(_ histories: [PublishedHistory], contract: Contract, language: Language, isSimulation: Bool) {
    let tags = TagNames(contract, isSimulation: isSimulation)
    let name = contract.displayName(language)
    let mark = isSimulation ? SimulationMark.prefix : ""
    id = tags.feed(language)
    title = mark + language("\(name) – maintenance and updates", "\(name) – maintenances et mises à jour")
    subtitle = language(
      "Everything that was announced, moved, cancelled and done, as it was published",
      "Tout ce qui a été annoncé, déplacé, annulé et fait, tel que publié")
    self.language = language
    home = contract.home
    let contact = CleanText.line(contract.contact.name)
    author = Author(
      name: contact.isEmpty ? name : contact, email: contract.organizer,
      address: contract.contact.url)

    let revisions = histories.flatMap(\.revisions).compactMap { change in
      change.revisedAt.map { (moment: $0, change: change) }
    }.sorted { a, b in
      // Several revisions of one second: the later identifier and the later revision first.
      (a.moment, a.change.id, a.change.revision ?? 0) > (b.moment, b.change.id, b.change.revision ?? 0)
    }
    updated = revisions.first?.moment ?? contract.beginning
    entries = revisions.prefix(SyndicationFeed.limit).map { moment, change in
      SyndicationEntry(
        ChangeTelling(change, contract: contract, language: language), at: moment, tags: tags,
        isSimulation: isSimulation)
    }
  }
}

extension SyndicationEntry {
  init(_ telling: ChangeTelling, at moment: Instant, tags: TagNames, isSimulation: Bool) {
    let change = telling.change
    let number = change.revision ?? 0
    id = tags.entry(change.id, revision: number, telling.language)
    address = telling.contract.address(of: change.id)
    published = moment
    self.change = change.id
    revision = number
    kind = change.content.kind
    kindName = telling.kind
    title = (isSimulation ? SimulationMark.prefix : "") + telling.headline
    simulation = isSimulation ? SimulationMark.sentence(telling.language) : nil
    lead = telling.lead
    differences = telling.lineDifferences
    facts = telling.lines(.entry)
    description = CleanText.cleaned(change.content.description).trimmed
    reference = "\(change.id) · \(telling.language("revision", "révision")) \(number)"
  }
}

extension Contract {
  /// The start of the first day of the first version.
  var beginning: Instant { versions[0].timeZone.startOfDay(versions[0].effectiveFrom) }
}

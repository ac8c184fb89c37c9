package import CivilTime
package import Planning
package import Register
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
  package init(
    _ histories: [PublishedHistory], outages: [PublishedOutage] = [], contract: Contract, language: Language,
    isSimulation: Bool
  ) {
    let tags = TagNames(contract, isSimulation: isSimulation)
    let name = contract.displayName(language)
    let mark = isSimulation ? SimulationMark.prefix : ""
    id = tags.feed(language)
    title = mark + language("\(name) – maintenance and updates", "\(name) – maintenances et mises à jour")
    subtitle = language(
      "Everything that was announced, moved, cancelled and done, as it was published",
      "Tout ce qui a été annoncé, reporté, annulé et réalisé, tel que publié")
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
    let work = revisions.prefix(SyndicationFeed.limit).map { moment, change in
      SyndicationEntry(
        ChangeTelling(change, contract: contract, language: language), at: moment, tags: tags,
        isSimulation: isSimulation)
    }
    let telling = OutageTelling(contract: contract, language: language)
    let stops = outages.flatMap { outage in
      outage.words.map { SyndicationEntry(outage.id, $0, telling, tags: tags, isSimulation: isSimulation) }
    }
    entries = Array(
      SyndicationFeed.merged(work, stops.sorted { ($0.published, $0.id) > ($1.published, $1.id) }).prefix(
        SyndicationFeed.limit))
    updated = entries.first?.published ?? contract.beginning
  }

  /// Both are newest first; of one moment the first list comes first.
  private static func merged(_ first: [SyndicationEntry], _ second: [SyndicationEntry]) -> [SyndicationEntry] {
    var merged: [SyndicationEntry] = []
    var rest = second[...]
    for entry in first {
      while let next = rest.first, next.published > entry.published { merged.append(rest.removeFirst()) }
      merged.append(entry)
    }
    return merged + rest
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
    category = change.content.kind.rawValue
    categoryName = telling.kind
    title = (isSimulation ? SimulationMark.prefix : "") + telling.headline
    simulation = isSimulation ? SimulationMark.sentence(telling.language) : nil
    lead = telling.lead
    differences = telling.lineDifferences
    facts = telling.lines(.entry)
    description = CleanText.cleaned(telling.content.description).trimmed
    descriptionLanguage = telling.descriptionLanguage
    reference = telling.reference
  }
}

extension SyndicationEntry {
  /// One word on an outage.
  init(_ outage: OutageID, _ word: PublishedOutage.Word, _ telling: OutageTelling, tags: TagNames, isSimulation: Bool) {
    let language = telling.language
    id = tags.entry(outage, revision: word.number, language)
    address = telling.contract.home
    published = word.at
    change = nil
    revision = word.number
    category = "outage"
    categoryName = language("outage", "panne")
    title = (isSimulation ? SimulationMark.prefix : "") + telling.headline(word)
    simulation = isSimulation ? SimulationMark.sentence(language) : nil
    lead = telling.lead(word)
    differences = []
    facts = []
    description = ""
    reference = outage.description
  }
}

extension Contract {
  /// The start of the first day of the first version.
  var beginning: Instant { versions[0].timeZone.startOfDay(versions[0].effectiveFrom) }
}

/// One published revision of one change, or one word on an outage, told in one language: what Atom and JSON Feed both carry. Plain text, cleaned
/// but not escaped.
package struct SyndicationEntry: Hashable, Sendable {
  /// A name and what it is, for instance `Impact` and `service indisponible`.
  package struct Fact: Hashable, Sendable {
    package var name: String
    package var value: String
    /// Of what people wrote.
    package var language: Language?
  }

  /// `tag:` URI (RFC 4151) of the change and the revision; the same for life.
  package var id: String
  /// The page of the change; that of the service where there is none of its own.
  package var address: String
  /// The moment of publication, never the start of the work.
  package var published: Instant
  /// Nil for an outage.
  package var change: ChangeID?
  package var revision: Int
  /// The kind of the change, for programs; `outage`.
  package var category: String
  /// The same in the language of the feed.
  package var categoryName: String
  package var title: String
  /// Present only for registers of simulation.
  package var simulation: String?
  /// One or two sentences that say what happened.
  package var lead: String
  package var differences: [ContentDifference]
  package var facts: [Fact]
  /// The description, its line breaks kept; empty where there is none.
  package var description: String
  package var descriptionLanguage: Language?
  /// Identifier and revision.
  package var reference: String
}

/// Names for feeds and entries that stay when addresses and titles change. Source: RFC 4151; RFC 4287, section 4.2.6.
struct TagNames {
  /// `portal.example,2021:`, before it `tag:`; a simulation has names of its own, so that no reader takes its entries
  /// for those of the real register.
  private let authority: String
  private let service: String

  init(_ contract: Contract, isSimulation: Bool) {
    let domain = TagNames.host(of: contract.portal) ?? TagNames.mailDomain(contract.organizer) ?? "preavis.invalid"
    let date = contract.versions[0].effectiveFrom.year.padded(4)
    authority = "tag:\(domain),\(date):" + (isSimulation ? "simulation:" : "")
    service = PercentText.encode(contract.service)
  }

  func feed(_ language: Language) -> String { "\(authority)\(service):\(language.rawValue)" }

  /// Another in each language: a reader that has subscribed to both would otherwise show one of the two.
  func entry(_ id: some CustomStringConvertible, revision: Int, _ language: Language) -> String {
    "\(authority)\(id):\(revision):\(language.rawValue)"
  }

  /// The host name of a web address in small letters; nil where it is no DNS name.
  static func host(of address: String) -> String? {
    guard let start = address.firstRange(of: "://")?.upperBound else { return nil }
    let authority = address[start...].prefix { !"/?#".contains($0) }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    return domain(host.prefix { $0 != ":" })
  }

  private static func mailDomain(_ address: String) -> String? {
    guard let at = address.lastIndex(of: "@") else { return nil }
    return domain(address[address.index(after: at)...])
  }

  private static func domain(_ text: Substring) -> String? {
    let isName = text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x2D || $0 == 0x2E
    }
    return isName && !text.isEmpty ? text.lowercased() : nil
  }
}

/// What feed readers and status tools are given of one service.
package struct Syndicated: Sendable {
  let contract: Contract
  let published: PublishedService
  let isSimulation: Bool

  package init(_ contract: Contract, _ published: PublishedService, isSimulation: Bool) {
    self.contract = contract
    self.published = published
    self.isSimulation = isSimulation
  }

  private var oldest: Instant { StandardFeed.oldest(contract, now: published.register.now) }

  package func feed(_ language: Language) throws -> SyndicationFeed {
    let histories = try published.newestRevisions(activeAfter: oldest, limit: SyndicationFeed.limit)
    return SyndicationFeed(
      histories, outages: try published.outages(of: contract), contract: contract, language: language,
      isSimulation: isSimulation)
  }

  package func statuspage(_ language: Language) throws -> Statuspage {
    let now = published.register.now
    let announced = try published.announced(at: now, limit: Statuspage.limit)
    let latest = try published.latest(activeAfter: oldest, limit: Statuspage.limit)
    let known = Set(announced.map(\.newest.id))
    return Statuspage(
      announced + latest.filter { !known.contains($0.newest.id) }, outages: try published.outages(of: contract),
      contract: contract, language: language, now: now, isSimulation: isSimulation)
  }
}

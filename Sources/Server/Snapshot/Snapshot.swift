package import CivilTime
import NIOCore
import NIOPosix
package import Publication
import Register
import Synchronization

/// What the server knows of the register at one commit: enough to tell whether a copy is still right.
package struct Generation: Hashable, Sendable {
  /// Of the newest event.
  package var sequence: Int
  package var newestEvent: Instant
  /// Of the contracts that were read.
  package var contracts: String

  package init(sequence: Int, newestEvent: Instant, contracts: String) {
    self.sequence = sequence
    self.newestEvent = newestEvent
    self.contracts = contracts
  }
}

/// Where published files come from. Called on threads of their own, since it reads the disk.
package protocol Publication: Sendable {
  /// The newest commit of whoever wrote it, this program or another.
  func generation() throws -> Generation
  /// All that is published as of now.
  func site() throws -> PublishedSite
  /// The file of a private address; nil where there is none (any more).
  func privateFile(at path: String) throws -> SiteFile?
}

/// The published files as they were sent last, in memory. A commit puts a new, empty table in the place of the old one,
/// so that no answer is older than the newest commit that was seen; files are rendered when somebody asks for them.
package final class Snapshot: Sendable {
  /// Sent as they are, until the next commit.
  private final class Table: Sendable {
    struct Content {
      /// By request target: `/` and the path.
      var entries: [String: SnapshotEntry] = [:]
      /// Octets of all of them, both forms.
      var size = 0

      mutating func insert(_ entry: SnapshotEntry) {
        size += entry.size - (entries.updateValue(entry, forKey: entry.target)?.size ?? 0)
      }

      mutating func keep(_ isKept: (SnapshotEntry) -> Bool) {
        entries = entries.filter { isKept($0.value) }
        size = entries.values.reduce(0) { $0 + $1.size }
      }
    }

    let generation: Generation
    let content: Mutex<Content>

    init(_ generation: Generation, _ content: Content) {
      self.generation = generation
      self.content = Mutex(content)
    }
  }

  private struct Rendering {
    let site: PublishedSite
    let generation: Generation
    let until: NIODeadline
  }

  private let publication: any Publication
  private let current: Mutex<Table>
  private let refreshing = Mutex<Bool>(true)
  /// What was sent of earlier tables, by request target: what has not changed keeps its time.
  private let sent = Mutex<[String: SnapshotEntry.Trace]>([:])
  private let rendering = Mutex<Rendering?>(nil)
  private let capacity: Int

  /// Octets of rendered pages, both forms, that are kept beside the feeds; with more, pages are rendered anew.
  package static let capacity = 24 << 20
  /// Files whose earlier form is remembered.
  private static let remembered = 20_000
  /// How long what depends on the clock is sent: pages say what is under way.
  private static let clockFreshness = TimeAmount.seconds(20)
  /// What leaves a feed does so after months; windows and holidays are shown by the month.
  private static let registerFreshness = TimeAmount.minutes(10)

  package init(_ publication: any Publication, capacity: Int = Snapshot.capacity) throws {
    self.publication = publication
    self.capacity = capacity
    current = Mutex(Table(try publication.generation(), Table.Content()))
  }

  package var generation: Generation { current.withLock { $0.generation } }

  /// Octets that rendered files take, and how many there are.
  package var load: (octets: Int, files: Int) {
    let table = current.withLock { $0 }
    return table.content.withLock { ($0.size, $0.entries.count) }
  }

  /// The file as it stands in memory, where it may be sent.
  func fresh(_ target: String, now: NIODeadline = .now()) -> SnapshotEntry? {
    let table = current.withLock { $0 }
    guard let entry = table.content.withLock({ $0.entries[target] }), now < entry.freshUntil else { return nil }
    return entry
  }

  /// Looks whether there is a newer commit, and forgets what it may have changed. Reads the disk.
  package func refresh() throws {
    // Reading and taking over in one go: who read earlier must not put back what somebody else has replaced.
    try refreshing.withLock { _ in
      let found = try publication.generation()
      current.withLock { table in
        guard table.generation != found else { return }
        var content = table.content.withLock { $0 }
        remember(content.entries)
        let isSameContract = table.generation.contracts == found.contracts
        content.keep { isSameContract && $0.source == .contract }
        table = Table(found, content)
      }
    }
  }

  private func remember(_ entries: [String: SnapshotEntry]) {
    sent.withLock { sent in
      if sent.count + entries.count > Snapshot.remembered { sent = [:] }
      for (target, entry) in entries { sent[target] = entry.trace }
    }
  }

  /// The file, rendered where it has to be; nil where nothing is published at `path`. Reads the disk.
  func entry(_ path: String) throws -> SnapshotEntry? {
    let target = "/" + path
    if let entry = fresh(target) { return entry }
    let table = current.withLock { $0 }
    guard let file = try site(table.generation).file(at: path) else { return nil }
    // What was committed while this was rendered belongs to the next table; it was at least not older.
    let previous = table.content.withLock { $0.entries[target]?.trace } ?? sent.withLock { $0[target] }
    let freshness = file.source == .clock ? Snapshot.clockFreshness : Snapshot.registerFreshness
    let entry = try SnapshotEntry(
      path, mediaType: file.mediaType, bytes: try file.bytes(), source: file.source,
      lastModified: DateField.now, older: previous, freshUntil: .now() + freshness)
    keep(entry, in: table)
    return entry
  }

  /// Takes the place of what was rendered at the same path.
  func keep(_ entry: SnapshotEntry) { keep(entry, in: current.withLock { $0 }) }

  private func keep(_ entry: SnapshotEntry, in table: Table) {
    let dropped = table.content.withLock { content -> [String: SnapshotEntry] in
      content.insert(entry)
      guard content.size > capacity else { return [:] }
      let all = content.entries
      content.keep { $0.isFeed || $0.target == entry.target }
      return all
    }
    if !dropped.isEmpty { remember(dropped) }
  }

  /// A client's own calendar: rendered for it alone and kept nowhere.
  func privateEntry(_ path: String) throws -> SnapshotEntry? {
    guard let file = try publication.privateFile(at: path) else { return nil }
    return try SnapshotEntry(
      path, mediaType: file.mediaType, bytes: try file.bytes(), source: file.source,
      lastModified: DateField.now, older: nil, freshUntil: .now(), isPrivate: true)
  }

  /// The site as of now, or of a few seconds ago where nothing was committed since.
  private func site(_ generation: Generation) throws -> PublishedSite {
    try rendering.withLock { rendering in
      if let rendering, rendering.generation == generation, NIODeadline.now() < rendering.until {
        return rendering.site
      }
      let site = try publication.site()
      rendering = Rendering(site: site, generation: generation, until: .now() + Snapshot.clockFreshness)
      return site
    }
  }
}

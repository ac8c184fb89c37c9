package import CivilTime
import NIOCore
import NIOPosix
import Register
package import Site
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
  final class Table: Sendable {
    let generation: Generation
    let entries: Mutex<[String: SnapshotEntry]>

    init(_ generation: Generation, _ entries: [String: SnapshotEntry]) {
      self.generation = generation
      self.entries = Mutex(entries)
    }
  }

  private struct Rendering {
    let site: PublishedSite
    let generation: Generation
    let until: NIODeadline
  }

  private let publication: any Publication
  private let current: Mutex<Table>
  /// Files of earlier tables, for what has not changed: their tags, times and compressed forms.
  private let older = Mutex<[String: SnapshotEntry]>([:])
  private let rendering = Mutex<Rendering?>(nil)

  /// Octets of rendered files, both forms, that are kept; with more, all but feeds are dropped and rendered anew.
  private static let capacity = 24 << 20
  /// How long what depends on the clock is sent: pages say what is under way.
  private static let clockFreshness = TimeAmount.seconds(20)
  /// What leaves a feed does so after months; windows and holidays are shown by the month.
  private static let registerFreshness = TimeAmount.minutes(10)

  package init(_ publication: any Publication) throws {
    self.publication = publication
    current = Mutex(Table(try publication.generation(), [:]))
  }

  package var generation: Generation { current.withLock { $0.generation } }

  /// The file as it stands in memory, where it may be sent.
  func fresh(_ path: String) -> SnapshotEntry? {
    let table = current.withLock { $0 }
    guard let entry = table.entries.withLock({ $0[path] }), NIODeadline.now() < entry.freshUntil else { return nil }
    return entry
  }

  /// Looks whether there is a newer commit, and forgets what it may have changed. Reads the disk.
  package func refresh() throws {
    let found = try publication.generation()
    current.withLock { table in
      guard table.generation != found else { return }
      let entries = table.entries.withLock { $0 }
      older.withLock { $0 = entries }
      let kept = table.generation.contracts == found.contracts ? entries.filter { $0.value.source == .contract } : [:]
      table = Table(found, kept)
    }
  }

  /// The file, rendered where it has to be; nil where nothing is published at `path`. Reads the disk.
  func entry(_ path: String) throws -> SnapshotEntry? {
    if let entry = fresh(path) { return entry }
    let table = current.withLock { $0 }
    guard let file = try site(table.generation).file(at: path) else { return nil }
    // What was committed while this was rendered belongs to the next table; it was at least not older.
    let previous = table.entries.withLock { $0[path] } ?? older.withLock { $0[path] }
    let freshness = file.source == .clock ? Snapshot.clockFreshness : Snapshot.registerFreshness
    let entry = try SnapshotEntry(
      path, mediaType: file.mediaType, bytes: try file.bytes(), source: file.source,
      lastModified: table.generation.newestEvent, older: previous, freshUntil: .now() + freshness)
    table.entries.withLock { entries in
      entries[path] = entry
      if entries.values.reduce(0, { $0 + $1.size }) > Snapshot.capacity {
        entries = entries.filter { $0.value.isFeed || $0.key == path }
      }
    }
    return entry
  }

  /// A client's own calendar: rendered for it alone and kept nowhere.
  func privateEntry(_ path: String) throws -> SnapshotEntry? {
    guard let file = try publication.privateFile(at: path) else { return nil }
    return try SnapshotEntry(
      path, mediaType: file.mediaType, bytes: try file.bytes(), source: file.source,
      lastModified: generation.newestEvent, older: nil, freshUntil: .now(), isPrivate: true)
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

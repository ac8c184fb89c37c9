package import CivilTime
import NIOCore
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

/// The published files as they were sent last, in memory. After a commit each is rendered anew when somebody asks for it;
/// where commits come one upon the other, the bytes before it answer meanwhile, for less than ``age``.
package final class Snapshot: Sendable {
  private struct Kept {
    let entry: SnapshotEntry
    /// The newest one that is surely in it.
    let round: Int
    let renderedAt: NIODeadline
    /// Requests since then.
    var asks = 0
  }

  private struct Shelf {
    var generation: Generation
    /// Counts the times that something newer was found.
    var round = 0
    /// When the last rounds were found, the newest last; older ones are beyond what may be sent.
    var found: ArraySlice<NIODeadline> = []
    /// By request target: `/` and the path.
    var entries: [String: Kept] = [:]
    /// Octets of all of them, both forms.
    var size = 0

    /// Since when there has been something newer; nil where there is not.
    func staleness(_ kept: Kept) -> NIODeadline? {
      let missing = kept.entry.source == .contract ? 0 : round - kept.round
      let commit = missing == 0 ? nil : missing > found.count ? .uptimeNanoseconds(0) : found[found.endIndex - missing]
      return commit.map { min($0, kept.entry.freshUntil) } ?? kept.entry.freshUntil
    }

    func isBurst(_ now: NIODeadline) -> Bool {
      found.count >= Snapshot.burst && now - found[found.endIndex - Snapshot.burst] < Snapshot.age
    }

    mutating func insert(_ kept: Kept) {
      size += kept.entry.text.size - (entries.updateValue(kept, forKey: kept.entry.target)?.entry.text.size ?? 0)
    }

    mutating func keep(_ isKept: (SnapshotEntry) -> Bool) {
      entries = entries.filter { isKept($0.value.entry) }
      size = entries.values.reduce(0) { $0 + $1.entry.text.size }
    }
  }

  private struct Rendering {
    let site: PublishedSite
    let generation: Generation
    let until: NIODeadline
  }

  private let publication: any Publication
  private let shelf: Mutex<Shelf>
  private let refreshing = Mutex<Bool>(true)
  /// What was sent earlier, by request target: what has not changed keeps its time.
  private let sent = Mutex<[String: SnapshotEntry.Trace]>([:])
  private let rendering = Mutex<Rendering?>(nil)
  private let blocks = BlockCache()
  private let capacity: Int
  /// Answers with bytes that a commit had made old, and the greatest age of one, in nanoseconds.
  private let previous = Atomic<Int>(0)
  private let oldest = Atomic<Int64>(0)

  /// Octets of rendered pages, both forms, that are kept beside the feeds; with more, pages are rendered anew.
  package static let capacity = 24 << 20
  /// Files whose earlier form is remembered.
  private static let remembered = 20_000
  /// How long what depends on the clock is sent: pages say what is under way.
  private static let clockFreshness = TimeAmount.seconds(20)
  /// What leaves a feed does so after months; windows and holidays are shown by the month.
  private static let registerFreshness = TimeAmount.minutes(10)
  /// What many ask for is rendered anew no sooner than this after the last time.
  static let pace = TimeAmount.milliseconds(300)
  /// Bytes without a commit that was found so long ago are sent to nobody.
  static let age = TimeAmount.milliseconds(900)
  /// With so many commits found in that time nobody waits for the next rendering.
  static let burst = 3
  /// Requests since the last time that make a page one that many ask for; feeds are polled.
  private static let many = 4

  package init(_ publication: any Publication, capacity: Int = Snapshot.capacity) throws {
    self.publication = publication
    self.capacity = capacity
    shelf = Mutex(Shelf(generation: try publication.generation()))
  }

  package var generation: Generation { shelf.withLock { $0.generation } }

  /// Octets that rendered files take, and how many there are.
  package var load: (octets: Int, files: Int) { shelf.withLock { ($0.size, $0.entries.count) } }

  /// For `/metrics`.
  var samples: [Metrics.Sample] {
    [
      Metrics.Sample(
        "preavis_http_previous_total", "Answers with the bytes from before a commit, while it was rendered.", "counter",
        [("", Double(previous.load(ordering: .relaxed)))]),
      Metrics.Sample(
        "preavis_http_previous_age_seconds_max", "The longest that a commit had been there when one was sent.", "gauge",
        [("", Double(oldest.load(ordering: .relaxed)) / 1e9)]),
    ]
  }

  /// The file as it stands in memory, where it may be sent.
  func fresh(_ target: String, now: NIODeadline = .now()) -> SnapshotEntry? {
    let (entry, age) = shelf.withLock { shelf -> (SnapshotEntry?, TimeAmount) in
      guard let kept = shelf.entries[target] else { return (nil, .zero) }
      shelf.entries[target]?.asks += 1
      guard let since = shelf.staleness(kept), since <= now else { return (kept.entry, .zero) }
      let age = now - since
      return (age < Snapshot.age && shelf.isBurst(now) ? kept.entry : nil, age)
    }
    guard let entry, age > .zero else { return entry }
    previous.add(1, ordering: .relaxed)
    oldest.max(age.nanoseconds, ordering: .relaxed)
    return entry
  }

  /// The paths of what many ask for and is to be rendered anew, longest waiting first.
  func due(now: NIODeadline = .now()) -> [String] {
    shelf.withLock { shelf in
      shelf.entries.values.compactMap { kept -> (path: String, since: NIODeadline)? in
        guard kept.asks >= (kept.entry.isFeed ? 1 : Snapshot.many), now - kept.renderedAt >= Snapshot.pace,
          let since = shelf.staleness(kept), since <= now
        else { return nil }
        return (kept.entry.path, since)
      }
    }
    .sorted { $0.since < $1.since }.map(\.path)
  }

  /// Looks whether there is a newer commit. Reads the disk.
  func refresh(now: NIODeadline = .now()) throws {
    // Reading and taking over in one go: who read earlier must not put back what somebody else has replaced.
    try refreshing.withLock { _ in
      let found = try publication.generation()
      let (dropped, isSameContract) = shelf.withLock { shelf -> ([String: Kept], Bool) in
        guard shelf.generation != found else { return ([:], true) }
        let isSameContract = shelf.generation.contracts == found.contracts
        let dropped = isSameContract ? [:] : shelf.entries
        shelf.generation = found
        shelf.round += 1
        shelf.found = shelf.found.drop { now - $0 > Snapshot.age } + [now]
        if !dropped.isEmpty { shelf.keep { _ in false } }
        return (dropped, isSameContract)
      }
      if !isSameContract { blocks.clear() }
      remember(dropped)
    }
  }

  private func remember(_ entries: [String: Kept]) {
    guard !entries.isEmpty else { return }
    sent.withLock { sent in
      if sent.count + entries.count > Snapshot.remembered { sent = [:] }
      for (target, kept) in entries { sent[target] = kept.entry.trace }
    }
  }

  /// The file, rendered where it has to be; nil where nothing is published at `path`. Reads the disk.
  func entry(_ path: String) throws -> SnapshotEntry? { try fresh("/" + path) ?? render(path) }

  /// The file as of now; nil where nothing is published at `path`. Reads the disk.
  func render(_ path: String) throws -> SnapshotEntry? { try prepared(path)?.render() }

  /// A file that is to be rendered.
  struct Job: Sendable {
    /// Whether it may take long.
    let isLong: Bool
    /// Reads the disk.
    let render: @Sendable () throws -> SnapshotEntry
  }

  /// Looks what is to be done for the file; nil where nothing is published at `path`. Reads the disk.
  func prepared(_ path: String) throws -> Job? {
    let epoch = blocks.epoch
    if PrivateFiles.isPrivate(path) {
      return try publication.privateFile(at: path).map { file in
        Job(isLong: file.isLong) { try self.privateEntry(path, file, epoch) }
      }
    }
    let target = "/" + path
    // What is committed while this is rendered may be in it or not; what was committed before is.
    let (generation, round, older) = shelf.withLock { ($0.generation, $0.round, $0.entries[target]?.entry.trace) }
    guard let file = try site(generation).file(at: path) else {
      shelf.withLock { shelf in
        if shelf.entries[target] != nil { shelf.keep { $0.target != target } }
      }
      return nil
    }
    return Job(isLong: file.isLong) {
      let freshness = file.source == .clock ? Snapshot.clockFreshness : Snapshot.registerFreshness
      let trace = older ?? self.sent.withLock { $0[target] }
      let entry = SnapshotEntry(
        path, mediaType: file.mediaType, text: try self.packed(file, epoch, older: trace), source: file.source,
        lastModified: DateField.now, older: trace, freshUntil: .now() + freshness)
      self.keep(entry, round: round, under: generation)
      return entry
    }
  }

  /// A client's own calendar: put together for each request, so that an address that was revoked shows nothing. What is
  /// kept are blocks, for whoever takes the same of a service.
  private func privateEntry(_ path: String, _ file: SiteFile, _ epoch: Int) throws -> SnapshotEntry {
    SnapshotEntry(
      path, mediaType: file.mediaType, text: try packed(file, epoch, older: nil), source: file.source,
      lastModified: DateField.now, older: nil, freshUntil: .now(), isPrivate: true)
  }

  private func packed(_ file: SiteFile, _ epoch: Int, older: SnapshotEntry.Trace?) throws -> PackedText {
    switch try file.content() {
    case .whole(let bytes): try PackedText(bytes, older: older)
    case .blocks(let text): try PackedText.made(of: text, blocks, epoch: epoch, older: older)
    }
  }

  /// Takes the place of what was rendered at the same path.
  func keep(_ entry: SnapshotEntry) { keep(entry, round: shelf.withLock { $0.round }) }

  /// - Parameter generation: that it was rendered of, where that is known: of other contracts it is sent once, and not kept.
  func keep(_ entry: SnapshotEntry, round: Int, under generation: Generation? = nil) {
    let dropped = shelf.withLock { shelf -> [String: Kept] in
      if let generation, generation.contracts != shelf.generation.contracts { return [:] }
      // What another has rendered since then is newer.
      if let kept = shelf.entries[entry.target], kept.round > round { return [:] }
      shelf.insert(Kept(entry: entry, round: round, renderedAt: .now()))
      guard shelf.size > capacity else { return [:] }
      let all = shelf.entries
      shelf.keep { $0.isLasting || $0.target == entry.target }
      return all.filter { shelf.entries[$0.key] == nil }
    }
    remember(dropped)
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

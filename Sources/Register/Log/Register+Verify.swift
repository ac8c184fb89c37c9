import CivilTime
import JSONText
import Planning

/// What `register verify` found.
package struct Verification: Hashable, Sendable {
  package var events = 0
  package var changes = 0
  package var outages = 0
  package var tokens = 0
  package var privateFeeds = 0
  /// Hash of the newest event: it stands for the whole log.
  package var root = StoredEvent.noHash
  package var problems: [Damage]

  package init(problems: [Damage]) { self.problems = problems }
}

/// Size and root hash of the log at some moment, `128:9f86d0…`: whoever keeps one can tell whether history was changed.
package struct Checkpoint: Hashable, Sendable, CustomStringConvertible {
  package var size: Int
  package var root: String

  package init(size: Int, root: String) {
    self.size = size
    self.root = root
  }

  package init?(_ text: String) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let size = Int(parts[0]), size > 0, parts[1].count == 64,
      parts[1].allSatisfy(\.isHexDigit)
    else { return nil }
    self.init(size: size, root: parts[1].lowercased())
  }

  package var description: String { "\(size):\(root)" }
}

extension Register {
  /// Of the log as it is now.
  package static func checkpoint(_ store: any EventStore) throws -> Checkpoint {
    guard let newest = try store.read({ try $0.newestEvent() }) else { throw RegisterError.notInitialised }
    return Checkpoint(size: newest.sequence, root: newest.hash)
  }

  /// Recomputes every hash, makes all that follows from the log anew by the functions that wrote it, and compares with
  /// what is stored beside it: table by table, row by row, both ways. Goes on after every fault.
  ///
  /// What is made anew lies in a store of its own, and the streams of some thousand events in memory: time grows with the
  /// register, memory does not.
  ///
  /// - Parameter isCopy: of another register's log, perhaps without what stands in no event of it.
  package static func verify(
    _ store: any EventStore, against checkpoint: Checkpoint? = nil, isCopy: Bool = false
  ) throws -> Verification {
    try store.read { file in
      try store.scratch().write { made in
        try Verifier(file: file, made: made, checkpoint: checkpoint, isCopy: isCopy).run()
      }
    }
  }
}

private final class Verifier {
  /// What is verified, and what its log makes.
  private let file: any StoreReader
  private let made: any StoreTransaction
  private let checkpoint: Checkpoint?
  private let isCopy: Bool
  private let projection: Projection
  private var count = 0
  private var previous: StoredEvent?
  /// How many streams there are of each kind, and of each series how many and up to which number.
  private var streams: [String: Int] = [:]
  private var series: [String: (count: Int, highest: Int)] = [:]
  private var problems: [Damage] = []
  /// Streams that were met since their states were last put away.
  private var recent: Set<String> = []

  init(file: any StoreReader, made: any StoreTransaction, checkpoint: Checkpoint?, isCopy: Bool) {
    self.file = file
    self.made = made
    self.checkpoint = checkpoint
    self.isCopy = isCopy
    projection = Projection(store: made, memory: StreamMemory(), isCopy: false)
  }

  func run() throws -> Verification {
    problems = try file.faults()
    try noting { try file.eachLine { line in try noting { try add(line.get()) } } }
    if let checkpoint, previous?.sequence ?? 0 < checkpoint.size { problems.append(.checkpoint(size: checkpoint.size)) }
    for (series, places) in series.sorted(by: { $0.key < $1.key }) where places.count != places.highest {
      problems.append(.numbering(series: series))
    }
    try noting { try takeIncidents() }
    for table in try made.derivedTables() { try noting { try compare(table) } }
    for kind in StreamKinds.all { try noting { problems += try kind.unvouched(in: file, isCopy: isCopy) } }
    try noting { try checkDeliveries() }
    var result = Verification(problems: problems)
    result.events = count
    result.changes = streams[ChangeID.prefix] ?? 0
    result.outages = streams[OutageID.prefix] ?? 0
    result.tokens = streams[TokenID.prefix] ?? 0
    result.privateFeeds = streams[PrivateFeedID.prefix] ?? 0
    if let previous { result.root = previous.hash }
    return result
  }

  /// Damage that `body` meets is a problem like others.
  private func noting(_ body: () throws -> Void) throws {
    do { try body() } catch RegisterError.damaged(let damage) { problems.append(damage) }
  }

  private func add(_ line: StoredEvent) throws {
    count += 1
    let last = previous?.sequence ?? 0
    if line.sequence != last + 1 { problems.append(.sequence(expected: last + 1, found: line.sequence)) }
    if line.hash != line.expectedHash { problems.append(.content(sequence: line.sequence)) }
    if line.previous != previous?.hash ?? StoredEvent.noHash { problems.append(.chain(sequence: line.sequence)) }
    if let previous, line.at < previous.at { problems.append(.clock(sequence: line.sequence)) }
    if let checkpoint, line.sequence == checkpoint.size, line.hash != checkpoint.root {
      problems.append(.checkpoint(size: checkpoint.size))
    }
    previous = line
    guard line.sequence > last else { return }
    if count % Verifier.stretch == 0 {
      projection.memory.entries = projection.memory.entries.filter { recent.contains($0.key) }
      recent = []
    }
    recent.insert(line.stream)
    guard let met = try projection.apply(line) else {
      if line.stream != StoredEvent.registerStream { problems.append(.unreadable(sequence: line.sequence)) }
      return
    }
    // Well hashed, so that it can be read again, whatever is wrong with it.
    try made.append(
      StoredEvent(
        sequence: line.sequence, at: line.at, stream: line.stream, type: line.type, body: line.body,
        previous: line.previous, hash: nil))
    guard met.isNew else { return }
    streams[met.prefix, default: 0] += 1
    if let place = met.place {
      let known = series[place.series] ?? (0, 0)
      series[place.series] = (known.count + 1, max(known.highest, place.number))
    }
  }

  /// So many events pass until streams that they did not meet are put away, to be read again when they go on.
  private static let stretch = 5000

  /// No event says that a write was refused, until one says that the clock has recovered; but what it stood behind is the
  /// newest event.
  private func takeIncidents() throws {
    guard let previous else { return }
    for incident in try file.clockIncidents() where incident.clock < previous.at - Register.clockTolerance {
      try made.put(ClockIncident(clock: incident.clock, newest: previous.at))
    }
  }

  private func compare(_ table: DerivedTable) throws {
    let (nextMade, nextRow) = (try made.rows(of: table), try file.rows(of: table))
    func nextFound() throws -> [Cell]? {
      while let row = try nextRow() { if table.isOfLog(row) { return row } }
      return nil
    }
    var (a, b) = (try nextMade(), try nextFound())
    func note(_ row: [Cell], _ difference: Damage.Difference) {
      problems.append(.row(table: table.name, key: table.name(of: row), difference))
    }
    while true {
      switch (a, b) {
      case (nil, nil): return
      case (let row?, let found?) where table.key(row) == table.key(found):
        let columns = table.differences(made: row, found: found)
        if !columns.isEmpty { note(row, .differs(columns)) }
        (a, b) = (try nextMade(), try nextFound())
      case (let row?, let found)
      where found.map { table.key(row).lexicographicallyPrecedes(table.key($0)) } ?? true:
        note(row, .missing)
        a = try nextMade()
      case (_, let found?):
        note(found, .surplus)
        b = try nextFound()
      case (_?, nil): return
      }
    }
  }

  /// How far a message got is in no event; but not everything that a row can say of it is possible.
  private func checkDeliveries() throws {
    try file.eachOutboxRow { row in
      // A conflict is of a change that there is.
      let isOfChange = try !row.tellsConflict || file.event(row.event).flatMap { ChangeID($0.stream) } != nil
      if !row.isPossible || !isOfChange {
        let key = "\(row.subscription) \(row.sequence)" + (row.isReminder ? " \(row.lead.seconds)" : "")
        problems.append(.row(table: "outbox", key: key, .differs(["state"])))
      }
    }
  }
}

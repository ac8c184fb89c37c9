package import CivilTime
package import Planning
import Synchronization

/// The published changes of one service, as far as look-ups need them, in memory.
package struct PublishedRows: Sendable {
  package struct Row: Hashable, Sendable {
    package let id: ChangeID
    package let interval: Interval
    package let state: ChangeState
    package let environment: String
    /// Sequence of its newest event.
    package let newest: Int
    /// Whether it is announced work that is not over although its estimate is: nobody knows its end. Nil where nobody had
    /// to look.
    fileprivate(set) var isOpen: Bool?

    /// Whether it is listed among what has ended, as `PortalLists` sorts changes.
    package func isOver(at now: Instant) -> Bool {
      state == .completed || (state != .inProgress && interval.end <= now && isOpen != true)
    }

    package init(_ row: ChangeRow) {
      id = row.id
      interval = row.interval
      state = row.state
      environment = row.environment
      newest = row.newest
    }

    fileprivate static func isEarlier(_ a: Row, _ b: Row) -> Bool {
      (a.interval.start, a.id) < (b.interval.start, b.id)
    }
  }

  /// By start, then identifier.
  package private(set) var byStart: [Row] = []
  package private(set) var byID: [Row] = []

  fileprivate init(of service: String, _ store: any StoreReader) throws {
    var filter = ChangeFilter()
    filter.service = service
    try store.eachRow(filter) { row in
      if row.revision != nil { byStart.append(Row(row)) }
      return true
    }
    byID = byStart.sorted { $0.id < $1.id }
  }

  /// Without those of `environments`.
  fileprivate func without(_ environments: Set<String>) -> PublishedRows {
    guard !environments.isEmpty else { return self }
    var rows = self
    rows.byStart.removeAll { environments.contains($0.environment) }
    rows.byID.removeAll { environments.contains($0.environment) }
    return rows
  }

  /// Rows do not say whether an end is known: that of what passed without a start is looked for once, as far back as the
  /// longest work reaches.
  fileprivate mutating func lookForOpenEnds(at now: Instant, _ store: any StoreReader) throws {
    let oldest = now - CommandError.Limits.longestInterval
    for index in byStart.partitioningIndex(where: { $0.interval.start > oldest })..<byStart.count {
      let row = byStart[index]
      guard row.interval.start < now else { return }
      guard row.state == .planned, row.interval.end <= now, row.isOpen == nil else { continue }
      byStart[index].isOpen = try !Change.listed(row.id, in: store).content.isEndKnown
    }
  }

  /// Takes the place of what was known of the same change; a draft is none.
  fileprivate mutating func put(_ changed: ChangeRow) {
    let place = byID.partitioningIndex { $0.id >= changed.id }
    if place < byID.count, byID[place].id == changed.id {
      let old = byID.remove(at: place)
      byStart.remove(at: byStart.partitioningIndex { !Row.isEarlier($0, old) })
    }
    guard changed.revision != nil else { return }
    let row = Row(changed)
    byID.insert(row, at: place)
    byStart.insert(row, at: byStart.partitioningIndex { !Row.isEarlier($0, row) })
  }
}

/// What is published of one service, as of one look at the register: as much of it as feeds and pages show, and no more.
package struct PublishedService: Sendable {
  package let register: Register
  package let rows: PublishedRows
  private let changes: PublishedChanges

  fileprivate init(register: Register, rows: PublishedRows, changes: PublishedChanges) {
    self.register = register
    self.rows = rows
    self.changes = changes
  }

  /// Whether a change is under way, is not known to end before `moment` or has an event later than it.
  package func isActive(after moment: Instant) throws -> @Sendable (PublishedRows.Row) -> Bool {
    let first = try register.store.read { try $0.firstSequence(notBefore: moment + Elapsed(seconds: 1)) }
    return { $0.interval.end > moment || $0.state == .inProgress || $0.isOpen == true || $0.newest >= first }
  }

  /// The histories that hold the `limit` newest published revisions, among changes that are active after `end`; in no
  /// order.
  package func newestRevisions(activeAfter end: Instant, limit: Int) throws -> [PublishedHistory] {
    let isActive = try isActive(after: end)
    var found: [PublishedHistory] = []
    var newest: [(moment: Instant, id: ChangeID)] = []
    var isLevel = false
    var upper = Int.max
    var reach = 8 * limit
    // From the newest event back, a stretch of the log at a time.
    while upper > 0 {
      let lower = (upper == .max ? rows.byID.reduce(0) { max($0, $1.newest) } : upper) - reach
      let stretch = rows.byStart.filter { $0.newest > lower && $0.newest <= upper && isActive($0) }
      for row in stretch.sorted(by: { $0.newest > $1.newest }) {
        if newest.count >= limit {
          let bound = newest[limit - 1]
          // Of one moment, as that of an import, the later identifiers are the newer ones.
          if isLevel, row.id <= bound.id { continue }
          // A change has no revision newer than its newest event, so that rows in this order can stop.
          let moment = try moment(row.newest)
          if moment < bound.moment { return found }
          isLevel = moment == bound.moment
          if isLevel, row.id <= bound.id { continue }
        }
        let history = try history(of: row)
        found.append(history)
        newest += history.revisions.compactMap { change in change.revisedAt.map { ($0, row.id) } }
        newest.sort { ($0.moment, $0.id) > ($1.moment, $1.id) }
        newest.removeLast(max(0, newest.count - limit))
      }
      upper = lower
      reach *= 8
    }
    return found
  }

  private func moment(_ sequence: Int) throws -> Instant {
    guard let event = try register.store.read({ try $0.event(sequence) }) else {
      throw RegisterError.damaged(.sequence(expected: sequence, found: 0))
    }
    return event.at
  }

  /// Those that end after `moment`, by start, the `limit` first ones; cancelled ones too, since clients look for what they
  /// were told of.
  package func coming(activeAfter moment: Instant, limit: Int) throws -> [PublishedHistory] {
    try rows.byStart.lazy.filter(isActive(after: moment)).prefix(limit).map(history)
  }

  /// Those that are planned or under way and have not ended, by start; `limit` at most of each state.
  package func announced(at now: Instant, limit: Int) throws -> [PublishedHistory] {
    let isActive = try isActive(after: now)
    let planned = rows.byStart.lazy.filter { $0.state == .planned && isActive($0) }.prefix(limit)
    let underWay = rows.byStart.lazy.filter { $0.state == .inProgress }.prefix(limit)
    return try planned.map(history) + underWay.map(history)
  }

  /// The `limit` ones that start last, and before `moment` where one is given, among those that are active after `end`.
  package func latest(
    activeAfter end: Instant, before moment: Instant = .latest, limit: Int
  ) throws -> [PublishedHistory] {
    let isActive = try isActive(after: end)
    return try rows.byStart.reversed().lazy.filter { $0.interval.start < moment && isActive($0) }.prefix(limit)
      .map(history)
  }

  private func history(of row: PublishedRows.Row) throws -> PublishedHistory { try changes.history(of: row, register) }
}

/// What is known of the published changes of a register between two looks at it: each look reads what was committed since.
package final class PublishedChanges: Sendable {
  private struct Known {
    /// By service.
    var rows: [String: PublishedRows] = [:]
    /// The newest event that they follow.
    var newest: StoredEvent?
  }

  private let known = Mutex(Known())
  /// Those that were looked for, each with the newest event of its change.
  private let histories = Mutex<[ChangeID: (newest: Int, history: PublishedHistory)]>([:])

  /// More events than this are not followed: the rows are read anew.
  private static let reach = 5_000
  /// As many as the first page and the feeds of a service show.
  private static let kept = 1_000

  package init() {}

  /// What the public may read of a service; with all of an `environment` that somebody asks for by its name.
  package func service(
    _ contract: Contract, with environment: String? = nil, in register: Register
  ) throws -> PublishedService {
    let service = contract.service
    let rows = try known.withLock { known in
      try register.store.read { store in
        // What was read in part is not known.
        do { try follow(&known, store) } catch {
          known = Known()
          throw error
        }
        var rows = try known.rows.removeValue(forKey: service) ?? PublishedRows(of: service, store)
        try rows.lookForOpenEnds(at: register.now, store)
        known.rows[service] = rows
        return rows
      }
    }
    let hidden = contract.notices.privateEnvironments.subtracting([environment].compactMap(\.self))
    return PublishedService(register: register, rows: rows.without(hidden), changes: self)
  }

  private func follow(_ known: inout Known, _ store: any StoreReader) throws {
    guard let newest = try store.newestEvent(), newest != known.newest else { return }
    guard let last = known.newest, newest.sequence - last.sequence < PublishedChanges.reach,
      // Of another history, such as that of a copy that was put back, nothing is known.
      try store.event(last.sequence) == last
    else {
      known = Known()
      known.newest = newest
      histories.withLock { $0 = [:] }
      return
    }
    let streams = try store.events(after: last.sequence, limit: PublishedChanges.reach).map(\.stream)
    for id in Set(streams.compactMap(ChangeID.init)) {
      guard let row = try store.row(id) else { continue }
      known.rows[row.service]?.put(row)
    }
    known.newest = newest
  }

  fileprivate func history(of row: PublishedRows.Row, _ register: Register) throws -> PublishedHistory {
    if let known = histories.withLock({ $0[row.id] }), known.newest == row.newest { return known.history }
    guard let history = try register.published(row.id) else {
      throw RegisterError.damaged(.row(table: "changes", key: row.id.description, .differs(["revision"])))
    }
    histories.withLock { histories in
      if histories.count >= PublishedChanges.kept { histories = [:] }
      histories[row.id] = (row.newest, history)
    }
    return history
  }
}

extension Register {
  /// What is published of a service now.
  package func published(of contract: Contract, with environment: String? = nil) throws -> PublishedService {
    try PublishedChanges().service(contract, with: environment, in: self)
  }

  package func isKnown(_ id: ChangeID) throws -> Bool { try store.read { try $0.row(id) } != nil }
}

package import CivilTime
import JSONText
package import Planning

extension Register {
  /// Makes the first event of an empty store.
  package static func initialise(
    _ store: any EventStore, isSimulation: Bool, identity: String, now: Instant
  ) throws {
    try store.write { store in
      guard try store.newestEvent() == nil else { throw RegisterError.exists("") }
      let body: JSON = ["format": 1, "identity": .string(identity), "simulation": .bool(isSimulation)]
      try store.append(
        StoredEvent(
          after: nil, at: now, stream: StoredEvent.registerStream, type: "register-created", body: body.text))
    }
  }

  /// What the first event says of the register.
  package static func facts(_ store: any EventStore) throws -> (identity: String, isSimulation: Bool) {
    try store.read { store in
      guard let first = try store.events(after: 0, limit: 1).first, first.type == "register-created" else {
        throw RegisterError.notInitialised
      }
      return try first.reading { ($0["identity"]?.string ?? "", $0["simulation"]?.bool ?? false) }
    }
  }

  /// When the newest event was recorded.
  package static func newestMoment(_ store: any EventStore) throws -> Instant {
    guard let newest = try store.read({ try $0.newestEvent() }) else { throw RegisterError.notInitialised }
    return newest.at
  }

  package func change(_ id: ChangeID) throws -> Change {
    try store.read { try Change.existing(id, in: $0) }
  }

  /// The change as the event of that sequence left it.
  package func change(_ id: ChangeID, after sequence: Int) throws -> Change {
    try store.read { try Change.existing(id, after: sequence, in: $0) }
  }

  package func changes(_ filter: ChangeFilter) throws -> [Change] {
    try store.read { store in try store.rows(filter).map { try Change.listed($0.id, in: store) } }
  }

  /// Hands over each change that `filter` asks for, by start, all as of one moment. Memory holds their identifiers and a
  /// few changes, and no writer waits for `body`.
  package func each(_ filter: ChangeFilter, _ body: (Change) throws -> Void) throws {
    let (ids, newest) = try store.read { store in
      var ids: [ChangeID] = []
      try store.eachRow(filter) { row in
        ids.append(row.id)
        return true
      }
      return (ids, try store.newestEvent()?.sequence ?? 0)
    }
    for start in stride(from: 0, to: ids.count, by: Register.batch) {
      let batch = ids[start..<min(start + Register.batch, ids.count)]
      try listed(batch, after: newest).forEach(body)
    }
  }

  /// What rows beside the log name, as they stand, or as the event of that sequence left them.
  package func listed(_ ids: some Sequence<ChangeID>, after sequence: Int = .max) throws -> [Change] {
    try store.read { store in try ids.map { try Change.listed($0, after: sequence, in: store) } }
  }

  /// Changes that are read in one go.
  private static let batch = 50

  /// Each event of a change with the state that it left.
  package func history(_ id: ChangeID) throws -> [(line: StoredEvent, event: ChangeEvent, after: Change)] {
    let states = try store.read { try Change.states(id, in: $0) }
    guard !states.isEmpty else { throw RegisterError.unknownChange(id) }
    return states
  }

  /// The history of every change that `filter` asks for, by start, all of one consistent state. `step` is told the number
  /// of them before each.
  package func streams(_ filter: ChangeFilter, step: (_ total: Int) -> Void = { _ in }) throws -> [ChangeStream] {
    try store.read { store in
      let rows = try store.rows(filter)
      return try rows.compactMap { row in
        step(rows.count)
        let history = try Change.states(row.id, in: store)
        return ChangeStream(
          id: row.id,
          entries: history.map { ChangeStream.Entry(event: $0.event, at: $0.line.at, after: $0.after) })
      }
    }
  }

  /// What was published of a change; nil for a draft.
  package func published(_ id: ChangeID) throws -> PublishedHistory? {
    var revisions: [Change] = []
    for state in try history(id).map(\.after) where state.revision != nil {
      if state.revision != revisions.last?.revision { revisions.append(state) }
    }
    return PublishedHistory(revisions)
  }

  /// Sequence of the event that made the newest revision; the newest one of a draft.
  package static func newestRevision(of row: ChangeRow, in store: any StoreReader) throws -> Int {
    try Change.states(row.id, in: store).first { $0.after.revision == row.revision }?.line.sequence ?? row.newest
  }

  /// What a row beside the log names: that it has no events means damage.
  package static func listed(_ id: ChangeID, in store: any StoreReader) throws -> Change {
    try Change.listed(id, in: store)
  }

  /// The change as everybody may read it: with the reasons that are for clients, and without the identifiers of changes of which nothing was published when its own
  /// newest revision was. What others publish later changes nothing of it, so that what is rendered of it stands.
  package func forEveryone(_ change: Change) throws -> Change {
    var shown = change.forClients
    shown.content.alongside = try store.read { store in
      try change.content.alongside.filter { id in
        guard let other = try Register.change(id, in: store), other.revision != nil else { return false }
        return other.marks.first?.at ?? other.recordedAt <= change.revisedAt ?? .latest
      }
    }
    return shown
  }

  /// Nil where there is none.
  package static func change(_ id: ChangeID, in store: any StoreReader) throws -> Change? {
    try Change.current(id, in: store)?.subject
  }
}

extension Register {
  /// Changes of a service that have begun and may have gone on after `moment`, by announced start.
  ///
  /// Announced times say nothing of what was done, so that rows cannot be asked for it. But no work ended later than its
  /// newest event was recorded: changes whose newest event is no later than `moment` need not be read.
  package func worked(service: String, endingAfter moment: Instant) throws -> [Change] {
    var filter = ChangeFilter()
    filter.service = service
    filter.states = [.inProgress, .completed]
    filter.activeAfter = moment
    return try changes(filter)
  }

  /// Planned changes of a service whose announced time meets `range`: work of which nobody has said that it began.
  package func announcedOnly(service: String, in range: Interval) throws -> [Change] {
    var filter = ChangeFilter()
    filter.service = service
    filter.states = [.planned]
    filter.range = range
    return try changes(filter)
  }
}

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
      let body = try JSON(parsing: first.body)
      return (body["identity"]?.string ?? "", body["simulation"]?.bool ?? false)
    }
  }

  package func change(_ id: ChangeID) throws -> Change {
    try store.read { try Register.state(of: id, in: $0) }
  }

  /// The change as the event of that sequence left it.
  package func change(_ id: ChangeID, after sequence: Int) throws -> Change {
    try store.read { try Register.state(of: id, after: sequence, in: $0) }
  }

  package func changes(_ filter: ChangeFilter) throws -> [Change] {
    try store.read { store in try store.rows(filter).map { try Register.listed($0.id, in: store) } }
  }

  /// Each event of a change with the state that it left.
  package func history(_ id: ChangeID) throws -> [(line: StoredEvent, event: ChangeEvent, after: Change)] {
    try Register.states(try store.read { try $0.events(stream: id.description) }, id: id)
  }

  /// The history of every change that `filter` asks for, by start, all of one consistent state. `step` is told the number
  /// of them before each.
  package func streams(_ filter: ChangeFilter, step: (_ total: Int) -> Void = { _ in }) throws -> [ChangeStream] {
    try store.read { store in
      let rows = try store.rows(filter)
      return try rows.compactMap { row in
        step(rows.count)
        let history = try Register.states(try store.events(stream: row.id.description), id: row.id)
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

  /// Now, for questions that record nothing.
  package var now: Instant { clock() }
}

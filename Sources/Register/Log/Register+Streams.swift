import CivilTime
package import Planning

/// What the events of a stream make, one after the other.
extension Register {
  /// Each event with the state that it left; never empty. Throws `damaged` where one does not follow the one before, and
  /// that it is unknown where there is none.
  static func states<ID: StreamKey>(
    _ lines: some Sequence<StoredEvent>, id: ID
  ) throws -> [(line: StoredEvent, event: ID.Event, after: ID.Subject)] {
    var states: [(line: StoredEvent, event: ID.Event, after: ID.Subject)] = []
    guard try fold(lines, id: id, step: { states.append(($0, $1, $2)) }) != nil else { throw id.unknown }
    return states
  }

  /// As the last of `lines` leaves it; nil without any. `step` is told each state on the way.
  static func fold<ID: StreamKey>(
    _ lines: some Sequence<StoredEvent>, id: ID, step: (StoredEvent, ID.Event, ID.Subject) -> Void = { _, _, _ in }
  ) throws -> ID.Subject? {
    var state: ID.Subject?
    for line in lines {
      let (event, _) = try ID.decode(type: line.type, body: line.body)
      guard let next = id.apply(event, to: state, at: line.at) else {
        throw RegisterError.damaged("event \(line.sequence) does not fit the state of \(id)")
      }
      state = next
      step(line, event, next)
    }
    return state
  }

  /// As it stands, or as the event of that sequence left it. Throws that it is unknown where there is none.
  static func state<ID: StreamKey>(
    of id: ID, after sequence: Int = .max, in store: any StoreReader
  ) throws -> ID.Subject {
    let lines = try store.events(stream: id.description).prefix { $0.sequence <= sequence }
    guard let state = try fold(lines, id: id) else { throw id.unknown }
    return state
  }

  /// What a row beside the log names: that it has no events means damage.
  package static func listed<ID: StreamKey>(_ id: ID, in store: any StoreReader) throws -> ID.Subject {
    guard let state = try fold(try store.events(stream: id.description), id: id) else {
      throw RegisterError.damaged("\(id) has no events")
    }
    return state
  }

  /// Nil where there is none.
  package static func change(_ id: ChangeID, in store: any StoreReader) throws -> Change? {
    try fold(try store.events(stream: id.description), id: id)
  }
}

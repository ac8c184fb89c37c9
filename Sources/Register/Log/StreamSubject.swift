package import CivilTime
package import JSONText
package import Planning

/// The kinds of streams that the log knows. Each kind stands here and nowhere else: the transaction, the copy of another
/// register's log and `register verify` go by this list, in this order.
enum StreamKinds {
  static let all: [any StreamSubject.Type] = [
    Change.self, Outage.self, GateOverrides.self, Token.self, PrivateFeed.self, Webhook.self, Mailing.self,
    SubscriptionKey.self, ReleaseRecord.self,
  ]
}

/// The name of a stream of the log, under which people know what its events make: `CHG-2026-0042`.
package protocol StreamName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The letters that it begins with, with the hyphen.
  static var prefix: String { get }
  init?(_ text: String)
  /// What it is counted in, from 1 and without gaps, and its number there; nil for what is not counted.
  var place: (series: String, number: Int)? { get }
}

extension ChangeID: StreamName {
  package static let prefix = "CHG-"
  package var place: (series: String, number: Int)? { ("\(Self.prefix)\(year)-", number) }
}

extension YearID: StreamName {
  package static var prefix: String { Kind.prefix }
  package var place: (series: String, number: Int)? { ("\(Self.prefix)\(year)-", number) }
}

extension SerialID: StreamName {
  package static var prefix: String { Kind.prefix }
  package var place: (series: String, number: Int)? { (Kind.prefix, number) }
}

/// When and by whom an event is recorded.
package struct Stamp: Sendable {
  package let sequence: Int
  package let at: Instant
  package let actor: String?
  /// How clients are told of what the event publishes: by the contract when it is recorded, by the event when it is read.
  package var notices: NoticeTerms?
  /// The release that the event is part of.
  package var release: ReleaseID?
}

/// What the events of one stream make, one after the other, with all that the register has to know of its kind: a change,
/// an outage, the overrides of a gate, a token.
package protocol StreamSubject: Hashable, Sendable {
  associatedtype ID: StreamName
  associatedtype Event: Sendable

  // The log.

  /// The type of an event and the members that are its own; those that every event may have are added to them.
  static func encode(_ event: Event) -> (type: String, members: JSON)
  static func decode(_ type: String, _ json: JSON) throws -> Event
  /// Whether its events name the contract that they were decided by.
  static var namesContract: Bool { get }
  /// The state after the event; nil where it cannot follow what came before.
  static func after(_ event: Event, _ before: Self?, id: ID, _ stamp: Stamp) -> Self?

  /// What the event that led here has to say of how clients are told.
  func newNotices(after before: Self?) -> NoticeTerms?

  // Look-ups.

  /// As it stands, with the sequence of its newest event; nil where there is none of that name.
  static func current(_ id: ID, in store: any StoreReader) throws -> (subject: Self, newest: Int)?
  /// That there is none of that name; nil for what is there before its first event.
  static func unknown(_ id: ID) -> (any Error)?

  // Beside the log.

  /// What clients read of it, to be kept with the event that leads to this state.
  func fragments(after before: Self?, by publisher: any Publisher, contract: Contract) throws -> [Fragment]
  /// Brings rows and messages to this state. Of a copy of another register's log nothing is sent.
  func put(_ line: StoredEvent, after before: Self?, in store: any StoreTransaction, isCopy: Bool) throws

  // What lies on a disk.

  /// The table of its rows; empty for a kind without rows.
  static var table: String { get }
  /// Whether the row beside the log is the one that the events make; nil stands for no events.
  static func agrees(_ subject: Self?, newest: Int, id: ID, in store: any StoreReader) throws -> Bool
  /// Rows that do not hold what the log has digests of. In a copy of the log they may hold nothing.
  static func unvouched(in store: any StoreReader, isCopy: Bool) throws -> [Damage]
  /// Whether it cannot be made beside what is there.
  func clashes(in store: any StoreReader) throws -> Bool
}

extension StreamSubject {
  package static var namesContract: Bool { true }
  package func newNotices(after before: Self?) -> NoticeTerms? { nil }
  package static func unknown(_ id: ID) -> (any Error)? { nil }
  package static func current(_ id: ID, in store: any StoreReader) throws -> (subject: Self, newest: Int)? {
    let (lines, state) = try checked(id, in: store)
    return state.flatMap { state in lines.last.map { (state, $0.sequence) } }
  }
  package func fragments(
    after before: Self?, by publisher: any Publisher, contract: Contract
  ) throws -> [Fragment] { [] }
  package func put(
    _ line: StoredEvent, after before: Self?, in store: any StoreTransaction, isCopy: Bool
  ) throws {}
  package static var table: String { "" }
  package static func agrees(_ subject: Self?, newest: Int, id: ID, in store: any StoreReader) throws -> Bool { true }
  package static func unvouched(in store: any StoreReader, isCopy: Bool) throws -> [Damage] { [] }
  package func clashes(in store: any StoreReader) throws -> Bool { false }
}

/// What the events of a stream make, one after the other.
extension StreamSubject {
  /// The event of a line, what every event carries besides itself, and the state after it; nil where the event cannot
  /// follow what came before. Throws `damaged` where the line cannot be read.
  static func step(
    _ line: StoredEvent, _ before: Self?, id: ID
  ) throws -> (event: Event, context: EventContext, after: Self?) {
    let (event, context) = try line.reading { try read(type: line.type, json: $0) }
    let stamp = Stamp(
      sequence: line.sequence, at: line.at, actor: context.actor, notices: context.notices,
      release: context.release)
    return (event, context, after(event, before, id: id, stamp))
  }

  /// Each event with the state that it left. Throws `damaged` where one does not follow the one before.
  static func states(
    _ lines: some Sequence<StoredEvent>, id: ID
  ) throws -> [(line: StoredEvent, event: Event, after: Self)] {
    var states: [(line: StoredEvent, event: Event, after: Self)] = []
    for line in lines {
      let step = try step(line, states.last?.after, id: id)
      guard let next = step.after else { throw RegisterError.misfit(line) }
      states.append((line, step.event, next))
    }
    return states
  }

  /// As the last of `lines` leaves it; nil without any.
  static func fold(_ lines: some Sequence<StoredEvent>, id: ID) throws -> Self? {
    var state: Self?
    for line in lines {
      guard let next = try step(line, state, id: id).after else { throw RegisterError.misfit(line) }
      state = next
    }
    return state
  }

  /// The events of a stream, in order, and what they make. Throws `damaged` where the row beside them says otherwise: an
  /// index may hide events.
  private static func checked(_ id: ID, in store: any StoreReader) throws -> (lines: [StoredEvent], state: Self?) {
    let lines = try store.events(stream: id.description)
    let state = try fold(lines, id: id)
    try check(state, newest: lines.last, id, in: store)
    return (lines, state)
  }

  private static func check(_ state: Self?, newest: StoredEvent?, _ id: ID, in store: any StoreReader) throws {
    guard try agrees(state, newest: newest?.sequence ?? 0, id: id, in: store) else {
      throw RegisterError.damaged(.row(table: table, key: id.description, .differs([])))
    }
  }

  /// Each event with the state that it left.
  static func states(_ id: ID, in store: any StoreReader) throws -> [(line: StoredEvent, event: Event, after: Self)] {
    let states = try states(store.events(stream: id.description), id: id)
    try check(states.last?.after, newest: states.last?.line, id, in: store)
    return states
  }

  /// As it stands, or as the event of that sequence left it; nil where there is none.
  private static func state(of id: ID, after sequence: Int, in store: any StoreReader) throws -> Self? {
    let (lines, state) = try checked(id, in: store)
    guard let newest = lines.last, newest.sequence > sequence else { return state }
    return try fold(lines.prefix { $0.sequence <= sequence }, id: id)
  }

  /// The same. Throws that it is unknown where there is none.
  static func existing(_ id: ID, after sequence: Int = .max, in store: any StoreReader) throws -> Self {
    guard let state = try state(of: id, after: sequence, in: store) else {
      throw unknown(id) ?? RegisterError.damaged("\(id) has no events")
    }
    return state
  }

  /// What a row beside the log names: that it has no events means damage.
  static func listed(_ id: ID, after sequence: Int = .max, in store: any StoreReader) throws -> Self {
    guard let state = try state(of: id, after: sequence, in: store) else {
      throw RegisterError.damaged(.row(table: table, key: id.description, .surplus))
    }
    return state
  }
}

extension RegisterError {
  static func misfit(_ line: StoredEvent) -> RegisterError {
    .damaged(.impossible(sequence: line.sequence, stream: line.stream))
  }
}

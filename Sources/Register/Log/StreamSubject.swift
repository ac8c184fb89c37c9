package import CivilTime
package import JSONText
package import Planning

/// The kinds of streams that the log knows. Each kind stands here and nowhere else: the transaction, the copy of another
/// register's log and `register verify` go by this list, in this order.
enum StreamKinds {
  static let all: [any StreamSubject.Type] = [
    Change.self, Outage.self, GateOverrides.self, Token.self, PrivateFeed.self, Webhook.self, Mailing.self,
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

extension OutageID: StreamName {
  package static let prefix = "OUT-"
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
}

/// What the events of one stream make, one after the other, with all that the register has to know of its kind: a change,
/// an outage, the overrides of a gate, a token.
package protocol StreamSubject: Hashable, Sendable {
  associatedtype ID: StreamName
  associatedtype Event: Sendable
  /// What is kept beside the log for look-ups.
  associatedtype Row = Void

  // The log.

  /// The type of an event and the members that are its own; those that every event may have are added to them.
  static func encode(_ event: Event) -> (type: String, members: JSON)
  static func decode(_ type: String, _ json: JSON) throws -> Event
  /// Whether its events name the contract that they were decided by.
  static var namesContract: Bool { get }
  /// The state after the event; nil where it cannot follow what came before.
  static func after(_ event: Event, _ before: Self?, id: ID, _ stamp: Stamp) -> Self?

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

  // `register verify`.

  /// Every row, nil for one that cannot be read; nil for a kind without rows.
  static func rows(in store: any StoreReader) throws -> [ID: Row?]?
  func agrees(with row: Row, newest: Int, isCopy: Bool) -> Bool
  /// What else has to be there once the row is the right one.
  ///
  /// - Parameter published: hashes of what was published of it last, by language.
  func problems(published: [String: String], in store: any StoreReader) throws -> [Verification.Problem]
  /// Whether it cannot be made beside these.
  func clashes(withAnyOf others: some Sequence<Self>) -> Bool
}

extension StreamSubject {
  package static var namesContract: Bool { true }
  package static func unknown(_ id: ID) -> (any Error)? { nil }
  package static func current(_ id: ID, in store: any StoreReader) throws -> (subject: Self, newest: Int)? {
    let lines = try store.events(stream: id.description)
    return try fold(lines, id: id).map { ($0, lines[lines.count - 1].sequence) }
  }
  package func fragments(
    after before: Self?, by publisher: any Publisher, contract: Contract
  ) throws -> [Fragment] { [] }
  package func put(
    _ line: StoredEvent, after before: Self?, in store: any StoreTransaction, isCopy: Bool
  ) throws {}
  package func problems(
    published: [String: String], in store: any StoreReader
  ) throws -> [Verification.Problem] { [] }
  package func clashes(withAnyOf others: some Sequence<Self>) -> Bool { false }

  static func owns(_ stream: String) -> Bool { ID(stream) != nil }
}

extension StreamSubject where Row == Void {
  package static func rows(in store: any StoreReader) throws -> [ID: Row?]? { nil }
  package func agrees(with row: Row, newest: Int, isCopy: Bool) -> Bool { true }
}

/// What the events of a stream make, one after the other.
extension StreamSubject {
  /// The event of a line, what every event carries besides itself, and the state after it; nil where the event cannot
  /// follow what came before. Throws where the line cannot be read.
  static func step(
    _ line: StoredEvent, _ before: Self?, id: ID
  ) throws -> (event: Event, context: EventContext, after: Self?) {
    let (event, context) = try read(type: line.type, body: line.body)
    let stamp = Stamp(sequence: line.sequence, at: line.at, actor: context.actor)
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

  /// As it stands, or as the event of that sequence left it. Throws that it is unknown where there is none.
  static func existing(_ id: ID, after sequence: Int = .max, in store: any StoreReader) throws -> Self {
    let lines = try store.events(stream: id.description).prefix { $0.sequence <= sequence }
    guard let state = try fold(lines, id: id) else { throw unknown(id) ?? RegisterError.damaged("\(id) has no events") }
    return state
  }

  /// What a row beside the log names: that it has no events means damage.
  static func listed(_ id: ID, after sequence: Int = .max, in store: any StoreReader) throws -> Self {
    let lines = try store.events(stream: id.description).prefix { $0.sequence <= sequence }
    guard let state = try fold(lines, id: id) else {
      throw RegisterError.damaged("\(id) has no events")
    }
    return state
  }
}

extension RegisterError {
  static func misfit(_ line: StoredEvent) -> RegisterError {
    .damaged("event \(line.sequence) does not fit the state of \(line.stream)")
  }
}

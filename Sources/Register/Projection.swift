import JSONText
import Planning

/// What stands in the tables beside the log: the effect of each event, whether it is being recorded here or was recorded
/// by another register.
struct Projection {
  let store: any StoreTransaction
  /// Folded in this transaction already, so that a long stream is read once.
  private var changes: [ChangeID: Change] = [:]
  private var outages: [OutageID: Outage] = [:]

  init(store: any StoreTransaction) { self.store = store }

  // MARK: Events of another register

  /// Brings the tables to where `line` leaves them; the line is the newest one of the store's log. A stream of an unknown
  /// kind stays in the log and touches no table.
  mutating func apply(_ line: StoredEvent) throws {
    if line.stream == StoredEvent.registerStream {
      try applyToRegister(line)
    } else if try Projection.apply(line, toGrantIn: store) {
      return
    } else if let id = ChangeID(line.stream) {
      try apply(line, to: id)
    } else if let id = OutageID(line.stream) {
      try apply(line, to: id)
    }
  }

  private mutating func apply(_ line: StoredEvent, to id: ChangeID) throws {
    let (event, context) = try Projection.readable(line) { try EventCodec.decode(type: line.type, body: line.body) }
    let before = try changes[id] ?? Register.fold(try earlier(line), id: id)
    guard let next = event.apply(to: before, id: id, at: line.at) else { throw Projection.misfit(line) }
    changes[id] = next
    try Projection.put(next, context, at: line, in: store)
    if next.revision != before?.revision { try Outbox.mirror(next, by: line, in: store) }
  }

  private mutating func apply(_ line: StoredEvent, to id: OutageID) throws {
    let (event, context) = try Projection.readable(line) { try OutageCodec.decode(type: line.type, body: line.body) }
    let before = try outages[id] ?? Register.fold(try earlier(line), id: id)
    guard let next = event.apply(to: before, id: id, at: line.at) else { throw Projection.misfit(line) }
    outages[id] = next
    try Projection.put(next, context, at: line, in: store)
  }

  private func applyToRegister(_ line: StoredEvent) throws {
    switch line.type {
    case "contract-adopted":
      let (service, digest) = try Projection.readable(line) {
        let body = try JSON(parsing: line.body)
        return (try body.required("service"), try body.required("digest"))
      }
      try store.setContractDigest(digest, of: service)
    case "clock-recovered": try store.clearClockIncidents()
    default: break
    }
  }

  private func earlier(_ line: StoredEvent) throws -> [StoredEvent] {
    try store.events(stream: line.stream).filter { $0.sequence < line.sequence }
  }

  static func readable<Result>(_ line: StoredEvent, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch { throw RegisterError.damaged("event \(line.sequence) cannot be read") }
  }

  static func misfit(_ line: StoredEvent) -> RegisterError {
    .damaged("event \(line.sequence) does not fit the state of \(line.stream)")
  }

  // MARK: Rows

  /// The row of a change after `line`, and the answer that the line gives to its key.
  static func put(
    _ change: Change, _ context: EventContext, at line: StoredEvent, in store: any StoreTransaction
  ) throws {
    try store.put(ChangeRow(change, newest: line.sequence))
    if let key = context.idempotencyKey, let digest = context.requestDigest {
      try store.put(StoredAnswer(requestDigest: digest, change: change.id, sequence: line.sequence), to: key)
    }
  }

  /// The row of an outage after `line`, and the answer that the line gives to its key.
  static func put(
    _ outage: Outage, _ context: EventContext, at line: StoredEvent, in store: any StoreTransaction
  ) throws {
    try store.put(OutageRow(outage, newest: line.sequence))
    if let key = context.idempotencyKey, let digest = context.requestDigest {
      try store.put(OutageAnswer(requestDigest: digest, outage: outage.id, sequence: line.sequence), to: key)
    }
  }
}

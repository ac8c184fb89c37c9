import CivilTime
package import Planning

extension Register {
  /// A command on the record of outages, and what else belongs to it.
  package struct OutageRequest: Sendable {
    package var command: OutageCommand
    /// Nil for the command that creates an outage.
    package var outage: OutageID?
    package var actor: String?
    package var idempotencyKey: String?
    /// The revision that the requester has seen; a command on any other is refused as stale.
    package var expectedRevision: Int?

    package init(
      _ command: OutageCommand, on outage: OutageID? = nil, actor: String? = nil, idempotencyKey: String? = nil,
      expectedRevision: Int? = nil
    ) {
      self.command = command
      self.outage = outage
      self.actor = actor
      self.idempotencyKey = idempotencyKey
      self.expectedRevision = expectedRevision
    }

    /// What makes two requests the same to an idempotency key.
    var digest: String { Digest.request(command.operation, on: outage?.description, command.json) }
    var legacyDigest: String { LegacyDigest.of(command, on: outage) }
  }

  package struct OutageOutcome: Sendable {
    package var outage: Outage
    /// Whether an earlier request with the same key was answered again.
    package var isReplay: Bool

    package init(outage: Outage, isReplay: Bool) {
      self.outage = outage
      self.isReplay = isReplay
    }
  }

  /// Decides and records, in one transaction and in the order of `execute`: idempotency key → outage and revision → clock →
  /// rules → event and row → commit. Throws `OutageError` where nothing can be recorded.
  package func execute(
    _ request: OutageRequest, contract: (String) throws -> BoundContract
  ) throws -> OutageOutcome {
    try writing { store in
      if let key = request.idempotencyKey {
        if let answer = try store.outageAnswer(to: key) { return try replay(answer, for: request, store) }
        guard try store.answer(to: key) == nil, try store.event(keyed: key) == nil else {
          throw RegisterError.idempotencyKeyReused(key)
        }
      }
      let outage = try request.outage.map { try Register.state(of: $0, in: store) }
      if let outage, let expected = request.expectedRevision, outage.revision != expected {
        throw RegisterError.staleOutage(outage.id, expected: expected, current: outage.revision)
      }
      let bound = try contract(outage?.content.service ?? request.command.service)
      guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
      let now = try readClock(newest: newest)
      let event = try request.command.decide(on: outage, contract: bound.contract, now: now)
      var writer = LogWriter(store: store, newest: newest, now: now)
      try writer.noteClockRecovery()
      try writer.noteContract(bound)
      let year = bound.contract.currentTimeZone.civil(now).date.year
      let id = try outage?.id ?? OutageID(year: year, number: try store.highestOutageNumber(in: year) + 1)
      guard let next = event.apply(to: outage, id: id, at: now) else {
        throw RegisterError.damaged("an event does not fit the state of \(id)")
      }
      let digest = request.idempotencyKey == nil ? nil : request.digest
      let context = EventContext(
        contractDigest: bound.digest, actor: request.actor, idempotencyKey: request.idempotencyKey,
        requestDigest: digest, published: [:])
      let (type, body) = OutageCodec.encode(event, context: context)
      try writer.append(stream: id.description, type: type, body: body)
      try Projection.put(next, context, at: writer.newest, in: store)
      return OutageOutcome(outage: next, isReplay: false)
    }
  }

  private func replay(
    _ answer: OutageAnswer, for request: OutageRequest, _ store: any StoreReader
  ) throws -> OutageOutcome {
    let key = request.idempotencyKey ?? ""
    guard [request.digest, request.legacyDigest].contains(answer.requestDigest) else {
      throw RegisterError.idempotencyKeyReused(key)
    }
    let lines = try store.events(stream: answer.outage.description).filter { $0.sequence <= answer.sequence }
    guard let outage = try Register.fold(lines, id: answer.outage) else {
      throw RegisterError.damaged("the answer to key \(key) names no event")
    }
    return OutageOutcome(outage: outage, isReplay: true)
  }
}

/// Reading.
extension Register {
  package func outage(_ id: OutageID) throws -> Outage {
    try store.read { try Register.state(of: id, in: $0) }
  }

  /// The outage as the event of that sequence left it.
  package func outage(_ id: OutageID, after sequence: Int) throws -> Outage {
    try store.read { try Register.state(of: id, after: sequence, in: $0) }
  }

  /// By start, then identifier.
  package func outages(_ filter: OutageFilter) throws -> [Outage] {
    try store.read { store in try store.outageRows(filter).map { try Register.listed($0.id, in: store) } }
  }
}

extension OutageCommand {
  fileprivate var service: String {
    if case .record(let content) = self { content.service } else { "" }
  }
}

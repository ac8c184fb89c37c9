package import CivilTime
package import Planning

extension Register {
  /// A command on the gate of a service, and what else belongs to it.
  package struct GateRequest: Sendable {
    package var command: GateCommand
    package var service: String
    package var actor: String?
    package var idempotencyKey: String?

    package init(_ command: GateCommand, service: String, actor: String? = nil, idempotencyKey: String? = nil) {
      self.command = command
      self.service = service
      self.actor = actor
      self.idempotencyKey = idempotencyKey
    }

    /// What makes two requests the same to an idempotency key.
    var digest: String { Digest.request(command.operation, on: service, command.json) }
    var legacyDigest: String { LegacyDigest.of(command, on: service) }
  }

  package struct GateOutcome: Sendable {
    /// Overrides that the command made, or ended, as they stand after it.
    package var overrides: [GateOverride]
    package var isReplay: Bool
    package var decidedAt: Instant

    package init(overrides: [GateOverride], isReplay: Bool, decidedAt: Instant) {
      self.overrides = overrides
      self.isReplay = isReplay
      self.decidedAt = decidedAt
    }
  }

  /// Decides and records, in one transaction and in the order of `execute`: idempotency key → overrides → clock → rules
  /// → event → commit. Throws `GateError` where nothing can be recorded.
  package func execute(_ request: GateRequest, contract: (String) throws -> BoundContract) throws -> GateOutcome {
    try writing { store in
      let stream = GateStream.name(request.service)
      let lines = try store.events(stream: stream)
      if let key = request.idempotencyKey {
        if let outcome = try replay(key, request, lines) { return outcome }
        guard try store.answer(to: key) == nil, try store.outageAnswer(to: key) == nil,
          try store.event(keyed: key) == nil
        else {
          throw RegisterError.idempotencyKeyReused(key)
        }
      }
      let overrides = try GateStream.overrides(lines)
      let bound = try contract(request.service)
      guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
      let now = try readClock(newest: newest)
      let event = try request.command.decide(on: overrides, contract: bound.contract, now: now)
      guard let next = event.apply(to: overrides, at: now, actor: request.actor) else {
        throw RegisterError.damaged("an event does not fit the overrides of \(request.service)")
      }
      var writer = LogWriter(store: store, newest: newest, now: now)
      try writer.noteClockRecovery()
      try writer.noteContract(bound)
      let (type, body) = GateCodec.encode(
        event,
        context: EventContext(
          contractDigest: bound.digest, actor: request.actor, idempotencyKey: request.idempotencyKey,
          requestDigest: request.idempotencyKey == nil ? nil : request.digest, published: [:]))
      try writer.append(stream: stream, type: type, body: body)
      return GateOutcome(overrides: Register.touched(overrides, next), isReplay: false, decidedAt: now)
    }
  }

  /// The stream holds the keys itself: overrides are few.
  private func replay(_ key: String, _ request: GateRequest, _ lines: [StoredEvent]) throws -> GateOutcome? {
    for (index, line) in lines.enumerated() {
      let (_, context) = try GateCodec.decode(type: line.type, body: line.body)
      guard context.idempotencyKey == key else { continue }
      guard [request.digest, request.legacyDigest].contains(context.requestDigest) else {
        throw RegisterError.idempotencyKeyReused(key)
      }
      let touched = Register.touched(
        try GateStream.overrides(lines[..<index]), try GateStream.overrides(lines[...index]))
      return GateOutcome(overrides: touched, isReplay: true, decidedAt: line.at)
    }
    return nil
  }

  /// The overrides that the event of that sequence made or ended, as it left them.
  package func overrides(service: String, touchedBy sequence: Int) throws -> [GateOverride] {
    let lines = try store.read { try $0.events(stream: GateStream.name(service)) }
    return Register.touched(
      try GateStream.overrides(lines.prefix { $0.sequence < sequence }),
      try GateStream.overrides(lines.prefix { $0.sequence <= sequence }))
  }

  private static func touched(_ before: [GateOverride], _ after: [GateOverride]) -> [GateOverride] {
    after.enumerated().filter { $0.offset >= before.count || before[$0.offset] != $0.element }.map(\.element)
  }

  /// The overrides of a service in all its environments, oldest first.
  package func overrides(service: String) throws -> [GateOverride] {
    try GateStream.overrides(try store.read { try $0.events(stream: GateStream.name(service)) })
  }
}

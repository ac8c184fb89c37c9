package import CivilTime
package import JSONText
package import Planning

/// The stream of the overrides of one service: `GATE-profession-liberale`.
package struct GateID: StreamName {
  package static let prefix = "GATE-"
  package let service: String

  package init(service: String) { self.service = service }

  package init?(_ text: String) {
    guard text.hasPrefix(GateID.prefix), text.utf8.count > GateID.prefix.utf8.count else { return nil }
    self.init(service: String(text.dropFirst(GateID.prefix.count)))
  }

  package var description: String { GateID.prefix + service }
  package var place: (series: String, number: Int)? { nil }
  package static func < (a: GateID, b: GateID) -> Bool { a.service < b.service }
}

/// The overrides of a service in all its environments, oldest first. They are few, and have no rows.
package struct GateOverrides: StreamSubject {
  var list: [GateOverride]

  package static func encode(_ event: GateEvent) -> (type: String, members: JSON) {
    switch event {
    case .overridden(let environment, let until, let reason):
      (
        "gate-overridden",
        ["environment": .string(environment), "until": .string(TimeText.utc(until)), "reason": .string(reason)]
      )
    case .overrideEnded(let environment, let reason):
      (
        "gate-override-ended",
        .members(["environment": .string(environment), "reason": reason.map { .string($0) }])
      )
    }
  }

  package static func decode(_ type: String, _ json: JSON) throws -> GateEvent {
    let environment: String = try json.required("environment")
    switch type {
    case "gate-overridden":
      return .overridden(
        environment: environment, until: try json.instant("until"), reason: try json.required("reason"))
    case "gate-override-ended":
      return .overrideEnded(environment: environment, reason: try json.optional("reason"))
    default: throw EventCodecError(member: "type")
    }
  }

  package static func after(
    _ event: GateEvent, _ before: GateOverrides?, id: GateID, _ stamp: Stamp
  ) -> GateOverrides? {
    event.apply(to: before?.list ?? [], at: stamp.at, actor: stamp.actor).map(GateOverrides.init)
  }

  /// Those that are not as they were `before`.
  func touched(since before: GateOverrides?) -> [GateOverride] {
    let known = before?.list ?? []
    return list.enumerated().filter { $0.offset >= known.count || known[$0.offset] != $0.element }.map(\.element)
  }
}

// MARK: Writing

extension Register {
  /// A command on the gate of a service, and what else belongs to it.
  package struct GateRequest: Sendable, StreamRequest {
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

  /// Decides and records, in one transaction. Throws `GateError` where nothing can be recorded.
  package func execute(_ request: GateRequest, contract: (String) throws -> BoundContract) throws -> GateOutcome {
    let done = try record(request, contract: contract)
    return GateOutcome(
      overrides: done.after?.touched(since: done.before) ?? [], isReplay: done.isReplay, decidedAt: done.decidedAt)
  }
}

extension Register.GateRequest {
  typealias Subject = GateOverrides

  var id: GateID? { GateID(service: service) }
  var digests: [String] {
    Digest.requests(command.operation, on: service, command.json) + [LegacyDigest.of(command, on: service)]
  }
  func service(of before: GateOverrides?) -> String? { service }

  func decide(
    on before: GateOverrides?, contract: BoundContract?, at now: Instant, in sitting: Sitting
  ) throws -> (verdict: Verdict?, events: [GateEvent]) {
    guard let contract else { return (nil, []) }
    return (nil, [try command.decide(on: before?.list ?? [], contract: contract.contract, now: now)])
  }
}

// MARK: Reading

extension Register {
  /// The overrides that the event of that sequence made or ended, as it left them.
  package func overrides(service: String, touchedBy sequence: Int) throws -> [GateOverride] {
    let id = GateID(service: service)
    let states = try GateOverrides.states(try store.read { try $0.events(stream: id.description) }, id: id)
    guard let place = states.firstIndex(where: { $0.line.sequence == sequence }) else { return [] }
    return states[place].after.touched(since: place > 0 ? states[place - 1].after : nil)
  }

  /// The overrides of a service in all its environments, oldest first.
  package func overrides(service: String) throws -> [GateOverride] {
    try store.read { try GateOverrides.current(GateID(service: service), in: $0)?.subject.list ?? [] }
  }
}

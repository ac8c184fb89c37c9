package import CivilTime
package import JSONText
package import Planning

package typealias OutageFilter = StreamFilter<OutageState>

extension OutageContent {
  /// Times are UTC; what is empty or nil is left out.
  package var json: JSON {
    .members([
      "service": .string(service), "environment": .string(environment),
      "components": .array(components.map { .string($0) }), "cause": .string(cause.rawValue),
      "start": .string(TimeText.utc(start)), "end": end.map { .string(TimeText.utc($0)) },
      "title": title.isEmpty ? nil : .string(title), "evidence": evidence.isEmpty ? nil : .string(evidence),
    ])
  }

  package init(json: JSON) throws(EventCodecError) {
    self.init(
      service: try json.required("service"), environment: try json.required("environment"),
      components: try json.texts("components"), cause: try json.word("cause"), start: try json.instant("start"),
      end: try json.optionalInstant("end"), title: try json.optional("title") ?? "",
      evidence: try json.optional("evidence") ?? "")
  }
}

extension Outage: RowedSubject {
  package typealias State = OutageState

  package static func unknown(_ id: OutageID) -> (any Error)? { RegisterError.unknownOutage(id) }

  package static func encode(_ event: OutageEvent) -> (type: String, members: JSON) {
    switch event {
    case .recorded(let content): ("outage-recorded", ["content": content.json])
    case .amended(let content, let why):
      ("outage-amended", .members(["content": content.json, "reason": why.map { .string($0) }]))
    case .voided(let why): ("outage-voided", ["reason": .string(why)])
    }
  }

  package static func decode(_ type: String, _ json: JSON) throws -> OutageEvent {
    func content() throws -> OutageContent { try OutageContent(json: json["content"] ?? .null) }
    switch type {
    case "outage-recorded": return .recorded(try content())
    case "outage-amended": return .amended(try content(), reason: try json.optional("reason"))
    case "outage-voided": return .voided(reason: try json.required("reason"))
    default: throw EventCodecError(member: "type")
    }
  }

  package static func after(_ event: OutageEvent, _ before: Outage?, id: OutageID, _ stamp: Stamp) -> Outage? {
    event.apply(to: before, id: id, at: stamp.at)
  }

  package func row(newest: Int) -> StreamRow<Outage> {
    StreamRow(
      id: id, service: content.service, environment: content.environment, state: state, start: content.start,
      end: content.end, newest: newest)
  }
}

// MARK: Writing

extension Register {
  /// A command on the record of outages, and what else belongs to it.
  package struct OutageRequest: Sendable, StreamRequest {
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

  /// Decides and records, in one transaction. Throws `OutageError` where nothing can be recorded.
  package func execute(
    _ request: OutageRequest, contract: (String) throws -> BoundContract
  ) throws -> OutageOutcome {
    let done = try record(request, contract: contract)
    guard let outage = done.after else { throw RegisterError.damaged("an outage left nothing") }
    return OutageOutcome(outage: outage, isReplay: done.isReplay)
  }
}

extension Register.OutageRequest {
  typealias Subject = Outage

  var id: OutageID? { outage }
  var digests: [String] {
    Digest.requests(command.operation, on: outage?.description, command.json) + [LegacyDigest.of(command, on: outage)]
  }

  func service(of before: Outage?) -> String? {
    if case .record(let content) = command { return content.service }
    return before?.content.service ?? ""
  }

  func check(_ before: Outage?, newest: Int?) throws {
    guard let before, let expected = expectedRevision, before.revision != expected else { return }
    throw RegisterError.staleOutage(before.id, expected: expected, current: before.revision)
  }

  func decide(
    on before: Outage?, contract: BoundContract?, at now: Instant, in sitting: Sitting
  ) throws -> (verdict: Verdict?, events: [OutageEvent]) {
    guard let contract else { return (nil, []) }
    return (nil, [try command.decide(on: before, contract: contract.contract, now: now)])
  }

  func newID(contract: BoundContract?, at now: Instant, in store: any StoreReader) throws -> OutageID {
    let year = (contract?.contract.currentTimeZone ?? .utc).civil(now).date.year
    return OutageID(year: year, number: try store.highestNumber(inSeries: "\(OutageID.prefix)\(year)-") + 1)
  }
}

// MARK: Reading

extension Register {
  package func outage(_ id: OutageID) throws -> Outage { try store.read { try Outage.existing(id, in: $0) } }

  /// The outage as the event of that sequence left it.
  package func outage(_ id: OutageID, after sequence: Int) throws -> Outage {
    try store.read { try Outage.existing(id, after: sequence, in: $0) }
  }

  /// Whether an outage of production went on at `moment`, as far as is on record.
  package func isDown(_ service: String, at moment: Instant) throws -> Bool {
    var filter = OutageFilter()
    (filter.service, filter.environment, filter.states) = (service, Contract.production, [.ongoing, .ended])
    filter.range = Interval(start: moment, length: Elapsed(seconds: 1))
    return try store.read { try !$0.rows(of: Outage.self, filter).isEmpty }
  }

  /// By start, then identifier.
  package func outages(_ filter: OutageFilter) throws -> [Outage] {
    try store.read { store in try store.rows(of: Outage.self, filter).map { try Outage.listed($0.id, in: store) } }
  }
}

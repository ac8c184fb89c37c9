import CivilTime
import JSONText
import Planning

/// The events of the overrides of one service, in a stream of their own: `GATE-profession-liberale`.
package enum GateStream {
  private static let prefix = "GATE-"

  package static func name(_ service: String) -> String { prefix + service }

  /// The service whose overrides the stream is about; nil for other streams.
  package static func service(of stream: String) -> String? {
    guard stream.hasPrefix(prefix), stream.utf8.count > prefix.utf8.count else { return nil }
    return String(stream.dropFirst(prefix.count))
  }

  /// Of all environments, oldest first. `lines` are the events of the stream, in order.
  static func overrides(_ lines: some Sequence<StoredEvent>) throws -> [GateOverride] {
    var overrides: [GateOverride] = []
    for line in lines {
      let (event, context) = try GateCodec.decode(type: line.type, body: line.body)
      guard let next = event.apply(to: overrides, at: line.at, actor: context.actor) else {
        throw RegisterError.damaged("event \(line.sequence) does not fit the overrides before it")
      }
      overrides = next
    }
    return overrides
  }
}

/// Events of the gate to JSON and back; the context is that of changes, without anything published.
enum GateCodec {
  static func encode(_ event: GateEvent, context: EventContext) -> (type: String, body: String) {
    let type: String
    let environment: String
    var end: Instant?
    var why: String?
    switch event {
    case .overridden(let place, let until, let reason):
      (type, environment, end, why) = ("gate-overridden", place, until, reason)
    case .overrideEnded(let place, let reason): (type, environment, why) = ("gate-override-ended", place, reason)
    }
    let body = JSON.members([
      "environment": .string(environment), "until": end.map { .string(TimeText.utc($0)) },
      "reason": why.map { .string($0) }, "contract": .string(context.contractDigest),
      "actor": context.actor.map { .string($0) }, "idempotency_key": context.idempotencyKey.map { .string($0) },
      "request": context.requestDigest.map { .string($0) },
    ])
    return (type, body.text)
  }

  static func decode(type: String, body: String) throws -> (event: GateEvent, context: EventContext) {
    let json = try JSON(parsing: body)
    let context = EventContext(
      contractDigest: try json.required("contract"), actor: json["actor"]?.string,
      idempotencyKey: json["idempotency_key"]?.string, requestDigest: json["request"]?.string, published: [:])
    let environment: String = try json.required("environment")
    switch type {
    case "gate-overridden":
      let reason: String = try json.required("reason")
      return (.overridden(environment: environment, until: try json.instant("until"), reason: reason), context)
    case "gate-override-ended":
      return (.overrideEnded(environment: environment, reason: json["reason"]?.string), context)
    default: throw EventCodecError(member: "type")
    }
  }
}

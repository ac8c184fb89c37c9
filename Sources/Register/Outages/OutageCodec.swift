import CivilTime
package import JSONText
package import Planning

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
    guard let cause = OutageCause(rawValue: try json.required("cause")) else { throw EventCodecError(member: "cause") }
    let end = json["end"] == nil ? nil : try json.instant("end")
    self.init(
      service: try json.required("service"), environment: try json.required("environment"),
      components: (json["components"]?.array ?? []).compactMap(\.string), cause: cause,
      start: try json.instant("start"), end: end, title: json["title"]?.string ?? "",
      evidence: json["evidence"]?.string ?? "")
  }
}

/// Events of outages to JSON and back; the context is that of changes, without anything published.
package enum OutageCodec {
  package static func encode(_ event: OutageEvent, context: EventContext) -> (type: String, body: String) {
    let type: String
    var content: JSON?
    var reason: String?
    switch event {
    case .recorded(let recorded): (type, content) = ("outage-recorded", recorded.json)
    case .amended(let amended, let why): (type, content, reason) = ("outage-amended", amended.json, why)
    case .voided(let why): (type, reason) = ("outage-voided", why)
    }
    let body = JSON.members([
      "content": content, "reason": reason.map { .string($0) }, "contract": .string(context.contractDigest),
      "actor": context.actor.map { .string($0) }, "idempotency_key": context.idempotencyKey.map { .string($0) },
      "request": context.requestDigest.map { .string($0) },
    ])
    return (type, body.text)
  }

  package static func decode(type: String, body: String) throws -> (event: OutageEvent, context: EventContext) {
    let json = try JSON(parsing: body)
    let context = EventContext(
      contractDigest: try json.required("contract"), actor: json["actor"]?.string,
      idempotencyKey: json["idempotency_key"]?.string, requestDigest: json["request"]?.string, published: [:])
    switch type {
    case "outage-recorded": return (.recorded(try OutageContent(json: json["content"] ?? .null)), context)
    case "outage-amended":
      return (.amended(try OutageContent(json: json["content"] ?? .null), reason: json["reason"]?.string), context)
    case "outage-voided": return (.voided(reason: try json.required("reason")), context)
    default: throw EventCodecError(member: "type")
    }
  }
}

import CivilTime
package import JSONText
package import Planning

extension ChangeContent {
  package var json: JSON {
    .members([
      "kind": .string(kind.rawValue), "service": .string(service), "environment": .string(environment),
      "components": .array(components.map { .string($0) }), "start": .string(TimeText.utc(interval.start)),
      "end": .string(TimeText.utc(interval.end)), "title": .string(title), "description": .string(description),
      "impact": .string(impact.rawValue), "reason": reason.map { .string($0) },
      "move_reason": moveReason.map { .string($0) }, "update": update?.json,
      "alongside": alongside.isEmpty ? nil : .array(alongside.map { .string($0.description) }),
    ])
  }

  package init(json: JSON) throws(EventCodecError) {
    guard let kind = ChangeKind(rawValue: try json.required("kind")) else { throw EventCodecError(member: "kind") }
    guard let impact = Impact(rawValue: try json.required("impact")) else { throw EventCodecError(member: "impact") }
    self.init(
      kind: kind, service: try json.required("service"), environment: try json.required("environment"),
      components: try json.texts("components"), interval: try json.interval(),
      title: try json.required("title"), description: try json.required("description"), impact: impact,
      reason: try json.optional("reason"),
      update: try json["update"].map { (update) throws(EventCodecError) in try UpdateDetails(json: update) },
      alongside: try json.texts("alongside") { ChangeID($0) })
    moveReason = try json.optional("move_reason")
  }
}

extension UpdateDetails {
  package var json: JSON {
    .members([
      "version": .string(version), "category": .string(category.rawValue), "training": .bool(training),
      "configuration": .bool(configuration), "interruption": .bool(interruption),
      "documentation": documentation.map { .string($0) },
    ])
  }

  init(json: JSON) throws(EventCodecError) {
    guard let category = Category(rawValue: try json.required("category")) else {
      throw EventCodecError(member: "category")
    }
    self.init(
      version: try json.required("version"), category: category, training: try json.flag("training"),
      configuration: try json.flag("configuration"), interruption: try json.flag("interruption", default: true),
      documentation: try json.optional("documentation"))
  }
}

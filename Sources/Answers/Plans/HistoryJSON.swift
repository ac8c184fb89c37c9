package import JSONText
package import Planning
package import Register
package import Wording

/// The stable JSON of a change's events.
package enum HistoryJSON {
  package static func json(
    _ entries: [(line: StoredEvent, event: ChangeEvent, after: Change)], wording: Wording
  ) throws -> JSON {
    form.json(try entries.map { ($0.line, $0.after, try JSON(parsing: $0.line.body)) }, .local(wording.zone))
  }

  package static let form = Form<(line: StoredEvent, after: Change, body: JSON)>(
    "Event",
    [
      .must("sequence") { $0.line.sequence }, .must("at") { $0.line.at }, .must("event") { $0.line.type },
      .must("state") { $0.after.state }, .must("revision") { $0.after.revision }, .must("hash") { $0.line.hash },
      .must("previous") { $0.line.previous }, .must("body", Schema.open()) { $0.body },
    ])
}

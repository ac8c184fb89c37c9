import CivilTime
package import JSONText
package import Planning
package import Register
package import Wording

/// The stable JSON of a change's events.
package enum HistoryJSON {
  package static func json(
    _ entries: [(line: StoredEvent, event: ChangeEvent, after: Change)], wording: Wording
  ) throws -> JSON {
    .array(
      try entries.map { entry in
        .members([
          "sequence": .integer(Int64(entry.line.sequence)),
          "at": .string(TimeText.local(entry.line.at, in: wording.zone)), "event": .string(entry.line.type),
          "state": .string(entry.after.state.rawValue),
          "revision": entry.after.revision.map { .integer(Int64($0)) } ?? .null,
          "hash": .string(entry.line.hash), "previous": .string(entry.line.previous),
          "body": try JSON(parsing: entry.line.body),
        ])
      })
  }
}

import CivilTime
package import JSONText
package import Planning

extension ReleaseRecord: RowedSubject {
  /// What its changes are, they say themselves.
  package enum Standing: String, Sendable { case recorded }
  package typealias State = Standing

  package static var namesContract: Bool { false }
  package static func unknown(_ id: ReleaseID) -> (any Error)? { RegisterError.unknownRelease(id) }

  package static func encode(_ event: ReleaseEvent) -> (type: String, members: JSON) {
    func times(_ span: Interval?) -> [JSON.Member] { span?.json.members ?? [] }
    switch event {
    case .submitted(let name, let reason, let members, let file, let span):
      let head = JSON.members([
        "name": .string(name), "reason": reason.map { .string($0) },
        "changes": .array(
          members.map { ["name": .string($0.name), "change": .string($0.change.description)] }),
        "file": (try? JSON(parsing: file)) ?? .null,
      ])
      return ("release-submitted", .object((head.members ?? []) + times(span)))
    case .moved(let move, let changes, let reason, let span):
      let list = JSON.Member("changes", .array(changes.map { .string($0.description) }))
      return ("release-\(move.rawValue)", .object([list] + (reason?.members() ?? []) + times(span)))
    }
  }

  package static func decode(_ type: String, _ json: JSON) throws -> ReleaseEvent {
    guard type == "release-submitted" else {
      guard let move = ReleaseMove.allCases.first(where: { type == "release-\($0.rawValue)" }) else {
        throw EventCodecError(member: "type")
      }
      return .moved(
        move, try json.texts("changes", ChangeID.init), reason: try json.reason(),
        span: json["start"] == nil ? nil : try json.interval())
    }
    let members = try json.entries("changes") { entry throws(EventCodecError) in
      guard let change = ChangeID(try entry.required("change")) else { throw EventCodecError(member: "change") }
      return Member(name: try entry.required("name"), change: change)
    }
    guard let file = json["file"]?.text else { throw EventCodecError(member: "file") }
    return .submitted(
      name: try json.required("name"), reason: try json.optional("reason"), members, file: file, try json.interval())
  }

  package static func after(
    _ event: ReleaseEvent, _ before: ReleaseRecord?, id: ReleaseID, _ stamp: Stamp
  ) -> ReleaseRecord? { event.apply(to: before, id: id, at: stamp.at, by: stamp.actor) }

  /// Of no service alone.
  package func row(newest: Int) -> StreamRow<ReleaseRecord> {
    StreamRow(
      id: id, service: "", environment: "", state: .recorded, start: span.start, end: span.end, newest: newest)
  }
}

// MARK: Reading

extension Register {
  /// A release with its changes as they stand, in its order.
  package func release(_ id: ReleaseID) throws -> (record: ReleaseRecord, changes: [Change]) {
    try store.read { store in
      let record = try ReleaseRecord.existing(id, in: store)
      return (record, try record.members.map { try Change.listed($0.change, in: store) })
    }
  }

  /// By start, then identifier.
  package func releases() throws -> [(record: ReleaseRecord, changes: [Change])] {
    try store.read { store in
      try store.rows(of: ReleaseRecord.self, StreamFilter<ReleaseRecord.State>()).map { row in
        let record = try ReleaseRecord.listed(row.id, in: store)
        return (record, try record.members.map { try Change.listed($0.change, in: store) })
      }
    }
  }

  /// Sequence of the newest event of a release or of one of its changes: what whoever looked at it has seen.
  package func newest(of release: ReleaseRecord) throws -> Int {
    try store.read { try Register.newest(of: release, in: $0) }
  }

  static func newest(of release: ReleaseRecord, in store: any StoreReader) throws -> Int {
    let rows = try release.members.map { try store.row($0.change)?.newest ?? 0 }
    return max(try store.row(of: ReleaseRecord.self, release.id)?.newest ?? 0, rows.max() ?? 0)
  }

  /// Who submitted it; nil where nobody knows.
  package func creator(of id: ReleaseID) throws -> String? {
    try store.read { try ReleaseRecord.existing(id, in: $0).steps.first?.by }
  }

  /// Whether a request with that key was answered: then nothing is searched for it again.
  package func isAnswered(_ key: String?) throws -> Bool {
    try key.map { key in try store.read { try $0.answer(to: key) != nil } } ?? false
  }
}

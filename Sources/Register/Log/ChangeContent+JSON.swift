import CivilTime
package import JSONText
package import Planning

/// What a change says, as the log, the API and files write it: members that say nothing are left out.
extension ChangeContent {
  package var json: JSON {
    var members: [JSON.Member] = [
      .init("kind", .string(kind.rawValue)), .init("service", .string(service)),
      .init("environment", .string(environment)), .init("components", .array(components.map { .string($0) })),
      .init("start", .string(TimeText.utc(interval.start))), .init("end", .string(TimeText.utc(interval.end))),
    ]
    if !isEndKnown { members.append(.init("end_known", false)) }
    let lists: Set<ChangeField> = [.component, .alongside]
    for field in ChangeField.ofContent where !lists.contains(field) { members.add(field, self[field]) }
    if let moveReason { members += moveReason.members("move_reason", "move_client_reason") }
    if let update { members.append(.init("update", update.json)) }
    if !alongside.isEmpty { members.add(.alongside, self[.alongside]) }
    return .object(members)
  }

  package init(json: JSON) throws(EventCodecError) {
    self.init(
      kind: try json.word("kind"), service: try json.required("service"), environment: try json.required("environment"),
      interval: try json.interval(), title: try json.required("title"), description: try json.required("description"),
      impact: try json.word("impact"))
    isEndKnown = json["end_known"]?.bool ?? true
    try json.each(ChangeField.ofContent) { set($0, to: $1) }
    moveReason = try json.reason("move_reason", "move_client_reason")
    update = try json["update"].map { (update) throws(EventCodecError) in try UpdateDetails(json: update) }
  }
}

extension UpdateDetails {
  package var json: JSON {
    var members: [JSON.Member] = []
    for field in ChangeField.ofUpdate { members.add(field, self[field]) }
    return .object(members)
  }

  init(json: JSON) throws(EventCodecError) {
    self.init(version: try json.required("version"), category: try json.word("category"))
    try json.each(ChangeField.ofUpdate) { set($0, to: $1) }
  }
}

extension ChangeCommand.Amendment {
  /// As the API takes it, and the command line sends it.
  package var json: [JSON.Member] {
    var members: [JSON.Member] = []
    for field in ChangeField.amendable { members.add(field, self[field]) }
    return members
  }
}

extension FieldValue {
  package var json: JSON {
    switch self {
    case .text(let text): .string(text)
    case .flag(let flag): .bool(flag)
    case .list(let texts): .array(texts.map { .string($0) })
    }
  }

  /// Nil for a value of no such kind.
  package init?(json: JSON) {
    if let text = json.string {
      self = .text(text)
    } else if let flag = json.bool {
      self = .flag(flag)
    } else if let list = json.array {
      let texts = list.compactMap(\.string)
      guard texts.count == list.count else { return nil }
      self = .list(texts)
    } else {
      return nil
    }
  }
}

extension Reason {
  /// What clients read instead is written where it is said.
  func members(_ name: String = "reason", _ clients: String = "client_reason") -> [JSON.Member] {
    [JSON.Member(name, .string(text))] + (self.clients.map { [JSON.Member(clients, .string($0))] } ?? [])
  }
}

extension JSON {
  func reason(
    _ name: String = "reason", _ clients: String = "client_reason"
  ) throws(EventCodecError) -> Reason? {
    Reason(try optional(name), clients: try optional(clients))
  }
}

extension [JSON.Member] {
  fileprivate mutating func add(_ field: ChangeField, _ value: FieldValue?) {
    if let value { append(JSON.Member(field.member, value.json)) }
  }
}

extension JSON {
  /// Hands over what is said in each of `fields`; what `set` does not take is an error.
  fileprivate func each(
    _ fields: [ChangeField], _ set: (ChangeField, FieldValue) -> Bool
  ) throws(EventCodecError) {
    for field in fields {
      guard let said = self[field.member], !said.isNull else { continue }
      guard let value = FieldValue(json: said), set(field, value) else { throw EventCodecError(member: field.member) }
    }
  }
}

import JSONText
import Planning

/// What happens to a grant.
enum GrantEvent<Content: GrantContent>: Hashable, Sendable {
  case created(Content)
  /// `isGone`: its receiver answered so.
  case revoked(isGone: Bool)

  /// Who asked, and under which key.
  struct Context: Hashable, Sendable {
    var actor: String?
    var idempotencyKey: String?
  }

  func encode(_ context: Context) -> (type: String, body: String) {
    let verb: String
    var members: [JSON.Member]
    switch self {
    case .created(let content): (verb, members) = ("created", content.json.members ?? [])
    case .revoked(let isGone): (verb, members) = ("revoked", isGone ? [.init("gone", true)] : [])
    }
    if let actor = context.actor { members.append(.init("actor", .string(actor))) }
    if let key = context.idempotencyKey { members.append(.init("idempotency_key", .string(key))) }
    return ("\(Content.word)-\(verb)", JSON.object(members).text)
  }

  static func decode(_ line: StoredEvent) throws -> (event: GrantEvent, context: Context) {
    let json = try JSON(parsing: line.body)
    let context = Context(actor: json["actor"]?.string, idempotencyKey: json["idempotency_key"]?.string)
    switch line.type {
    case "\(Content.word)-created": return (.created(try Content(json: json)), context)
    case "\(Content.word)-revoked": return (.revoked(isGone: json["gone"]?.bool ?? false), context)
    default: throw EventCodecError(member: "type")
    }
  }
}

extension Grant {
  /// The grant after `line`, of which it keeps nothing that is unlogged but what it had; nil where the line cannot follow
  /// what came before. Throws where the line cannot be read.
  static func after(_ line: StoredEvent, _ before: Grant?) throws -> Grant? {
    guard let id = ID(line.stream) else { throw EventCodecError(member: "stream") }
    let (event, context) = try GrantEvent<Content>.decode(line)
    switch (event, before) {
    case (.created(let content), nil):
      return Grant(
        id: id, content: content, createdAt: line.at, createdBy: context.actor, newest: line.sequence)
    case (.revoked(let isGone), var grant?) where !grant.isRevoked:
      grant.revokedAt = line.at
      grant.revokedBy = context.actor
      grant.isGone = isGone
      grant.newest = line.sequence
      return grant
    case (.created, _?), (.revoked, _): return nil
    }
  }
}

extension Projection {
  /// Brings the row of a grant to where `line`, of a copied log, leaves it; false for a line of any other stream.
  static func apply(_ line: StoredEvent, toGrantIn store: any StoreTransaction) throws -> Bool {
    func apply<Content: GrantContent>(_: Content.Type) throws -> Bool {
      guard let id = Grant<Content>.ID(line.stream) else { return false }
      let before = try store.grants(Content.self).first { $0.id == id }
      guard let next = try Projection.readable(line, { try Grant<Content>.after(line, before) }) else {
        throw Projection.misfit(line)
      }
      try store.put(next)
      return true
    }
    for kind in GrantKinds.all where try apply(kind) { return true }
    return false
  }
}

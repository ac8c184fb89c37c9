package import CivilTime
import JSONText
package import Planning

/// A token as its events have left it: all but the secret.
package struct Token: Hashable, Sendable {
  package let id: TokenID
  /// Unique among tokens that are not revoked; stands as the actor in events.
  package var name: String
  package var role: Role
  /// SHA-256 of the secret, in hexadecimal.
  package var digest: String
  package var createdAt: Instant
  package var createdBy: String?
  /// The first moment at which it is no longer taken; nil for one that does not expire.
  package var expiresAt: Instant?
  package var revokedAt: Instant?
  package var revokedBy: String?
  /// Sequence of its newest event.
  package var newest: Int
  /// To the minute, and not of the log: nothing vouches for it.
  package var lastUsedAt: Instant?

  package init(
    id: TokenID, name: String, role: Role, digest: String, createdAt: Instant, createdBy: String?,
    expiresAt: Instant?, revokedAt: Instant? = nil, revokedBy: String? = nil, newest: Int, lastUsedAt: Instant? = nil
  ) {
    self.id = id
    self.name = name
    self.role = role
    self.digest = digest
    self.createdAt = createdAt
    self.createdBy = createdBy
    self.expiresAt = expiresAt
    self.revokedAt = revokedAt
    self.revokedBy = revokedBy
    self.newest = newest
    self.lastUsedAt = lastUsedAt
  }

  package enum State: String, CaseIterable, Hashable, Sendable { case active, expired, revoked }

  package func state(at moment: Instant) -> State {
    if revokedAt != nil { return .revoked }
    return expiresAt.map { moment >= $0 } ?? false ? .expired : .active
  }

  package var principal: Principal { Principal(name: name, role: role) }

  /// Whether a new token may not have that name: letters in either case, and canonically equivalent ones, are the same
  /// to those who read the log.
  func holds(name other: String) -> Bool { revokedAt == nil && name.lowercased() == other.lowercased() }
}

/// What happens to a token.
enum TokenEvent: Hashable, Sendable {
  case created(name: String, role: Role, digest: String, expiresAt: Instant?)
  case revoked

  func encode(actor: String?) -> (type: String, body: String) {
    let actor = actor.map { JSON.string($0) }
    switch self {
    case .created(let name, let role, let digest, let expiresAt):
      return (
        "token-created",
        JSON.members([
          "name": .string(name), "role": .string(role.rawValue), "digest": .string(digest),
          "expires": expiresAt.map { .string(TimeText.utc($0)) }, "actor": actor,
        ]).text
      )
    case .revoked: return ("token-revoked", JSON.members(["actor": actor]).text)
    }
  }

  static func decode(type: String, body: String) throws -> (event: TokenEvent, actor: String?) {
    let json = try JSON(parsing: body)
    let actor = json["actor"]?.string
    switch type {
    case "token-created":
      guard let role = Role(rawValue: try json.required("role")) else { throw EventCodecError(member: "role") }
      let expiresAt = json["expires"] == nil ? nil : try json.instant("expires")
      return (
        .created(
          name: try json.required("name"), role: role, digest: try json.required("digest"), expiresAt: expiresAt),
        actor
      )
    case "token-revoked": return (.revoked, actor)
    default: throw EventCodecError(member: "type")
    }
  }

  /// The token after this event, recorded as `line`; nil where it cannot follow what came before.
  func apply(to token: Token?, id: TokenID, line: StoredEvent, actor: String?) -> Token? {
    switch (self, token) {
    case (.created(let name, let role, let digest, let expiresAt), nil):
      return Token(
        id: id, name: name, role: role, digest: digest, createdAt: line.at, createdBy: actor, expiresAt: expiresAt,
        newest: line.sequence)
    case (.revoked, var token?) where token.revokedAt == nil:
      token.revokedAt = line.at
      token.revokedBy = actor
      token.newest = line.sequence
      return token
    case (.created, _?), (.revoked, _): return nil
    }
  }
}

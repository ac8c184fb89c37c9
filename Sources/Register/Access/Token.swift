package import CivilTime
package import JSONText
package import Planning

/// Who may write through a server.
package typealias Token = Grant<TokenContent>

package struct TokenContent: GrantContent {
  package typealias Kind = TokenKind

  /// Unique among tokens that are not revoked; stands as the actor in events.
  package var name: String
  package var role: Role
  /// SHA-256 of the secret, in hexadecimal.
  package var digest: String
  package var expiresAt: Instant?

  package static let word = "token"
  package static let states: [GrantState] = [.active, .expired, .revoked]
  package static func unknown(_ id: TokenID) -> any Error { AccessError.unknownToken(id) }

  package var secretDigest: String? { digest }

  package var json: JSON {
    .members([
      "name": .string(name), "role": .string(role.rawValue), "digest": .string(digest),
      "expires": expiresAt.map { .string(TimeText.utc($0)) },
    ])
  }

  package init(json: JSON) throws {
    guard let role = Role(rawValue: try json.required("role")) else { throw EventCodecError(member: "role") }
    let expires = json["expires"] ?? .null
    self.init(
      name: try json.required("name"), role: role, digest: try json.required("digest"),
      expiresAt: expires.isNull ? nil : try json.instant("expires"))
  }

  init(name: String, role: Role, digest: String, expiresAt: Instant?) {
    self.name = name
    self.role = role
    self.digest = digest
    self.expiresAt = expiresAt
  }

  /// Letters in either case, and canonically equivalent ones, are the same to those who read the log.
  package func checkClash(with other: Token) throws {
    if !other.isRevoked, other.name.lowercased() == name.lowercased() { throw AccessError.nameTaken(name, other.id) }
  }
}

extension Token {
  package var principal: Principal { Principal(name: content.name, role: content.role) }
}

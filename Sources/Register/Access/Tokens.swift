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

  /// Letters in either case, and canonically equivalent ones, are the same to those who read the log.
  package static var mayClash: Bool { true }
  package func checkClash(with other: Token) throws {
    if !other.isRevoked, other.name.lowercased() == name.lowercased() { throw AccessError.nameTaken(name, other.id) }
  }
}

extension TokenContent {
  package init(json: JSON) throws {
    guard let role = Role(rawValue: try json.required("role")) else { throw EventCodecError(member: "role") }
    let expires = json["expires"] ?? .null
    self.init(
      name: try json.required("name"), role: role, digest: try json.required("digest"),
      expiresAt: expires.isNull ? nil : try json.instant("expires"))
  }
}

extension Token {
  package var principal: Principal { Principal(name: content.name, role: content.role, expiresAt: content.expiresAt) }
}

extension Register {
  /// When a new token ends.
  package enum Expiry: Hashable, Sendable {
    case never
    case at(Instant)
    /// So long after the moment at which the register records the token.
    case after(Elapsed)

    /// Whether a token that was recorded at `start` and ends at `end` may have been asked for so.
    func gives(_ end: Instant?, from start: Instant) -> Bool {
      switch self {
      case .never: end == nil
      case .at(let moment): end == moment
      case .after(let length): end == start + length
      }
    }
  }

  /// Records a token and gives its secret, which nobody can read again.
  package func createToken(
    name: String, role: Role, expires: Expiry = .never, actor: String?
  ) throws -> (record: Token, secret: TokenSecret) {
    let secret = TokenSecret.random()
    return (
      try recordToken(name: name, role: role, expires: expires, digest: secret.digest, actor: actor).record, secret
    )
  }

  /// Records a token whose secret its maker keeps: here only the digest is known.
  ///
  /// - Parameter isOwnSecret: whether the digest is part of the request, and answers it again; otherwise only the key does.
  package func recordToken(
    name: String, role: Role, expires: Expiry = .never, digest: String, isOwnSecret: Bool = true,
    idempotencyKey: String? = nil, actor: String?
  ) throws -> (record: Token, isNew: Bool) {
    let name = try AccessLimits.tokenName(name)
    guard Digest.isWellFormed(digest) else { throw AccessError.invalidDigest }
    let request = GrantRequest<TokenContent>(
      actor: actor, idempotencyKey: idempotencyKey, ownDigest: isOwnSecret ? digest : nil,
      isSame: { $0.name == name && $0.role == role && expires.gives($0.expiresAt, from: $0.createdAt) },
      content: { now in
        TokenContent(
          name: name, role: role, digest: digest, expiresAt: try Register.moment(of: expires, now: now))
      })
    return try make(request)
  }

  private static func moment(of expiry: Expiry, now: Instant) throws(AccessError) -> Instant? {
    let length: Elapsed
    switch expiry {
    case .never: return nil
    case .after(let elapsed): length = elapsed
    case .at(let moment):
      guard moment > now else { throw .expiryNotAhead(moment, now: now) }
      length = moment - now
    }
    guard length <= AccessLimits.longestToken else { throw .expiryTooFar }
    guard length > .zero else { throw .expiryNotAhead(now, now: now) }
    return now + length
  }

  /// What came of a token that a request bore.
  package enum Authentication: Hashable, Sendable {
    case accepted(Principal, TokenID)
    /// The token is named where it is known.
    case refused(TokenRefusal, TokenID?)
  }

  /// Whose request this is; nil where the token is malformed, unknown, expired or revoked.
  package func principal(bearing secret: String, at moment: Instant) throws -> Principal? {
    guard case .accepted(let principal, _) = try authenticate(secret, at: moment) else { return nil }
    return principal
  }

  /// Looks a token up, and notes that it was used. Throws only where the register cannot be read.
  package func authenticate(_ text: String, at moment: Instant) throws -> Authentication {
    let secret: TokenSecret
    do { secret = try TokenSecret(text) } catch { return .refused(error, nil) }
    guard let token = try grant(Token.self, digest: secret.digest) else { return .refused(.unknown, nil) }
    switch token.state(at: moment) {
    case .revoked, .gone, .left, .bounced: return .refused(.revoked, token.id)
    case .expired: return .refused(.expired, token.id)
    case .active: break
    }
    noteUse(of: token, at: moment)
    return .accepted(token.principal, token.id)
  }

  /// How old the last use on record has to be before a newer one is written.
  static let usePrecision = Elapsed.minutes(1)

  /// Says when a token was used, to the minute. No request waits or fails for it: where the register is being written to,
  /// is full or may only be read, the use goes unrecorded.
  private func noteUse(of token: Token, at moment: Instant) {
    if let last = token.lastUsedAt, moment < last + Register.usePrecision { return }
    try? store.writeWithoutWaiting { try $0.noteUse(of: token.id, at: moment) }
  }
}

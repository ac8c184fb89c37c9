package import CivilTime
package import Planning

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

  /// Records a token whose secret its maker keeps: here only the digest is known. The digest is also the key of the
  /// request: the same one is answered again, with the token as it stands now, and nothing is recorded twice.
  package func recordToken(
    name: String, role: Role, expires: Expiry = .never, digest: String, actor: String?
  ) throws -> (record: Token, isNew: Bool) {
    let name = try AccessLimits.tokenName(name)
    guard Digest.isWellFormed(digest) else { throw AccessError.invalidDigest }
    return try writing { store in
      let all = try store.tokens()
      if let known = all.first(where: { $0.digest == digest }) {
        guard known.name == name, known.role == role, expires.gives(known.expiresAt, from: known.createdAt) else {
          throw AccessError.digestTaken(known.id.description)
        }
        return (known, false)
      }
      guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
      let now = try readClock(newest: newest)
      if let other = all.first(where: { $0.holds(name: name) }) { throw AccessError.nameTaken(name, other.id) }
      let event = TokenEvent.created(
        name: name, role: role, digest: digest, expiresAt: try Register.moment(of: expires, now: now))
      let id = TokenID(number: (all.last?.id.number ?? 0) + 1)
      return (try record(event, on: nil, id: id, actor: actor, store, newest, now), true)
    }
  }

  /// Takes a token back, from now on; one that is revoked already stays as it is, and nothing is recorded.
  @discardableResult
  package func revokeToken(_ id: TokenID, actor: String?) throws -> (record: Token, isNew: Bool) {
    try writing { store in
      guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
      guard let token = try store.tokens().first(where: { $0.id == id }) else { throw AccessError.unknownToken(id) }
      guard token.revokedAt == nil else { return (token, false) }
      let now = try readClock(newest: newest)
      return (try record(.revoked, on: token, id: id, actor: actor, store, newest, now), true)
    }
  }

  private func record(
    _ event: TokenEvent, on token: Token?, id: TokenID, actor: String?, _ store: any StoreTransaction,
    _ newest: StoredEvent, _ now: Instant
  ) throws -> Token {
    var writer = LogWriter(store: store, newest: newest, now: now)
    try writer.noteClockRecovery()
    let (type, body) = event.encode(actor: actor)
    try writer.append(stream: id.description, type: type, body: body)
    guard let next = event.apply(to: token, id: id, line: writer.newest, actor: actor) else {
      throw RegisterError.damaged("an event does not fit the state of \(id)")
    }
    try store.put(next)
    return next
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

  /// By number.
  package func tokens() throws -> [Token] { try store.read { try $0.tokens() } }

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
    let digest = secret.digest
    let candidates = try store.read { try $0.tokens(digestPrefix: DigestLookup.prefix(digest)) }
    guard let token = DigestLookup.match(candidates, \.digest, digest) else { return .refused(.unknown, nil) }
    switch token.state(at: moment) {
    case .revoked: return .refused(.revoked, token.id)
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

import CivilTime
import Planning

extension Register {
  /// What of a request for a grant is no content of it.
  struct GrantRequest<Content: GrantContent> {
    var actor: String?
    /// The same key is answered again with what it made.
    var idempotencyKey: String?
    /// Of a secret that the caller keeps: the same one is answered again, as a key is. Nil where the secret is made here.
    var digest: String?
    var unlogged = Grant<Content>.Unlogged()
    /// Whether a grant that there is was asked for in the same words.
    var isSame: (Grant<Content>) -> Bool
  }

  /// Records a grant, in one transaction: key and digest → clock → content → event and row → commit.
  ///
  /// - Parameter content: made at the moment of the event.
  func make<Content: GrantContent>(
    _ request: GrantRequest<Content>, content: (Instant) throws -> Content
  ) throws -> (record: Grant<Content>, isNew: Bool) {
    try writing { store in
      let all = try store.grants(Content.self)
      func isSame(_ known: Grant<Content>) -> Bool {
        request.isSame(known) && request.digest.map { $0 == known.content.secretDigest } ?? true
      }
      if let key = request.idempotencyKey, let line = try answer(to: key, store) {
        guard line.type == "\(Content.word)-created",
          let known = all.first(where: { $0.id.description == line.stream }), isSame(known)
        else { throw RegisterError.idempotencyKeyReused(key) }
        return (known, false)
      }
      if let digest = request.digest, let known = all.first(where: { $0.content.secretDigest == digest }) {
        guard isSame(known) else { throw AccessError.digestTaken(known.id.description) }
        return (known, false)
      }
      guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
      let now = try readClock(newest: newest)
      let content = try content(now)
      for other in all { try content.checkClash(with: other) }
      let id = Grant<Content>.ID(number: (all.last?.id.number ?? 0) + 1)
      let context = GrantEvent<Content>.Context(actor: request.actor, idempotencyKey: request.idempotencyKey)
      var made = try record(.created(content), context, on: nil, id: id, store, newest, now)
      made.unlogged = request.unlogged
      try store.put(made)
      return (made, true)
    }
  }

  /// Takes a grant back, with all that waits for it; one that is revoked already stays as it is, and nothing is recorded.
  package func revoke<Content: GrantContent>(
    _ kind: Grant<Content>.Type, _ id: Grant<Content>.ID, idempotencyKey: String?, actor: String?
  ) throws -> (record: Grant<Content>, isNew: Bool) {
    try writing { store in
      if let key = idempotencyKey, let line = try answer(to: key, store) {
        guard line.stream == id.description, line.type == "\(Content.word)-revoked" else {
          throw RegisterError.idempotencyKeyReused(key)
        }
      }
      return try revoke(kind, id, .init(actor: actor, idempotencyKey: idempotencyKey), store)
    }
  }

  func revoke<Content: GrantContent>(
    _: Grant<Content>.Type, _ id: Grant<Content>.ID, isGone: Bool = false, _ context: GrantEvent<Content>.Context,
    _ store: any StoreTransaction
  ) throws -> (record: Grant<Content>, isNew: Bool) {
    guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
    guard let grant = try store.grants(Content.self).first(where: { $0.id == id }) else { throw Content.unknown(id) }
    guard !grant.isRevoked else { return (grant, false) }
    let now = try readClock(newest: newest)
    let next = try record(.revoked(isGone: isGone), context, on: grant, id: id, store, newest, now)
    try store.put(next)
    try store.endDeliveries(to: id.description, error: OutboxRow.revoked, at: now)
    return (next, true)
  }

  private func record<Content: GrantContent>(
    _ event: GrantEvent<Content>, _ context: GrantEvent<Content>.Context, on grant: Grant<Content>?,
    id: Grant<Content>.ID, _ store: any StoreTransaction, _ newest: StoredEvent, _ now: Instant
  ) throws -> Grant<Content> {
    var writer = LogWriter(store: store, newest: newest, now: now)
    try writer.noteClockRecovery()
    let (type, body) = event.encode(context)
    try writer.append(stream: id.description, type: type, body: body)
    guard let next = try Grant.after(writer.newest, grant) else {
      throw RegisterError.damaged("an event does not fit the state of \(id)")
    }
    return next
  }

  /// The event that a key of a grant was given to; one that belongs to anything else was used for another request.
  private func answer(to key: String, _ store: any StoreReader) throws -> StoredEvent? {
    guard try store.answer(to: key) == nil, try store.outageAnswer(to: key) == nil else {
      throw RegisterError.idempotencyKeyReused(key)
    }
    return try store.event(keyed: key)
  }

  /// By number.
  package func grants<Content: GrantContent>(_: Grant<Content>.Type) throws -> [Grant<Content>] {
    try store.read { try $0.grants(Content.self) }
  }

  package func tokens() throws -> [Token] { try grants(Token.self) }
  package func privateFeeds() throws -> [PrivateFeed] { try grants(PrivateFeed.self) }
  package func webhooks() throws -> [Webhook] { try grants(Webhook.self) }
  package func mailings() throws -> [Mailing] { try grants(Mailing.self) }

  /// The grant whose secret has that digest, in whatever state.
  func grant<Content: GrantContent>(_: Grant<Content>.Type, digest: String) throws -> Grant<Content>? {
    let candidates = try store.read { try $0.grants(Content.self, digestPrefix: DigestLookup.prefix(digest)) }
    return DigestLookup.match(candidates, { $0.content.secretDigest ?? "" }, digest)
  }
}

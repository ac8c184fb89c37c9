package import CivilTime
package import JSONText
import Planning

/// What happens to a grant.
package enum GrantEvent<Content: GrantContent>: Hashable, Sendable {
  case created(Content)
  /// `isGone`: its receiver answered so.
  case revoked(isGone: Bool)
  /// It has another secret; the one before is taken as well until that moment.
  case rotated(digest: String, previousUntil: Instant?)
  case ended(GrantEnding)
  /// Its reader takes something else from now on.
  case changed(MailingChoices)
}

extension Grant: StreamSubject {
  package static var namesContract: Bool { false }
  package static func unknown(_ id: ID) -> (any Error)? { Content.unknown(id) }

  /// Its row, since no event has what stands in it alone; it has to say what the events say.
  package static func current(_ id: ID, in store: any StoreReader) throws -> (subject: Grant, newest: Int)? {
    let row: Grant? = try store.grant(id)
    try row?.check(in: store)
    return row.map { ($0, $0.newest) }
  }

  package static func encode(_ event: GrantEvent<Content>) -> (type: String, members: JSON) {
    switch event {
    case .created(let content): ("\(Content.word)-created", content.json)
    case .revoked(let isGone): ("\(Content.word)-revoked", .members(["gone": isGone ? true : nil]))
    case .rotated(let digest, let until):
      (
        "\(Content.word)-rotated",
        .members(["digest": .string(digest), "previous_until": until.map { .string(TimeText.utc($0)) }])
      )
    case .changed(let choices): ("\(Content.word)-changed", choices.json)
    case .ended(.left): ("\(Content.word)-left", .object([]))
    case .ended(.bounced(let status, let unreached)):
      (
        "\(Content.word)-bounced",
        .members([
          "status": status.map { .string($0) }, "unreached": .array(unreached.map { .integer(Int64($0)) }),
        ])
      )
    }
  }

  package static func decode(_ type: String, _ json: JSON) throws -> GrantEvent<Content> {
    switch type {
    case "\(Content.word)-created": .created(try Content(json: json))
    case "\(Content.word)-revoked": .revoked(isGone: try json.flag("gone"))
    case "mailing-changed" where Content.word == "mailing": .changed(try MailingChoices(json: json))
    case "mailing-left" where Content.word == "mailing": .ended(.left)
    case "mailing-bounced" where Content.word == "mailing":
      .ended(
        .bounced(
          status: try json.optional("status"),
          unreached: (json["unreached"]?.array ?? []).compactMap { $0.integer.flatMap(Int.init(exactly:)) }))
    case "\(Content.word)-rotated" where Content.keepsSecret:
      .rotated(
        digest: try json.required("digest"),
        previousUntil: json["previous_until"] == nil ? nil : try json.instant("previous_until"))
    default: throw EventCodecError(member: "type")
    }
  }

  /// Keeps nothing that is unlogged but what it had.
  package static func after(_ event: GrantEvent<Content>, _ before: Grant?, id: ID, _ stamp: Stamp) -> Grant? {
    switch (event, before) {
    case (.created(let content), nil):
      return Grant(
        id: id, content: content, createdAt: stamp.at, createdBy: stamp.actor, newest: stamp.sequence)
    case (.revoked(let isGone), var grant?) where !grant.isRevoked:
      grant.revokedAt = stamp.at
      grant.revokedBy = stamp.actor
      grant.isGone = isGone
      grant.newest = stamp.sequence
      return grant
    case (.rotated(let digest, let until), var grant?) where !grant.isRevoked:
      grant.content = grant.content.rotated(to: digest, previousUntil: until)
      grant.newest = stamp.sequence
      return grant
    case (.changed(let choices), var grant?) where !grant.isRevoked:
      grant.content = grant.content.changed(to: choices)
      grant.newest = stamp.sequence
      return grant
    case (.ended(let ending), var grant?) where !grant.isRevoked:
      grant.content = grant.content.ended(by: ending)
      grant.revokedAt = stamp.at
      grant.revokedBy = stamp.actor
      grant.newest = stamp.sequence
      return grant
    case (.created, _?), (.revoked, _), (.rotated, _), (.changed, _), (.ended, _): return nil
    }
  }

  package func put(
    _ line: StoredEvent, after before: Grant?, in store: any StoreTransaction, isCopy: Bool
  ) throws {
    try store.put(self)
    if isRevoked {
      // With all that waits for it.
      try store.endDeliveries(to: id.description, error: OutboxRow.revoked, at: line.at)
    } else if before == nil {
      try promiseReminders(at: line.at, isCopy: isCopy, store)
    } else if let before, !content.takesTheSame(as: before.content) {
      try before.voidReminders(notTakenBy: self, at: line.at, store)
      try promiseReminders(at: line.at, notTakenBy: before, isCopy: isCopy, store)
    }
  }

  package static var table: String { "grants" }

  package static func unvouched(in store: any StoreReader, isCopy: Bool) throws -> [Damage] {
    var damages: [Damage] = []
    try store.eachGrant(Content.self) { id, grant in
      guard grant?.isVouchedFor(isCopy: isCopy) != true else { return }
      damages.append(
        .row(table: table, key: id.description, grant == nil ? .unreadable : .differs(["secret", "address", "salt"])))
    }
    return damages
  }

  /// Throws `damaged` where the events say otherwise.
  func check(in store: any StoreReader) throws {
    guard try Grant.fold(store.events(stream: id.description), id: id) == logged else {
      throw RegisterError.damaged(.row(table: Grant.table, key: id.description, .differs([])))
    }
  }

  package func clashes(in store: any StoreReader) throws -> Bool {
    guard Content.mayClash else { return false }
    for other in try store.grants(Content.self) {
      do { try content.checkClash(with: other) } catch { return true }
    }
    return false
  }
}

// MARK: Writing

extension Register {
  /// A request for a grant: the key, and the digest of a secret that the caller keeps, are answered again with what they
  /// made, as it stands now.
  struct GrantRequest<Content: GrantContent>: StreamRequest {
    typealias Subject = Grant<Content>

    var actor: String?
    var idempotencyKey: String?
    /// Nil where the secret is made here.
    var ownDigest: String?
    var unlogged = Subject.Unlogged()
    /// Whether a grant that there is was asked for in the same words.
    var isSame: (Subject) -> Bool
    /// Made at the moment of the event.
    var content: (Instant) throws -> Content

    var id: Subject.ID? { nil }
    func complete(_ subject: inout Subject) { subject.unlogged = unlogged }

    private func answers(_ known: Subject) -> Bool {
      isSame(known) && ownDigest.map { $0 == known.content.secretDigest } ?? true
    }

    func again(_ answer: StoredAnswer, in sitting: Sitting) throws -> Done<Subject>? {
      guard let id = Subject.ID(answer.stream), let known = try Subject.current(id, in: sitting.store)?.subject,
        try sitting.store.event(answer.sequence)?.type == "\(Content.word)-created", answers(known)
      else { return nil }
      return Done(after: known, isReplay: true, decidedAt: known.createdAt)
    }

    func settled(_ before: Subject?, in store: any StoreReader) throws -> Done<Subject>? {
      guard let ownDigest,
        let known = try store.grants(Content.self).first(where: { $0.content.secretDigest == ownDigest })
      else { return nil }
      guard answers(known) else { throw AccessError.digestTaken(known.id.description) }
      return Done(after: known, isReplay: true, decidedAt: known.createdAt)
    }

    func decide(
      on before: Subject?, contract: BoundContract?, at now: Instant, in sitting: Sitting
    ) throws -> (verdict: Verdict?, events: [GrantEvent<Content>]) {
      let content = try content(now)
      if Content.mayClash {
        for other in try sitting.store.grants(Content.self) { try content.checkClash(with: other) }
      }
      return (nil, [.created(content)])
    }

    func newID(contract: BoundContract?, at now: Instant, in store: any StoreReader) throws -> Subject.ID {
      Subject.ID(number: try store.highestGrant(Content.self) + 1)
    }
  }

  /// Takes a grant back; one that is revoked already stays as it is, and nothing is recorded.
  struct Revocation<Content: GrantContent>: StreamRequest {
    typealias Subject = Grant<Content>

    var id: Subject.ID?
    var actor: String?
    var idempotencyKey: String?
    var isGone = false

    func again(_ answer: StoredAnswer, in sitting: Sitting) throws -> Done<Subject>? {
      guard let id, answer.stream == id.description, let known = try Subject.current(id, in: sitting.store)?.subject,
        let line = try sitting.store.event(answer.sequence), line.type == "\(Content.word)-revoked"
      else { return nil }
      return Done(after: known, isReplay: true, decidedAt: line.at)
    }

    func settled(_ before: Subject?, in store: any StoreReader) throws -> Done<Subject>? {
      guard let before, before.isRevoked else { return nil }
      return Done(after: before, isReplay: true, decidedAt: before.revokedAt ?? before.createdAt)
    }

    func decide(
      on before: Subject?, contract: BoundContract?, at now: Instant, in sitting: Sitting
    ) -> (verdict: Verdict?, events: [GrantEvent<Content>]) { (nil, [.revoked(isGone: isGone)]) }
  }

  /// Ends a mailing that nobody took back; one that has ended stays as it is, and nothing is recorded.
  struct Ending: StreamRequest {
    typealias Subject = Mailing

    var id: MailingID?
    var actor: String?
    var ending: GrantEnding
    var idempotencyKey: String? { nil }

    func settled(_ before: Mailing?, in store: any StoreReader) throws -> Done<Mailing>? {
      guard let before, before.isRevoked else { return nil }
      return Done(after: before, isReplay: true, decidedAt: before.revokedAt ?? before.createdAt)
    }

    func decide(
      on before: Mailing?, contract: BoundContract?, at now: Instant, in sitting: Sitting
    ) -> (verdict: Verdict?, events: [GrantEvent<MailingContent>]) { (nil, [.ended(ending)]) }
  }

  func make<Content: GrantContent>(
    _ request: GrantRequest<Content>
  ) throws -> (record: Grant<Content>, isNew: Bool) { try made(record(request)) }

  package func revoke<Content: GrantContent>(
    _: Grant<Content>.Type, _ id: Grant<Content>.ID, idempotencyKey: String?, actor: String?
  ) throws -> (record: Grant<Content>, isNew: Bool) {
    try made(record(Revocation<Content>(id: id, actor: actor, idempotencyKey: idempotencyKey)))
  }

  func made<Content>(_ done: Done<Grant<Content>>) throws -> (record: Grant<Content>, isNew: Bool) {
    guard let grant = done.after else { throw RegisterError.damaged("a grant left nothing") }
    return (grant, !done.isReplay)
  }
}

// MARK: Reading

extension Register {
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
    try store.read { store in
      let candidates = try store.grants(Content.self, digestPrefix: DigestLookup.prefix(digest))
      let grant = DigestLookup.match(candidates, { $0.content.secretDigest ?? "" }, digest)
      // What a row lets somebody do, the log has to say too.
      try grant?.check(in: store)
      return grant
    }
  }
}

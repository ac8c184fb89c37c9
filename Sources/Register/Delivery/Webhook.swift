package import CivilTime
package import JSONText
package import Planning

/// An address that is told of published changes.
package struct Webhook: Hashable, Sendable {
  package let id: WebhookID
  package var url: String
  package var service: String
  /// Empty for all.
  package var events: [ClientEvent]
  /// SHA-256 of the secret, in hexadecimal.
  package var digest: String
  /// Kept here because a signature needs it, and in no event; nil in a copy of the log that sends nothing.
  package var secret: WebhookSecret?
  package var createdAt: Instant
  package var createdBy: String?
  package var revokedAt: Instant?
  package var revokedBy: String?
  /// Revoked by its own receiver, which answered 410 Gone.
  package var isGone: Bool
  /// Sequence of its newest event.
  package var newest: Int

  package init(
    id: WebhookID, url: String, service: String, events: [ClientEvent], digest: String, secret: WebhookSecret?,
    createdAt: Instant, createdBy: String?, revokedAt: Instant? = nil, revokedBy: String? = nil, isGone: Bool = false,
    newest: Int
  ) {
    self.id = id
    self.url = url
    self.service = service
    self.events = events
    self.digest = digest
    self.secret = secret
    self.createdAt = createdAt
    self.createdBy = createdBy
    self.revokedAt = revokedAt
    self.revokedBy = revokedBy
    self.isGone = isGone
    self.newest = newest
  }

  package enum State: String, CaseIterable, Hashable, Sendable { case active, revoked, gone }

  package var state: State { revokedAt == nil ? .active : isGone ? .gone : .revoked }

  /// Whether the newest revision of `change` is told here.
  func takes(_ change: Change) -> Bool {
    guard state == .active, change.content.service == service, let event = ClientEvent(change) else { return false }
    return events.isEmpty || events.contains(event)
  }
}

/// What happens to a webhook.
enum WebhookEvent: Hashable, Sendable {
  case created(url: String, service: String, events: [ClientEvent], digest: String)
  /// `isGone`: its receiver answered so.
  case revoked(isGone: Bool)

  func encode(actor: String?) -> (type: String, body: String) {
    let actor = actor.map { JSON.string($0) }
    switch self {
    case .created(let url, let service, let events, let digest):
      return (
        "webhook-created",
        JSON.members([
          "url": .string(url), "service": .string(service), "events": .array(events.map { .string($0.rawValue) }),
          "digest": .string(digest), "actor": actor,
        ]).text
      )
    case .revoked(let isGone):
      return ("webhook-revoked", JSON.members(["gone": isGone ? true : nil, "actor": actor]).text)
    }
  }

  static func decode(type: String, body: String) throws -> (event: WebhookEvent, actor: String?) {
    let json = try JSON(parsing: body)
    let actor = json["actor"]?.string
    switch type {
    case "webhook-created":
      return (
        .created(
          url: try json.required("url"), service: try json.required("service"),
          events: try json.words("events"), digest: try json.required("digest")),
        actor
      )
    case "webhook-revoked": return (.revoked(isGone: json["gone"]?.bool ?? false), actor)
    default: throw EventCodecError(member: "type")
    }
  }

  /// The webhook after this event, recorded as `line`, without its secret; nil where it cannot follow what came before.
  func apply(to webhook: Webhook?, id: WebhookID, line: StoredEvent, actor: String?) -> Webhook? {
    switch (self, webhook) {
    case (.created(let url, let service, let events, let digest), nil):
      return Webhook(
        id: id, url: url, service: service, events: events, digest: digest, secret: nil, createdAt: line.at,
        createdBy: actor, newest: line.sequence)
    case (.revoked(let isGone), var webhook?) where webhook.revokedAt == nil:
      webhook.revokedAt = line.at
      webhook.revokedBy = actor
      webhook.isGone = isGone
      webhook.newest = line.sequence
      return webhook
    case (.created, _?), (.revoked, _): return nil
    }
  }
}

extension JSON {
  /// A list of words of one kind.
  package func words<Word: RawRepresentable>(
    _ key: String, of type: Word.Type = Word.self
  ) throws(EventCodecError) -> [Word] where Word.RawValue == String {
    guard let items = self[key]?.array else { throw EventCodecError(member: key) }
    let words = items.compactMap { $0.string.flatMap(Word.init(rawValue:)) }
    guard words.count == items.count else { throw EventCodecError(member: key) }
    return words
  }
}

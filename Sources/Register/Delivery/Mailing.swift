package import CivilTime
import JSONText
package import Planning

/// A mail address that gets the notices of a service.
package struct Mailing: Hashable, Sendable {
  package let id: MailingID
  package var address: String
  /// `fr`, `en`.
  package var language: String
  package var service: String
  /// Empty for all.
  package var kinds: [NoticeKind]
  package var createdAt: Instant
  package var createdBy: String?
  package var revokedAt: Instant?
  package var revokedBy: String?
  /// Sequence of its newest event.
  package var newest: Int

  package init(
    id: MailingID, address: String, language: String, service: String, kinds: [NoticeKind], createdAt: Instant,
    createdBy: String?, revokedAt: Instant? = nil, revokedBy: String? = nil, newest: Int
  ) {
    self.id = id
    self.address = address
    self.language = language
    self.service = service
    self.kinds = kinds
    self.createdAt = createdAt
    self.createdBy = createdBy
    self.revokedAt = revokedAt
    self.revokedBy = revokedBy
    self.newest = newest
  }

  package enum State: String, CaseIterable, Hashable, Sendable { case active, revoked }

  package var state: State { revokedAt == nil ? .active : .revoked }

  /// Whether the notice of the newest revision of `change` goes here.
  func takes(_ change: Change) -> Bool {
    guard state == .active, change.content.service == service, let kind = NoticeKind.current(for: change) else {
      return false
    }
    return kinds.isEmpty || kinds.contains(kind)
  }
}

/// What happens to a mailing.
enum MailingEvent: Hashable, Sendable {
  case created(address: String, language: String, service: String, kinds: [NoticeKind])
  case revoked

  func encode(actor: String?) -> (type: String, body: String) {
    let actor = actor.map { JSON.string($0) }
    switch self {
    case .created(let address, let language, let service, let kinds):
      return (
        "mailing-created",
        JSON.members([
          "address": .string(address), "language": .string(language), "service": .string(service),
          "kinds": .array(kinds.map { .string($0.rawValue) }), "actor": actor,
        ]).text
      )
    case .revoked: return ("mailing-revoked", JSON.members(["actor": actor]).text)
    }
  }

  static func decode(type: String, body: String) throws -> (event: MailingEvent, actor: String?) {
    let json = try JSON(parsing: body)
    let actor = json["actor"]?.string
    switch type {
    case "mailing-created":
      return (
        .created(
          address: try json.required("address"), language: try json.required("language"),
          service: try json.required("service"), kinds: try json.words("kinds")),
        actor
      )
    case "mailing-revoked": return (.revoked, actor)
    default: throw EventCodecError(member: "type")
    }
  }

  /// The mailing after this event, recorded as `line`; nil where it cannot follow what came before.
  func apply(to mailing: Mailing?, id: MailingID, line: StoredEvent, actor: String?) -> Mailing? {
    switch (self, mailing) {
    case (.created(let address, let language, let service, let kinds), nil):
      return Mailing(
        id: id, address: address, language: language, service: service, kinds: kinds, createdAt: line.at,
        createdBy: actor, newest: line.sequence)
    case (.revoked, var mailing?) where mailing.revokedAt == nil:
      mailing.revokedAt = line.at
      mailing.revokedBy = actor
      mailing.newest = line.sequence
      return mailing
    case (.created, _?), (.revoked, _): return nil
    }
  }
}

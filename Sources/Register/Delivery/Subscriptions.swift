package import JSONText
package import Planning

/// An address that is told of published changes.
package typealias Webhook = Grant<WebhookContent>

package struct WebhookContent: GrantContent {
  package typealias Kind = WebhookKind

  package var address: LoggedAddress?
  package var service: String
  /// Empty for all.
  package var events: [ClientEvent]
  /// SHA-256 of the secret, in hexadecimal.
  package var digest: String

  package static let word = "webhook"
  package static let states: [GrantState] = [.active, .revoked, .gone]
  package static let keepsSecret = true
  package static func unknown(_ id: WebhookID) -> any Error { SubscriptionError.unknownWebhook(id) }

  package var secretDigest: String? { digest }

  package var json: JSON {
    .members([
      "url": address?.plain.map { .string($0) }, "url_digest": address?.digest.map { .string($0) },
      "service": .string(service), "events": .array(events.map { .string($0.rawValue) }), "digest": .string(digest),
    ])
  }
}

extension WebhookContent {
  package init(json: JSON) throws {
    self.init(
      address: try json.address("url"), service: try json.required("service"), events: try json.words("events"),
      digest: try json.required("digest"))
  }
}

extension WebhookContent {
  package static let isSubscription = true
  package func takes(_ change: Change) -> Bool { takes(ClientEvent(change), of: change) }
  package func takesReminders(of change: Change) -> Bool { takes(.reminder, of: change) }

  private func takes(_ event: ClientEvent?, of change: Change) -> Bool {
    guard change.content.service == service, let event else { return false }
    return events.isEmpty || events.contains(event)
  }

  /// Whether conflicts of the service are told here.
  var takesConflicts: Bool { events.contains(.conflict) }
}

/// A mail address that gets the notices of a service.
package typealias Mailing = Grant<MailingContent>

package struct MailingContent: GrantContent {
  package typealias Kind = MailingKind

  package var address: LoggedAddress?
  /// `fr`, `en`.
  package var language: String
  package var service: String
  /// Empty for all.
  package var kinds: [NoticeKind]

  package static let word = "mailing"
  package static func unknown(_ id: MailingID) -> any Error { SubscriptionError.unknownMailing(id) }

  package var json: JSON {
    .members([
      "address": address?.plain.map { .string($0) }, "address_digest": address?.digest.map { .string($0) },
      "language": .string(language), "service": .string(service),
      "kinds": .array(kinds.map { .string($0.rawValue) }),
    ])
  }
}

extension MailingContent {
  package init(json: JSON) throws {
    self.init(
      address: try json.address("address"), language: try json.required("language"),
      service: try json.required("service"), kinds: try json.words("kinds"))
  }
}

extension MailingContent {
  package static let isSubscription = true
  package func takes(_ change: Change) -> Bool { takes(NoticeKind.current(for: change), of: change) }
  package func takesReminders(of change: Change) -> Bool { takes(.reminder, of: change) }

  private func takes(_ kind: NoticeKind?, of change: Change) -> Bool {
    guard change.content.service == service, let kind else { return false }
    return kinds.isEmpty || kinds.contains(kind)
  }
}

extension Register {
  /// Records a webhook. The secret that it is signed with is kept in its row; in the log there are digests of it and of
  /// the address.
  ///
  /// - Parameters:
  ///   - allowsPrivate: takes `http` too, and addresses that are not of the public Internet.
  ///   - secret: the caller's own, which answers the request again as a key does; nil makes one.
  @discardableResult
  package func createWebhook(
    url: String, service: String, events: [ClientEvent] = [], allowsPrivate: Bool = false,
    secret own: WebhookSecret? = nil, idempotencyKey: String? = nil, actor: String?
  ) throws -> (record: Webhook, isNew: Bool) {
    guard let address = WebhookAddress(url) else { throw SubscriptionError.notAWebAddress(url) }
    guard address.isEncrypted || allowsPrivate else { throw SubscriptionError.needsEncryption(url) }
    guard !address.isPlainlyPrivate || allowsPrivate else { throw SubscriptionError.privateAddress(url) }
    let secret = own ?? WebhookSecret.random()
    let events = ClientEvent.allCases.filter(events.contains)
    let (logged, salt) = LoggedAddress.sealed(address.text)
    let request = GrantRequest<WebhookContent>(
      actor: actor, idempotencyKey: idempotencyKey, ownDigest: own?.digest,
      unlogged: .init(secret: secret, address: address.text, salt: salt),
      isSame: { $0.address == address.text && $0.service == service && $0.events == events },
      content: { _ in WebhookContent(address: logged, service: service, events: events, digest: secret.digest) })
    return try make(request)
  }

  /// Records that an address gets notices from now on.
  @discardableResult
  package func createMailing(
    address: String, language: String, service: String, kinds: [NoticeKind] = [], idempotencyKey: String? = nil,
    actor: String?
  ) throws -> (record: Mailing, isNew: Bool) {
    // `sendmail` could take it for a flag where it is repeated on a command line.
    guard MailAddress.isAddress(address), !address.hasPrefix("-") else {
      throw SubscriptionError.notAMailAddress(address)
    }
    let kinds = NoticeKind.allCases.filter(kinds.contains)
    let (logged, salt) = LoggedAddress.sealed(address)
    let request = GrantRequest<MailingContent>(
      actor: actor, idempotencyKey: idempotencyKey, unlogged: .init(address: address, salt: salt),
      isSame: {
        $0.address == address && $0.language == language && $0.service == service && $0.kinds == kinds
      }, content: { _ in MailingContent(address: logged, language: language, service: service, kinds: kinds) })
    return try make(request)
  }
}

package import CivilTime
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
  package var format = WebhookFormat.standard
  /// `fr`, `en`; nil of the standard format, which is for programs.
  package var language: String?
  /// The secret before this one, with which messages are signed as well until that moment; nil without one.
  package var previous: Previous?

  package struct Previous: Hashable, Sendable {
    /// SHA-256, in hexadecimal.
    package var digest: String
    /// The first moment at which it does not sign any more.
    package var until: Instant
  }

  package static let word = "webhook"
  package static let states: [GrantState] = [.active, .revoked, .gone]
  package static let keepsSecret = true
  package static func unknown(_ id: WebhookID) -> any Error { SubscriptionError.unknownWebhook(id) }

  package var secretDigest: String? { digest }

  package var json: JSON {
    .members([
      "url": address?.plain.map { .string($0) }, "url_digest": address?.digest.map { .string($0) },
      "service": .string(service), "events": .array(events.map { .string($0.rawValue) }), "digest": .string(digest),
      "format": format == .standard ? nil : .string(format.rawValue), "language": language.map { .string($0) },
      "previous": previous.map {
        ["digest": .string($0.digest), "until": .string(TimeText.utc($0.until))]
      },
    ])
  }

  package var previousDigest: String? { previous?.digest }

  package func rotated(to digest: String, previousUntil: Instant?) -> WebhookContent {
    var content = self
    content.previous = previousUntil.map { Previous(digest: self.digest, until: $0) }
    content.digest = digest
    return content
  }
}

extension WebhookContent {
  package init(json: JSON) throws {
    self.init(
      address: try json.address("url"), service: try json.required("service"), events: try json.words("events"),
      digest: try json.required("digest"))
    if let text = try json.optional("format") {
      guard let format = WebhookFormat(rawValue: text) else { throw EventCodecError(member: "format") }
      self.format = format
    }
    language = try json.optional("language")
    previous = try json["previous"].map {
      Previous(digest: try $0.required("digest"), until: try $0.instant("until"))
    }
  }
}

extension Webhook {
  /// What a message is signed with at `moment`, the newest first; nothing where the format is one for people.
  package func secrets(at moment: Instant) -> [WebhookSecret] {
    guard content.format == .standard else { return [] }
    let previous = content.previous.map { moment < $0.until } ?? false ? unlogged.previousSecret : nil
    return [secret, previous].compactMap(\.self)
  }
}

extension WebhookContent {
  package static let isSubscription = true
  package func takes(_ change: Change, after before: Change?) -> Bool { takes(ClientEvent(change), of: change) }
  package func takesReminders(of change: Change) -> Bool { takes(.reminder, of: change) }

  private func takes(_ event: ClientEvent?, of change: Change) -> Bool {
    guard change.content.service == service, let event else { return false }
    return events.isEmpty || events.contains(event)
  }

  /// Whether conflicts of the service are told here.
  var takesConflicts: Bool { events.contains(.conflict) }
}

extension Register {
  /// Records a webhook. The secret that it is signed with is kept in its row; in the log there are digests of it and of
  /// the address.
  ///
  /// - Parameters:
  ///   - language: of formats for people.
  ///   - allowsPrivate: takes `http` too, and addresses that are not of the public Internet.
  ///   - secret: the caller's own, which answers the request again as a key does; nil makes one.
  @discardableResult
  package func createWebhook(
    url: String, service: String, events: [ClientEvent] = [], format: WebhookFormat = .standard,
    language: String? = nil, allowsPrivate: Bool = false, secret own: WebhookSecret? = nil,
    idempotencyKey: String? = nil, actor: String?
  ) throws -> (record: Webhook, isNew: Bool) {
    guard let address = WebhookAddress(url) else { throw SubscriptionError.notAWebAddress(url) }
    guard address.isEncrypted || allowsPrivate else { throw SubscriptionError.needsEncryption(url) }
    guard !address.isPlainlyPrivate || allowsPrivate else { throw SubscriptionError.privateAddress(url) }
    let secret = own ?? WebhookSecret.random()
    let events = ClientEvent.allCases.filter(events.contains)
    let (logged, salt) = LoggedAddress.sealed(address.text)
    let language = format == .standard ? nil : language
    let request = GrantRequest<WebhookContent>(
      actor: actor, idempotencyKey: idempotencyKey, ownDigest: own?.digest,
      unlogged: .init(secret: secret, address: address.text, salt: salt),
      isSame: {
        $0.address == address.text && $0.service == service && $0.events == events && $0.format == format
          && $0.language == language
      },
      content: { _ in
        WebhookContent(
          address: logged, service: service, events: events, digest: secret.digest, format: format, language: language)
      })
    return try make(request)
  }

  /// Gives a webhook another secret. Messages bear the signatures of both for a while, so that its receiver can change over
  /// without losing one; of three, only the newest two sign. In the log there are digests.
  ///
  /// - Parameters:
  ///   - keep: for how long the one before signs as well; zero ends it at once.
  ///   - secret: the caller's own, which answers the request again as a key does; nil makes one.
  package func rotateWebhook(
    _ id: WebhookID, keep: Elapsed, secret own: WebhookSecret?, idempotencyKey: String?, actor: String?
  ) throws -> (record: Webhook, isNew: Bool) {
    try made(
      record(
        Rotation(
          id: id, actor: actor, idempotencyKey: idempotencyKey, secret: own ?? .random(), isOwn: own != nil,
          keep: keep)))
  }

  private struct Rotation: StreamRequest {
    typealias Subject = Webhook

    var id: WebhookID?
    var actor: String?
    var idempotencyKey: String?
    var secret: WebhookSecret
    var isOwn: Bool
    var keep: Elapsed

    func complete(_ subject: inout Webhook) {
      subject.unlogged.previousSecret = subject.content.previous == nil ? nil : subject.unlogged.secret
      subject.unlogged.secret = secret
    }

    func again(_ answer: StoredAnswer, in sitting: Sitting) throws -> Done<Webhook>? {
      guard let id, answer.stream == id.description, let known = try Webhook.current(id, in: sitting.store)?.subject,
        let line = try sitting.store.event(answer.sequence), line.type == "webhook-rotated",
        try !isOwn || line.reading({ try $0.required("digest") }) == secret.digest
      else { return nil }
      return Done(after: known, isReplay: true, decidedAt: line.at)
    }

    func settled(_ before: Webhook?, in store: any StoreReader) throws -> Done<Webhook>? {
      guard isOwn, let before, before.content.digest == secret.digest else { return nil }
      return Done(after: before, isReplay: true, decidedAt: before.createdAt)
    }

    func decide(
      on before: Webhook?, contract: BoundContract?, at now: Instant, in sitting: Sitting
    ) throws -> (verdict: Verdict?, events: [GrantEvent<WebhookContent>]) {
      guard let before, !before.isRevoked else {
        throw SubscriptionError.revoked(subscription: id?.description ?? "")
      }
      guard before.content.format == .standard else { throw SubscriptionError.notSigned(before.id) }
      for other in try sitting.store.webhooks() where other.content.digest == secret.digest {
        throw AccessError.digestTaken(other.id.description)
      }
      return (nil, [.rotated(digest: secret.digest, previousUntil: keep > .zero ? now + keep : nil)])
    }
  }
}

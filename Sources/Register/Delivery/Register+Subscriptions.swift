package import Planning

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
      actor: actor, idempotencyKey: idempotencyKey, digest: own?.digest,
      unlogged: .init(secret: secret, address: address.text, salt: salt),
      isSame: { $0.address == address.text && $0.service == service && $0.events == events })
    return try make(request) { _ in
      WebhookContent(address: logged, service: service, events: events, digest: secret.digest)
    }
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
    guard !kinds.contains(.reminder) else { throw SubscriptionError.noMailOfKind(.reminder) }
    let kinds = NoticeKind.allCases.filter(kinds.contains)
    let (logged, salt) = LoggedAddress.sealed(address)
    let request = GrantRequest<MailingContent>(
      actor: actor, idempotencyKey: idempotencyKey, unlogged: .init(address: address, salt: salt),
      isSame: {
        $0.address == address && $0.language == language && $0.service == service && $0.kinds == kinds
      })
    return try make(request) { _ in
      MailingContent(address: logged, language: language, service: service, kinds: kinds)
    }
  }
}

import CivilTime
import Mail
package import Planning

extension Register {
  /// Records a webhook and gives the secret that it is signed with.
  ///
  /// - Parameter allowsPlain: takes `http` too.
  @discardableResult
  package func createWebhook(
    url: String, service: String, events: [ClientEvent] = [], allowsPlain: Bool = false, actor: String?
  ) throws -> (record: Webhook, secret: WebhookSecret) {
    guard let address = WebhookAddress(url) else { throw SubscriptionError.notAWebAddress(url) }
    guard address.isEncrypted || allowsPlain else { throw SubscriptionError.needsEncryption(url) }
    let secret = WebhookSecret.random()
    let webhook = try writing { store in
      guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
      let id = WebhookID(number: (try store.webhooks().last?.id.number ?? 0) + 1)
      let event = WebhookEvent.created(
        url: address.text, service: service, events: ClientEvent.allCases.filter(events.contains),
        digest: secret.digest)
      return try record(
        event, on: nil, id: id, secret: secret, actor: actor, store, newest, try readClock(newest: newest))
    }
    return (webhook, secret)
  }

  /// Takes a webhook back, with all that waits for it; one that is revoked already stays as it is.
  @discardableResult
  package func revokeWebhook(_ id: WebhookID, actor: String?) throws -> (record: Webhook, isNew: Bool) {
    try writing { store in try revokeWebhook(id, isGone: false, actor: actor, store) }
  }

  func revokeWebhook(
    _ id: WebhookID, isGone: Bool, actor: String?, _ store: any StoreTransaction
  ) throws -> (record: Webhook, isNew: Bool) {
    guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
    guard let webhook = try store.webhooks().first(where: { $0.id == id }) else {
      throw SubscriptionError.unknownWebhook(id)
    }
    guard webhook.state == .active else { return (webhook, false) }
    let now = try readClock(newest: newest)
    let event = WebhookEvent.revoked(isGone: isGone)
    let next = try record(event, on: webhook, id: id, secret: webhook.secret, actor: actor, store, newest, now)
    try store.endDeliveries(to: id.description, error: OutboxRow.revoked, at: now)
    return (next, true)
  }

  private func record(
    _ event: WebhookEvent, on webhook: Webhook?, id: WebhookID, secret: WebhookSecret?, actor: String?,
    _ store: any StoreTransaction, _ newest: StoredEvent, _ now: Instant
  ) throws -> Webhook {
    let (type, body) = event.encode(actor: actor)
    let line = try append(stream: id.description, type: type, body: body, store, newest, now)
    guard var next = event.apply(to: webhook, id: id, line: line, actor: actor) else {
      throw RegisterError.damaged("an event does not fit the state of \(id)")
    }
    next.secret = secret
    try store.put(next)
    return next
  }

  /// Records that an address gets notices from now on.
  @discardableResult
  package func createMailing(
    address: String, language: String, service: String, kinds: [NoticeKind] = [], actor: String?
  ) throws -> Mailing {
    // `sendmail` could take it for a flag where it is repeated on a command line.
    guard MailMailbox.isAddress(address), !address.hasPrefix("-") else {
      throw SubscriptionError.notAMailAddress(address)
    }
    guard !kinds.contains(.reminder) else { throw SubscriptionError.noMailOfKind(.reminder) }
    return try writing { store in
      guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
      let id = MailingID(number: (try store.mailings().last?.id.number ?? 0) + 1)
      let event = MailingEvent.created(
        address: address, language: language, service: service, kinds: NoticeKind.allCases.filter(kinds.contains))
      return try record(event, on: nil, id: id, actor: actor, store, newest, try readClock(newest: newest))
    }
  }

  /// Takes a mailing back, with all that waits for it; one that is revoked already stays as it is.
  @discardableResult
  package func revokeMailing(_ id: MailingID, actor: String?) throws -> (record: Mailing, isNew: Bool) {
    try writing { store in
      guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
      guard let mailing = try store.mailings().first(where: { $0.id == id }) else {
        throw SubscriptionError.unknownMailing(id)
      }
      guard mailing.state == .active else { return (mailing, false) }
      let now = try readClock(newest: newest)
      let next = try record(.revoked, on: mailing, id: id, actor: actor, store, newest, now)
      try store.endDeliveries(to: id.description, error: OutboxRow.revoked, at: now)
      return (next, true)
    }
  }

  private func record(
    _ event: MailingEvent, on mailing: Mailing?, id: MailingID, actor: String?, _ store: any StoreTransaction,
    _ newest: StoredEvent, _ now: Instant
  ) throws -> Mailing {
    let (type, body) = event.encode(actor: actor)
    let line = try append(stream: id.description, type: type, body: body, store, newest, now)
    guard let next = event.apply(to: mailing, id: id, line: line, actor: actor) else {
      throw RegisterError.damaged("an event does not fit the state of \(id)")
    }
    try store.put(next)
    return next
  }

  private func append(
    stream: String, type: String, body: String, _ store: any StoreTransaction, _ newest: StoredEvent, _ now: Instant
  ) throws -> StoredEvent {
    var writer = LogWriter(store: store, newest: newest, now: now)
    try writer.noteClockRecovery()
    try writer.append(stream: stream, type: type, body: body)
    return writer.newest
  }

  /// By number.
  package func webhooks() throws -> [Webhook] { try store.read { try $0.webhooks() } }

  /// By number.
  package func mailings() throws -> [Mailing] { try store.read { try $0.mailings() } }
}

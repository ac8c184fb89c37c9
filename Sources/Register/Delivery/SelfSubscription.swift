package import CivilTime
import Crypto
package import JSONText
package import Planning

/// What the reader of a mailing may choose.
package struct MailingChoices: Hashable, Sendable {
  /// `fr`, `en`.
  package var language: String
  /// Empty for all.
  package var kinds: [NoticeKind]
  /// Empty for all.
  package var components: [String]

  package init(language: String, kinds: [NoticeKind], components: [String]) {
    self.language = language
    self.kinds = kinds
    self.components = components
  }

  package var json: JSON {
    [
      "language": .string(language), "kinds": .array(kinds.map { .string($0.rawValue) }),
      "components": .array(components.map { .string($0) }),
    ]
  }

  package init(json: JSON) throws {
    self.init(
      language: try json.required("language"), kinds: try json.words("kinds"),
      components: try json.texts("components"))
  }
}

/// A subscription that somebody asked for on the portal and nobody has confirmed yet. It lies, sealed, in the mail to its
/// address and nowhere else: what nobody confirms leaves no trace.
package struct SubscriptionRequest: Hashable, Sendable {
  package var address: String
  package var service: String
  package var choices: MailingChoices
  /// On the register's clock.
  package var askedAt: Instant

  /// How long it can be confirmed; at its end it cannot. Source: product page, section 7.
  package static let validity = Elapsed.hours(48)

  package var end: Instant { askedAt + SubscriptionRequest.validity }

  package init(address: String, service: String, choices: MailingChoices, askedAt: Instant) {
    self.address = address
    self.service = service
    self.choices = choices
    self.askedAt = askedAt
  }
}

/// Requests travel in an address, which others may see: encrypted, so that no log of a proxy shows whose they are, and
/// authenticated, so that nobody can write or change one. Source: RFC 8439, section 2.8.
extension SubscriptionRequest {
  func sealed(by key: WebhookSecret) throws -> String {
    let text: JSON = ["to": .string(address), "at": .integer(askedAt.secondsSinceEpoch), "choices": choices.json]
    let box = try ChaChaPoly.seal(
      text.bytes, using: Self.key(key), authenticating: Array(Self.purpose(service).utf8))
    return Base32.text(Array(box.nonce) + Array(box.ciphertext) + Array(box.tag))
  }

  /// Nil for what was not sealed by that key for that service.
  init?(_ token: String, service: String, key: WebhookSecret) {
    guard let octets = Base32.octets(token), octets.count > 28,
      let nonce = try? ChaChaPoly.Nonce(data: octets.prefix(12)),
      let box = try? ChaChaPoly.SealedBox(
        nonce: nonce, ciphertext: octets.dropFirst(12).dropLast(16), tag: octets.suffix(16)),
      let text = try? ChaChaPoly.open(box, using: Self.key(key), authenticating: Array(Self.purpose(service).utf8)),
      let json = try? JSON(parsing: Array(text)), let address = json["to"]?.string, let at = json["at"]?.integer,
      let choices = try? json["choices"].map({ try MailingChoices(json: $0) })
    else { return nil }
    self.init(
      address: address, service: service, choices: choices, askedAt: Instant(secondsSinceEpoch: at))
  }

  private static func purpose(_ service: String) -> String { "subscription\n\(service)" }

  private static func key(_ secret: WebhookSecret) -> SymmetricKey {
    SymmetricKey(data: SHA256.hash(data: Array("subscription\n\(secret.text)".utf8)))
  }

  /// Whether a text may be one: long enough, and of its letters. Says nothing of whether it is.
  package static func mayBe(_ token: some StringProtocol) -> Bool {
    (80...2000).contains(token.utf8.count) && Base32.octets(token) != nil
  }
}

/// What confirmations are sealed with. Its secret lies in its row and the log has the digest, as with webhooks, so that all
/// servers of a register, and all restarts of one, have the same.
package typealias SubscriptionKey = Grant<SubscriptionKeyContent>

package struct SubscriptionKeyContent: GrantContent {
  package typealias Kind = SubscriptionKeyKind

  /// SHA-256 of the secret, in hexadecimal.
  package var digest: String

  package static let word = "subscription-key"
  package static let keepsSecret = true
  package static func unknown(_ id: SerialID<SubscriptionKeyKind>) -> any Error {
    RegisterError.damaged("there is no key \(id.description)")
  }

  package var secretDigest: String? { digest }
  package var json: JSON { ["digest": .string(digest)] }
}

extension SubscriptionKeyContent {
  package init(json: JSON) throws { self.init(digest: try json.required("digest")) }
}

extension Register {
  /// What came of following the address in a mail.
  package enum Confirmation: Hashable, Sendable {
    /// The address has that mailing now: made by this, or before.
    case subscribed(Mailing)
    /// It came after the time for it.
    case tooLate
    /// A mailing of the address has ended since it was asked for: nobody is brought back by an old mail.
    case overtaken
  }

  /// Who the log says it was.
  private static let reader = "client"

  /// What stands in the address by which `request` is confirmed.
  package func sealed(_ request: SubscriptionRequest) throws -> String {
    try request.sealed(by: subscriptionKey() ?? makeSubscriptionKey())
  }

  /// What a token asks for; nil for one that is not of this register and service.
  package func subscriptionRequest(_ token: String, service: String) throws -> SubscriptionRequest? {
    try subscriptionKey().flatMap { SubscriptionRequest(token, service: service, key: $0) }
  }

  private func subscriptionKey() throws -> WebhookSecret? {
    try store.read { try $0.grants(SubscriptionKeyContent.self) }.last { !$0.isRevoked && $0.secret != nil }?.secret
  }

  /// One that another process made meanwhile is taken; one whose secret is lost, as out of a copy of the log, ends.
  private func makeSubscriptionKey() throws -> WebhookSecret {
    try writing { store in
      for key in try store.grants(SubscriptionKeyContent.self) where !key.isRevoked {
        if let secret = key.secret { return secret }
        _ = try perform(Revocation<SubscriptionKeyContent>(id: key.id), in: Sitting(store))
      }
      let secret = WebhookSecret.random()
      let request = GrantRequest<SubscriptionKeyContent>(
        actor: nil, unlogged: .init(secret: secret), isSame: { _ in false },
        content: { _ in SubscriptionKeyContent(digest: secret.digest) })
      _ = try perform(request, in: Sitting(store))
      return secret
    }
  }

  /// The mailing with what the addresses in its mails follow from. Those that builds before format 5 recorded have no salt,
  /// since the log names their addresses; for them the key of the register serves, and the number tells them apart.
  package func salted(_ mailing: Mailing) throws -> Mailing {
    guard mailing.unlogged.salt == nil, mailing.address != nil else { return mailing }
    return salted(mailing, by: try subscriptionKey() ?? makeSubscriptionKey())
  }

  private func salted(_ mailing: Mailing, by key: WebhookSecret?) -> Mailing {
    var mailing = mailing
    if mailing.unlogged.salt == nil, mailing.address != nil { mailing.unlogged.salt = key?.text }
    return mailing
  }

  /// The mailing that `token` belongs to, as ``salted(_:)`` has it; nil for any other text, without saying why.
  func mailing(_ token: String, _ own: KeyPath<Mailing, String?>) throws -> Mailing? {
    guard let id = MailingLeave.id(token), let known: Mailing = try store.read({ try $0.grant(id) }) else { return nil }
    let mailing = salted(known, by: try subscriptionKey())
    guard let own = mailing[keyPath: own], ConstantTime.areEqual(own.utf8, token.utf8) else { return nil }
    return mailing
  }

  /// The mailing of a service that an address has; nil where it has none in force. It takes as long for every address.
  package func mailing(to address: String, service: String) throws -> Mailing? {
    let known = try store.read { try Register.mailings(to: address, service: service, in: $0) }.last { !$0.isRevoked }
    return try known.map(salted)
  }

  private static func mailings(
    to address: String, service: String, in store: any StoreReader
  ) throws -> [Mailing] {
    let key = MailingTerms.key(address)
    return try store.mailings().filter { $0.service == service && $0.address.map(MailingTerms.key) == key }
  }

  /// Makes the mailing that was asked for, once: whoever confirms a second time, or two requests of one address, is told the
  /// same and changes nothing. What comes after its time is told nothing else, of whomever it speaks.
  package func confirm(_ request: SubscriptionRequest) throws -> Confirmation {
    try writing { store in
      guard let newest = try store.newestEvent() else { throw RegisterError.notInitialised }
      let now = try readClock(newest: newest)
      guard now < request.end else { return .tooLate }
      let known = try Register.mailings(to: request.address, service: request.service, in: store)
      if let mailing = known.last(where: { !$0.isRevoked }) { return .subscribed(mailing) }
      guard !known.contains(where: { $0.revokedAt.map { $0 >= request.askedAt } ?? false }) else { return .overtaken }
      let terms = MailingTerms(request.service, request.choices)
      var sitting = Sitting(store)
      sitting.moment = now
      let made = try perform(
        Register.mailing(
          to: request.address, terms, origin: .portal, idempotencyKey: nil, actor: Register.reader), in: sitting)
      guard let mailing = made.after else { throw RegisterError.damaged("a mailing left nothing") }
      return .subscribed(mailing)
    }
  }

  /// The mailing in force whose choices an address in its mails opens; nil for any other text, without saying why.
  package func mailing(choosing token: String) throws -> Mailing? {
    try mailing(token, \.choiceToken).flatMap { $0.isRevoked ? nil : $0 }
  }

  /// Has the mailing that `token` opens send what its reader takes from now on; nil where it opens none.
  package func changeMailing(_ token: String, to choices: MailingChoices) throws -> Mailing? {
    guard let mailing = try mailing(choosing: token) else { return nil }
    return try record(Choice(id: mailing.id, actor: Register.reader, choices: choices)).after
  }

  private struct Choice: StreamRequest {
    typealias Subject = Mailing

    var id: MailingID?
    var actor: String?
    var choices: MailingChoices
    var idempotencyKey: String? { nil }

    /// What is so already is not recorded again, nor what ended meanwhile.
    func settled(_ before: Mailing?, in store: any StoreReader) throws -> Done<Mailing>? {
      guard let before, before.isRevoked || before.content.choices == choices else { return nil }
      return Done(after: before.isRevoked ? nil : before, isReplay: true, decidedAt: before.createdAt)
    }

    func decide(
      on before: Mailing?, contract: BoundContract?, at now: Instant, in sitting: Sitting
    ) -> (verdict: Verdict?, events: [GrantEvent<MailingContent>]) { (nil, [.changed(choices)]) }
  }
}

package import CivilTime
package import JSONText
package import Planning

/// What differs between the kinds of grants: a token, a private feed, a webhook, a mailing.
package protocol GrantContent: Hashable, Sendable {
  associatedtype Kind: SerialKind

  /// Of its events, `token` for `token-created` and `token-revoked`; with an s, of its address in the API.
  static var word: String { get }
  /// In which a grant of the kind can be.
  static var states: [GrantState] { get }
  static func unknown(_ id: SerialID<Kind>) -> any Error

  /// As its first event and its row keep it, without members that are nil.
  var json: JSON { get }
  init(json: JSON) throws

  /// SHA-256 of its secret, in hexadecimal; nil where it has none.
  var secretDigest: String? { get }
  /// Whether the secret itself is kept in the row.
  static var keepsSecret: Bool { get }
  /// SHA-256 of the secret before it, where that is kept too.
  var previousDigest: String? { get }
  /// With another secret.
  func rotated(to digest: String, previousUntil: Instant?) -> Self
  /// With other choices of its reader.
  func changed(to choices: MailingChoices) -> Self
  /// Whether the same messages are taken, so that none has to be written or taken back for a change from `other`.
  func takesTheSame(as other: Self) -> Bool
  /// The first moment at which it ends by itself; nil where it does not.
  var expiresAt: Instant? { get }
  /// Where its messages go; nil where it sends none.
  var address: LoggedAddress? { get }
  /// Throws where a grant that there is stands in the way of this one.
  func checkClash(with other: Grant<Self>) throws

  /// Whether one that there is may stand in the way of another.
  static var mayClash: Bool { get }

  /// Whether its holder is told of changes by messages.
  static var isSubscription: Bool { get }
  /// Whether the newest revision of `change` is told; `before` is what it was before that, if it was published.
  func takes(_ change: Change, after before: Change?) -> Bool
  /// Whether reminders of `change` are.
  func takesReminders(of change: Change) -> Bool
  /// How it ended, where nobody took it back; nil for what does not end so.
  var ending: GrantEnding? { get }
  func ended(by ending: GrantEnding) -> Self
}

extension GrantContent {
  package static var states: [GrantState] { [.active, .revoked] }
  package var secretDigest: String? { nil }
  package static var keepsSecret: Bool { false }
  package var previousDigest: String? { nil }
  package func rotated(to digest: String, previousUntil: Instant?) -> Self { self }
  package func changed(to choices: MailingChoices) -> Self { self }
  package func takesTheSame(as other: Self) -> Bool { true }
  package var expiresAt: Instant? { nil }
  package var address: LoggedAddress? { nil }
  package func checkClash(with other: Grant<Self>) throws {}
  package static var mayClash: Bool { false }
  package var ending: GrantEnding? { nil }
  package func ended(by ending: GrantEnding) -> Self { self }
  package static var isSubscription: Bool { false }
  package func takes(_ change: Change, after before: Change?) -> Bool { false }
  package func takesReminders(of change: Change) -> Bool { false }
}

package enum GrantState: String, Hashable, Sendable {
  case active, expired, revoked
  /// Revoked by its own receiver, which answered 410 Gone.
  case gone
  /// Ended by its reader, who followed the address in a mail.
  case left
  /// Its mails came back.
  case bounced
}

/// How a mailing ended, where nobody took it back.
package enum GrantEnding: Hashable, Sendable {
  case left
  /// - Parameters:
  ///   - status: of the failure, `5.1.1` (RFC 3463); nil where nobody said.
  ///   - unreached: sequences of the events that say of a notice that it was published by mail, to this address too.
  case bounced(status: String?, unreached: [Int])

  package var state: GrantState { self == .left ? .left : .bounced }
}

/// What is handed out under a number and can be taken back.
@dynamicMemberLookup
package struct Grant<Content: GrantContent>: Hashable, Sendable {
  package typealias ID = SerialID<Content.Kind>

  package let id: ID
  package var content: Content
  package var createdAt: Instant
  package var createdBy: String?
  package var revokedAt: Instant?
  package var revokedBy: String?
  /// Revoked by its own receiver, which answered 410 Gone.
  package var isGone = false
  /// Sequence of its newest event.
  package var newest: Int
  package var unlogged = Unlogged()

  /// What its row holds and no event: empty in a copy of the log.
  package struct Unlogged: Hashable, Sendable {
    /// Kept because a signature needs it.
    package var secret: WebhookSecret?
    /// The one before it, which may still be signed with.
    package var previousSecret: WebhookSecret?
    /// Where messages go, and what its digest in the log was taken with.
    package var address: String?
    package var salt: String?
    /// To the minute; nothing vouches for it.
    package var lastUsedAt: Instant?
  }

  package init(id: ID, content: Content, createdAt: Instant, createdBy: String?, newest: Int) {
    self.id = id
    self.content = content
    self.createdAt = createdAt
    self.createdBy = createdBy
    self.newest = newest
  }

  package subscript<Value>(dynamicMember path: KeyPath<Content, Value>) -> Value { content[keyPath: path] }

  /// Where messages go; nil where there are none, and in a copy of the log.
  package var address: String? { content.address?.plain ?? unlogged.address }
  package var secret: WebhookSecret? { unlogged.secret }
  package var lastUsedAt: Instant? { unlogged.lastUsedAt }

  package func state(at moment: Instant) -> GrantState {
    if revokedAt != nil { return content.ending?.state ?? (isGone ? .gone : .revoked) }
    return content.expiresAt.map { moment >= $0 } ?? false ? .expired : .active
  }

  package var isRevoked: Bool { revokedAt != nil }

  /// Without what no event says.
  package var logged: Grant {
    var grant = self
    grant.unlogged = .init()
    return grant
  }
}

extension Grant {
  /// Whether the row holds what the log was given the digests of. In a copy of the log it may hold nothing, and so it may
  /// of what is revoked, which needs neither secret nor address.
  package func isVouchedFor(isCopy: Bool) -> Bool {
    if isCopy || isRevoked, unlogged.secret == nil, unlogged.address == nil, unlogged.salt == nil { return true }
    return (unlogged.secret.map { $0.digest == content.secretDigest } ?? !Content.keepsSecret)
      && unlogged.previousSecret?.digest == content.previousDigest
      && content.address?.vouches(for: unlogged.address, salt: unlogged.salt)
        ?? (unlogged.address == nil && unlogged.salt == nil)
  }
}

/// How the log names where messages go. Engineers read the log, and it forgets nothing: an address of a person, or one
/// that lets whoever knows it write somewhere, is no part of it.
package enum LoggedAddress: Hashable, Sendable {
  /// SHA-256 over a salt, a newline and the address; both lie in the row. Without the salt whoever has a list of mail
  /// addresses could try them.
  case digest(String)
  /// In events of format 4 and before. What is hashed stays as it is.
  case plain(String)

  /// A new one, with its salt of 160 random bits.
  static func sealed(_ text: String) -> (logged: LoggedAddress, salt: String) {
    let salt = FeedSecret.random().text
    return (.digest(digest(text, salt: salt)), salt)
  }

  static func digest(_ text: String, salt: String) -> String { Digest.sha256("\(salt)\n\(text)".utf8) }

  /// Whether the row holds what was meant.
  func vouches(for text: String?, salt: String?) -> Bool {
    switch self {
    case .digest(let digest):
      text.flatMap { text in salt.map { LoggedAddress.digest(text, salt: $0) } } == digest
    case .plain: text == nil && salt == nil
    }
  }
}

extension JSON {
  /// The members `name` and `name_digest`, of which there is one.
  func address(_ name: String) throws(EventCodecError) -> LoggedAddress {
    if let digest = self["\(name)_digest"]?.string {
      guard Digest.isWellFormed(digest) else { throw EventCodecError(member: name) }
      return .digest(digest)
    }
    return .plain(try required(name))
  }
}

extension LoggedAddress {
  var plain: String? { if case .plain(let text) = self { text } else { nil } }
  var digest: String? { if case .digest(let text) = self { text } else { nil } }
}

/// What a store knows of grants besides their events. Of mailings there may be thousands, of the others tens.
package protocol GrantReader {
  /// Throws where its row cannot be read.
  func grant<Content: GrantContent>(_ id: Grant<Content>.ID) throws -> Grant<Content>?
  /// Zero where there are none.
  func highestGrant<Content: GrantContent>(_ kind: Content.Type) throws -> Int
  /// Hands over each by number; nil for one whose row cannot be read.
  func eachGrant<Content: GrantContent>(
    _ kind: Content.Type, _ body: (Grant<Content>.ID, Grant<Content>?) throws -> Void) throws
  /// Those whose digest begins so.
  func grants<Content: GrantContent>(_ kind: Content.Type, digestPrefix: String) throws -> [Grant<Content>]
}

package protocol GrantWriter {
  func put<Content: GrantContent>(_ grant: Grant<Content>) throws
  /// A column and no event: a log of each use would bury what it is for.
  func noteUse(of token: TokenID, at moment: Instant) throws
}

extension GrantReader {
  package func grant<Content: GrantContent>(_ id: Grant<Content>.ID) throws -> Grant<Content>? {
    try grants(Content.self).first { $0.id == id }
  }
  package func highestGrant<Content: GrantContent>(_ kind: Content.Type) throws -> Int {
    try grants(kind).last?.id.number ?? 0
  }

  /// By number. Throws where a row cannot be read.
  package func grants<Content: GrantContent>(_ kind: Content.Type) throws -> [Grant<Content>] {
    var grants: [Grant<Content>] = []
    try eachGrant(kind) { id, grant in
      guard let grant, grant.isVouchedFor(isCopy: true) else {
        throw RegisterError.damaged(.row(table: Grant<Content>.table, key: id.description, .unreadable))
      }
      grants.append(grant)
    }
    return grants
  }

  package func tokens() throws -> [Token] { try grants(TokenContent.self) }
  package func privateFeeds() throws -> [PrivateFeed] { try grants(PrivateFeedContent.self) }
  package func webhooks() throws -> [Webhook] { try grants(WebhookContent.self) }
  package func mailings() throws -> [Mailing] { try grants(MailingContent.self) }
}

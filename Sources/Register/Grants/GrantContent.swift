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
  /// The first moment at which it ends by itself; nil where it does not.
  var expiresAt: Instant? { get }
  /// Where its messages go; nil where it sends none.
  var address: LoggedAddress? { get }
  /// Throws where a grant that there is stands in the way of this one.
  func checkClash(with other: Grant<Self>) throws
}

extension GrantContent {
  package static var states: [GrantState] { [.active, .revoked] }
  package var secretDigest: String? { nil }
  package static var keepsSecret: Bool { false }
  package var expiresAt: Instant? { nil }
  package var address: LoggedAddress? { nil }
  package func checkClash(with other: Grant<Self>) throws {}

  /// Whether a stream is that of a grant of this kind, well named or not.
  static func owns(_ stream: String) -> Bool { SerialID<Kind>(stream) != nil }
}

package enum GrantState: String, Hashable, Sendable {
  case active, expired, revoked
  /// Revoked by its own receiver, which answered 410 Gone.
  case gone
}

/// All kinds, for what looks at every stream of the log.
enum GrantKinds {
  static let all: [any GrantContent.Type] = [
    TokenContent.self, PrivateFeedContent.self, WebhookContent.self, MailingContent.self,
  ]
}

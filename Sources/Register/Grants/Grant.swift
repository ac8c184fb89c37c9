package import CivilTime
package import Planning

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
    if revokedAt != nil { return isGone ? .gone : .revoked }
    return content.expiresAt.map { moment >= $0 } ?? false ? .expired : .active
  }

  package var isRevoked: Bool { revokedAt != nil }
}

extension Grant {
  /// Whether the row holds what the log was given the digests of. In a copy of the log it may hold nothing, and so it may
  /// of what is revoked, which needs neither secret nor address.
  func isVouchedFor(isCopy: Bool) -> Bool {
    if isCopy || isRevoked, unlogged.secret == nil, unlogged.address == nil, unlogged.salt == nil { return true }
    return (unlogged.secret.map { $0.digest == content.secretDigest } ?? !Content.keepsSecret)
      && content.address?.vouches(for: unlogged.address, salt: unlogged.salt)
        ?? (unlogged.address == nil && unlogged.salt == nil)
  }
}

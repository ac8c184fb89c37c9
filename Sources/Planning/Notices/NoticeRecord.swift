public import CivilTime

/// A way by which clients are told. Source: contract, article 10.
public enum NoticeChannel: String, CaseIterable, Hashable, Sendable {
  case portal, mail, letter
}

/// A notice that was published, as someone stated it: the evidence of what was said and when.
public struct NoticeRecord: Hashable, Sendable {
  public let kind: NoticeKind
  public let channel: NoticeChannel
  /// Published revision of the change that the notice spoke of.
  public let revision: Int
  /// When it was published, and the register's clock when that was stated.
  public let publishedAt: Change.StatedInstant

  public init(kind: NoticeKind, channel: NoticeChannel, revision: Int, publishedAt: Change.StatedInstant) {
    self.kind = kind
    self.channel = channel
    self.revision = revision
    self.publishedAt = publishedAt
  }
}

/// A published revision, and the notice that it calls for.
public struct RevisionMark: Hashable, Sendable {
  public let revision: Int
  public let notice: NoticeKind
  public let at: Instant

  public init(revision: Int, notice: NoticeKind, at: Instant) {
    self.revision = revision
    self.notice = notice
    self.at = at
  }
}

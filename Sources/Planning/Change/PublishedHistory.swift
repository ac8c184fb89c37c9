/// What clients were told of one change, version by version.
public struct PublishedHistory: Hashable, Sendable {
  /// The change as each published revision left it, oldest first; never empty.
  public let revisions: [Change]

  /// Nil when nothing was ever published.
  public init?(_ revisions: [Change]) {
    guard !revisions.isEmpty else { return nil }
    self.revisions = revisions
  }

  /// As clients know it now.
  public var newest: Change { revisions[revisions.count - 1] }
  public var first: Change { revisions[0] }
}

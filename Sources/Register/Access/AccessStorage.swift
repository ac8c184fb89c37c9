package import CivilTime
package import Planning

/// What a store knows of tokens and private feeds besides their events. There are tens of them, so none is filtered.
package protocol AccessReader {
  /// By number.
  func tokens() throws -> [Token]
  /// Those whose digest begins so.
  func tokens(digestPrefix: String) throws -> [Token]
  /// By number.
  func privateFeeds() throws -> [PrivateFeed]
  /// Those whose digest begins so.
  func privateFeeds(digestPrefix: String) throws -> [PrivateFeed]
}

package protocol AccessWriter {
  func put(_ token: Token) throws
  func put(_ feed: PrivateFeed) throws
  /// A column and no event: a log of each use would bury what it is for.
  func noteUse(of token: TokenID, at moment: Instant) throws
}

extension EventStore {
  /// As `write` where nothing is known of locks.
  package func writeWithoutWaiting<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
    try write(body)
  }
}

package import CivilTime
package import Planning

/// What a store knows of grants besides their events. There are tens of them, so none is filtered.
package protocol GrantReader {
  /// By number.
  func grants<Content: GrantContent>(_ kind: Content.Type) throws -> [Grant<Content>]
  /// Those whose digest begins so.
  func grants<Content: GrantContent>(_ kind: Content.Type, digestPrefix: String) throws -> [Grant<Content>]
}

package protocol GrantWriter {
  func put<Content: GrantContent>(_ grant: Grant<Content>) throws
  /// A column and no event: a log of each use would bury what it is for.
  func noteUse(of token: TokenID, at moment: Instant) throws
}

extension GrantReader {
  package func tokens() throws -> [Token] { try grants(TokenContent.self) }
  package func privateFeeds() throws -> [PrivateFeed] { try grants(PrivateFeedContent.self) }
  package func webhooks() throws -> [Webhook] { try grants(WebhookContent.self) }
  package func mailings() throws -> [Mailing] { try grants(MailingContent.self) }
}

extension EventStore {
  /// As `write` where nothing is known of locks.
  package func writeWithoutWaiting<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
    try write(body)
  }
}

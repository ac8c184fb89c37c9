package import CivilTime
package import Planning

/// Where commands go: into a register file, or to the server that keeps one. The answers are the same.
package protocol RegisterWriter: Sendable {
  func execute(
    _ request: Register.Request, contract: (String) throws -> BoundContract
  ) throws -> Register.Outcome

  func execute(
    _ request: Register.OutageRequest, contract: (String) throws -> BoundContract
  ) throws -> Register.OutageOutcome

  func recordAll(
    _ requests: [Register.OutageRequest], isRehearsal: Bool, contract: (String) throws -> BoundContract
  ) throws -> Register.OutageBatch

  func execute(
    _ request: Register.GateRequest, contract: (String) throws -> BoundContract
  ) throws -> Register.GateOutcome

  func execute(
    _ request: Register.ReleaseRequest, contract: (String) throws -> BoundContract
  ) throws -> Register.ReleaseOutcome

  func executeAll(
    _ requests: [Register.Request], terms: Register.BatchTerms, contract: (String) throws -> BoundContract,
    isFault: (any Error) -> Bool, progress: (Int) -> Void
  ) throws -> Register.BatchOutcome

  func executeTogether(
    _ requests: [Register.Request], contract: (String) throws -> BoundContract
  ) throws -> [Register.Outcome]
}

extension Register: RegisterWriter {}

/// Where grants are kept: in a register file, or by the server that keeps one. Secrets are made here, so that an answer
/// that is lost takes no secret with it.
package protocol GrantKeeper: Sendable {
  /// By number.
  func grants<Content: GrantContent>(_ kind: Grant<Content>.Type) throws -> [Grant<Content>]

  func revoke<Content: GrantContent>(
    _ kind: Grant<Content>.Type, _ id: Grant<Content>.ID, idempotencyKey: String?, actor: String?
  ) throws -> (record: Grant<Content>, isNew: Bool)

  func createToken(
    name: String, role: Role, expires: Register.Expiry, actor: String?
  ) throws -> (record: Token, secret: TokenSecret)

  func createPrivateFeed(
    client: String, parts: [PrivateFeed.Part], language: String?, actor: String?,
    contract: (String) throws -> BoundContract
  ) throws -> (record: PrivateFeed, secret: FeedSecret)

  /// - Parameter secret: nil makes one; either way the record holds it.
  func createWebhook(
    url: String, service: String, events: [ClientEvent], format: WebhookFormat, language: String?,
    allowsPrivate: Bool, secret: WebhookSecret?, idempotencyKey: String?, actor: String?
  ) throws -> (record: Webhook, isNew: Bool)

  /// - Parameter secret: nil makes one; either way the record holds it.
  func rotateWebhook(
    _ id: WebhookID, keep: Elapsed, secret: WebhookSecret?, idempotencyKey: String?, actor: String?
  ) throws -> (record: Webhook, isNew: Bool)

  func createMailing(
    address: String, language: String, service: String, kinds: [NoticeKind], components: [String],
    idempotencyKey: String?, actor: String?
  ) throws -> (record: Mailing, isNew: Bool)
  func importMailings(_ addresses: [String], _ terms: MailingTerms, actor: String?) throws -> MailingImport
  func recordBounces(_ bounces: [MailBounce], actor: String?) throws -> BounceRecord

  func deliveries(_ filter: OutboxFilter) throws -> [OutboxRow]
  func retryDelivery(_ id: String) throws -> OutboxRow
  func retryDeadDeliveries() throws -> [OutboxRow]
}

extension Register: GrantKeeper {}

extension GrantKeeper {
  @discardableResult
  package func revoke<Content: GrantContent>(
    _ kind: Grant<Content>.Type, _ id: Grant<Content>.ID, actor: String?
  ) throws -> (record: Grant<Content>, isNew: Bool) { try revoke(kind, id, idempotencyKey: nil, actor: actor) }
}

package import Planning

/// Where commands go: into a register file, or to the server that keeps one. The answers are the same.
package protocol RegisterWriter: Sendable {
  func execute(
    _ request: Register.Request, contract: (String) throws -> BoundContract
  ) throws -> Register.Outcome

  func execute(
    _ request: Register.OutageRequest, contract: (String) throws -> BoundContract
  ) throws -> Register.OutageOutcome

  func execute(
    _ request: Register.GateRequest, contract: (String) throws -> BoundContract
  ) throws -> Register.GateOutcome

  func executeAll(
    _ requests: [Register.Request], terms: Register.BatchTerms, contract: (String) throws -> BoundContract,
    isFault: (any Error) -> Bool, progress: (Int) -> Void
  ) throws -> Register.BatchOutcome
}

extension Register: RegisterWriter {}

/// Where tokens and private feeds are kept: in a register file, or by the server that keeps one. Secrets are made here,
/// so that only their digests travel, and an answer that is lost takes no secret with it.
package protocol AccessKeeper: Sendable {
  func tokens() throws -> [Token]

  func createToken(
    name: String, role: Role, expires: Register.Expiry, actor: String?
  ) throws -> (record: Token, secret: TokenSecret)

  func revokeToken(_ id: TokenID, actor: String?) throws -> (record: Token, isNew: Bool)

  func privateFeeds() throws -> [PrivateFeed]

  func createPrivateFeed(
    client: String, parts: [PrivateFeed.Part], language: String?, actor: String?,
    contract: (String) throws -> BoundContract
  ) throws -> (record: PrivateFeed, secret: FeedSecret)

  func revokePrivateFeed(_ id: PrivateFeedID, actor: String?) throws -> (record: PrivateFeed, isNew: Bool)
}

extension Register: AccessKeeper {}

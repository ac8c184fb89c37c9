package import Planning
package import Register
package import Wording

/// Notices that were published, and are recorded together.
package enum PublishedNotices {
  /// How many are recorded at once.
  package static let most = 1000

  /// One of them, as it was said.
  package struct Item: Sendable {
    package var change: ChangeID
    /// Nil for the one that is owed first.
    package var kind: String?
    package var channel: String
    package var at: String?
    /// The published revision that was written; nil takes the newest.
    package var revision: Int?
    package var key: String?

    package init(
      _ change: ChangeID, kind: String? = nil, channel: String, at: String? = nil, revision: Int? = nil,
      key: String? = nil
    ) {
      (self.change, self.kind, self.channel, self.at) = (change, kind, channel, at)
      (self.revision, self.key) = (revision, key)
    }
  }

  /// What the register is asked. The times of an item are read as the contract of its change says.
  package static func requests(
    _ items: [Item], actor: String?, register: Register, contract: (Change) throws -> Contract,
    wording: (Contract) -> Wording
  ) throws -> [Register.Request] {
    try items.map { item in
      let change = try register.change(item.change)
      let contract = try contract(change)
      let command = try NoticesOwed.publication(
        kind: item.kind, channel: item.channel, at: item.at, wording: wording(contract))
      var request = Register.Request(command, on: item.change, actor: actor, idempotencyKey: item.key)
      request.expected = item.revision.map { .published(revision: $0) }
      return request
    }
  }

  /// What stands on record of each, in the order of the requests.
  package static func lines(_ outcomes: [Register.Outcome], in register: Register) throws -> [NoticesTold.Line] {
    try outcomes.map { outcome in
      let told = try outcome.change.map { try NoticesTold.lines(of: $0.id, in: register) } ?? []
      guard let line = told.first(where: { $0.line.sequence == outcome.newest }) else {
        throw RegisterError.damaged("a notice that was recorded is not on record")
      }
      return line
    }
  }
}

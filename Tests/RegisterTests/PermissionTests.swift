import CivilTime
import Planning
import Register
import Testing

/// Who may do what, as a table.
@Suite struct PermissionTests {
  /// Least role on what is one's own, and on what is another's; nil is everyone. Source: the roles of the product page.
  static let table: [(action: Permission.Action, own: Role?, others: Role?)] = [
    (.readPublished, nil, nil),
    (.subscribe, nil, nil),
    (.readRegister, .engineer, .engineer),
    (.submit, .engineer, .engineer),
    (.recordEmergency, .engineer, .engineer),
    (.move, .engineer, .releaseManager),
    (.overrideGate, .engineer, .engineer),
    (.approve, .releaseManager, .releaseManager),
    (.publishNotice, .releaseManager, .releaseManager),
    (.keepOutages, .releaseManager, .releaseManager),
    (.importChanges, .releaseManager, .releaseManager),
    (.manageTokens, .admin, .admin),
    (.managePrivateFeeds, .admin, .admin),
    (.manageWebhooks, .admin, .admin),
    (.manageContracts, .admin, .admin),
  ]

  @Test func `Every action stands in the table once`() {
    #expect(Self.table.map(\.action) == Permission.Action.allCases)
  }

  @Test(arguments: table.indices)
  func `Each role may what the table says, and no more`(index: Int) {
    let row = Self.table[index]
    for creator in ["ada", "bob", nil] {
      let least = creator == "ada" ? row.own : row.others
      let nobody = Permission.check(row.action, by: nil, creator: creator)
      #expect(nobody == (least == nil ? .allowed : .needsToken))
      for role in Role.allCases {
        let answer = Permission.check(row.action, by: Principal(name: "ada", role: role), creator: creator)
        #expect(answer.isAllowed == (least.map { role >= $0 } ?? true), "\(row.action) \(role) \(creator ?? "-")")
        guard !answer.isAllowed, let least else { continue }
        let isOwnership = row.own.map { role >= $0 } ?? true
        #expect(answer == (isOwnership ? .notOwn(least) : .needsRole(least)))
      }
    }
  }

  @Test func `What one creator's name holds of another's is no match`() {
    let ada = Principal(name: "ada", role: .engineer)
    for creator in ["", "Ada", "ada ", "adam", "ad", "a\u{308}da"] {
      #expect(Permission.check(.move, by: ada, creator: creator) == .notOwn(.releaseManager))
    }
    #expect(Permission.check(.move, by: Principal(name: "", role: .engineer), creator: nil) == .notOwn(.releaseManager))
  }

  @Test(arguments: StoreKind.allCases)
  func `The creator of a change is the actor of its first event`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    func execute(_ command: ChangeCommand, on id: ChangeID? = nil, by actor: String?) throws -> ChangeID? {
      try workshop.register.execute(Register.Request(command, on: id, actor: actor)) { _ in workshop.contract }.change?
        .id
    }
    let id = try #require(try execute(.submit(workshop.content("2026-12-06T01:00:00Z")), by: "ada"))
    _ = try execute(.cancel(reason: "Not needed"), on: id, by: "bob")
    #expect(try workshop.register.creator(of: id) == "ada")
    let draft = try #require(try execute(.submit(workshop.content("2026-12-07T10:00:00Z")), by: nil))
    #expect(try workshop.register.creator(of: draft) == nil)
    let missing = ChangeID(year: 2026, number: 9)
    #expect(throws: RegisterError.unknownChange(missing)) { try workshop.register.creator(of: missing) }
  }

  @Test func `Identifiers are read as they are written, and nothing else is one`() {
    for number in [1, 42, 9999, 10_000, 123_456_789] {
      #expect(TokenID(TokenID(number: number).description) == TokenID(number: number))
      #expect(PrivateFeedID(PrivateFeedID(number: number).description) == PrivateFeedID(number: number))
    }
    #expect(TokenID(number: 1).description == "TOK-0001")
    #expect(TokenID("tok-0001") == TokenID(number: 1))
    for text in [
      "", "TOK-", "TOK-1", "TOK-0000", "TOK-00001", "TOK-000x", "TOK-٠٠٠١", "PFD-0001", "TOK-0001 ", "TOK--001",
      "TOK-+001", "TOK-9999999999",
    ] {
      #expect(TokenID(text) == nil, "\(text)")
    }
  }
}

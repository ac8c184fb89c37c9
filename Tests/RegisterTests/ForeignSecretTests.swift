import CivilTime
import Foundation
import GRDB
import Planning
import Register
import TestSupport
import Testing

@testable import RegisterSQLite

/// Tokens and private feeds whose secret their maker keeps.
@Suite struct ForeignSecretTests {
  static let digest = String(repeating: "0f", count: 32)

  @Test(arguments: StoreKind.allCases)
  func `The same digest and request is the same token, and nothing is recorded twice`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let register = workshop.register
    func record(_ name: String, _ role: Role, _ expires: Register.Expiry) throws -> (record: Token, isNew: Bool) {
      try register.recordToken(name: name, role: role, expires: expires, digest: Self.digest, actor: "ada")
    }
    let first = try record("bot", .engineer, .after(.hours(12)))
    #expect(first.isNew)
    workshop.clock.now = workshop.clock.now + .hours(1)
    let count = try workshop.events().count
    let again = try record("bot", .engineer, .after(.hours(12)))
    #expect(!again.isNew)
    #expect(again.record == first.record)
    #expect(try record("bot", .engineer, .at(first.record.expiresAt ?? .latest)).isNew == false)
    for (name, role, expires) in [
      ("Bot", Role.engineer, Register.Expiry.after(.hours(12))), ("bot", .admin, .after(.hours(12))),
      ("bot", .engineer, .after(.hours(11))), ("bot", .engineer, .never),
    ] {
      #expect(throws: AccessError.digestTaken("TOK-0001")) { try record(name, role, expires) }
    }
    #expect(try workshop.events().count == count)
    // A token that was taken back is answered as it is: it is not made anew.
    try register.revoke(Token.self, first.record.id, actor: "ada")
    #expect(try record("bot", .engineer, .after(.hours(12))).record.revokedAt != nil)
    #expect(try register.tokens().count == 1)
    #expect(try workshop.verify().problems == [])
  }

  @Test(arguments: [
    "", "0f", String(repeating: "0F", count: 32), String(repeating: "0g", count: 32), digest + "0",
    String(repeating: "é", count: 32),
  ]) func `What is no digest is not kept`(text: String) throws {
    let register = try Workshop(.memory).register
    #expect(throws: AccessError.invalidDigest) {
      try register.recordToken(name: "bot", role: .admin, digest: text, actor: nil)
    }
    #expect(throws: AccessError.invalidDigest) {
      try register.recordPrivateFeed(client: "x", parts: [], digest: text, actor: nil) { _ in
        throw RegisterError.busy
      }
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `The same digest and request is the same private feed`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    func record(_ client: String, _ components: [String]) throws -> (record: PrivateFeed, isNew: Bool) {
      try workshop.register.recordPrivateFeed(
        client: client, parts: [PrivateFeed.Part("profession-liberale", components: components)],
        digest: Self.digest, actor: "ada"
      ) { _ in workshop.contract }
    }
    let first = try record("Martin", ["flux"])
    #expect(first.isNew)
    #expect(try record("Martin", ["flux"]).record == first.record)
    #expect(throws: AccessError.digestTaken("PFD-0001")) { try record("Martin", []) }
    #expect(throws: AccessError.digestTaken("PFD-0001")) { try record("Martine", ["flux"]) }
    #expect(try workshop.register.privateFeeds().count == 1)
    #expect(try workshop.verify().problems == [])
  }
}

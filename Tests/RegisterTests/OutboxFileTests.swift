import CivilTime
import Foundation
import GRDB
import Planning
import Register
import RegisterSQLite
import TestSupport
import Testing

/// The outbox in a register file: verified, copied and put back, brought from an older format.
@Suite struct OutboxFileTests {
  private static func edit(_ kind: String, _ change: String) -> String {
    "UPDATE grants SET \(change) WHERE kind = '\(kind)' AND number = 1"
  }

  /// What is done by hand, and whether it is found. How far a message got is in no event.
  static let edits: [(sql: String, isFound: Bool)] = [
    (edit("HOOK-", "address = 'https://evil.example/'"), true), (edit("HOOK-", "address = NULL"), true),
    (edit("HOOK-", "salt = 'x'"), true), (edit("HOOK-", "salt = NULL"), true),
    (edit("HOOK-", "content = json_set(content, '$.url_digest', '\(String(repeating: "a", count: 64))')"), true),
    (edit("HOOK-", "content = json_remove(json_set(content, '$.url', address), '$.url_digest')"), true),
    (edit("HOOK-", "content = json_set(content, '$.service', 'paie')"), true),
    (edit("HOOK-", "content = json_set(content, '$.events', json('[\"change.planned\"]'))"), true),
    (edit("HOOK-", "secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'"), true), (edit("HOOK-", "secret = NULL"), true),
    (edit("HOOK-", "revoked_at = 7"), true), (edit("HOOK-", "gone = 1"), true),
    ("DELETE FROM grants WHERE kind = 'HOOK-'", true), (edit("MAIL-", "address = 'eve@example.org'"), true),
    (edit("MAIL-", "content = json_set(content, '$.language', 'en')"), true),
    (edit("MAIL-", "content = json_set(content, '$.kinds', json('[\"announcement\"]'))"), true),
    ("DELETE FROM grants WHERE kind = 'MAIL-'", true),
    ("DELETE FROM outbox WHERE sequence = (SELECT max(sequence) FROM outbox)", true),
    (
      "UPDATE outbox SET id = 'msg_0' WHERE sequence = (SELECT min(sequence) FROM outbox) AND subscription LIKE 'H%'",
      true
    ),
    ("UPDATE outbox SET sequence = 1 WHERE sequence = (SELECT min(sequence) FROM outbox)", true),
    ("UPDATE outbox SET subscription = 'HOOK-0009' WHERE subscription = 'HOOK-0001'", true),
    ("UPDATE outbox SET state = 'delivered', attempts = 3, settled_at = 7", false),
  ]

  @Test(arguments: edits.indices)
  func `What is edited, removed or added by hand is found`(index: Int) throws {
    let workshop = try Workshop(.sqlite)
    try OutboxTests.hook(workshop)
    try OutboxTests.mailing(workshop)
    try workshop.submit("2026-12-06T01:00:00Z")
    #expect(try workshop.verify().problems == [])
    try DatabaseQueue(path: workshop.path).write { try $0.execute(sql: Self.edits[index].sql) }
    #expect(try workshop.verify().problems.isEmpty != Self.edits[index].isFound, "\(Self.edits[index].sql)")
  }

  @Test func `A copy holds what waits, tells it, and keeps the rights of the file`() throws {
    let workshop = try Workshop(.sqlite)
    try OutboxTests.hook(workshop)
    try workshop.submit("2026-12-06T01:00:00Z")
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: workshop.path)
    let store = try #require(workshop.store as? SQLiteStore)
    let path = workshop.folder.path("copy.sqlite")
    #expect(try store.backUp(to: path).problems == [])
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
    // The original sends on.
    #expect(try workshop.register.outboxFigures().pending == 1)
    let copy = workshop.register(on: try SQLiteStore.open(at: path))
    #expect(try copy.claimDeliveries(limit: 10, owner: "a", for: .minutes(1)) == [])
    #expect(try copy.deliveries().map(\.lastError) == [OutboxRow.heldByBackup])
    #expect(try copy.deliveries().map(\.state) == [.dead])
    // Another event with the same sequence is another message.
    let request = Register.Request(.submit(workshop.content("2026-12-13T01:00:00Z")))
    _ = try copy.execute(request) { _ in workshop.contract }
    try workshop.submit("2026-12-20T01:00:00Z")
    let old = try #require(try workshop.register.deliveries().last)
    let new = try #require(try copy.deliveries().last)
    #expect(old.sequence == new.sequence)
    #expect(old.id != new.id)
    #expect(try copy.claimDeliveries(limit: 10, owner: "a", for: .minutes(1)).map(\.id) == [new.id])
    let held = try #require(try copy.deliveries().first).id
    #expect(try copy.retryDelivery(held).state == .pending)
  }

  @Test func `A register of format 3 is read as it is, and brought to the newest format by the first writer`() throws {
    let (folder, path) = try OldRegister.copy(format: 3)
    let before = try Register.verify(try SQLiteStore.open(at: path, readOnly: true))
    #expect(before.problems == [])
    #expect(before.tokens == 1)
    let read = try SQLiteStore.open(at: path, readOnly: true)
    #expect(try read.read { try $0.webhooks() } == [])
    #expect(try read.read { try $0.outboxFigures(at: utc("2026-12-06T01:00:00Z")) } == OutboxFigures())
    let store = try SQLiteStore.open(at: path)
    let after = try Register.verify(store)
    #expect(after.problems == [])
    #expect(after.root == before.root)
    #expect(try store.read { try $0.outbox(OutboxFilter()) } == [])
    #expect(FileManager.default.fileExists(atPath: "\(path).before-outbox-\(before.events)"))
    _ = folder
  }
}

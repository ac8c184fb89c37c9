import CivilTime
import Foundation
import GRDB
import JSONText
import Planning
import Register
import RegisterSQLite
import TestSupport
import Testing

/// Damage to a register file: what verify names, and what other verbs do not take for granted.
@Suite struct DamageTests {
  private static let first = ChangeID(year: 2026, number: 1)
  private static let third = ChangeID(year: 2026, number: 4)

  /// A register with everything in it that has a row, and what was done to its file afterwards.
  private func damaged(_ statements: [String]) throws -> Workshop {
    let workshop = try Workshop(.sqlite)
    try OutboxTests.hook(workshop)
    let gone = try OutboxTests.hook(workshop)
    try workshop.live()
    try workshop.register.revoke(Webhook.self, gone.id, actor: nil)
    workshop.clock.now = workshop.clock.now - .hours(1)
    #expect(throws: RegisterError.self) { try workshop.submit("2026-12-27T01:00:00Z") }
    #expect(try workshop.verify().problems == [])
    let queue = try DatabaseQueue(path: workshop.path)
    try queue.writeWithoutTransaction { db in for sql in statements { try db.execute(sql: sql) } }
    try queue.close()
    return workshop
  }

  private func problems(_ workshop: Workshop) throws -> [Damage] {
    try Register.verify(try SQLiteStore.open(at: workshop.path, readOnly: true)).problems
  }

  /// By hand, and what has to be said of it.
  static let edits: [(sql: String, damage: Damage)] = [
    (
      "UPDATE changes SET booked = 0 WHERE number = 3",
      .row(table: "changes", key: "CHG-2026-0003", .differs(["booked"]))
    ),
    (
      "UPDATE longest_bookings SET seconds = 60",
      .row(table: "longest_bookings", key: "profession-liberale production", .differs(["seconds"]))
    ),
    (
      "DELETE FROM longest_bookings",
      .row(table: "longest_bookings", key: "profession-liberale production", .missing)
    ),
    ("UPDATE keys SET request = 'x'", .row(table: "keys", key: "first", .differs(["request"]))),
    ("UPDATE keys SET stream = 'CHG-2026-0002'", .row(table: "keys", key: "first", .differs(["stream"]))),
    ("UPDATE keys SET sequence = 4", .row(table: "keys", key: "first", .differs(["sequence"]))),
    ("INSERT INTO keys VALUES ('second', NULL, 'CHG-2026-0001', 3)", .row(table: "keys", key: "second", .surplus)),
    (
      "UPDATE contracts SET digest = 'x'",
      .row(table: "contracts", key: "profession-liberale", .differs(["digest"]))
    ),
    ("INSERT INTO contracts VALUES ('paie', 'x')", .row(table: "contracts", key: "paie", .surplus)),
    (
      "INSERT INTO fragments SELECT year, number, 'de', revision, body FROM fragments LIMIT 1",
      .row(table: "fragments", key: "CHG-2026-0003 de", .surplus)
    ),
    (
      "UPDATE fragments SET revision = 7 WHERE number = 1 AND language = 'fr'",
      .row(table: "fragments", key: "CHG-2026-0001 fr", .differs(["revision"]))
    ),
    (
      "UPDATE clock_incidents SET newest = newest + 1",
      .row(table: "clock_incidents", key: "1", .differs(["newest"]))
    ),
    (
      "INSERT INTO clock_incidents SELECT 7, clock, newest FROM clock_incidents",
      .row(table: "clock_incidents", key: "7", .surplus)
    ),
    (
      """
      UPDATE outbox SET state = 'pending', settled_at = NULL
      WHERE subscription = 'HOOK-0002' AND sequence = (SELECT min(sequence) FROM outbox)
      """, .row(table: "outbox", key: "HOOK-0002 5", .differs(["state"]))
    ),
    (
      "UPDATE outbox SET settled_at = 7 WHERE sequence = (SELECT min(sequence) FROM outbox)",
      .row(table: "outbox", key: "HOOK-0001 5", .differs(["state"]))
    ),
    ("UPDATE outbox SET created_at = 7", .row(table: "outbox", key: "HOOK-0001 5", .differs(["created_at"]))),
    ("DROP TRIGGER events_are_never_changed", .schema(kind: "trigger", name: "events_are_never_changed", .missing)),
    ("DROP INDEX changes_by_end", .schema(kind: "index", name: "changes_by_end", .missing)),
    ("ALTER TABLE changes ADD COLUMN more TEXT", .schema(kind: "table", name: "changes", .differs([]))),
    ("CREATE TABLE more (a)", .schema(kind: "table", name: "more", .surplus)),
    (
      "CREATE TRIGGER more AFTER INSERT ON changes BEGIN DELETE FROM keys; END",
      .schema(kind: "trigger", name: "more", .surplus)
    ),
    (
      "DROP INDEX bookings; CREATE INDEX bookings ON changes (service)",
      .schema(kind: "index", name: "bookings", .differs([]))
    ),
    ("DROP TABLE outbox", .schema(kind: "table", name: "outbox", .missing)),
    ("PRAGMA user_version = 5", .schema(kind: "table", name: "keys", .surplus)),
  ]

  @Test(arguments: edits.indices)
  func `What was done by hand is named`(index: Int) throws {
    let (sql, damage) = Self.edits[index]
    let found = try problems(try damaged([sql]))
    #expect(found.contains(damage), "\(found)")
  }

  @Test func `Verify goes on after every fault`() throws {
    let chosen = [0, 1, 3, 7, 11, 16, 19].map { Self.edits[$0] }
    let found = try problems(try damaged(chosen.map(\.sql)))
    #expect(Set(found).isSuperset(of: chosen.map(\.damage)), "\(found)")
  }

  /// Source: sqlite.org/fileformat2.html, section 1.3.
  @Test(arguments: [
    (60, 0, "user_version"), (63, 0, "user_version"), (68, 0, "application_id"), (50, 7, "cache_size"),
    (80, 1, "expansion"),
    (66, 1, "vacuum"), (27, 255, "change_counter"), (18, 7, "journal"),
  ])
  func `A field at the beginning of the file is named`(offset: Int, value: UInt8, field: String) throws {
    let workshop = try damaged([])
    var bytes = try Data(contentsOf: URL(filePath: workshop.path))
    if offset == 60 { bytes[63] = 0 } else { bytes[offset] = value }
    try bytes.write(to: URL(filePath: workshop.path))
    do { #expect(try problems(workshop).contains(.header(field: field))) } catch {
      #expect(error as? RegisterError == .damaged(.header(field: field)))
    }
  }

  @Test(arguments: [-1, 1, 4096])
  func `A file cut short, or longer than it says, is named`(octets: Int) throws {
    let workshop = try damaged([])
    var bytes = try Data(contentsOf: URL(filePath: workshop.path))
    if octets < 0 { bytes.removeLast(-octets) } else { bytes += Data(count: octets) }
    try bytes.write(to: URL(filePath: workshop.path))
    do { #expect(try problems(workshop).contains(.header(field: "size"))) } catch RegisterError.damaged {}
  }

  /// An index that lacks the newest event of a change, although its statement is the right one.
  private static func hidden(_ id: ChangeID) -> [String] {
    [
      "DROP INDEX events_by_stream",
      """
      CREATE TABLE hidden AS SELECT 'CREATE INDEX events_by_stream ON events (stream, sequence) WHERE sequence <> '
        || max(sequence) AS sql FROM events WHERE stream = '\(id)'
      """,
      "CREATE INDEX events_by_stream ON events (stream, sequence)",
      "PRAGMA writable_schema = ON",
      "UPDATE sqlite_schema SET sql = (SELECT sql FROM hidden) WHERE name = 'events_by_stream'",
      "PRAGMA writable_schema = RESET", "REINDEX events_by_stream", "PRAGMA writable_schema = ON",
      """
      UPDATE sqlite_schema SET sql = 'CREATE INDEX events_by_stream ON events (stream, sequence)'
      WHERE name = 'events_by_stream'
      """,
      "PRAGMA writable_schema = RESET", "DROP TABLE hidden",
    ]
  }

  @Test func `An index that hides the newest event of a cancelled change misleads nobody`() throws {
    let workshop = try damaged(Self.hidden(Self.third))
    let store = try SQLiteStore.open(at: workshop.path)
    #expect(try store.read { try $0.events(stream: Self.third.description).last?.type } == "planned")
    let register = workshop.register(on: store)
    let error = RegisterError.damaged(.row(table: "changes", key: Self.third.description, .differs([])))
    workshop.clock.now = workshop.clock.now + .hours(2)
    #expect(throws: error) { try register.change(Self.third) }
    #expect(throws: error) { try register.changes(ChangeFilter()) }
    #expect(throws: error) { try register.history(Self.third) }
    var amendment = ChangeCommand.Amendment()
    amendment[.title] = "Another"
    let request = Register.Request(.amend(amendment, reason: "x"), on: Self.third)
    #expect(throws: error) { try register.execute(request) { _ in workshop.contract } }
    #expect(store.damage == .row(table: "changes", key: Self.third.description, .differs([])))
    #expect(try problems(workshop).contains { if case .file = $0 { true } else { false } })
    // Another change is as it was.
    #expect(try register.change(Self.first).state == .completed)
  }

  @Test func `A value that cannot be there is an error that names table, key and column`() throws {
    let workshop = try damaged([
      "PRAGMA writable_schema = ON",
      "UPDATE sqlite_schema SET sql = replace(sql, 'state TEXT NOT NULL', 'state TEXT') WHERE name = 'changes'",
      "PRAGMA writable_schema = RESET", "UPDATE changes SET state = NULL WHERE number = 1",
      "PRAGMA writable_schema = ON",
      "UPDATE sqlite_schema SET sql = replace(sql, 'state TEXT', 'state TEXT NOT NULL') WHERE name = 'changes'",
    ])
    let register = workshop.register(on: try SQLiteStore.open(at: workshop.path))
    let damage = Damage.row(table: "changes", key: "CHG-2026-0001", .differs(["state"]))
    #expect(throws: RegisterError.damaged(damage)) { try register.changes(ChangeFilter()) }
    #expect(throws: RegisterError.damaged(damage)) { try register.change(Self.first) }
    #expect(try problems(workshop).contains(damage))
  }

  @Test(arguments: [
    "UPDATE changes SET end_at = 9223372036854775807 WHERE number = 1",
    "UPDATE changes SET start_at = -9223372036854775807 WHERE number = 1",
    "UPDATE changes SET newest = -1 WHERE number = 1",
    "UPDATE changes SET service = CAST(x'ff' AS TEXT) WHERE number = 1",
    "UPDATE changes SET environment = 'production' || char(0) || 'x' WHERE number = 1",
    "UPDATE longest_bookings SET seconds = 9223372036854775807",
    "UPDATE keys SET sequence = 9223372036854775807",
  ])
  func `A value out of all bounds traps nowhere`(sql: String) throws {
    let workshop = try damaged([sql])
    let register = workshop.register(on: try SQLiteStore.open(at: workshop.path))
    workshop.clock.now = workshop.clock.now + .hours(2)
    let key = Register.Request(.submit(workshop.content("2026-12-27T01:00:00Z")), idempotencyKey: "first")
    var met: [any Error] = []
    do { _ = try register.changes(ChangeFilter()) } catch { met.append(error) }
    do { _ = try register.execute(key) { _ in workshop.contract } } catch { met.append(error) }
    do {
      _ = try workshop.register(on: register.store).gate(
        GateQuestion(environment: "production"), contract: workshop.contract.contract)
    } catch {
      met.append(error)
    }
    let damages = met.filter { if case RegisterError.damaged? = $0 as? RegisterError { true } else { false } }
    #expect(!damages.isEmpty, "\(met)")
    #expect(try !problems(workshop).isEmpty)
  }

  @Test(arguments: ["request = 'x'", "stream = 'CHG-2026-0002'", "sequence = 4", "sequence = 400"])
  func `An edited key turns no honest retry into another request`(change: String) throws {
    let workshop = try damaged(["UPDATE keys SET \(change)"])
    let request = Register.Request(
      .submit(workshop.content("2026-12-06T01:00:00Z")), actor: "test", idempotencyKey: "first")
    #expect(throws: RegisterError.damaged(.row(table: "keys", key: "first", .differs([])))) {
      try workshop.register.execute(request) { _ in workshop.contract }
    }
  }

  @Test func `A token whose row allows more than the log says lets nobody in`() throws {
    let workshop = try Workshop(.sqlite)
    let secret = try workshop.register.createToken(name: "ada", role: .engineer, actor: nil).secret
    #expect(try workshop.register.principal(bearing: secret.text, at: workshop.clock.now)?.role == .engineer)
    try DatabaseQueue(path: workshop.path).write {
      try $0.execute(sql: "UPDATE grants SET content = json_set(content, '$.role', 'admin')")
    }
    #expect(throws: RegisterError.damaged(.row(table: "grants", key: "TOK-0001", .differs([])))) {
      try workshop.register.principal(bearing: secret.text, at: workshop.clock.now)
    }
  }

  @Test(arguments: [
    ("UPDATE events SET body = replace(body, 'migration', 'upgrade') WHERE sequence = 6", Damage.content(sequence: 6)),
    ("DELETE FROM events WHERE sequence = 6", .sequence(expected: 6, found: 7)),
    (
      "DELETE FROM fragments WHERE number = 1 AND language = 'fr'",
      .row(table: "fragments", key: "CHG-2026-0001 fr", .differs(["body"]))
    ),
    (
      "UPDATE fragments SET body = x'00' WHERE number = 1 AND language = 'fr'",
      .row(table: "fragments", key: "CHG-2026-0001 fr", .differs(["body"]))
    ),
  ])
  func `A page of the log is served only as it was written`(sql: String, damage: Damage) throws {
    let workshop = try damaged([
      "DROP TRIGGER events_are_never_changed", "DROP TRIGGER events_are_never_deleted", sql,
    ])
    #expect(throws: RegisterError.damaged(damage)) {
      try LogPage(after: 2, of: workshop.register, facts: ("5eed", false))
    }
  }

  @Test func `The documentation names the columns that stand in no event, and no other`() throws {
    let text = try String(contentsOf: Project.root.appending(path: "docs/interface.md"), encoding: .utf8)
    let sentence = try #require(text.split(separator: "columns stand in no event").dropFirst().first).split(
      separator: "\n\n")
    let named = try #require(sentence.first).matches(of: /`(\w+\.\w+)`/).map { String($0.1) }
    #expect(named == DerivedTable.unlogged)
  }

  @Test func `The columns of the rules are those of the tables`() throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.create(at: folder.path("register.sqlite"))
    let tables = try store.read { try $0.derivedTables() }
    let columns = Set(tables.flatMap { table in table.columns.map { "\(table.name).\($0)" } })
    #expect(columns.isSuperset(of: DerivedTable.rules.keys))
    #expect(Set(tables.map(\.name)).count == 9)
  }
}

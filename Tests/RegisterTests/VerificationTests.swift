import CivilTime
import GRDB
import Planning
import Register
import RegisterSQLite
import TestSupport
import Testing

/// `register verify` finds what was done to the log and to what is derived from it.
@Suite struct VerificationTests {
  static let first = ChangeID(year: 2026, number: 1)
  static let last = ChangeID(year: 2026, number: 5)

  @Test(arguments: StoreKind.allCases)
  func `A register that was only written by its own path has no problems`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    try workshop.live()
    let result = try workshop.verify()
    #expect(result.problems == [])
    #expect(result.changes == 5)
    #expect(result.events == 15)
    #expect(try result.root == workshop.events().last?.hash)
    #expect(try workshop.verify(against: workshop.checkpoint()).problems == [])
  }

  @Test func `Both stores give the same log, octet by octet`() throws {
    let roots = try StoreKind.allCases.map { kind in
      let workshop = try Workshop(kind)
      try workshop.live()
      return try workshop.verify().root
    }
    #expect(Set(roots).count == 1)
  }

  @Test(arguments: StoreKind.allCases)
  func `A checkpoint from earlier stays good as the log grows`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    try workshop.submit("2026-12-06T01:00:00Z")
    let checkpoint = try workshop.checkpoint()
    try workshop.submit("2026-12-08T01:00:00Z")
    #expect(try workshop.verify(against: checkpoint).problems == [])
    let wrong = Checkpoint(size: checkpoint.size, root: String(repeating: "a", count: 64))
    #expect(try workshop.verify(against: wrong).problems == [.checkpoint(size: wrong.size)])
    let longer = Checkpoint(size: 100, root: checkpoint.root)
    #expect(try workshop.verify(against: longer).problems == [.checkpoint(size: 100)])
  }

  @Test func `A checkpoint is read as it is written, and nothing else is one`() {
    let checkpoint = Checkpoint(size: 128, root: Digest.sha256([1, 2, 3]))
    #expect(Checkpoint(checkpoint.description) == checkpoint)
    for text in ["", "128", "0:\(checkpoint.root)", "-1:\(checkpoint.root)", "128:abc", "128:\(checkpoint.root)0", ":"]
    {
      #expect(Checkpoint(text) == nil, "\(text)")
    }
  }

  @Test(arguments: StoreKind.allCases)
  func `A changed row is found`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    try workshop.live()
    try workshop.store.write { store in
      guard var row = try store.row(Self.first) else { return }
      row.state = .cancelled
      try store.put(row)
    }
    #expect(try workshop.verify().problems.map(\.place) == ["changes \(Self.first)"])
  }

  @Test(arguments: StoreKind.allCases)
  func `A changed fragment is found`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    try workshop.live()
    try workshop.store.write { store in
      guard var fragment = try store.fragment(Self.first, language: "en") else { return }
      fragment.body[40] ^= 1
      try store.put(fragment)
    }
    #expect(try workshop.verify().problems == [.row(table: "fragments", key: "\(Self.first) en", .differs(["body"]))])
  }

  /// Events that a program appends without the one write path, well hashed.
  enum Forgery: String, CaseIterable, Sendable {
    case earlier, unchained, unreadable, impossible, gap

    var problems: [Damage] {
      switch self {
      case .earlier: [.clock(sequence: 16)]
      case .unchained: [.chain(sequence: 16)]
      case .unreadable: [.unreadable(sequence: 16)]
      case .impossible: [.impossible(sequence: 16, stream: "CHG-2026-0001")]
      case .gap: [.numbering(series: "CHG-2026-")]
      }
    }

    func event(after newest: StoredEvent, planned: StoredEvent) -> StoredEvent {
      switch self {
      case .earlier:
        StoredEvent(
          after: newest, at: newest.at - .hours(1), stream: StoredEvent.registerStream, type: "note", body: "{}")
      case .unchained:
        StoredEvent(
          sequence: newest.sequence + 1, at: newest.at, stream: StoredEvent.registerStream, type: "note", body: "{}",
          previous: StoredEvent.noHash, hash: nil)
      case .unreadable:
        StoredEvent(after: newest, at: newest.at, stream: "CHG-2026-0001", type: "nonsense", body: "{}")
      case .impossible:
        StoredEvent(after: newest, at: newest.at, stream: "CHG-2026-0001", type: planned.type, body: planned.body)
      case .gap:
        StoredEvent(
          after: newest, at: newest.at, stream: "CHG-2026-0009", type: planned.type,
          body: planned.body.replacing(#","idempotency_key":"first""#, with: ""))
      }
    }
  }

  @Test(arguments: StoreKind.allCases, Forgery.allCases)
  func `An event that the register would not have written is found`(kind: StoreKind, forgery: Forgery) throws {
    let workshop = try Workshop(kind)
    try workshop.live()
    let events = try workshop.events()
    try workshop.store.write { store in
      try store.append(forgery.event(after: events[events.count - 1], planned: events[2]))
    }
    // A row that the forged event calls for is missing; that is not what is looked for here.
    let problems = try workshop.verify().problems.filter { if case .row(_, _, .missing) = $0 { false } else { true } }
    #expect(problems == forgery.problems)
  }

  // MARK: The file

  /// What someone with the file in hand does to it, the triggers dropped first.
  enum Tampering: String, CaseIterable, Sendable {
    case editBody, editTime, editHash, deleteFirst, deleteMiddle, swap, dropTail, editRow, deleteRow, addRow
    case editFragment, deleteFragment, deleteAnswer

    var sql: String {
      switch self {
      case .editBody: "UPDATE events SET body = replace(body, 'migration', 'upgrade') WHERE sequence = 3"
      case .editTime: "UPDATE events SET at = at - 1 WHERE sequence = 3"
      case .editHash: "UPDATE events SET hash = '\(StoredEvent.noHash)' WHERE sequence = 3"
      case .deleteFirst: "DELETE FROM events WHERE sequence = 1"
      case .deleteMiddle: "DELETE FROM events WHERE sequence = 4"
      case .swap:
        """
        UPDATE events SET sequence = 1000 WHERE sequence = 4;
        UPDATE events SET sequence = 4 WHERE sequence = 5;
        UPDATE events SET sequence = 5 WHERE sequence = 1000;
        """
      case .dropTail: "DELETE FROM events WHERE sequence > 12"
      case .editRow: "UPDATE changes SET end_at = end_at - 3600 WHERE number = 1"
      case .deleteRow: "DELETE FROM changes WHERE number = 1"
      case .addRow:
        """
        INSERT INTO changes SELECT year, 6, service, environment, state, start_at, end_at, revision, newest, booked
        FROM changes WHERE number = 1
        """
      case .editFragment: "UPDATE fragments SET body = x'00' WHERE number = 1 AND language = 'fr'"
      case .deleteFragment: "DELETE FROM fragments WHERE number = 1 AND language = 'fr'"
      case .deleteAnswer: "DELETE FROM keys"
      }
    }

    /// One problem that has to be among those found.
    var problem: Damage {
      switch self {
      case .editBody, .editTime, .editHash: .content(sequence: 3)
      case .deleteFirst: .sequence(expected: 1, found: 2)
      case .deleteMiddle: .sequence(expected: 4, found: 5)
      case .swap: .chain(sequence: 4)
      case .dropTail:
        .row(
          table: "changes", key: "\(VerificationTests.first)",
          .differs(["state", "end_at", "revision", "newest", "booked"]))
      case .editRow: .row(table: "changes", key: "\(VerificationTests.first)", .differs(["end_at"]))
      case .deleteRow: .row(table: "changes", key: "\(VerificationTests.first)", .missing)
      case .addRow: .row(table: "changes", key: "CHG-2026-0006", .surplus)
      case .editFragment: .row(table: "fragments", key: "\(VerificationTests.first) fr", .differs(["body"]))
      case .deleteFragment: .row(table: "fragments", key: "\(VerificationTests.first) fr", .missing)
      case .deleteAnswer: .row(table: "keys", key: "first", .missing)
      }
    }
  }

  @Test(arguments: Tampering.allCases)
  func `Tampering with the file is found`(tampering: Tampering) throws {
    let workshop = try Workshop(.sqlite)
    try workshop.live()
    #expect(try workshop.verify().problems == [])
    try tamper(workshop, tampering.sql)
    #expect(try workshop.verify().problems.contains(tampering.problem))
  }

  @Test(arguments: ["UPDATE events SET at = 0 WHERE sequence = 3", "DELETE FROM events WHERE sequence = 15"])
  func `The file itself refuses to change or delete an event`(sql: String) throws {
    let workshop = try Workshop(.sqlite)
    try workshop.live()
    let queue = try DatabaseQueue(path: workshop.path)
    #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }
    #expect(try workshop.verify().problems == [])
  }

  /// Without a checkpoint a log that was cut cleanly is a good log: this is what checkpoints are for.
  @Test func `A log cut cleanly is found by a checkpoint and by nothing else`() throws {
    let workshop = try Workshop(.sqlite)
    try workshop.live()
    let checkpoint = try workshop.checkpoint()
    try tamper(
      workshop,
      """
      DELETE FROM events WHERE stream = '\(Self.last)';
      DELETE FROM changes WHERE number = 5;
      DELETE FROM fragments WHERE number = 5;
      """)
    #expect(try workshop.verify().problems == [])
    #expect(try workshop.verify(against: checkpoint).problems == [.checkpoint(size: checkpoint.size)])
  }

  @Test func `A log rewritten with good hashes is found by a checkpoint and by nothing else`() throws {
    let workshop = try Workshop(.sqlite)
    try workshop.live()
    let checkpoint = try workshop.checkpoint()
    var previous: StoredEvent?
    var statements: [(String, StatementArguments)] = []
    for event in try workshop.events() {
      let body = event.body.replacing("Storage alarm", with: "Storage alert")
      let new = StoredEvent(after: previous, at: event.at, stream: event.stream, type: event.type, body: body)
      let sql = "UPDATE events SET body = ?, previous = ?, hash = ? WHERE sequence = ?"
      statements.append((sql, [body, new.previous, new.hash, new.sequence]))
      previous = new
    }
    try tamper(workshop, statements)
    #expect(try workshop.verify().problems == [])
    #expect(try workshop.verify(against: checkpoint).problems == [.checkpoint(size: checkpoint.size)])
  }

  private func tamper(_ workshop: Workshop, _ sql: String) throws {
    try tamper(workshop, [(sql, StatementArguments())])
  }

  private func tamper(_ workshop: Workshop, _ statements: [(String, StatementArguments)]) throws {
    let queue = try DatabaseQueue(path: workshop.path)
    try queue.write { db in
      let triggers = try String.fetchAll(db, sql: "SELECT sql FROM sqlite_schema WHERE type = 'trigger'")
      try db.execute(sql: "DROP TRIGGER events_are_never_changed; DROP TRIGGER events_are_never_deleted")
      for (sql, arguments) in statements { try db.execute(sql: sql, arguments: arguments) }
      // Whoever edits a log well leaves its triggers.
      for trigger in triggers { try db.execute(sql: trigger) }
    }
    try queue.close()
  }
}

import CivilTime
import Foundation
import GRDB
import Planning
import Register
import RegisterSQLite
import TestSupport
import Testing

/// Outages go the one way of writing: same log, same hashes, same keys, same clock.
@Suite struct OutageTests {
  static func content(_ start: String = "2026-11-02T08:00:00Z", end: String? = "2026-11-02T08:30:00Z") -> OutageContent
  {
    OutageContent(
      service: "profession-liberale", environment: "production", cause: .incident, start: utc(start),
      end: end.map(utc), title: "Login fails")
  }

  @discardableResult
  func execute(
    _ command: OutageCommand, on id: OutageID? = nil, key: String? = nil, in workshop: Workshop
  ) throws -> Register.OutageOutcome {
    try workshop.register.execute(
      Register.OutageRequest(command, on: id, actor: "test", idempotencyKey: key)
    ) { _ in workshop.contract }
  }

  func live(_ workshop: Workshop) throws -> OutageID {
    let id = try execute(.record(Self.content(end: nil)), key: "one", in: workshop).outage.id
    var amendment = OutageCommand.Amendment()
    amendment.end = .at(utc("2026-11-02T08:45:00Z"))
    try execute(.amend(amendment, reason: nil), on: id, in: workshop)
    let second = try execute(.record(Self.content()), in: workshop).outage.id
    try execute(.void(reason: "False alarm"), on: second, in: workshop)
    return id
  }

  @Test(arguments: StoreKind.allCases)
  func `Outages have streams of their own in the one log`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let id = try live(workshop)
    #expect(id.description == "OUT-2026-0001")
    #expect(
      try workshop.types() == [
        "register-created", "contract-adopted", "outage-recorded", "outage-amended", "outage-recorded",
        "outage-voided",
      ])
    let outage = try workshop.register.outage(id)
    #expect(outage.content.end == utc("2026-11-02T08:45:00Z"))
    #expect(outage.recordedAt == workshop.clock.now)
    let result = try workshop.verify()
    #expect(result.problems == [])
    #expect(result.outages == 2)
    #expect(result.changes == 0)
  }

  @Test func `Both stores give the same log with outages in it`() throws {
    let roots = try StoreKind.allCases.map { kind in
      let workshop = try Workshop(kind)
      try workshop.live()
      workshop.clock.now = utc("2026-12-11T00:00:00Z")
      _ = try live(workshop)
      return try workshop.verify().root
    }
    #expect(Set(roots).count == 1)
  }

  @Test(arguments: StoreKind.allCases)
  func `A key gives the answer of its first request, and no other request may use it`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let first = try execute(.record(Self.content()), key: "k", in: workshop)
    let again = try execute(.record(Self.content()), key: "k", in: workshop)
    #expect(again.isReplay)
    #expect(again.outage == first.outage)
    #expect(throws: RegisterError.idempotencyKeyReused("k")) {
      try execute(.record(Self.content(end: nil)), key: "k", in: workshop)
    }
    #expect(throws: RegisterError.idempotencyKeyReused("k")) {
      try workshop.submit("2026-12-06T01:00:00Z", key: "k")
    }
    try workshop.submit("2026-12-06T01:00:00Z", key: "c")
    #expect(throws: RegisterError.idempotencyKeyReused("c")) {
      try execute(.record(Self.content()), key: "c", in: workshop)
    }
    #expect(try workshop.register.outages(OutageFilter()).count == 1)
  }

  @Test(arguments: StoreKind.allCases)
  func `The clock is the register's own, and one that stands behind records nothing`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    workshop.clock.now = utc("2026-11-02T08:15:00Z")
    #expect(throws: RegisterError.self) { try execute(.record(Self.content(end: nil)), in: workshop) }
    workshop.clock.now = utc("2026-11-02T09:00:00Z")
    #expect(throws: OutageError.startInFuture(utc("2026-11-02T09:00:01Z"), now: workshop.clock.now)) {
      try execute(.record(Self.content("2026-11-02T09:00:01Z", end: nil)), in: workshop)
    }
    #expect(try workshop.register.outages(OutageFilter()).isEmpty)
  }

  @Test(arguments: StoreKind.allCases)
  func `Rows are found by what they meet; one that goes on meets all that follows`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let ended = try execute(.record(Self.content()), in: workshop).outage.id
    let open = try execute(.record(Self.content("2026-11-02T08:10:00Z", end: nil)), in: workshop).outage.id
    func found(_ start: String, _ end: String) throws -> [OutageID] {
      var filter = OutageFilter()
      filter.range = Interval(start: utc(start), end: utc(end))
      return try workshop.register.outages(filter).map(\.id)
    }
    #expect(try found("2026-11-02T08:00:00Z", "2026-11-02T08:10:00Z") == [ended])
    #expect(try found("2026-11-02T08:29:59Z", "2026-11-02T08:31:00Z") == [ended, open])
    #expect(try found("2026-11-02T08:30:00Z", "2026-11-02T08:31:00Z") == [open])
    #expect(try found("2027-11-02T08:30:00Z", "2027-11-02T08:31:00Z") == [open])
    var filter = OutageFilter()
    filter.states = [.ongoing]
    #expect(try workshop.register.outages(filter).map(\.id) == [open])
  }

  @Test(arguments: StoreKind.allCases)
  func `A changed row of an outage is found`(kind: StoreKind) throws {
    let workshop = try Workshop(kind)
    let id = try live(workshop)
    try workshop.store.write { store in
      var row = try store.rows(of: Outage.self, OutageFilter()).first { $0.id == id }!
      row.end = nil
      try store.put(row)
    }
    #expect(try workshop.verify().problems.map(\.place) == ["subjects \(id)"])
  }

  @Test func `Edited events, lost answers and rows from nowhere are found`() throws {
    let workshop = try Workshop(.sqlite)
    let id = try live(workshop)
    let queue = try DatabaseQueue(path: workshop.path)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "DELETE FROM keys")
      try db.execute(
        sql:
          """
          INSERT INTO subjects SELECT kind, series, 3, 'OUT-2026-0003', service, environment, state, start_at, end_at,
            newest FROM subjects LIMIT 1
          """
      )
      try db.execute(sql: "DROP TRIGGER events_are_never_changed")
      try db.execute(sql: "UPDATE events SET body = replace(body, 'incident', 'force-majeure') WHERE sequence = 3")
    }
    let problems = try workshop.verify().problems
    #expect(problems.contains(.row(table: "keys", key: "one", .missing)))
    #expect(problems.contains(.row(table: "subjects", key: "OUT-2026-0003", .surplus)))
    #expect(problems.contains(.content(sequence: 3)))
    #expect(!problems.map(\.place).contains("subjects \(id)"))
  }
}

/// A register of the first format, as the program before outages wrote it.
@Suite struct MigrationTests {
  @Test func `Reading leaves an older format as it is and finds no outages`() throws {
    let (folder, path) = try OldRegister.copy(format: 1)
    let bytes = try Data(contentsOf: URL(filePath: path))
    let store = try SQLiteStore.open(at: path, readOnly: true)
    let result = try Register.verify(store)
    #expect(result.problems == [])
    #expect(result.outages == 0)
    #expect(try store.read { try $0.rows(of: Outage.self, OutageFilter()) } == [])
    #expect(try store.read { try $0.answer(to: "first") }?.stream == "CHG-2026-0001")
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
    _ = folder
  }

  @Test func `Writing migrates it after a verified copy, once`() throws {
    let (folder, path) = try OldRegister.copy(format: 1)
    let before = try Register.verify(try SQLiteStore.open(at: path, readOnly: true))
    let store = try SQLiteStore.open(at: path)
    #expect(try OldRegister.version(path) == 7)
    let after = try Register.verify(store)
    #expect(after.problems == [])
    #expect(after.root == before.root)
    let copy = "\(path).before-outages-\(before.events)"
    #expect(try OldRegister.version(copy) == 1)
    #expect(try Register.verify(try SQLiteStore.open(at: copy, readOnly: true)).root == before.root)
    _ = try SQLiteStore.open(at: path)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(files.filter { $0.contains(".before-") }.count == 1)
  }

  @Test func `A copy that an interrupted attempt left is taken; another file of that name stops it`() throws {
    let (folder, path) = try OldRegister.copy(format: 1)
    let before = try Register.verify(try SQLiteStore.open(at: path, readOnly: true))
    let copy = "\(path).before-outages-\(before.events)"
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    _ = try SQLiteStore.open(at: path)
    #expect(try OldRegister.version(path) == 7)

    let (other, second) = try OldRegister.copy(format: 1)
    // A register, but not this one.
    _ = try SQLiteStore.create(at: "\(second).before-outages-\(before.events)")
    #expect(throws: RegisterError.self) { try SQLiteStore.open(at: second) }
    #expect(try OldRegister.version(second) == 1)
    _ = (folder, other)
  }

  @Test func `A migrated file has the tables of a new one`() throws {
    let (folder, path) = try OldRegister.copy(format: 1)
    _ = try SQLiteStore.open(at: path)
    let new = folder.path("new.sqlite")
    _ = try SQLiteStore.create(at: new)
    #expect(try OldRegister.schema(path) == OldRegister.schema(new))
  }
}

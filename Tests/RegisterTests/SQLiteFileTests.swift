import Foundation
import GRDB
import Planning
import Register
import RegisterSQLite
import TestSupport
import Testing

/// What a register file has to be, and what becomes of others.
@Suite struct SQLiteFileTests {
  @Test(arguments: [
    ("3.7.17", JournalMode.truncate), ("3.37.2", .truncate), ("3.40.1", .truncate), ("3.44.5", .truncate),
    ("3.44.6", .wal), ("3.45.0", .truncate), ("3.46.1", .truncate), ("3.50.6", .truncate), ("3.50.7", .wal),
    ("3.51.0", .truncate), ("3.51.2", .truncate), ("3.51.3", .wal), ("3.52.0", .wal), ("3.100.0", .wal),
    ("4.0.0", .wal), ("", .truncate), ("3.51", .truncate), ("nonsense", .truncate),
  ])
  func `WAL only where the library has no WAL-reset bug`(version: String, mode: JournalMode) {
    #expect(JournalMode.suited(toSQLite: version) == mode)
  }

  @Test func `The journal mode of the file is the one that suits the library`() throws {
    let workshop = try Workshop(.sqlite)
    let store = try SQLiteStore.open(at: workshop.path)
    #expect(store.journal == JournalMode.suited(toSQLite: store.sqliteVersion))
    let mode = try DatabaseQueue(path: workshop.path).read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
    // TRUNCATE belongs to a connection, WAL to the file.
    #expect((mode == "wal") == (store.journal == .wal))
  }

  @Test func `What was written is there when the file is opened again`() throws {
    let workshop = try Workshop(.sqlite)
    try workshop.live()
    let reopened = try SQLiteStore.open(at: workshop.path, readOnly: true)
    let register = workshop.register(on: reopened)
    #expect(try register.changes(ChangeFilter()) == workshop.register.changes(ChangeFilter()))
    #expect(try Register.verify(reopened, against: workshop.checkpoint()).problems == [])
  }

  @Test func `A register opened for reading cannot be written`() throws {
    let workshop = try Workshop(.sqlite)
    let store = try SQLiteStore.open(at: workshop.path, readOnly: true)
    let register = workshop.register(on: store)
    let request = Register.Request(.submit(workshop.content("2026-12-06T01:00:00Z")))
    #expect(throws: RegisterError.readOnly(workshop.path)) {
      try register.execute(request) { _ in workshop.contract }
    }
    #expect(try workshop.types() == ["register-created"])
  }

  @Test func `A path without a file is not found, one with a file is not replaced`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("register.sqlite")
    #expect(throws: RegisterError.notFound(path)) { try SQLiteStore.open(at: path) }
    try Data("mine".utf8).write(to: URL(filePath: path))
    #expect(throws: RegisterError.exists(path)) { try SQLiteStore.create(at: path) }
    #expect(try Data(contentsOf: URL(filePath: path)) == Data("mine".utf8))
  }

  @Test func `A folder that is not there cannot hold a register`() throws {
    let path = try TemporaryFolder().path("missing/register.sqlite")
    #expect(throws: RegisterError.readOnly(path)) { try SQLiteStore.create(at: path) }
  }

  @Test(.enabled(if: getuid() != 0, "root may write everywhere"))
  func `A folder without the right to write cannot hold a register`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.url.path)
    let path = folder.path("register.sqlite")
    #expect(throws: RegisterError.readOnly(path)) { try SQLiteStore.create(at: path) }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.url.path)
  }

  @Test(arguments: [true, false])
  func `A file that is no database is no register and stays as it is`(readOnly: Bool) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("notes.txt")
    let bytes = Data(String(repeating: "These are notes, not a register.\n", count: 100).utf8)
    try bytes.write(to: URL(filePath: path))
    expectDamaged { try SQLiteStore.open(at: path, readOnly: readOnly) }
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
  }

  @Test(arguments: [true, false])
  func `Another program's database is no register and stays as it is`(readOnly: Bool) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("other.sqlite")
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "CREATE TABLE contacts (name TEXT); INSERT INTO contacts VALUES ('Ada')") }
    try queue.close()
    let bytes = try Data(contentsOf: URL(filePath: path))
    expectDamaged { try SQLiteStore.open(at: path, readOnly: readOnly) }
    #expect(try Data(contentsOf: URL(filePath: path)) == bytes)
  }

  @Test(arguments: [true, false])
  func `An empty file is no register`(readOnly: Bool) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("empty.sqlite")
    try Data().write(to: URL(filePath: path))
    expectDamaged { try SQLiteStore.open(at: path, readOnly: readOnly) }
  }

  @Test func `A register whose first event is missing says that it was never begun`() throws {
    let folder = try TemporaryFolder()
    let store = try SQLiteStore.create(at: folder.path("register.sqlite"))
    #expect(throws: RegisterError.notInitialised) { try Register.facts(store) }
  }

  @Test(arguments: [true, false])
  func `A newer format is refused by name and left alone`(readOnly: Bool) throws {
    let workshop = try Workshop(.sqlite)
    let queue = try DatabaseQueue(path: workshop.path)
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99") }
    try queue.close()
    #expect(throws: RegisterError.newerFormat(found: 99, known: 7)) {
      try SQLiteStore.open(at: workshop.path, readOnly: readOnly)
    }
  }

  @Test func `A file with bytes turned over is damaged, not obeyed`() throws {
    let workshop = try Workshop(.sqlite)
    try workshop.live()
    let copy = workshop.folder.path("copy.sqlite")
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: workshop.path)))
    for position in stride(from: 4096, to: bytes.count, by: 97) { bytes[position] ^= 0x55 }
    try Data(bytes).write(to: URL(filePath: copy))
    expectDamaged {
      let found = try Register.verify(try SQLiteStore.open(at: copy, readOnly: true))
      if let damage = found.problems.first { throw RegisterError.damaged(damage) }
    }
  }

  /// The files of a writer that was killed in its transaction: pages are in the file already, the journal undoes them.
  @Test(arguments: [true, false])
  func `What a killed writer left half done is undone, for readers too`(readOnly: Bool) throws {
    let workshop = try Workshop(.sqlite)
    try workshop.live()
    let queue = try DatabaseQueue(path: workshop.path)
    let copy = workshop.folder.path("copy.sqlite")
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA journal_mode = TRUNCATE; PRAGMA cache_size = 1; BEGIN IMMEDIATE")
      try db.execute(sql: "UPDATE fragments SET body = zeroblob(20000); UPDATE changes SET state = 'cancelled'")
      for suffix in ["", "-journal"] {
        try FileManager.default.copyItem(atPath: workshop.path + suffix, toPath: copy + suffix)
      }
      try db.execute(sql: "ROLLBACK")
    }
    let journal = try FileManager.default.attributesOfItem(atPath: copy + "-journal")[.size] as? Int
    #expect((journal ?? 0) > 0)
    #expect(try Data(contentsOf: URL(filePath: copy)) != Data(contentsOf: URL(filePath: workshop.path)))
    let store = try SQLiteStore.open(at: copy, readOnly: readOnly)
    #expect(try Register.verify(store, against: workshop.checkpoint()).problems == [])
  }

  // MARK: Backup

  @Test func `A backup is verified, has the same root, and never replaces a file`() throws {
    let workshop = try Workshop(.sqlite)
    try workshop.live()
    let store = try SQLiteStore.open(at: workshop.path, readOnly: true)
    let target = workshop.folder.path("backup.sqlite")
    let result = try store.backUp(to: target)
    #expect(result == (try workshop.verify()))
    #expect(result.problems == [])
    let copy = try SQLiteStore.open(at: target, readOnly: true)
    #expect(try Register.verify(copy, against: workshop.checkpoint()).problems == [])
    #expect(throws: RegisterError.exists(target)) { try store.backUp(to: target) }
    #expect(try leftovers(workshop) == [])
    // An old backup in place of the register is what a later checkpoint finds.
    try workshop.submit("2027-01-10T01:00:00Z")
    let later = try workshop.checkpoint()
    #expect(try Register.verify(copy, against: later).problems == [.checkpoint(size: later.size)])
  }

  @Test func `A register that does not verify is not backed up`() throws {
    let workshop = try Workshop(.sqlite)
    try workshop.live()
    let queue = try DatabaseQueue(path: workshop.path)
    try queue.write { try $0.execute(sql: "DELETE FROM changes WHERE number = 2") }
    try queue.close()
    let target = workshop.folder.path("backup.sqlite")
    let store = try SQLiteStore.open(at: workshop.path, readOnly: true)
    expectDamaged { try store.backUp(to: target) }
    #expect(!FileManager.default.fileExists(atPath: target))
    #expect(try leftovers(workshop) == [])
  }

  /// Files that were to get another name.
  private func leftovers(_ workshop: Workshop) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: workshop.folder.url.path).filter { $0.contains("partial") }
  }

  private func expectDamaged(
    _ body: () throws -> some Any, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    do {
      _ = try body()
      Issue.record("it was taken for a good register", sourceLocation: sourceLocation)
    } catch RegisterError.damaged {
    } catch {
      Issue.record("\(error)", sourceLocation: sourceLocation)
    }
  }
}

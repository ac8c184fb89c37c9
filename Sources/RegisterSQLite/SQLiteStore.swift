import Foundation
import GRDB
package import Register
import Synchronization

/// A register in one SQLite file.
///
/// Acknowledged means durable: the journal mode is chosen by the version of the library (`JournalMode`), the
/// synchronous level is FULL, and both are read back at opening, since GRDB resets them (see docs/design.md).
package final class SQLiteStore: EventStore {
  let queue: DatabaseQueue
  package let path: String
  package let journal: JournalMode
  /// Opened for reading; writes are refused.
  private let isReadOnly: Bool

  /// `PRVS`: marks the file as a register.
  static let applicationID = 0x5052_5653

  /// How long a writer waits for another before it says busy.
  package static let patience = 10.0

  private let patience: Double
  private let met = Mutex<Damage?>(nil)

  package var damage: Damage? { met.withLock { $0 } }

  /// Of the file, for the beginning of it. A descriptor that is closed gives up every lock that this process has on its
  /// file (fcntl), so it stays open as long as the store.
  private let handle = Mutex<FileHandle?>(nil)

  static let headerLength = 100

  /// The first octets of the file, and how many there are; to be asked for under a lock.
  func header() throws -> (bytes: [UInt8], size: UInt64) {
    try handle.withLock { handle in
      let open = try handle ?? FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      handle = open
      try open.seek(toOffset: 0)
      let bytes = try open.read(upToCount: SQLiteStore.headerLength).map { [UInt8]($0) } ?? []
      return (bytes, try open.seekToEnd())
    }
  }

  private init(queue: DatabaseQueue, path: String, journal: JournalMode, isReadOnly: Bool, patience: Double) {
    self.isReadOnly = isReadOnly
    self.patience = patience
    self.queue = queue
    self.path = path
    self.journal = journal
  }

  /// Makes a new register file for its owner alone, with what `filling` writes; one that is there already is never touched,
  /// and one that is not whole never gets the name.
  package static func create(
    at path: String, filling: (SQLiteStore) throws -> Void = { _ in }
  ) throws -> SQLiteStore {
    try FileSystem.makeWhole(path) { temporary in
      try translate(path) {
        let store = try connect(temporary, readOnly: false)
        try store.queue.inTransaction(.immediate) { db in
          try Schema.create(db)
          return .commit
        }
        try filling(store)
        try store.queue.close()
      }
    }
    return try open(at: path)
  }

  /// An empty register that lives as long as the process.
  package static func inMemory() throws -> SQLiteStore {
    let queue = try DatabaseQueue()
    return try translate(":memory:") {
      try queue.write { db in try Schema.create(db) }
      return SQLiteStore(queue: queue, path: ":memory:", journal: .truncate, isReadOnly: false, patience: patience)
    }
  }

  /// Nothing is read or written after it; all that was written stands in the one file.
  package func close() throws {
    try SQLiteStore.translate(path) {
      try queue.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
      try queue.close()
    }
  }

  package static func open(
    at path: String, readOnly: Bool = false, patience: Double = SQLiteStore.patience
  ) throws -> SQLiteStore {
    guard FileSystem.exists(path) else { throw RegisterError.notFound(path) }
    guard !FileSystem.isFolder(path) else { throw RegisterError.notAFile(path) }
    return try translate(path) {
      let store = try connect(path, readOnly: readOnly, patience: patience)
      try store.queue.read { db in try Schema.check(db) }
      if !readOnly { try store.migrate() }
      return store
    }
  }

  /// Lies in memory as far as that is small, and in a file without a name beyond; nothing of it outlives the store.
  package func scratch() throws -> any EventStore {
    try SQLiteStore.translate(path) {
      let queue = try DatabaseQueue(path: "")
      try queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000")
        try Schema.create(db)
      }
      return SQLiteStore(queue: queue, path: path, journal: journal, isReadOnly: false, patience: patience)
    }
  }

  private static func connect(
    _ path: String, readOnly: Bool, patience: Double = SQLiteStore.patience
  ) throws -> SQLiteStore {
    var configuration = Configuration()
    // A process that was killed leaves a journal that the next one has to roll back, a reader too; so even a reader
    // opens the file for writing where it may, and never changes it otherwise.
    configuration.readonly = readOnly && !FileSystem.isWritable(path)
    configuration.busyMode = .timeout(patience)
    configuration.label = "register"
    configuration.foreignKeysEnabled = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    let mode = JournalMode.suited(
      toSQLite: try queue.read { try String.fetchOne($0, sql: "SELECT sqlite_version()") ?? "" })
    if !readOnly {
      try queue.writeWithoutTransaction { db in
        // Refuses a foreign file before anything is changed in it.
        if try Int.fetchOne(db, sql: "PRAGMA schema_version") ?? 0 > 0 { try Schema.check(db) }
        let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode = \(mode.rawValue)")
        guard journal?.lowercased() == mode.rawValue.lowercased() else {
          throw RegisterError.inputOutput("journal mode is \(journal ?? "unknown"), not \(mode.rawValue)")
        }
        try db.execute(sql: "PRAGMA synchronous = FULL")
        let level = try Int.fetchOne(db, sql: "PRAGMA synchronous")
        guard level == 2 else { throw RegisterError.inputOutput("synchronous level is \(level ?? -1), not 2 (FULL)") }
      }
    }
    return SQLiteStore(queue: queue, path: path, journal: mode, isReadOnly: readOnly, patience: patience)
  }

  package func write<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
    try write(waits: true, body)
  }

  package func writeWithoutWaiting<Result>(_ body: (any StoreTransaction) throws -> Result) throws -> Result {
    try write(waits: false, body)
  }

  private func write<Result>(waits: Bool, _ body: (any StoreTransaction) throws -> Result) throws -> Result {
    guard !isReadOnly else { throw RegisterError.readOnly(path) }
    return try remembering {
      var result: Swift.Result<Result, any Error> = .failure(RegisterError.busy)
      try queue.writeWithoutTransaction { db in
        if !waits { try db.execute(sql: "PRAGMA busy_timeout = 0") }
        defer { if !waits { try? db.execute(sql: "PRAGMA busy_timeout = \(Int(patience * 1000))") } }
        try db.inTransaction(.immediate) {
          result = .success(try body(SQLiteTransaction(db, of: self)))
          return .commit
        }
      }
      return try result.get()
    }
  }

  package func read<Result>(_ body: (any StoreReader) throws -> Result) throws -> Result {
    try remembering { try queue.read { db in try body(SQLiteTransaction(db, of: self)) } }
  }

  /// Damage that somebody met stays known, so that a server can say that it is of no use.
  private func remembering<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try SQLiteStore.translate(path, body) } catch RegisterError.damaged(let damage) {
      met.withLock { $0 = $0 ?? damage }
      throw RegisterError.damaged(damage)
    }
  }

  /// SQLite's own complaints become the register's.
  static func translate<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as DatabaseError {
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: throw RegisterError.busy
      case .SQLITE_READONLY: throw RegisterError.readOnly(path)
      case .SQLITE_FULL: throw RegisterError.diskFull(path)
      // A process that may open no file more is told the same as one that may not open this.
      case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: throw FileSystem.error(FileSystem.trouble ?? EACCES, path)
      // SQLITE_ERROR: a statement of this program that the schema does not know.
      case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_CONSTRAINT, .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_TOOBIG:
        throw RegisterError.damaged(.file(error.message ?? error.resultCode.description))
      default: throw RegisterError.inputOutput("\(path): \(error.message ?? error.resultCode.description)")
      }
    } catch let error as RowDecodingError {
      throw RegisterError.damaged(.file("\(error)"))
    }
  }
}

/// How SQLite keeps a commit safe, chosen by what the installed library can be trusted with.
package enum JournalMode: String, Sendable {
  case wal = "WAL"
  /// Without the WAL-reset bug, at the price of readers that wait for a writer.
  case truncate = "TRUNCATE"

  /// WAL only where the WAL-reset bug is mended: 3.51.3 and later, 3.50.7 and later of 3.50, 3.44.6 and later of 3.44.
  /// Source: sqlite.org/wal.html, "The WAL-Reset Bug"; measured on 3.40.1 (docs/design.md).
  package static func suited(toSQLite version: String) -> JournalMode {
    let parts = version.split(separator: ".").compactMap { Int($0) }
    guard parts.count >= 3 else { return .truncate }
    switch (parts[0], parts[1], parts[2]) {
    case (3, 44, 6...), (3, 50, 7...), (3, 51, 3...), (3, 52..., _), (4..., _, _): return .wal
    default: return .truncate
    }
  }
}

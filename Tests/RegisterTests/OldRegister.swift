import Foundation
import GRDB
import TestSupport

/// Register files as the program wrote them in earlier formats.
enum OldRegister {
  /// A copy to work on, in a folder that goes with it.
  static func copy(format: Int) throws -> (folder: TemporaryFolder, path: String) {
    let folder = try TemporaryFolder()
    let path = folder.path("register.sqlite")
    let fixture = Project.fixtures.appending(path: "registers/format-\(format).register")
    try FileManager.default.copyItem(at: fixture, to: URL(filePath: path))
    return (folder, path)
  }

  static func version(_ path: String) throws -> Int? {
    try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
  }

  /// Of all tables, indices and triggers.
  static func schema(_ path: String) throws -> [String] {
    try DatabaseQueue(path: path).read {
      try String.fetchAll($0, sql: "SELECT coalesce(sql, name) FROM sqlite_master ORDER BY name")
    }
  }
}

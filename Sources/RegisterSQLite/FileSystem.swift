import Foundation
import Register

enum FileSystem {
  /// Whether both the file and its folder, in which the journal lies, may be written to.
  static func isWritable(_ path: String) -> Bool {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    return FileManager.default.isWritableFile(atPath: path) && FileManager.default.isWritableFile(atPath: folder)
  }

  /// Makes an empty file that only its owner may read or write: a register holds secrets that webhooks are signed with,
  /// and addresses. SQLite gives its journals the rights of the file. Throws ``RegisterError/exists(_:)``.
  static func createPrivate(_ path: String) throws {
    let url = URL(fileURLWithPath: path)
    do {
      try Data().write(to: url, options: .withoutOverwriting)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    } catch {
      throw exists(path) ? RegisterError.exists(path) : RegisterError.readOnly(path)
    }
  }

  static func isFolder(_ path: String) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType == .typeDirectory
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}

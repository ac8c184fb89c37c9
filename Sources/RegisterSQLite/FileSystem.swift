import Foundation
import Register

enum FileSystem {
  /// Whether both the file and its folder, in which the journal lies, may be written to.
  static func isWritable(_ path: String) -> Bool {
    FileManager.default.isWritableFile(atPath: path) && FileManager.default.isWritableFile(atPath: folder(of: path))
  }

  static func isFolder(_ path: String) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType == .typeDirectory
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  private static func folder(of path: String) -> String { URL(filePath: path).deletingLastPathComponent().path }

  /// Hands `body` an empty file beside `path` that only its owner may read or write: a register holds secrets that webhooks
  /// are signed with, and addresses. SQLite gives its journals the rights of the file. The file gets the name once all of it
  /// is on the disk; one that has the name already is never replaced, and of what fails nothing stays.
  static func makeWhole<Result>(_ path: String, _ body: (_ temporary: String) throws -> Result) throws -> Result {
    guard !exists(path) else { throw RegisterError.exists(path) }
    let temporary = "\(path).partial-\(String(UInt32.random(in: 0 ... .max), radix: 36))"
    try close(unsafe open(temporary, O_CREAT | O_EXCL | O_WRONLY, 0o600), path)
    defer { for ending in ["", "-journal", "-wal", "-shm"] { unsafe unlink(temporary + ending) } }
    let result = try body(temporary)
    try synchronise(temporary)
    // Unlike a change of name, a link never replaces; a file system that has none is trusted to say what is there.
    if unsafe link(temporary, path) != 0 {
      guard errno == EPERM || errno == EOPNOTSUPP, !exists(path), unsafe rename(temporary, path) == 0 else {
        throw error(errno, path)
      }
    }
    try synchronise(folder(of: path))
    return result
  }

  private static func synchronise(_ path: String) throws {
    let file = unsafe open(path, O_RDONLY)
    if file >= 0, fsync(file) != 0 {
      let reason = errno
      _ = Glibc.close(file)
      throw error(reason, path)
    }
    try close(file, path)
  }

  private static func close(_ file: Int32, _ path: String) throws {
    guard file >= 0, Glibc.close(file) == 0 else { throw error(errno, path) }
  }

  /// Why no file at all can be opened now; nil where one can.
  static var trouble: Int32? {
    let file = unsafe open("/dev/null", O_RDONLY)
    guard file >= 0 else { return errno }
    _ = Glibc.close(file)
    return nil
  }

  /// What the system says, as the register says it.
  static func error(_ code: Int32, _ path: String) -> RegisterError {
    switch code {
    case EEXIST: .exists(path)
    case ENOSPC, EDQUOT: .diskFull(path)
    case EMFILE, ENFILE: .tooManyFiles
    case EACCES, EPERM, EROFS, ENOENT, ENOTDIR: .readOnly(path)
    default: .inputOutput("\(path): \(unsafe String(cString: strerror(code)))")
    }
  }
}

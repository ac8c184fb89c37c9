import Foundation
import Gzip
import Wording

/// Writes files below a folder that a web server shows at the same time: each appears whole or not at all, beside it the
/// same compressed, and what has not changed is not touched, so that its date stays.
final class FolderWriter {
  struct Tally {
    var files = 0
    var written = 0
    var removed = 0
  }

  private let root: URL
  private let language: Language
  /// Held open while the folder is written; two exports at once would undo each other's work.
  private let lock: FileHandle
  private var known: Set<String> = []
  private(set) var tally = Tally()

  /// Bytes of a file that are compared in memory before anything is written.
  private static let buffered = 1 << 20
  /// Names what the last export wrote, other than the pages of changes, which never go.
  private static let manifest = ".preavis-export"

  init(_ folder: String, language: Language) throws {
    root = URL(fileURLWithPath: folder, isDirectory: true)
    self.language = language
    do {
      try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
      let file = root.appendingPathComponent(".preavis-export.lock")
      if !FileManager.default.fileExists(atPath: file.path) {
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
          throw CocoaError(.fileWriteNoPermission)
        }
      }
      lock = try FileHandle(forUpdating: file)
    } catch {
      throw Failure(
        status: .failure,
        message: language(
          "--out \(folder): cannot be written; make the folder, or choose another.",
          "--out \(folder) : écriture impossible ; créez le dossier ou choisissez-en un autre."))
    }
    guard flock(lock.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw Failure(
        status: .tryAgain,
        message: language(
          "--out \(folder): another export is writing there; try again when it has ended.",
          "--out \(folder) : un autre export y écrit ; recommencez quand il aura fini."))
    }
  }

  /// `isKept` says that the file is never removed later, so that it need not be remembered.
  func write(
    _ path: String, isKept: Bool = false, _ body: (_ sink: ([UInt8]) throws -> Void) throws -> Void
  ) throws {
    tally.files += 1
    if !isKept { known.insert(path) }
    let target = root.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    var pending = PendingFile(target)
    do {
      try body { try pending.write($0) }
      if try pending.isSame() {
        pending.discard()
        return
      }
      // The compressed one first: a server that prefers it never shows an older text than the plain file.
      try pending.commit()
      tally.written += 1
    } catch {
      pending.discard()
      throw error
    }
  }

  /// Removes what an earlier export wrote and this one did not.
  func finish() throws {
    let file = root.appendingPathComponent(FolderWriter.manifest)
    let old = (try? String(contentsOf: file, encoding: .utf8))?.split(separator: "\n").map(String.init) ?? []
    for path in old where !known.contains(path) && !path.hasPrefix("/") && !path.contains("..") {
      for name in [path, path + ".gz"] {
        try? FileManager.default.removeItem(at: root.appendingPathComponent(name))
      }
      tally.removed += 1
    }
    try Data((known.sorted().joined(separator: "\n") + "\n").utf8).write(to: file, options: .atomic)
  }

  /// A file on its way: in memory while it is small, in a temporary file when it grows.
  private struct PendingFile {
    let target: URL
    let temporary: URL
    private var buffer: [UInt8] = []
    private var handle: FileHandle?

    init(_ target: URL) {
      self.target = target
      let name = ".\(target.lastPathComponent).\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
      temporary = target.deletingLastPathComponent().appendingPathComponent(name)
    }

    private var compressed: URL { target.appendingPathExtension("gz") }
    private var temporaryCompressed: URL { temporary.appendingPathExtension("gz") }

    mutating func write(_ bytes: [UInt8]) throws {
      buffer += bytes
      if buffer.count >= FolderWriter.buffered { try spill() }
    }

    private mutating func spill() throws {
      if handle == nil {
        guard FileManager.default.createFile(atPath: temporary.path, contents: nil) else {
          throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: target.path])
        }
        handle = try FileHandle(forWritingTo: temporary)
      }
      try handle?.write(contentsOf: buffer)
      buffer.removeAll(keepingCapacity: true)
    }

    /// Whether the file in place has these bytes already, and its compressed one is there.
    mutating func isSame() throws -> Bool {
      guard FileManager.default.fileExists(atPath: compressed.path),
        let old = try? FileHandle(forReadingFrom: target)
      else { return false }
      defer { try? old.close() }
      guard handle != nil else {
        let bytes = try old.readToEnd() ?? Data()
        return bytes.count == buffer.count && bytes.elementsEqual(buffer)
      }
      try spill()
      let new = try FileHandle(forReadingFrom: temporary)
      defer { try? new.close() }
      while true {
        let (a, b) = (try old.read(upToCount: 1 << 16) ?? Data(), try new.read(upToCount: 1 << 16) ?? Data())
        if a != b { return false }
        if a.isEmpty { return true }
      }
    }

    mutating func commit() throws {
      try spill()
      try handle?.close()
      handle = nil
      try compress()
      for (from, to) in [(temporaryCompressed, compressed), (temporary, target)] {
        guard unsafe rename(from.path, to.path) == 0 else {
          throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: to.path])
        }
      }
    }

    private func compress() throws {
      guard FileManager.default.createFile(atPath: temporaryCompressed.path, contents: nil) else {
        throw CocoaError(.fileWriteNoPermission, userInfo: [NSFilePathErrorKey: compressed.path])
      }
      let input = try FileHandle(forReadingFrom: temporary)
      let output = try FileHandle(forWritingTo: temporaryCompressed)
      defer {
        try? input.close()
        try? output.close()
      }
      var stream = try GzipStream()
      while let data = try input.read(upToCount: 1 << 18), !data.isEmpty {
        try stream.write([UInt8](data)) { try output.write(contentsOf: $0) }
      }
      try stream.finish { try output.write(contentsOf: $0) }
    }

    mutating func discard() {
      try? handle?.close()
      handle = nil
      for file in [temporary, temporaryCompressed] { try? FileManager.default.removeItem(at: file) }
    }
  }
}

import Answers
import Foundation
import Server
import Wording

/// Writes files below a folder that a web server shows at the same time: each appears whole or not at all, beside it the
/// same compressed, and what has not changed is not touched, so that its date stays.
final class FolderWriter {
  struct Tally {
    var files = 0
    var written = 0
    var removed = 0
    /// No longer published, and could not be taken away.
    var stuck: [String] = []
    /// Of an earlier export, outside what this one covers; left as they were.
    var left = 0
  }

  private let root: URL
  private let language: Language
  /// Held open while the folder is written; two exports at once would undo each other's work.
  private let lock: FileHandle
  private var known: Set<String> = []
  private(set) var tally = Tally()

  /// Bytes of a file that are compared in memory before anything is written.
  private static let buffered = 1 << 20
  /// Lock, names of what was written, and files on their way; nothing to be served.
  private static let ownFolder = ".preavis-export"
  private let own: URL

  init(_ folder: String, language: Language) throws {
    try OutFolder.checkName(folder, language)
    root = URL(fileURLWithPath: folder, isDirectory: true)
    own = root.appendingPathComponent(FolderWriter.ownFolder, isDirectory: true)
    self.language = language
    do {
      try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
      let file = own.appendingPathComponent("lock")
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
    try sweep()
  }

  private var pendingFolder: URL { own.appendingPathComponent("pending", isDirectory: true) }

  /// What an export that was killed left on its way.
  private func sweep() throws {
    try? FileManager.default.removeItem(at: pendingFolder)
    try FileManager.default.createDirectory(at: pendingFolder, withIntermediateDirectories: true)
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
    guard [nil, .typeRegular, .typeSymbolicLink].contains(ExportManifest.type(target)) else {
      throw Failure(
        status: .failure,
        message: language(
          "\(target.path): something other than a file is in the way; move it and export again.",
          "\(target.path) : autre chose qu’un fichier prend sa place ; déplacez-le et recommencez."))
    }
    var pending = PendingFile(target, in: pendingFolder)
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

  /// Removes what an earlier export wrote and this one did not, as far as this one covers it.
  func finish(covers: (String) -> Bool) throws {
    let manifest = ExportManifest(own.appendingPathComponent("files"))
    var remembered = known
    for path in manifest.paths.subtracting(known) {
      if !covers(path) {
        tally.left += 1
        remembered.insert(path)
      } else if ExportManifest.remove(path, below: root) {
        tally.removed += 1
      } else {
        tally.stuck.append(path)
        remembered.insert(path)
      }
    }
    try manifest.write(remembered)
  }

  /// A file on its way: in memory while it is small, in a temporary file when it grows.
  private struct PendingFile {
    let target: URL
    let temporary: URL
    private var buffer: [UInt8] = []
    private var handle: FileHandle?

    init(_ target: URL, in folder: URL) {
      self.target = target
      temporary = folder.appendingPathComponent("file")
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

    /// Whether the file in place has these bytes already, and its compressed one is of them.
    mutating func isSame() throws -> Bool {
      guard ExportManifest.type(target) == .typeRegular, ExportManifest.type(compressed) == .typeRegular,
        let old = try? FileHandle(forReadingFrom: target)
      else { return false }
      defer { try? old.close() }
      guard handle != nil else {
        let bytes = [UInt8](try old.readToEnd() ?? Data())
        return bytes == buffer && GzipTrailer(bytes) == GzipTrailer(of: compressed)
      }
      try spill()
      let new = try FileHandle(forReadingFrom: temporary)
      defer { try? new.close() }
      var trailer = GzipTrailer([])
      while true {
        let (a, b) = (try old.read(upToCount: 1 << 16) ?? Data(), try new.read(upToCount: 1 << 16) ?? Data())
        if a != b { return false }
        if a.isEmpty { return trailer == GzipTrailer(of: compressed) }
        trailer.add([UInt8](a))
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

extension GzipTrailer {
  /// That of a file; nil where it is none, or not a gzip file.
  fileprivate init?(of file: URL) {
    guard let handle = try? FileHandle(forReadingFrom: file), let size = try? handle.seekToEnd(), size >= 18 else {
      return nil
    }
    defer { try? handle.close() }
    guard (try? handle.seek(toOffset: size - 8)) != nil, let data = try? handle.readToEnd() else { return nil }
    self.init(last: data)
  }
}

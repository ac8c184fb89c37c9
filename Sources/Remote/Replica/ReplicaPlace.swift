import Foundation
import Register

/// Where what is known of one server is kept: files side by side in a folder that only its owner can read.
package struct ReplicaPlace: Sendable {
  private let folder: String
  private let name: String

  /// - Parameter folder: made, for its owner only, where it is missing; throws where nothing can be written into it.
  package init(_ address: ServerAddress, folder: String) throws {
    self.folder = folder
    name = address.fileName
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    guard FileManager.default.isWritableFile(atPath: folder) else { throw RegisterError.readOnly(folder) }
  }

  /// A place that begins with what was noted in a folder that cannot be written.
  package init(_ address: ServerAddress, folder: String, notedIn other: String) throws {
    try self.init(address, folder: folder)
    try? FileManager.default.copyItem(atPath: "\(other)/\(name).seen", toPath: seen)
  }

  /// Size and root hash of the log when it was last seen.
  var seen: String { path("seen") }
  /// Which replica holds: its hash, and how far it is known to hold all that was published.
  var current: String { path("replica") }
  /// The copy of the log with its tables, a register file whose name is its own hash.
  func register(_ digest: String) -> String { path("\(digest).sqlite") }
  /// A file that becomes a replica when it is whole.
  func draft() -> String { path("\(UInt64.random(in: 0 ... .max)).partial") }
  /// Held while one replica takes the place of another.
  var lock: String { path("lock") }
  /// The folders of contracts, and the name of the one that holds.
  var contracts: String { path("contracts") }
  var currentContracts: String { path("contracts.current") }

  private func path(_ ending: String) -> String { "\(folder)/\(name).\(ending)" }

  func restrict(_ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  /// Nil where there is no such file, or it holds no text.
  static func text(_ path: String) -> String? {
    (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .newlines)
  }

  /// Replaces the file as a whole.
  func write(_ text: String, to path: String) throws {
    try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    try restrict(path)
  }

  // MARK: What was seen

  /// Nil where the log was never seen. Throws `RemoteError.noteDamaged` where the note is not what was written.
  func noted() throws -> Checkpoint? {
    guard FileManager.default.fileExists(atPath: seen) else { return nil }
    let parts = ReplicaPlace.text(seen)?.split(separator: " ", omittingEmptySubsequences: false).map(String.init) ?? []
    // Notes had no hash of their own once.
    guard let text = parts.first, let checkpoint = Checkpoint(text), parts.count <= 2,
      parts.count == 1 || parts[1] == ReplicaPlace.mark(text)
    else { throw RemoteError.noteDamaged(seen) }
    return checkpoint
  }

  func note(_ checkpoint: Checkpoint) throws {
    let text = checkpoint.description
    try write("\(text) \(ReplicaPlace.mark(text))", to: seen)
  }

  /// How far the log was seen, unless another process has seen more meanwhile.
  func noteAtLeast(_ checkpoint: Checkpoint) throws {
    try ReplicaLock(lock).alone { if (try noted()?.size ?? 0) < checkpoint.size { try note(checkpoint) } }
  }

  private static func mark(_ text: String) -> Substring { Digest.sha256(text.utf8).prefix(16) }

  // MARK: Which replica holds

  /// The replica that holds, as it was when it was whole; nil where there is none, or nothing that could be one.
  func pointer() -> (digest: String, whole: Checkpoint?)? {
    let parts = ReplicaPlace.text(current)?.split(separator: " ").map(String.init) ?? []
    guard parts.count == 2, Digest.isWellFormed(parts[0]) else { return nil }
    return (parts[0], Checkpoint(parts[1]))
  }

  /// Gives a finished draft its name, and takes away the replica before it. One process at a time.
  func publish(_ draft: String, whole: Checkpoint?) throws -> String {
    let digest = try Digest.sha256(fileAt: draft)
    let lock = try ReplicaLock(self.lock)
    return try lock.alone {
      let path = register(digest)
      guard unsafe rename(draft, path) == 0 else { throw RegisterError.readOnly(path) }
      try write("\(digest) \(whole?.description ?? "-")", to: current)
      for old in try FileManager.default.contentsOfDirectory(atPath: folder)
      where old.hasPrefix("\(name).") && isDone(old, keeping: path) {
        try? FileManager.default.removeItem(atPath: "\(folder)/\(old)")
      }
      return path
    }
  }

  /// Replicas that were replaced, and drafts that were left a day ago or earlier.
  private func isDone(_ file: String, keeping path: String) -> Bool {
    if [".sqlite", ".sqlite-journal", ".sqlite-wal", ".sqlite-shm", ".whole"].contains(where: file.hasSuffix) {
      return "\(folder)/\(file)" != path
    }
    guard file.contains(".partial") else { return false }
    let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(file)")
    return (attributes?[.modificationDate] as? Date).map { $0.timeIntervalSinceNow < -86_400 } ?? false
  }
}

extension Digest {
  /// Of a file of any size.
  static func sha256(fileAt path: String) throws -> String {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    return try sha256 { try file.read(upToCount: 1 << 20).flatMap { $0.isEmpty ? nil : [UInt8]($0) } }
  }
}

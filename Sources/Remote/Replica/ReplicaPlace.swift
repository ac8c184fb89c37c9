import Foundation
import Register

/// Where what is known of one server is kept: files side by side in a folder that only its owner can read.
package struct ReplicaPlace: Sendable {
  private let folder: String
  private let name: String

  /// - Parameter folder: made, for its owner only, where it is missing.
  package init(_ address: ServerAddress, folder: String) throws {
    self.folder = folder
    name = address.fileName
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// The copy of the log with its tables: a register file.
  package var register: String { path("sqlite") }
  /// Size and root hash of the log when it was last seen whole.
  var seen: String { path("seen") }
  /// Size and root hash of the log up to which the replica is known to hold all that was published.
  var whole: String { path("whole") }
  var lock: String { path("lock") }
  /// The folders of contracts, and the name of the one that holds.
  var contracts: String { path("contracts") }
  var current: String { path("contracts.current") }

  private func path(_ ending: String) -> String { "\(folder)/\(name).\(ending)" }

  func restrict(_ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  var checkpoint: Checkpoint? { ReplicaPlace.text(seen).flatMap(Checkpoint.init) }

  /// Nil where there is no such file, or it holds no text.
  static func text(_ path: String) -> String? {
    (try? String(contentsOfFile: path, encoding: .utf8))?.trimmingCharacters(in: .newlines)
  }

  /// Replaces the file as a whole.
  func write(_ text: String, to path: String) throws {
    try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    try restrict(path)
  }
}

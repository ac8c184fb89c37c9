import Files
import Foundation
import JSONText
import Register

/// The server's contracts, in a folder as contracts are read from. Folders are made whole and never changed; a small file
/// says which of them holds.
struct ContractCache {
  let place: ReplicaPlace

  /// The folder of the newest contracts, asked for by the hash of what is there.
  ///
  /// - Parameter fetch: takes the value of `If-None-Match`, and gives nil where nothing is new.
  func folder(_ fetch: (String?) throws -> ContractFiles?) throws -> String {
    let known = ReplicaPlace.text(place.currentContracts)
    if let known, isWhole(known) {
      guard let files = try fetch("\"\(digest(known))\"") else { return path(known) }
      return try unpack(files, keeping: known)
    }
    guard let files = try fetch(nil) else { throw RemoteError.notUnderstood("304") }
    return try unpack(files, keeping: nil)
  }

  /// The name of a folder is the hash of its files and a number of its own.
  private func digest(_ name: String) -> Substring { name.prefix { $0 != "-" } }

  private func path(_ name: String) -> String { "\(place.contracts)/\(name)" }

  private func isWhole(_ name: String) -> Bool {
    let isName = name.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "z") ~= $0 || $0 == UInt8(ascii: "-") }
    return isName && ContractFiles(ContractFolder(path(name)).allFiles()).digest == digest(name)
  }

  private func unpack(_ files: ContractFiles, keeping last: String?) throws -> String {
    let name = "\(files.digest)-\(UInt64.random(in: 0 ... .max))"
    let manager = FileManager.default
    let owner: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
    for file in files.files {
      let url = URL(fileURLWithPath: "\(path(name))/\(file.name)")
      try manager.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true, attributes: owner)
      try Data(file.bytes).write(to: url)
    }
    try manager.createDirectory(atPath: path(name), withIntermediateDirectories: true, attributes: owner)
    try place.write(name, to: place.currentContracts)
    // Somebody may still read the one before; older ones are done with.
    for old in (try? manager.contentsOfDirectory(atPath: place.contracts)) ?? [] where old != name && old != last {
      try? manager.removeItem(atPath: path(old))
    }
    return path(name)
  }
}

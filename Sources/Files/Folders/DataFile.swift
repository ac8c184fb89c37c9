import Foundation

/// Reads the files of a data folder.
enum DataFile {
  /// Why a file was not read.
  enum Failure: Error, Hashable {
    case missing
    case notAFile
    case tooLarge(limit: Int)
    case unreadable

    /// What is wrong, in a few English words.
    var text: String {
      switch self {
      case .missing: "no such file"
      case .notAFile: "not a regular file"
      case .tooLarge(let limit): "larger than \(limit / 1024) KB"
      case .unreadable: "cannot be read; check its permissions"
      }
    }
  }

  /// The bytes of a regular file of at most `limit` bytes; links are followed.
  static func bytes(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    guard let values = try? url.resourceValues(forKeys: [.isRegularFileKey]) else { throw .missing }
    guard values.isRegularFile == true else {
      throw FileManager.default.fileExists(atPath: path) ? .notAFile : .missing
    }
    guard let handle = try? FileHandle(forReadingFrom: url) else { throw .unreadable }
    defer { try? handle.close() }
    // Read rather than measured beforehand, so that a file that grows meanwhile stays within the limit.
    var data = Data()
    while data.count <= limit {
      guard let more = try? handle.read(upToCount: limit + 1 - data.count) else {
        if data.isEmpty { return [] }
        break
      }
      if more.isEmpty { break }
      data.append(more)
    }
    guard data.count <= limit else { throw .tooLarge(limit: limit) }
    return [UInt8](data)
  }

  /// Names of the files in `folder` that end in `.yaml`, sorted; hidden ones are left out. Nil when there is no folder.
  static func yamlFiles(in folder: String) -> [String]? {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
    return names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.sorted()
  }
}

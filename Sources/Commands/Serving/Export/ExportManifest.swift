import Foundation

/// Names of what an export wrote, so that a later one can take away what is no longer published, and nothing else.
///
/// The file lies in a folder that others may write to, so it is read as a stranger's: a name counts only where this
/// program could have written it.
struct ExportManifest {
  /// Relative paths, each of names parted by single slashes.
  private(set) var paths: Set<String>
  private let file: URL

  init(_ file: URL) {
    self.file = file
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    paths = Set(text.split(separator: "\n").map(String.init).filter(ExportManifest.isOurs))
  }

  /// Neither empty nor hidden names, and one of the endings of what is published.
  private static func isOurs(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") }
      && [".html", ".ics", ".xml", ".json", ".css"].contains { path.hasSuffix($0) }
  }

  func write(_ paths: Set<String>) throws {
    try Data((paths.sorted().joined(separator: "\n") + "\n").utf8).write(to: file, options: .atomic)
  }

  /// Takes away the plain file at `path` below `root`, and its compressed copy. No folder on the way may be a link.
  /// False when it is still there, or is not a plain file.
  static func remove(_ path: String, below root: URL) -> Bool {
    var folder = root
    for part in path.split(separator: "/").dropLast() {
      folder.appendPathComponent(String(part))
      guard let type = type(folder) else { return true }
      guard type == .typeDirectory else { return false }
    }
    return [path, path + ".gz"].allSatisfy { name in
      let target = root.appendingPathComponent(name)
      guard let type = type(target) else { return true }
      return type == .typeRegular && (try? FileManager.default.removeItem(at: target)) != nil
    }
  }

  /// The type of the entry itself, a link not followed; nil where there is none.
  static func type(_ file: URL) -> FileAttributeType? {
    (try? FileManager.default.attributesOfItem(atPath: file.path))?[.type] as? FileAttributeType
  }
}

import Foundation

/// Reads the templates of a folder: `notices/<language>/*.mustache` and `layouts/*.mustache`.
struct TemplateFolder {
  /// Texts by path below the folder.
  private(set) var files: [String: String] = [:]
  private(set) var problems: [TemplateProblem] = []

  init(_ folder: String) {
    let root = URL(fileURLWithPath: folder, isDirectory: true)
    guard let entries = FileManager.default.enumerator(atPath: root.path) else {
      problems.append(.init(file: folder, line: 1, message: "no such folder"))
      return
    }
    for case let path as String in entries where path.hasSuffix(".mustache") {
      guard let data = try? Data(contentsOf: root.appendingPathComponent(path)) else {
        problems.append(.init(file: path, line: 1, message: "cannot be read"))
        continue
      }
      guard let text = String(data: data, encoding: .utf8) else {
        problems.append(.init(file: path, line: 1, message: "is not UTF-8"))
        continue
      }
      files[path] = text
    }
  }
}

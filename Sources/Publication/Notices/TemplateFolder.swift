import Foundation
import Wording

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

/// Where a template lies: a text of one language, or a layout of one format.
enum TemplatePath: Hashable {
  case notice(Language, name: String)
  case layout(NoticeLayout, name: String)

  /// Nil for a path that no template has.
  init?(_ path: String) {
    let parts = path.split(separator: "/").map(String.init)
    let name = TemplatePath.name(path)
    if parts.count == 3, parts[0] == "notices", let language = Language(rawValue: parts[1]) {
      self = .notice(language, name: name)
    } else if parts.count == 2, parts[0] == "layouts",
      let format = NoticeLayout.allCases.first(where: { name.hasSuffix(".\($0.rawValue)") })
    {
      self = .layout(format, name: String(name.dropLast(format.rawValue.count + 1)))
    } else {
      return nil
    }
  }

  /// The file's name without folder and `.mustache`.
  static func name(_ path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(".mustache") ? String(file.dropLast(9)) : file
  }
}

/// One `{{…}}` of a template.
struct TemplateTag: Hashable {
  enum Kind: Hashable {
    case variable, section, inverted, close, partial, comment
    /// Output that would not be escaped: `{{{name}}}` or `{{&name}}`.
    case raw
    /// `{{%…}}`, `{{=…=}}`, `{{<…}}` and `{{$…}}`: what these templates do not use.
    case pragma, delimiters, inheritance
    /// `{{` without its end.
    case unfinished
  }

  var kind: Kind
  /// The name without blanks.
  var name: String
  /// From 1.
  var line: Int

  /// Every tag of `source` in order. Source of the grammar: mustache(5).
  static func scan(_ source: String) -> [TemplateTag] {
    var tags: [TemplateTag] = []
    var rest = source.unicodeScalars[...]
    var line = 1
    while let scalar = rest.first {
      guard scalar == "{", rest.dropFirst().first == "{" else {
        if scalar == "\n" { line += 1 }
        rest.removeFirst()
        continue
      }
      rest.removeFirst(2)
      let start = line
      var body = String.UnicodeScalarView()
      var isFinished = false
      while let next = rest.popFirst() {
        if next == "\n" { line += 1 }
        if next == "}", rest.first == "}" {
          rest.removeFirst()
          isFinished = true
          break
        }
        body.append(next)
      }
      if body.first == "{", rest.first == "}" { rest.removeFirst() }
      tags.append(isFinished ? tag(String(body), line: start) : .init(kind: .unfinished, name: "", line: start))
    }
    return tags
  }

  private static func tag(_ body: String, line: Int) -> TemplateTag {
    let kinds: [Character: Kind] = [
      "#": .section, "^": .inverted, "/": .close, ">": .partial, "!": .comment, "{": .raw, "&": .raw, "%": .pragma,
      "=": .delimiters, "<": .inheritance, "$": .inheritance,
    ]
    let kind = body.first.flatMap { kinds[$0] }
    let name = (kind == nil ? body[...] : body.dropFirst()).filter { !$0.isWhitespace }
    return TemplateTag(kind: kind ?? .variable, name: String(name), line: line)
  }
}

/// Something wrong in a template, named by file and line.
package struct TemplateProblem: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Path below the folder of templates, for instance `notices/fr/announcement.mustache`.
  package var file: String
  /// From 1; a missing file is reported at line 1.
  package var line: Int
  package var message: String

  package var description: String { "\(file):\(line): \(message)" }

  package static func < (a: TemplateProblem, b: TemplateProblem) -> Bool {
    (a.file, a.line, a.message) < (b.file, b.line, b.message)
  }
}

/// All that is wrong in a folder of templates; never empty.
package struct TemplateErrors: Error, Hashable, Sendable, CustomStringConvertible {
  package var problems: [TemplateProblem]
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}

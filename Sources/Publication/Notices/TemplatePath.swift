import Wording

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

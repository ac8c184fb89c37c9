import Mustache
import Planning
import Wording

/// Finds everything wrong in a set of templates, before any of them is used.
struct TemplateChecks {
  /// Texts by path.
  let files: [String: String]
  private(set) var problems: [TemplateProblem] = []

  init(_ files: [String: String]) {
    self.files = files
    for language in Language.allCases { check(language) }
    for format in NoticeLayout.allCases { check(layout: format) }
    for path in files.keys where TemplatePath(path) == nil {
      add(path, 1, "is not a place for a template; use notices/fr, notices/en or layouts")
    }
    problems = Set(problems).sorted()
  }

  private mutating func add(_ file: String, _ line: Int, _ message: String) {
    problems.append(TemplateProblem(file: file, line: line, message: message))
  }

  private mutating func check(_ language: Language) {
    let folder = "notices/\(language.rawValue)"
    let kinds = NoticeKind.allCases.map(\.rawValue) + [NoticeTemplates.availabilityKind]
    // Folders of before have none of a release.
    var used = Set(kinds + [NoticeTemplates.releaseKind])
    for kind in kinds where files["\(folder)/\(kind).mustache"] == nil {
      add("\(folder)/\(kind).mustache", 1, "missing: there is one template for each kind of notice")
    }
    let present = files.keys.filter { $0.hasPrefix(folder + "/") }.sorted()
    for path in present {
      // Holds: `path` is one of their names.
      let tags = TemplateTag.scan(files[path]!)
      let own = TemplateNames.others[TemplatePath.name(path)]
      check(tags, in: path, names: own ?? .prose, folder: folder, suffix: ".mustache")
      if let own { checkIncluded(by: tags, in: path, own, folder: folder) }
      used.formUnion(tags.lazy.filter { $0.kind == .partial }.map(\.name))
    }
    for path in present {
      let name = TemplatePath.name(path)
      if !used.contains(name) {
        add(
          path, 1, "is used nowhere; kinds of notice are \(kinds.joined(separator: ", "))"
        )
      } else if kinds.contains(name) || name == NoticeTemplates.releaseKind {
        checkSubject(path)
      }
    }
  }

  /// What a report, or the notice of a release, includes is written for changes; it may use what the two have in common.
  private mutating func checkIncluded(
    by tags: [TemplateTag], in path: String, _ names: TemplateNames, folder: String
  ) {
    var seen: Set<String> = []
    var waiting = tags.filter { $0.kind == .partial }
    while let partial = waiting.popLast() {
      guard seen.insert(partial.name).inserted, let source = files["\(folder)/\(partial.name).mustache"] else {
        continue
      }
      for tag in TemplateTag.scan(source) {
        switch tag.kind {
        case .partial: waiting.append(tag)
        case .variable, .section, .inverted:
          if !names.all.contains(tag.name) {
            add(
              path, 1,
              "includes \(partial.name), which uses \(tag.name); \(TemplatePath.name(path)) has no such variable")
          }
        default: break
        }
      }
    }
  }

  /// The first line is the subject and a blank line follows it.
  private mutating func checkSubject(_ path: String) {
    var number = 0
    var subjectSeen = false
    // Holds: `path` is one of their names.
    for line in files[path]!.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      let isBlank = line.allSatisfy(\.isWhitespace)
      if subjectSeen {
        if !isBlank { add(path, number, "the first line is the subject; leave this line blank") }
        return
      }
      if isBlank || (line.hasPrefix("{{!") && line.hasSuffix("}}")) { continue }
      subjectSeen = true
    }
    if !subjectSeen { add(path, 1, "is empty; the first line is the subject") }
  }

  private mutating func check(layout format: NoticeLayout) {
    let suffix = ".\(format.rawValue).mustache"
    if !format.isOptional, files["layouts/notice\(suffix)"] == nil {
      add("layouts/notice\(suffix)", 1, "missing: there is one layout for each format")
    }
    for path in files.keys.filter({ $0.hasPrefix("layouts/") && $0.hasSuffix(suffix) }).sorted() {
      let names = format == .letter ? TemplateNames.letter : .layout
      // Holds: `path` is one of their names.
      check(TemplateTag.scan(files[path]!), in: path, names: names, folder: "layouts", suffix: suffix)
    }
  }

  private mutating func check(
    _ tags: [TemplateTag], in path: String, names: TemplateNames, folder: String, suffix: String
  ) {
    let before = problems.count
    var open: [TemplateTag] = []
    for tag in tags {
      switch tag.kind {
      case .comment: break
      case .unfinished: add(path, tag.line, "{{ without }}")
      case .raw: add(path, tag.line, "\(tag.name.filter { $0 != "}" }): unescaped output is not allowed; write {{…}}")
      case .pragma: add(path, tag.line, "{{%…}} is not allowed: the file name decides how text is escaped")
      case .delimiters: add(path, tag.line, "{{=…=}} is not allowed: tags are always {{…}}")
      case .inheritance: add(path, tag.line, "{{<…}} and {{$…}} are not allowed; include a file with {{>name}}")
      case .partial: checkPartial(tag, in: path, folder: folder, suffix: suffix)
      case .variable: checkVariable(tag, in: path, names: names, open: open)
      case .section, .inverted:
        if !names.all.contains(tag.name) { unknown(tag, in: path, names: names) }
        open.append(tag)
      case .close:
        guard let section = open.popLast() else {
          add(path, tag.line, "{{/\(tag.name)}} closes nothing")
          continue
        }
        if section.name != tag.name {
          add(path, tag.line, "{{/\(tag.name)}} found where {{/\(section.name)}} of line \(section.line) is due")
        }
      }
    }
    for section in open { add(path, section.line, "{{#\(section.name)}} is never closed") }
    guard problems.count == before else { return }
    // Holds: `path` is one of their names.
    do { _ = try MustacheTemplate(string: files[path]!) } catch let error as MustacheTemplate.ParserError {
      add(path, error.context.lineNumber, "\(error.error)")
    } catch {
      add(path, 1, "\(error)")
    }
  }

  private mutating func unknown(_ tag: TemplateTag, in path: String, names: TemplateNames) {
    add(path, tag.line, "unknown variable \(tag.name); known: \(names.all.sorted().joined(separator: ", "))")
  }

  private mutating func checkVariable(
    _ tag: TemplateTag, in path: String, names: TemplateNames, open: [TemplateTag]
  ) {
    guard names.all.contains(tag.name) else { return unknown(tag, in: path, names: names) }
    if names.flags.contains(tag.name) || names.lists.contains(tag.name) {
      return add(path, tag.line, "\(tag.name) has no text of its own; write {{#\(tag.name)}}…{{/\(tag.name)}}")
    }
    let sections = open.filter { $0.kind == .section }.map(\.name)
    if names.optional.union(names.optionalItemNames).contains(tag.name), !sections.contains(tag.name) {
      add(path, tag.line, "\(tag.name) may be absent; write it inside {{#\(tag.name)}}…{{/\(tag.name)}}")
    }
    if names.itemNames.contains(tag.name), !sections.contains(where: names.lists.contains) {
      add(path, tag.line, "\(tag.name) belongs to the items of a list: \(names.lists.sorted().joined(separator: ", "))")
    }
  }

  private mutating func checkPartial(_ tag: TemplateTag, in path: String, folder: String, suffix: String) {
    guard files["\(folder)/\(tag.name)\(suffix)"] != nil else {
      return add(path, tag.line, "missing: {{>\(tag.name)}} would be \(folder)/\(tag.name)\(suffix)")
    }
    var seen: Set<String> = []
    var waiting = [tag.name]
    while let name = waiting.popLast() {
      let file = "\(folder)/\(name)\(suffix)"
      if file == path { return add(path, tag.line, "{{>\(tag.name)}} includes this file again") }
      guard seen.insert(name).inserted, let source = files[file] else { continue }
      waiting += TemplateTag.scan(source).filter { $0.kind == .partial }.map(\.name)
    }
  }
}

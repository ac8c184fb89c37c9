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

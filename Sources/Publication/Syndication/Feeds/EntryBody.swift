import Wording

/// The body of an entry as text and as HTML.
enum EntryBody {
  static func text(_ entry: SyndicationEntry, colon: String) -> String {
    var blocks: [[String]] = []
    if let simulation = entry.simulation { blocks.append([simulation]) }
    blocks.append([entry.lead])
    blocks.append(entry.differences.map { "\($0.name)\(colon) \($0.before) → \($0.after)" })
    blocks.append(entry.facts.map { "\($0.name)\(colon) \($0.value)" })
    blocks.append(entry.description.isEmpty ? [] : [entry.description])
    blocks.append([entry.reference])
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
  }

  /// Paragraphs and lists only, which every reader keeps; what stood before is struck out.
  static func html(_ entry: SyndicationEntry, colon: String) -> String {
    var result = ""
    func paragraph(_ text: String) { result += "<p>\(lines(text))</p>" }
    func list(_ items: [String]) {
      if !items.isEmpty { result += "<ul>" + items.map { "<li>\($0)</li>" }.joined() + "</ul>" }
    }
    if let simulation = entry.simulation { result += "<p><strong>\(lines(simulation))</strong></p>" }
    paragraph(entry.lead)
    list(
      entry.differences.map {
        "<strong>\(HTMLText.escaped($0.name))\(colon)</strong> <del>\(HTMLText.escaped($0.before))</del> → "
          + "<ins>\(HTMLText.escaped($0.after))</ins>"
      })
    list(entry.facts.map { "<strong>\(HTMLText.escaped($0.name))\(colon)</strong> \(HTMLText.escaped($0.value))" })
    for block in paragraphs(entry.description) { paragraph(block) }
    result += "<p><small>\(HTMLText.escaped(entry.reference))</small></p>"
    return result
  }

  private static func lines(_ text: String) -> String {
    HTMLText.escaped(text).split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "<br>")
  }

  /// Pieces between empty lines.
  private static func paragraphs(_ text: String) -> [String] {
    var result: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.allSatisfy(\.isWhitespace) {
        result.append([])
      } else {
        result[result.count - 1].append(line)
      }
    }
    return result.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
  }
}

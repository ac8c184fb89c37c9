import Mustache
import Wording

/// How text of people becomes text of a format, so that nothing in it is taken for markup.
///
/// Works on Unicode scalars: a letter of markup followed by a combining accent is one character to Swift, and still
/// markup to a browser.
struct Escaping: MustacheContentType {
  let format: NoticeLayout

  func escapeText(_ text: String) -> String {
    switch format {
    case .text: text
    case .html: HTMLText.escaped(text)
    // Where no style sheet keeps the lines of a text apart.
    case .fragment, .letter: HTMLText.escaped(text).replacing("\n", with: "<br>")
    case .markdown: Escaping.markdown(text)
    }
  }

  /// Source: CommonMark 0.31, section 2.4 (backslash escapes); GFM, sections 4.10 (tables) and 6.5 (strikethrough).
  /// A line break becomes a hard break; blanks at the start of a line, which could make a code block, go.
  static func markdown(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(markdownLine).joined(separator: "\\\n")
  }

  /// Brackets without a link or a note in them are shown as they are, and read better without a backslash.
  private static func markdownLine(_ line: Substring) -> String {
    let isPlain = line.wholeMatch(of: /[^\[\]]*\[(CHG|REL)-[0-9-]+\]/) != nil
    let scalars = line.unicodeScalars.drop { $0 == " " || $0 == "\t" }
    var result = String.UnicodeScalarView()
    var isAtStart = true
    var digitsOnly = true
    for index in scalars.indices {
      let scalar = scalars[index]
      switch scalar {
      case "[" where isPlain, "]" where isPlain: break
      case "\\", "`", "*", "_", "[", "]", "<", ">", "&", "|", "~":
        result.append("\\")
      case "#", "-", "+", "=":
        if isAtStart { result.append("\\") }
      case ".", ")":
        let next = scalars[scalars.index(after: index)...].first
        if digitsOnly, !isAtStart, next == nil || next == " " || next == "\t" { result.append("\\") }
      default: break
      }
      if !("0"..."9").contains(scalar) { digitsOnly = false }
      isAtStart = false
      result.append(scalar)
    }
    return String(result)
  }

  /// The name by which a template asks for the escaping of `format`. The names of Mustache itself are not used.
  static func name(_ format: NoticeLayout) -> String { "PREAVIS-\(format.rawValue)" }

  /// Makes the formats known to Mustache, once for the process.
  static let registered: Void = {
    for format in NoticeLayout.allCases {
      MustacheContentTypes.register(Escaping(format: format), named: name(format))
    }
  }()
}

/// Puts the blanks and apostrophes of good typography into the operator's own words, so that templates are typed on an
/// ordinary keyboard. Applied to the source of templates, never to what people entered.
enum ProseTypography {
  static func polished(_ source: String, in language: Language) -> String {
    // Line ends of Windows mean the same as ours.
    var text = source.replacing("\r\n", with: "\n").replacing("'", with: "’")
    guard language == .french else { return text }
    text = text.replacing(" :", with: "\(Typography.hard):")
    for sign in [";", "!", "?"] { text = text.replacing(" \(sign)", with: "\(Typography.narrow)\(sign)") }
    return text.replacing("« ", with: "«\(Typography.hard)").replacing(" »", with: "\(Typography.hard)»")
  }
}

/// Text as the text or a quoted attribute of XML and of HTML.
enum MarkupText {
  /// What XML 1.0 cannot carry, not even escaped, is dropped (XML 1.0, section 2.2, Char). `>` is always escaped, so
  /// that no `]]>` is left (section 2.4). Works on scalars: to Swift, `<` and an accent after it are one character.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      default: if isCarried(scalar.value) { result.append(scalar) }
      }
    }
    return String(result)
  }

  /// U+000D is a character of XML, but a parser makes it a line feed.
  private static func isCarried(_ value: UInt32) -> Bool {
    switch value {
    case 0x09, 0x0A, 0x20...0xD7FF, 0xE000...0xFFFD, 0x1_0000...0x10_FFFF: true
    default: false
    }
  }
}

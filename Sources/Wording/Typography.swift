/// Blanks and signs that French and English typography ask for.
/// Source: Imprimerie nationale, "Lexique des règles typographiques"; BIPM, SI brochure, section 5.4.3 (blank before a unit).
package enum Typography {
  /// U+202F: before `;`, `!`, `?` in French, and between a number and its unit.
  package static let narrow = "\u{202F}"
  /// U+00A0: before `:` in French, and inside guillemets.
  package static let hard = "\u{A0}"
  /// U+2212, not a hyphen.
  package static let minus = "\u{2212}"
}

extension Language {
  /// A colon with the blank that this language puts before it; the blank after it is not included.
  package var colon: String { self(":", "\(Typography.hard):") }

  /// `a; b` in English, with the blank before the semicolon in French.
  package func series(_ items: [String]) -> String { items.joined(separator: choice("", Typography.narrow) + "; ") }

  /// `text` in the quotation marks of this language.
  package func quoted(_ text: String) -> String {
    self("“\(text)”", "«\(Typography.hard)\(text)\(Typography.hard)»")
  }

  /// `a`, `a and b`, `a, b and c`.
  package func list(_ items: [String]) -> String { joined(items, by: self("and", "et")) }

  /// `a`, `a or b`, `a, b or c`.
  package func alternatives(_ items: [String]) -> String { joined(items, by: self("or", "ou")) }

  private func joined(_ items: [String], by word: String) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " \(word) " + last
  }
}

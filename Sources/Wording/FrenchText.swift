/// French as it is written in the source, on an ordinary keyboard; what comes out has the blanks and apostrophes of
/// good typography. Values put into it stay as they are: what people entered, addresses and code are not ours to mend.
package struct FrenchText: ExpressibleByStringInterpolation, Sendable {
  package private(set) var text: String

  package init(stringLiteral value: String) { text = Typography.french(value) }
  package init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  package static func + (left: FrenchText, right: FrenchText) -> FrenchText {
    var whole = left
    whole.text += right.text
    return whole
  }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }
    package mutating func appendLiteral(_ literal: String) { text += Typography.french(literal) }
    package mutating func appendInterpolation(_ value: some CustomStringConvertible) { text += value.description }
    package mutating func appendInterpolation(_ value: some StringProtocol) { text += value }
  }
}

extension Typography {
  /// French prose with a blank of its own before `;`, `!`, `?` and `:` and inside guillemets, where it had a plain one,
  /// and with curved apostrophes between letters. Signs that stand without a blank (`12:30`, `https:`) stay.
  package static func french(_ text: String) -> String {
    guard needsWork(text) else { return text }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      let before = index > 0 ? scalars[index - 1] : nil
      let after = index + 1 < scalars.count ? scalars[index + 1] : nil
      switch scalar {
      case " " where after.map { ";!?".unicodeScalars.contains($0) } ?? false: result.append("\u{202F}")
      case " " where after == ":" || after == "»" || before == "«": result.append("\u{A0}")
      case "'" where (before?.properties.isAlphabetic ?? false) && (after?.properties.isAlphabetic ?? true):
        result.append("’")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func needsWork(_ text: String) -> Bool {
    var isAfterBlank = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "'"): return true
      case UInt8(ascii: ";"), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":"): if isAfterBlank { return true }
      // The first octet of both guillemets, and of é: the long way then, which changes nothing.
      case 0xC2: return true
      default: break
      }
      isAfterBlank = byte == 0x20
    }
    return false
  }
}

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

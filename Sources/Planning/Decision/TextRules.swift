/// Why a text is not taken.
public enum TextError: Error, Hashable, Sendable {
  /// `position` counts Unicode scalars from 1.
  case controlCharacter(field: TextField, scalar: UInt32, position: Int)
  case bidirectionalOverride(field: TextField, scalar: UInt32, position: Int)
  /// Not a character at all: U+FFFE, U+FFFF and their like.
  case noncharacter(field: TextField, scalar: UInt32, position: Int)
  case tooLong(field: TextField, count: Int, limit: Int)
  case empty(field: TextField)
}

/// The texts that people enter, with their limits in characters.
public enum TextField: String, Hashable, Sendable {
  case title, description, reason, version, documentation, evidence, name, client
  case titleEnglish = "title_en"
  case descriptionEnglish = "description_en"
  case clientReason = "client_reason"

  public var limit: Int {
    switch self {
    case .title, .titleEnglish: 200
    case .description, .descriptionEnglish: 10_000
    case .reason, .clientReason: 2000
    case .version: 60
    case .documentation: 500
    case .evidence: 10_000
    case .name: 100
    case .client: 200
    }
  }

  var allowsLineBreaks: Bool { self == .description || self == .descriptionEnglish || self == .evidence }
  /// Whether it is published as a link.
  var isLink: Bool { self == .documentation }
}

/// What may stand in a text. Source: Unicode 15.1, general category Cc; UAX #9 for the explicit directional characters,
/// which can make a text read otherwise than it is written (CVE-2021-42574).
enum TextRules {
  /// The text with the blanks at its ends taken off.
  static func check(_ text: String, as field: TextField) throws(TextError) -> String {
    // Line ends of Windows mean the same as ours.
    let text = field.allowsLineBreaks ? normalizingLineEnds(text) : text
    var position = 0
    for scalar in text.unicodeScalars {
      position += 1
      if let error = error(scalar, field, position) { throw error }
    }
    let trimmed = trim(text)
    guard trimmed.count <= field.limit else {
      throw .tooLong(field: field, count: trimmed.count, limit: field.limit)
    }
    // One letter with a thousand accents is one character to Swift; the bound on scalars keeps it honest.
    let scalars = trimmed.unicodeScalars.count
    guard scalars <= field.limit * 8 else { throw .tooLong(field: field, count: scalars, limit: field.limit) }
    return trimmed.unicodeScalars.contains(where: isVisible) ? trimmed : ""
  }

  /// What is wrong with one scalar of a text; nil for nothing.
  static func error(_ scalar: Unicode.Scalar, _ field: TextField, _ position: Int) -> TextError? {
    switch scalar.value {
    case 0x0A where field.allowsLineBreaks: nil
    case 0x09 where field.allowsLineBreaks: nil
    case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029:
      .controlCharacter(field: field, scalar: scalar.value, position: position)
    case 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x061C:
      .bidirectionalOverride(field: field, scalar: scalar.value, position: position)
    case 0xFFFD, 0xFEFF, 0xFDD0...0xFDEF: .noncharacter(field: field, scalar: scalar.value, position: position)
    case let value where value & 0xFFFE == 0xFFFE:
      .noncharacter(field: field, scalar: scalar.value, position: position)
    default: nil
    }
  }

  /// Whether a scalar leaves ink: a text of blanks, joiners and fillers only says nothing.
  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00AD, 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0: return false
    default: break
    }
    return !scalar.properties.isWhitespace && !scalar.properties.isDefaultIgnorableCodePoint
  }

  static func normalizingLineEnds(_ text: String) -> String {
    guard text.utf8.contains(0x0D) else { return text }
    var result = String.UnicodeScalarView()
    var previousWasReturn = false
    for scalar in text.unicodeScalars {
      if scalar == "\r" {
        result.append("\n")
      } else if !(scalar == "\n" && previousWasReturn) {
        result.append(scalar)
      }
      previousWasReturn = scalar == "\r"
    }
    return String(result)
  }

  private static func trim(_ text: String) -> String {
    let kept = text.drop { $0.isWhitespace }
    guard let last = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(kept[...last])
  }
}

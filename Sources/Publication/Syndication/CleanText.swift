import Wording

/// Text of people on its way into a publication.
enum CleanText {
  /// `text` without what some readers stumble over or are misled by: control characters, the explicit directional
  /// characters, and what is no character. Line ends of every kind become line feeds; tabs stay.
  /// Source: Unicode 15.1, general category Cc and section 23.7; UAX #9 (CVE-2021-42574).
  ///
  /// What people enter is refused when it holds any of it; this is for registers that were filled otherwise.
  static func cleaned(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: if !afterReturn { result.append("\n") }
      case 0x0D, 0x85, 0x2028, 0x2029: result.append("\n")
      case 0x09: result.append("\t")
      case 0x00...0x1F, 0x7F...0x9F: break
      case 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x061C: break
      case 0xFEFF, 0xFDD0...0xFDEF: break
      case let value where value & 0xFFFE == 0xFFFE: break
      default: result.append(scalar)
      }
      afterReturn = scalar == "\r"
    }
    return String(result)
  }

  /// The same on one line, blanks at its ends taken off.
  static func line(_ text: String) -> String {
    cleaned(text).split { $0.isNewline || $0 == "\t" }.joined(separator: " ").trimmed
  }
}

extension String {
  /// Without the white space at both ends.
  var trimmed: String {
    let kept = drop { $0.isWhitespace }
    guard let last = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(kept[...last])
  }
}

/// What every publication of a register of simulation says.
enum SimulationMark {
  static let prefix = "[SIMULATION] "

  static func sentence(_ language: Language) -> String {
    language(
      "SIMULATION: this corresponds to no real event.",
      "SIMULATION\(Typography.hard): ceci ne correspond à aucun événement réel.")
  }
}

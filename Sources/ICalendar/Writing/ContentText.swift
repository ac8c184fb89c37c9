/// What text may hold to be shown and carried safely by every reader.
/// Source: RFC 5545, section 3.1 (CONTROL); Unicode 15, sections 23.2 and 23.8; Unicode Technical Report 36.
package enum ContentText {
  /// The first character that must not be published, nil when there is none.
  ///
  /// Line feed and tab pass. Carriage return does not, because TEXT cannot carry one (RFC 5545, section 3.3.11).
  package static func firstForbidden(in text: String) -> ContentLineError.Reason? {
    let bytes = text.utf8Span.span
    for index in bytes.indices where mayBeForbidden(bytes, at: index) {
      // Rare, so that the whole text may be looked at again, scalar by scalar.
      for scalar in text.unicodeScalars {
        if let reason = reason(against: scalar) { return reason }
      }
      return nil
    }
    return nil
  }

  /// Whether a character that may be forbidden begins here. The ranges are those of `reason(against:)` in UTF-8, or
  /// wider; the marks of French and English texts (U+00A0, U+2013, U+2019, U+202F …) lie outside of them.
  static func mayBeForbidden(_ bytes: Span<UInt8>, at index: Int) -> Bool {
    switch bytes[index] {
    case 0x20..<0x7F, 0x09, 0x0A: return false
    case 0x00..<0x20, 0x7F: return true
    case 0xC2: return bytes[index + 1] < 0xA0
    case 0xE2:
      switch bytes[index + 1] {
      case 0x80: return (0xA8...0xAE).contains(bytes[index + 2])
      case 0x81: return bytes[index + 2] >= 0xA6
      default: return false
      }
    case 0xEF: return bytes[index + 1] >= 0xBB
    default: return false
    }
  }

  /// `text` without what ``firstForbidden(in:)`` refuses; every kind of line end becomes a line feed.
  package static func cleaned(_ text: String) -> String {
    guard firstForbidden(in: text) != nil else { return text }
    var result = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in text.unicodeScalars {
      let value = scalar.value
      if value == 0x0D || value == 0x2028 || value == 0x2029 || value == 0x85 {
        result.append("\n")
      } else if value == 0x0A, afterReturn {
        // The second half of CR LF.
      } else if reason(against: scalar) == nil {
        result.append(scalar)
      }
      afterReturn = value == 0x0D
    }
    return String(result)
  }

  private static func reason(against scalar: Unicode.Scalar) -> ContentLineError.Reason? {
    switch scalar.value {
    case 0x09, 0x0A: nil
    case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: .controlCharacter(scalar.value)
    case 0x202A...0x202E, 0x2066...0x2069: .bidirectionalOverride
    default: nil
    }
  }
}

/// What text may hold to be shown and carried safely by every reader.
/// Source: RFC 5545, section 3.1 (CONTROL); Unicode 15, sections 23.2 and 23.8; Unicode Technical Report 36.
package enum ContentText {
  /// The first character that must not be published, nil when there is none.
  ///
  /// Line feed and tab pass. Carriage return does not, because TEXT cannot carry one (RFC 5545, section 3.3.11).
  package static func firstForbidden(in text: String) -> ContentLineError.Reason? {
    var isPlain = true
    for byte in text.utf8 {
      if byte < 0x20 {
        if byte != 0x09, byte != 0x0A { return .controlCharacter(UInt32(byte)) }
      } else if byte >= 0x7F {
        if byte == 0x7F { return .controlCharacter(0x7F) }
        // Only sequences that begin with these bytes can be forbidden.
        if byte == 0xC2 || byte == 0xE2 || byte == 0xEF { isPlain = false }
      }
    }
    if isPlain { return nil }
    for scalar in text.unicodeScalars {
      if let reason = reason(against: scalar) { return reason }
    }
    return nil
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

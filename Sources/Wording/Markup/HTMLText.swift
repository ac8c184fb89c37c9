/// How text of people becomes text of a page: the one escaping function, for the text of an element and for a quoted
/// attribute alike. What it writes is XML too (XML 1.0, sections 2.2 and 2.4), so that SVG and Atom use it.
/// Source: HTML Living Standard, section 13.3 (serialising).
package enum HTMLText {
  /// Appends `text` so that nothing in it can end the element or attribute that it stands in.
  ///
  /// Works on Unicode scalars: a `<` followed by a combining accent is one character to Swift, and still markup to a
  /// browser. What no text may hold is left out here too, should it ever come this far: control characters,
  /// noncharacters, and the signs that turn the direction of writing. Every kind of line end becomes a line feed.
  package static func append(_ text: String, to bytes: inout [UInt8]) {
    var previousWasReturn = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: bytes += Array("&amp;".utf8)
      case 0x3C: bytes += Array("&lt;".utf8)
      case 0x3E: bytes += Array("&gt;".utf8)
      case 0x22: bytes += Array("&quot;".utf8)
      case 0x27: bytes += Array("&#39;".utf8)
      case 0x0A: if !previousWasReturn { bytes.append(0x0A) }
      case 0x0D, 0x85, 0x2028, 0x2029: bytes.append(0x0A)
      case let value where isLeftOut(value): break
      default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
      previousWasReturn = scalar.value == 0x0D
    }
  }

  /// `text` so that nothing in it can end the element or attribute that it stands in.
  package static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Source: HTML Living Standard, section 13.1.4 (what text must not contain); UAX #9 for the directional signs.
  private static func isLeftOut(_ value: UInt32) -> Bool {
    switch value {
    case 0x09: false
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    case 0xFEFF, 0xFDD0...0xFDEF: true
    default: value & 0xFFFE == 0xFFFE
    }
  }
}

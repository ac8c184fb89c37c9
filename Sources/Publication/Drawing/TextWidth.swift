/// How wide text will be, without a font at hand: the widths of Helvetica, which Arial and Liberation Sans share.
/// Source: Adobe, Helvetica AFM, version 002.000.
package enum TextWidth {
  /// In thousandths of the font size, for U+0020…U+007E.
  private static let ascii: [Int64] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
  ]

  /// In the unit of `size`. Letters of other scripts are taken as wide as they can be.
  package static func of(_ text: String, size: Int64, isBold: Bool = false) -> Int64 {
    let thousandths = text.unicodeScalars.reduce(Int64(0)) { $0 + width($1) }
    return thousandths * size * (isBold ? 107 : 100) / 100_000
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int64 {
    switch scalar.value {
    case 0x20...0x7E: return ascii[Int(scalar.value) - 0x20]
    case 0xA0: return 278
    case 0x202F: return 200
    case 0x2018, 0x2019, 0xB7: return 278
    case 0x2013, 0xAB, 0xBB: return 556
    case 0xC0...0xDE: return 778
    case 0xDF...0x17F: return 556
    case 0x300...0x36F: return 0
    default: return 1000
    }
  }

  /// `text` in lines no wider than `width`; a word that is wider alone keeps its line and is squeezed when drawn.
  package static func lines(_ text: String, size: Int64, width: Int64, isBold: Bool = false) -> [String] {
    var lines: [String] = []
    // A blank that must not break is no place to break.
    for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" }) {
      if let last = lines.last, of("\(last) \(word)", size: size, isBold: isBold) <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

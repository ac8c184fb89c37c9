import Wording

/// The few shapes and inks of the pictures. Lengths are hundredths of a millimetre. Every ink keeps its meaning in black
/// and white: what differs, differs by shape too.
enum Pen {
  static let hatchID = "preavis-hatch"
  static let ink: StaticString = "#111111"
  static let soft: StaticString = "#444444"
  static let paper: StaticString = "#ffffff"
  static let window: StaticString = "#1b4577"

  static func box(
    _ x: Int64, _ y: Int64, _ width: Int64, _ height: Int64, fill: Attribute, stroke: Attribute? = nil,
    line: Int64 = 12, corners: Int64 = 0, dashes: Attribute? = nil
  ) -> Markup {
    element(
      .rect, .x(x), .y(y), .width(width), .height(height), fill, stroke, stroke == nil ? nil : .strokeWidth(line),
      corners > 0 ? .corners(corners) : nil, dashes)
  }

  static func line(
    _ points: [(x: Int64, y: Int64)], width: Int64, _ colour: StaticString = ink, dashes: Attribute? = nil
  ) -> Markup {
    element(.path, .lines(points), .fill("none"), .stroke(colour), .strokeWidth(width), dashes)
  }

  enum Anchor { case start, middle, end }

  /// One line of text that never leaves `width`, where there is one: where the font at hand could be wider than that, the letters are
  /// squeezed. `y` is the baseline.
  static func text(
    _ text: String, _ x: Int64, _ y: Int64, size: Int64, width: Int64? = nil, bold: Bool = false,
    anchor: Anchor = .start,
    colour: StaticString = ink
  ) -> Markup {
    let natural = TextWidth.of(text, size: size, isBold: bold)
    // Fonts that stand in for Helvetica are up to a sixth wider (DejaVu Sans).
    let isTight = width.map { natural * 118 > $0 * 100 } ?? false
    return element(
      .text, .x(x), .y(y), .fontSize(size), bold ? .bold : nil, .fill(colour),
      anchor == .end ? .endsHere : anchor == .middle ? .centredHere : nil,
      isTight && natural > 0 ? .textLength(min(natural, width ?? natural)) : nil, isTight ? .squeezesLetters : nil
    ) { text }
  }

  /// A clock face; its centre is given.
  static func clock(_ x: Int64, _ y: Int64, radius: Int64 = 125) -> Markup {
    element(.g) {
      element(
        .circle, .centre(x: x), .centre(y: y), .radius(radius), .fill(paper), .stroke(ink), .strokeWidth(22))
      line([(x, y - radius * 7 / 10), (x, y), (x + radius * 6 / 10, y)], width: 22)
    }
  }

  /// Diagonal lines on paper, under `id`; squares of `size` are put beside each other.
  static func hatch(_ id: String = hatchID, size: Int64 = 120, width: Int64 = 38) -> Markup {
    let quarter = size / 4
    return element(.defs) {
      element(.pattern, .id(id), .width(size), .height(size), .patternInPictureUnits) {
        box(0, 0, size, size, fill: .fill(paper))
        line([(-quarter, quarter), (quarter, -quarter)], width: width)
        line([(0, size), (size, 0)], width: width)
        line([(size - quarter, size + quarter), (size + quarter, size - quarter)], width: width)
      }
    }
  }
}

/// How wide text will be, without a font at hand: the widths of Helvetica, which Arial and Liberation Sans share.
/// Source: Adobe, Helvetica AFM, version 002.000.
enum TextWidth {
  /// In thousandths of the font size, for U+0020…U+007E.
  private static let ascii: [Int64] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
  ]

  /// In the unit of `size`. Letters of other scripts are taken as wide as they can be.
  static func of(_ text: String, size: Int64, isBold: Bool = false) -> Int64 {
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
  static func lines(_ text: String, size: Int64, width: Int64, isBold: Bool = false) -> [String] {
    WordWrap.lines(text.split { $0 == " " || $0 == "\n" || $0 == "\t" }) {
      of($0, size: size, isBold: isBold) <= width
    }
  }
}

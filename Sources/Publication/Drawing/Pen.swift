package import Wording

/// The few shapes and inks of the pictures. Lengths are hundredths of a millimetre. Every ink keeps its meaning in black
/// and white: what differs, differs by shape too.
package enum Pen {
  package static let hatchID = "preavis-hatch"
  package static let ink: StaticString = "#111111"
  package static let soft: StaticString = "#444444"
  package static let paper: StaticString = "#ffffff"
  package static let window: StaticString = "#1b4577"

  package static func box(
    _ x: Int64, _ y: Int64, _ width: Int64, _ height: Int64, fill: Attribute, stroke: Attribute? = nil,
    line: Int64 = 12, corners: Int64 = 0, dashes: Attribute? = nil
  ) -> Markup {
    element(
      .rect, .x(x), .y(y), .width(width), .height(height), fill, stroke, stroke == nil ? nil : .strokeWidth(line),
      corners > 0 ? .corners(corners) : nil, dashes)
  }

  package static func line(_ points: [(x: Int64, y: Int64)], width: Int64, _ colour: StaticString = ink) -> Markup {
    element(.path, .lines(points), .fill("none"), .stroke(colour), .strokeWidth(width))
  }

  package enum Anchor { case start, middle, end }

  /// One line of text that never leaves `width`: where the font at hand could be wider than that, the letters are
  /// squeezed. `y` is the baseline.
  package static func text(
    _ text: String, _ x: Int64, _ y: Int64, size: Int64, width: Int64, bold: Bool = false, anchor: Anchor = .start,
    colour: StaticString = ink
  ) -> Markup {
    let natural = TextWidth.of(text, size: size, isBold: bold)
    // Fonts that stand in for Helvetica are up to a sixth wider (DejaVu Sans).
    let isTight = natural * 118 > width * 100
    return element(
      .text, .x(x), .y(y), .fontSize(size), bold ? .bold : nil, .fill(colour),
      anchor == .end ? .endsHere : anchor == .middle ? .centredHere : nil,
      isTight && natural > 0 ? .textLength(min(natural, width)) : nil, isTight ? .squeezesLetters : nil
    ) { text }
  }

  /// A clock face; its centre is given.
  package static func clock(_ x: Int64, _ y: Int64, radius: Int64 = 125) -> Markup {
    element(.g) {
      element(
        .circle, .centre(x: x), .centre(y: y), .radius(radius), .fill(paper), .stroke(ink), .strokeWidth(22))
      line([(x, y - radius * 7 / 10), (x, y), (x + radius * 6 / 10, y)], width: 22)
    }
  }

  /// Diagonal lines on paper.
  package static var definitions: Markup {
    element(.defs) {
      element(.pattern, .id(hatchID), .width(120), .height(120), .patternInPictureUnits) {
        box(0, 0, 120, 120, fill: .fill(paper))
        line([(-30, 30), (30, -30)], width: 38)
        line([(0, 120), (120, 0)], width: 38)
        line([(90, 150), (150, 90)], width: 38)
      }
    }
  }
}

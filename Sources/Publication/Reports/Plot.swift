import Wording

/// The frame and shapes of the plots. Lengths are tenths of a pixel of a sheet 720 × 300; what differs, differs by shape
/// as well as by ink.
struct Plot {
  /// Sets apart the ids of plots that stand in one page.
  let name: String
  let title: String
  let description: String
  let language: Language

  static let width: Int64 = 7200
  static let height: Int64 = 3000
  /// The field in which values stand.
  static let (left, right, top, bottom): (Int64, Int64, Int64, Int64) = (1000, 7000, 500, 2450)
  static let ink: StaticString = "#111111"
  static let paper: StaticString = "#ffffff"
  static let blue: StaticString = "#1b4577"

  func root(@MarkupBuilder content: () -> Markup) -> Markup {
    element(
      .svg, .svgNamespace, .role("img"), .lang(language), .labelled(by: "\(name)-title \(name)-description"),
      .viewBox(width: Self.width, height: Self.height),
      .fontFamily("Liberation Sans, Arial, Helvetica, sans-serif")
    ) {
      element(.title, .id("\(name)-title")) { title }
      element(.desc, .id("\(name)-description")) { description }
      element(.defs) {
        element(.pattern, .id(hatch), .width(80), .height(80), .patternInPictureUnits) {
          Self.box(0, 0, 80, 80, .fill(Self.paper))
          Self.line([(-20, 20), (20, -20)])
          Self.line([(0, 80), (80, 0)])
          Self.line([(60, 100), (100, 60)])
        }
      }
      Self.box(0, 0, Self.width, Self.height, .fill(Self.paper))
      content()
      Self.line([(Self.left, Self.top - 100), (Self.left, Self.bottom), (Self.right, Self.bottom)])
    }
  }

  var hatch: String { "\(name)-hatch" }

  static func box(_ x: Int64, _ y: Int64, _ width: Int64, _ height: Int64, _ fill: Attribute) -> Markup {
    element(.rect, .x(x), .y(y), .width(width), .height(height), fill)
  }

  static func framed(_ x: Int64, _ y: Int64, _ width: Int64, _ height: Int64, _ fill: Attribute) -> Markup {
    element(.rect, .x(x), .y(y), .width(width), .height(height), fill, .stroke(ink), .strokeWidth(12))
  }

  static func line(_ points: [(x: Int64, y: Int64)], dashes: Attribute? = nil) -> Markup {
    element(.path, .lines(points), .fill("none"), .stroke(ink), .strokeWidth(14), dashes)
  }

  enum Anchor { case start, middle, end }

  static func text(
    _ text: String, _ x: Int64, _ y: Int64, _ anchor: Anchor = .start, size: Int64 = 150, bold: Bool = false
  ) -> Markup {
    element(
      .text, .x(x), .y(y), .fontSize(size), bold ? .bold : nil, .fill(ink),
      anchor == .end ? .endsHere : anchor == .middle ? .centredHere : nil
    ) { text }
  }
}

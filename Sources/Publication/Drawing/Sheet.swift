import Wording

/// A picture of one page, in hundredths of a millimetre.
struct Sheet {
  let language: Language
  /// Name of the service.
  let name: String
  /// What it is about: service, environment, zone.
  let scope: String
  /// Millimetres.
  let width: Int64
  let height: Int64
  let title: String
  let description: String

  static let margin: Int64 = 1000

  /// The root of the picture. `paper` are the rules of a picture that stands alone: what a browser prints it on. Without
  /// them it cuts off what the paper at hand does not hold.
  func root(_ paper: StaticString?, @MarkupBuilder content: () -> Markup) -> Markup {
    element(
      .svg, .svgNamespace, .role("img"), .lang(language), .labelled(by: "preavis-title preavis-description"),
      .viewBox(width: width * 100, height: height * 100), .printedWidth(millimetres: width),
      .printedHeight(millimetres: height), .fontFamily("Liberation Sans, Arial, Helvetica, sans-serif")
    ) {
      element(.title, .id("preavis-title")) { "\(title) – \(name)" }
      element(.desc, .id("preavis-description")) { description }
      if let paper { Markup.stylesheet(paper) }
      Pen.hatch()
      Pen.box(0, 0, width * 100, height * 100, fill: .fill(Pen.paper))
      content()
    }
  }

  /// Title, what it is about, and what it is read from; `extra` stands at the right.
  func header(_ extra: [String]) -> Markup {
    let right = width * 100 - Self.margin
    let half = (right - Self.margin) / 2
    return .joined(
      [
        Pen.text(title, Self.margin, 1550, size: 700, width: half, bold: true),
        Pen.text(scope, Self.margin, 2110, size: 330, width: half),
      ]
        + extra.enumerated().map { index, text in
          Pen.text(text, right, 1290 + Int64(index) * 410, size: 300, width: half - 300, anchor: .end)
        })
  }

  /// Lines of text that fit into the given room: smaller letters where there are many.
  static func paragraph(
    _ texts: [String], _ x: Int64, _ y: Int64, width: Int64, height: Int64, size: Int64
  ) -> Markup {
    var size = size
    func lines() -> [String] {
      texts.flatMap { TextWidth.lines($0, size: size, width: width * 90 / 100) }
    }
    while Int64(lines().count) * size * 135 / 100 > height, size > 60 { size -= 5 }
    return .joined(
      lines().enumerated().map { index, text in
        Pen.text(text, x, y + size + Int64(index) * size * 135 / 100, size: size, width: width)
      })
  }
}

/// A page that needs no other file: its rules stand in its head.
func standalonePage(
  _ title: String, _ language: Language, rules: StaticString, @MarkupBuilder main: () -> Markup
) -> [UInt8] {
  Markup.document(
    element(.html, .lang(language)) {
      element(.head) {
        element(.meta, .charset)
        element(.meta, .metaName("viewport"), .content("width=device-width, initial-scale=1"))
        element(.title) { title }
        Markup.stylesheet(rules)
      }
      element(.body) { element(.main, content: main) }
    })
}

/// Attributes of pictures. Lengths are whole numbers of the unit that the picture's `viewBox` sets.
/// Source: SVG 2, chapters 7 to 13.
extension Attribute {
  package static let svgNamespace = Attribute("xmlns", "http://www.w3.org/2000/svg")
  package static func viewBox(width: Int64, height: Int64) -> Attribute {
    Attribute("viewBox", "0 0 \(width) \(height)")
  }
  package static let stretched = Attribute("preserveAspectRatio", "none")
  /// Width and height of the printed picture; on a screen a stylesheet decides.
  package static func printedWidth(millimetres: Int64) -> Attribute { Attribute("width", "\(millimetres)mm") }
  package static func printedHeight(millimetres: Int64) -> Attribute { Attribute("height", "\(millimetres)mm") }

  package static func x(_ value: Int64) -> Attribute { Attribute("x", String(value)) }
  package static func y(_ value: Int64) -> Attribute { Attribute("y", String(value)) }
  package static func width(_ value: Int64) -> Attribute { Attribute("width", String(value)) }
  package static func height(_ value: Int64) -> Attribute { Attribute("height", String(value)) }
  package static func corners(_ radius: Int64) -> Attribute { Attribute("rx", String(radius)) }
  package static func centre(x: Int64) -> Attribute { Attribute("cx", String(x)) }
  package static func centre(y: Int64) -> Attribute { Attribute("cy", String(y)) }
  package static func radius(_ value: Int64) -> Attribute { Attribute("r", String(value)) }

  /// Straight lines from point to point.
  package static func lines(_ points: [(x: Int64, y: Int64)]) -> Attribute {
    Attribute("d", "M" + points.map { "\($0.x) \($0.y)" }.joined(separator: "L"))
  }

  /// `scale` in hundredths.
  package static func moved(x: Int64, y: Int64, scale: Int64 = 100) -> Attribute {
    let hundredths = scale % 100 < 10 ? "0\(scale % 100)" : String(scale % 100)
    return Attribute(
      "transform", "translate(\(x) \(y))" + (scale == 100 ? "" : " scale(\(scale / 100).\(hundredths))"))
  }

  package static func fill(_ colour: StaticString) -> Attribute { Attribute("fill", colour.description) }
  /// The pattern of that `id` in the same document.
  package static func fill(pattern id: String) -> Attribute { Attribute("fill", "url(#\(id))") }
  package static func stroke(_ colour: StaticString) -> Attribute { Attribute("stroke", colour.description) }
  package static func strokeWidth(_ value: Int64) -> Attribute { Attribute("stroke-width", String(value)) }
  package static func dashes(_ length: Int64, gap: Int64) -> Attribute {
    Attribute("stroke-dasharray", "\(length) \(gap)")
  }
  /// Lengths of a pattern are those of the picture, not parts of what it fills.
  package static let patternInPictureUnits = Attribute("patternUnits", "userSpaceOnUse")

  package static func fontFamily(_ names: StaticString) -> Attribute { Attribute("font-family", names.description) }
  package static func fontSize(_ value: Int64) -> Attribute { Attribute("font-size", String(value)) }
  package static let bold = Attribute("font-weight", "bold")
  package static let endsHere = Attribute("text-anchor", "end")
  package static let centredHere = Attribute("text-anchor", "middle")
  /// Text is drawn this wide whatever the font that is at hand, its letters squeezed or spread.
  package static func textLength(_ value: Int64) -> Attribute { Attribute("textLength", String(value)) }
  package static let squeezesLetters = Attribute("lengthAdjust", "spacingAndGlyphs")
}

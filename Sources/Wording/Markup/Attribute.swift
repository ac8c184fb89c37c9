package import CivilTime

/// An attribute of an element. There is no way to write a handler, a style or an address that was not checked.
package struct Attribute: Hashable, Sendable {
  private let name: String
  private let value: String

  init(_ name: StaticString, _ value: String) {
    self.name = name.description
    self.value = value
  }

  /// ` name="value"`, the value escaped.
  func append(to bytes: inout [UInt8]) {
    bytes += Array(" \(name)=\"".utf8)
    HTMLText.append(value, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Names that the stylesheet knows.
  package static func style(_ names: StaticString) -> Attribute { Attribute("class", names.description) }
  package static func styles(_ names: [StaticString]) -> Attribute {
    Attribute("class", names.map(\.description).joined(separator: " "))
  }
  package static func id(_ id: String) -> Attribute { Attribute("id", id) }
  package static func lang(_ language: Language) -> Attribute { Attribute("lang", language.rawValue) }
  /// Of text in another language than the `page` (WCAG 2.2, 3.1.2); nil in the same, or where there is none.
  package static func lang(_ language: Language?, on page: Language) -> Attribute? {
    language.flatMap { $0 == page ? nil : .lang($0) }
  }
  /// Lets text of people find its own direction of writing.
  package static let directionOfText = Attribute("dir", "auto")

  package static func href(_ link: Link) -> Attribute { Attribute("href", link.address) }
  package static func hreflang(_ language: Language) -> Attribute { Attribute("hreflang", language.rawValue) }
  package static func rel(_ value: StaticString) -> Attribute { Attribute("rel", value.description) }
  package static func type(_ value: String) -> Attribute { Attribute("type", value) }
  package static func title(_ value: String) -> Attribute { Attribute("title", value) }

  /// A form that is posted to the page's own address, and what its button says then.
  package static let posts = Attribute("method", "post")
  package static func button(name: StaticString) -> Attribute { Attribute("name", name.description) }
  package static func button(value: StaticString) -> Attribute { Attribute("value", value.description) }

  /// Fields of a form; what people entered stands in their values.
  package static func field(_ kind: StaticString) -> Attribute { Attribute("type", kind.description) }
  package static func field(name: StaticString) -> Attribute { Attribute("name", name.description) }
  package static func field(value: String) -> Attribute { Attribute("value", value) }
  package static func label(for id: String) -> Attribute { Attribute("for", id) }
  package static let checked = Attribute("checked", "")
  package static let required = Attribute("required", "")
  package static let opened = Attribute("open", "")
  package static func longest(_ characters: Int) -> Attribute { Attribute("maxlength", String(characters)) }
  /// What a browser may fill in by itself (WCAG 2.2, 1.3.5).
  package static func autocomplete(_ kind: StaticString) -> Attribute { Attribute("autocomplete", kind.description) }
  package static func described(by ids: [String]) -> Attribute? {
    ids.isEmpty ? nil : Attribute("aria-describedby", ids.joined(separator: " "))
  }
  package static let invalid = Attribute("aria-invalid", "true")

  package static let charset = Attribute("charset", "utf-8")
  package static func metaName(_ value: StaticString) -> Attribute { Attribute("name", value.description) }
  package static func content(_ value: String) -> Attribute { Attribute("content", value) }

  /// The machine's reading of a moment, with its offset (HTML Living Standard, section 4.5.14).
  package static func datetime(_ instant: Instant, in zone: ZoneRules) -> Attribute {
    Attribute("datetime", TimeText.local(instant, in: zone))
  }
  package static func datetime(_ date: CivilDate) -> Attribute { Attribute("datetime", TimeText.date(date)) }

  package static let columnHeader = Attribute("scope", "col")
  package static let rowHeader = Attribute("scope", "row")
  package static func abbreviated(from value: String) -> Attribute { Attribute("abbr", value) }

  package static func label(_ value: String) -> Attribute { Attribute("aria-label", value) }
  package static func labelled(by id: String) -> Attribute { Attribute("aria-labelledby", id) }
  package static let hidden = Attribute("aria-hidden", "true")
  package static let currentPage = Attribute("aria-current", "page")
  package static let currentSection = Attribute("aria-current", "true")
  package static let currentDate = Attribute("aria-current", "date")
  package static let note = Attribute("role", "note")
  /// Keeps a table a table, a list a list where the stylesheet lays them out otherwise (WebKit drops the role then).
  package static func role(_ value: StaticString) -> Attribute { Attribute("role", value.description) }
  /// Can take the focus of a skip link, and of a keyboard that has to scroll.
  package static let focusTarget = Attribute("tabindex", "-1")
}

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
    let hundredths = (scale % 100).padded(2)
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

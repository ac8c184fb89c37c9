/// A piece of HTML in UTF-8. Its only sources are `text`, which escapes, and `element`, whose names are ours: what came
/// from a request can be shown, and cannot become markup.
package struct Markup: Hashable, Sendable {
  package private(set) var bytes: [UInt8]

  package static let empty = Markup(bytes: [])

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// Escaped text.
  package static func text(_ text: String) -> Markup {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    HTMLText.append(text, to: &bytes)
    return Markup(bytes: bytes)
  }

  package static func joined(_ parts: [Markup]) -> Markup {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count })
    for part in parts { bytes += part.bytes }
    return Markup(bytes: bytes)
  }

  /// An element; void elements have no content and no end tag.
  package static func element(_ tag: Tag, _ attributes: [Attribute], _ content: Markup) -> Markup {
    let name = Array(tag.rawValue.utf8)
    var bytes: [UInt8] = [UInt8(ascii: "<")] + name
    for attribute in attributes { attribute.append(to: &bytes) }
    bytes.append(UInt8(ascii: ">"))
    if !tag.isVoid {
      if tag.isBlock { bytes.append(0x0A) }
      bytes += content.bytes
      bytes += [UInt8(ascii: "<"), UInt8(ascii: "/")] + name + [UInt8(ascii: ">")]
    }
    if tag.endsLine { bytes.append(0x0A) }
    return Markup(bytes: bytes)
  }

  /// The stylesheet of a document that stands alone. Only what is written in our source gets into it.
  package static func stylesheet(_ rules: StaticString) -> Markup {
    Markup(bytes: Array("<style>\n\(rules)\n</style>\n".utf8))
  }

  /// A picture as a file of its own; the root has to carry `.svgNamespace`.
  package static func picture(_ root: Markup) -> [UInt8] {
    Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8) + root.bytes + [0x0A]
  }

  /// A place in a page that something is put into later: an octet that no text has.
  package static let gap = Markup(bytes: [0])

  /// What stands before the gap of a page, and after it.
  package static func parts(_ page: [UInt8]) -> (before: [UInt8], after: [UInt8]) {
    let gap = page.firstIndex(of: 0) ?? page.endIndex
    return (Array(page[..<gap]), Array(page[gap...].dropFirst()))
  }

  /// A whole document: the doctype that keeps browsers out of quirks mode, and its root.
  package static func document(_ root: Markup) -> [UInt8] { Array("<!DOCTYPE html>\n".utf8) + root.bytes }
}

/// An element with attributes and content.
package func element(_ tag: Tag, _ attributes: Attribute?..., @MarkupBuilder content: () -> Markup) -> Markup {
  .element(tag, attributes.compactMap { $0 }, content())
}

/// An element without content.
package func element(_ tag: Tag, _ attributes: Attribute?...) -> Markup {
  .element(tag, attributes.compactMap { $0 }, .empty)
}

/// A table with a heading on each column, and in the first cell of each row; columns of `figures` stand to the right.
package func dataTable(
  _ style: Attribute? = nil, caption: String? = nil, _ heads: [String], figures: ClosedRange<Int>? = nil,
  _ rows: [[Markup]]
) -> Markup {
  func place(_ index: Int) -> Attribute? { figures?.contains(index) ?? false ? .style("figure") : nil }
  return element(.table, style) {
    if let caption { element(.caption) { caption } }
    element(.thead) {
      element(.tr) {
        for (index, head) in heads.enumerated() { element(.th, .columnHeader, place(index)) { head } }
      }
    }
    element(.tbody) {
      for row in rows {
        element(.tr) {
          for (index, cell) in row.enumerated() {
            index == 0 ? element(.th, .rowHeader) { cell } : element(.td, place(index)) { cell }
          }
        }
      }
    }
  }
}

/// Writes markup as nested blocks; a bare string is escaped text.
@resultBuilder package enum MarkupBuilder {
  package static func buildExpression(_ markup: Markup) -> Markup { markup }
  package static func buildExpression(_ markup: Markup?) -> Markup { markup ?? .empty }
  package static func buildExpression(_ text: String) -> Markup { .text(text) }
  package static func buildBlock(_ parts: Markup...) -> Markup { .joined(parts) }
  package static func buildOptional(_ part: Markup?) -> Markup { part ?? .empty }
  package static func buildEither(first: Markup) -> Markup { first }
  package static func buildEither(second: Markup) -> Markup { second }
  package static func buildArray(_ parts: [Markup]) -> Markup { .joined(parts) }
}

/// The elements that pages and pictures use. Nothing that runs, embeds or styles is among them, so that they work under
/// `Content-Security-Policy: default-src 'none'; style-src 'self'`; `Markup.stylesheet` is for documents that stand alone.
package enum Tag: String, CaseIterable, Sendable {
  case html, head, meta, title, link, body
  case header, nav, main, footer, section, article, div
  case h1, h2, h3, p, ul, ol, li, dl, dt, dd, details, summary
  case a, span, strong, del, time, code, bdi
  case form, button, fieldset, legend, label, input
  case table, caption, thead, tbody, tr, th, td
  case svg, g, defs, pattern, desc, rect, line, circle, path, text

  /// Source: HTML Living Standard, section 13.1.2 (void elements).
  package var isVoid: Bool { self == .meta || self == .link || self == .input }

  /// Whether a line break after the start tag changes nothing that is shown.
  package var isBlock: Bool {
    switch self {
    case .html, .head, .body, .header, .nav, .main, .footer, .section, .article, .div, .ul, .ol, .dl, .form, .fieldset,
      .table,
      .thead,
      .tbody, .tr, .details:
      true
    default: false
    }
  }

  /// Whether a line break after the end tag changes nothing that is shown.
  package var endsLine: Bool {
    switch self {
    case .meta, .title, .link, .h1, .h2, .h3, .p, .li, .dt, .dd, .summary, .legend, .caption, .th, .td: true
    default: isBlock
    }
  }
}

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

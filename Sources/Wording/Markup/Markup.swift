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

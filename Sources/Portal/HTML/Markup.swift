/// A piece of HTML in UTF-8. Its only sources are `text`, which escapes, and `element`, whose names are ours: what came
/// from a request can be shown, and cannot become markup.
struct Markup: Hashable, Sendable {
  private(set) var bytes: [UInt8]

  static let empty = Markup(bytes: [])

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// Escaped text.
  static func text(_ text: String) -> Markup {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    HTMLText.append(text, to: &bytes)
    return Markup(bytes: bytes)
  }

  static func joined(_ parts: [Markup]) -> Markup {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count })
    for part in parts { bytes += part.bytes }
    return Markup(bytes: bytes)
  }

  /// An element; void elements have no content and no end tag.
  static func element(_ tag: Tag, _ attributes: [Attribute], _ content: Markup) -> Markup {
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

  /// A whole document: the doctype that keeps browsers out of quirks mode, and its root.
  static func document(_ root: Markup) -> [UInt8] { Array("<!DOCTYPE html>\n".utf8) + root.bytes }
}

/// An element with attributes and content.
func element(_ tag: Tag, _ attributes: Attribute?..., @MarkupBuilder content: () -> Markup) -> Markup {
  .element(tag, attributes.compactMap { $0 }, content())
}

/// An element without content.
func element(_ tag: Tag, _ attributes: Attribute?...) -> Markup {
  .element(tag, attributes.compactMap { $0 }, .empty)
}

/// Writes markup as nested blocks; a bare string is escaped text.
@resultBuilder enum MarkupBuilder {
  static func buildExpression(_ markup: Markup) -> Markup { markup }
  static func buildExpression(_ markup: Markup?) -> Markup { markup ?? .empty }
  static func buildExpression(_ text: String) -> Markup { .text(text) }
  static func buildBlock(_ parts: Markup...) -> Markup { .joined(parts) }
  static func buildOptional(_ part: Markup?) -> Markup { part ?? .empty }
  static func buildEither(first: Markup) -> Markup { first }
  static func buildEither(second: Markup) -> Markup { second }
  static func buildArray(_ parts: [Markup]) -> Markup { .joined(parts) }
}

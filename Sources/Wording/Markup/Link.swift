/// An address that may stand behind a link: one of four schemes, or a path of our own.
package struct Link: Hashable, Sendable {
  /// Percent-encoded; ASCII only.
  package let address: String

  private init(encoded address: String) { self.address = address }

  /// Nil for every scheme but `http`, `https`, `webcal` and `mailto`, for an address that names nothing, and for one
  /// with control characters.
  package init?(_ text: String) {
    let lower = text.lowercased()
    guard
      let scheme = ["https://", "http://", "webcal://", "mailto:"].first(where: { lower.utf8.starts(with: $0.utf8) }),
      text.utf8.count > scheme.utf8.count, !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
    else { return nil }
    address = Link.encoded(text)
  }

  /// A path within the site, relative to the page that it stands in.
  package static func within(_ path: String) -> Link {
    // A first part with a colon would be taken for a scheme (RFC 3986, section 4.2).
    let first = path.prefix { $0 != "/" }
    return Link(encoded: encoded(first.unicodeScalars.contains(":") ? "./\(path)" : path))
  }

  package static func fragment(_ id: String) -> Link { Link(encoded: "#" + encoded(id)) }

  private static let kept = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&*+,;=%()".utf8)

  /// Everything percent-encoded that no address holds as it is. Source: RFC 3986, section 2.
  private static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if kept.contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

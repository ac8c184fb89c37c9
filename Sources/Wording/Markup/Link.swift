import CivilTime

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

  /// A telephone number as people write it: its digits, and a plus sign before them (RFC 3966, section 5.1.1).
  package static func phone(_ number: String) -> Link {
    Link(encoded: "tel:" + number.filter { $0 == "+" || $0.isASCII && $0.isNumber })
  }

  package static func fragment(_ id: String) -> Link { Link(encoded: "#" + encoded(id)) }

  /// The same for a link in plain text and in Markdown, which a parenthesis would end; percent-encoded. Nil for what is
  /// neither a web address nor a mail address.
  package static func plain(_ text: String) -> String? {
    let lower = text.lowercased()
    guard ["https://", "http://", "mailto:"].contains(where: { lower.hasPrefix($0) }) else { return nil }
    return PercentText.encode(text, keeping: kept)
  }

  private static let kept = PercentText.unreserved.union(":/?#[]@!$&*+,;=%".utf8)
  private static let keptBehindQuotes = kept.union("()".utf8)

  /// Everything percent-encoded that no address holds as it is. Source: RFC 3986, section 2.
  private static func encoded(_ text: String) -> String { PercentText.encode(text, keeping: keptBehindQuotes) }
}

/// Percent-encoded text. Source: RFC 3986, section 2.1; in forms `+` is a blank (WHATWG URL, section 5.1).
package enum PercentText {
  /// Nil where a percent sign has no two digits, or the octets are not UTF-8.
  package static func decode(_ text: Substring, isForm: Bool = false) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where isForm: bytes.append(0x20)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    Character(Unicode.Scalar(byte)).isASCII ? Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init) : nil
  }

  /// Source: RFC 3986, section 2.3.
  package static let unreserved = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)

  /// Every octet encoded but those of `kept`.
  package static func encode(_ text: String, keeping kept: Set<UInt8> = unreserved) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if kept.contains(byte) {
        bytes.append(byte)
      } else {
        bytes.append(UInt8(ascii: "%"))
        bytes += byte.padded(2, radix: 16, uppercase: true).utf8
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

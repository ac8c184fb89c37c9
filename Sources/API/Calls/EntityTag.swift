/// The strong tag of what is answered to whoever keeps a copy.
package struct EntityTag {
  /// With its quotation marks.
  let text: String

  /// - Parameter digest: of letters and digits.
  init(_ digest: String) { text = "\"\(digest)\"" }

  /// Whether `If-None-Match` names it.
  func matches(_ header: String?) -> Bool {
    EntityTag.named(in: header ?? "").contains { $0 == "*" || $0 == text }
  }

  /// The tags that `If-None-Match` lists, without what marks one as weak; `*` stands for all. Weak comparison (RFC 9110,
  /// section 13.1.2).
  package static func named(in header: String) -> [Substring] {
    header.split(separator: ",").map { part in
      let tag = part.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
      return tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
    }
  }
}

import Register

/// The strong tag of what is answered to whoever keeps a copy.
package struct EntityTag {
  /// With its quotation marks.
  let text: String

  /// - Parameter digest: of letters and digits.
  init(_ digest: String) { text = "\"\(digest)\"" }

  /// Of what is read: that of its state, where it has one, then a dot, and 64 bits of the SHA-256 of its octets. What
  /// stands before the dot is what `If-Match` is about; the rest says whether anything at all looks otherwise.
  init(of body: [UInt8], _ state: ETag?) {
    self.init((state.map { $0.text + "." } ?? "") + Digest.sha256(body).prefix(16))
  }

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

/// The strong tag of what is answered to whoever keeps a copy.
struct EntityTag {
  /// With its quotation marks.
  let text: String

  /// - Parameter digest: of letters and digits.
  init(_ digest: String) { text = "\"\(digest)\"" }

  /// Whether `If-None-Match` names it. Weak comparison (RFC 9110, section 13.1.2).
  func matches(_ header: String?) -> Bool {
    (header ?? "").split(separator: ",").contains { part in
      let tag = part.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" }
      return tag == "*" || tag == text || tag == "W/\(text)"
    }
  }
}

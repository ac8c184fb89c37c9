/// An address that may stand behind a link.
enum LinkAddress {
  /// `text` with everything percent-encoded that could end an attribute or a Markdown link; nil when it is neither a
  /// web address nor a mail address. Source: RFC 3986, section 2.
  static func encoded(_ text: String) -> String? {
    let lower = text.lowercased()
    guard ["https://", "http://", "mailto:"].contains(where: { lower.hasPrefix($0) }) else { return nil }
    let kept = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&*+,;=%".utf8)
    var result = ""
    for byte in text.utf8 {
      if kept.contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return result
  }
}

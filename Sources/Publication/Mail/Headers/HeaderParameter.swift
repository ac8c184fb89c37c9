/// A parameter of a MIME header.
enum HeaderParameter {
  /// The pieces to put after semicolons: `name=value` or `name="value"` for short ASCII, else the extended form,
  /// continued where it is long. Source: RFC 2045, section 5.1; RFC 2231, sections 3 and 4.
  static func pieces(_ name: String, _ value: String) -> [String] {
    let isPlain = value.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
    if isPlain, value.utf8.count <= 60 {
      let isToken = !value.isEmpty && value.utf8.allSatisfy { isAttribute($0) }
      return [isToken ? "\(name)=\(value)" : "\(name)=\"\(value)\""]
    }
    var parts: [String] = []
    var part = "UTF-8''"
    for scalar in value.unicodeScalars {
      var encoded: [UInt8] = []
      for byte in String(Character(scalar)).utf8 {
        if isAttribute(byte) {
          encoded.append(byte)
        } else {
          QuotedPrintable.appendEscape(byte, mark: "%", to: &encoded)
        }
      }
      if part.utf8.count + encoded.count > 55 {
        parts.append(part)
        part = ""
      }
      part += String(decoding: encoded, as: UTF8.self)
    }
    parts.append(part)
    if parts.count == 1 { return ["\(name)*=\(parts[0])"] }
    return parts.enumerated().map { "\(name)*\($0.offset)*=\($0.element)" }
  }

  /// What may stand bare both in a token and in an extended value (RFC 2231, section 7: attribute-char).
  private static func isAttribute(_ byte: UInt8) -> Bool {
    MailTokens.isAlphanumeric(byte) || "!#$&+-.^_`{|}~".utf8.contains(byte)
  }
}

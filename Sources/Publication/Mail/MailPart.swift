import JSONText

/// One MIME entity: its own headers and its body. Source: RFC 2045; RFC 2046, section 5.1.
struct MailPart {
  /// `Content-…` fields, folded, each ended by CR LF.
  private var header: [UInt8]
  /// Ends with CR LF or is empty.
  private var body: [UInt8]

  static func text(_ subtype: String, _ text: String) -> MailPart {
    MailPart(
      header: field("Content-Type", ["text/\(subtype)", "charset=UTF-8"])
        + field("Content-Transfer-Encoding", ["quoted-printable"]),
      body: QuotedPrintable.encode(text))
  }

  /// Base64, so that the octets that were published arrive as they are. The name stands twice: in `filename`, where it
  /// belongs (RFC 2183, section 2.3), and in `name`, where older readers look.
  static func calendar(_ calendar: MailCalendar) throws(MailError) -> MailPart {
    guard MailTokens.isMethod(calendar.method) else {
      throw MailError(field: "calendar method", reason: .notAMethod(calendar.method))
    }
    let name = calendar.fileName
    try MailTokens.check(name, in: "calendar file name")
    guard !name.isEmpty, name != ".", name != "..", name.utf8.count <= 255,
      !name.utf8.contains(UInt8(ascii: "/")), !name.utf8.contains(UInt8(ascii: "\\"))
    else { throw MailError(field: "calendar file name", reason: .notAFileName(name)) }
    return MailPart(
      header: field(
        "Content-Type",
        ["text/calendar", "charset=UTF-8", "method=\(calendar.method.uppercased())"]
          + HeaderParameter.pieces("name", name))
        + field("Content-Transfer-Encoding", ["base64"])
        + field("Content-Disposition", ["attachment"] + HeaderParameter.pieces("filename", name)),
      body: Base64.lines(calendar.bytes))
  }

  static func multipart(_ subtype: String, boundary: String, _ parts: [MailPart]) -> MailPart {
    var body: [UInt8] = []
    for part in parts {
      // The CR LF before a boundary belongs to it, hence the empty line after a body.
      body += "--\(boundary)\r\n".utf8
      part.write(to: &body)
      body += [0x0D, 0x0A]
    }
    body += "--\(boundary)--\r\n".utf8
    return MailPart(header: field("Content-Type", ["multipart/\(subtype)", "boundary=\"\(boundary)\""]), body: body)
  }

  func write(to bytes: inout [UInt8]) {
    bytes += header
    bytes += [0x0D, 0x0A]
    bytes += body
  }

  /// One parameter a line as soon as the field does not fit on one.
  private static func field(_ name: String, _ pieces: [String]) -> [UInt8] {
    let whole = "\(name): \(pieces.joined(separator: "; "))"
    let text = whole.utf8.count <= 78 ? whole : "\(name): \(pieces.joined(separator: ";\r\n "))"
    return Array("\(text)\r\n".utf8)
  }
}

/// Text as quoted-printable. Source: RFC 2045, section 6.7.
enum QuotedPrintable {
  /// The longest line of the encoding, its soft break counted.
  static let longestLine = 76

  /// `text` with every line end made CR LF. Three things beyond the rules of the RFC: a line never begins with a dot,
  /// which could end the message for a program that reads it as mail is sent (RFC 5321, section 4.5.2), nor with
  /// `From `, which mailbox files change (RFC 2049, section 3), and no character is cut by a soft break.
  static func encode(_ text: String) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count * 5 / 4)
    var line = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where afterReturn: break
      case "\n", "\r":
        encode(line: line, to: &result)
        line.removeAll()
      default: line.append(scalar)
      }
      afterReturn = scalar == "\r"
    }
    if !line.isEmpty { encode(line: line, to: &result) }
    return result
  }

  /// The text that `lines` encode; nil for what is no encoding of UTF-8.
  static func decode(_ lines: [String]) -> String? {
    var result: [UInt8] = []
    for line in lines {
      var bytes = Array(line.utf8)
      while bytes.last == 0x20 || bytes.last == 0x09 { bytes.removeLast() }
      var rest = bytes[...]
      while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "=") else {
          result.append(byte)
          continue
        }
        // At the end of a line, a soft break.
        if rest.isEmpty { break }
        guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
        result.append(value)
        rest = rest.dropFirst(2)
      }
      if bytes.last != UInt8(ascii: "=") { result.append(0x0A) }
    }
    return String(validating: result, as: UTF8.self)
  }

  private static func encode(line: String.UnicodeScalarView, to result: inout [UInt8]) {
    var column = 0
    var index = line.startIndex
    while index < line.endIndex {
      let next = line.index(after: index)
      let isLast = next == line.endIndex
      var encoded = escaped(line[index], isLast: isLast)
      // One column stays free for the `=` of a soft break, except on the last piece of the line.
      if column + encoded.count > longestLine - (isLast ? 0 : 1) {
        result += [UInt8(ascii: "="), 0x0D, 0x0A]
        column = 0
      }
      if column == 0, line[index] == "." || isFrom(line[index...]) {
        encoded = []
        appendEscape(UInt8(ascii: line[index]), to: &encoded)
      }
      result += encoded
      column += encoded.count
      index = next
    }
    result += [0x0D, 0x0A]
  }

  private static func isFrom(_ rest: Substring.UnicodeScalarView) -> Bool {
    rest.first == "F" && rest.starts(with: "From ".unicodeScalars)
  }

  /// Blanks are escaped at the end of a line only (rule 3).
  private static func escaped(_ scalar: Unicode.Scalar, isLast: Bool) -> [UInt8] {
    switch scalar.value {
    case 0x20, 0x09:
      if !isLast { return [UInt8(scalar.value)] }
    case 0x21...0x7E where scalar != "=": return [UInt8(scalar.value)]
    default: break
    }
    var result: [UInt8] = []
    for byte in String(Character(scalar)).utf8 { appendEscape(byte, to: &result) }
    return result
  }

  /// `=3D`, or with another mark `%3D`; the digits are capitals, as rule 1 demands.
  static func appendEscape(_ byte: UInt8, mark: Unicode.Scalar = "=", to result: inout [UInt8]) {
    let digits = Array("0123456789ABCDEF".utf8)
    result += [UInt8(ascii: mark), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
}

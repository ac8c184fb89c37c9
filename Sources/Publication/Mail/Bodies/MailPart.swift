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

import JSONText
import Register

/// What a notice says, apart from how it travelled: the same text pasted, saved or taken out of a mail is the same.
package enum NoticeText {
  /// SHA-256 in hexadecimal of the lines without the blanks at their ends, each ended by LF, without empty lines at the end.
  package static func digest(_ text: String) -> String {
    var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map { line in
      String(line.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    while lines.first?.isEmpty == true { lines.removeFirst() }
    return Digest.sha256(lines.joined(separator: "\n").utf8)
  }

  /// A text with what is said to one reader alone below the line by which mail programs know that the text ends there.
  /// Source: RFC 3676, section 4.3.
  static func signed(_ text: String, _ footer: String) -> String { "\(text.trimmed)\n\n-- \n\(footer)\n" }

  /// The texts that a text may have been sent as: it, and without what stands below the last such line.
  package static func told(_ text: String) -> [String] {
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    guard let end = lines.lastIndex(where: { $0 == "--" || $0 == "-- " }) else { return [text] }
    return [text, lines[..<end].joined(separator: "\n")]
  }

  /// The text of a file: of a mail, its first plain text; of anything else, the whole. Nil for what is no UTF-8.
  package static func text(of file: [UInt8]) -> String? {
    guard let whole = String(validating: file, as: UTF8.self) else { return nil }
    let lines = whole.split(omittingEmptySubsequences: false) { $0.isNewline }
    return isMail(lines) ? plainText(lines[...]) : whole
  }

  private typealias Lines = ArraySlice<Substring>

  /// Whether it begins with header fields, of which one says that it is MIME. Source: RFC 2045, section 4.
  private static func isMail(_ lines: [Substring]) -> Bool {
    lines.prefix { !$0.isEmpty }.contains { $0.lowercased().hasPrefix("mime-version:") }
  }

  /// Source: RFC 2046, section 5.1.
  private static func plainText(_ entity: Lines, depth: Int = 0) -> String? {
    guard depth < 10, let end = entity.firstIndex(where: \.isEmpty) else { return nil }
    let body = entity[(end + 1)...]
    let type = field("content-type", entity[..<end]) ?? "text/plain"
    guard !type.lowercased().hasPrefix("multipart/") else {
      guard let boundary = parameter("boundary", of: type) else { return nil }
      let marks = body.indices.filter { body[$0].hasPrefix("--\(boundary)") }
      return zip(marks, marks.dropFirst()).lazy
        .compactMap { plainText(body[($0 + 1)..<$1], depth: depth + 1) }.first
    }
    guard type.lowercased().hasPrefix("text/plain") else { return nil }
    switch field("content-transfer-encoding", entity[..<end])?.lowercased() {
    case "base64": return Base64.bytes(body.joined()[...]).flatMap { String(validating: $0, as: UTF8.self) }
    case "quoted-printable": return QuotedPrintable.decode(body.map(String.init))
    default: return body.joined(separator: "\n")
    }
  }

  /// The value of a field, unfolded.
  private static func field(_ name: String, _ header: Lines) -> String? {
    guard let first = header.firstIndex(where: { $0.lowercased().hasPrefix("\(name):") }) else { return nil }
    let folded = header[(first + 1)...].prefix { $0.first == " " || $0.first == "\t" }
    return ([header[first].dropFirst(name.count + 1)] + folded).joined().trimmed
  }

  private static func parameter(_ name: String, of value: String) -> String? {
    let parts = value.split(separator: ";").map { String($0).trimmed }
    return parts.first { $0.lowercased().hasPrefix("\(name)=") }
      .map { $0.dropFirst(name.count + 1).trimmingPrefix("\"") }
      .map { String($0.hasSuffix("\"") ? $0.dropLast() : $0) }
  }
}

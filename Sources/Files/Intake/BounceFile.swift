/// Mails that say that others did not arrive, in a file of one message or many (mbox): of each the recipients, what came of
/// them, and which mail it was. Source: RFC 3464 (delivery status), RFC 6522 (multipart/report), RFC 4155 (mbox).
package struct BounceFile: Sendable {
  /// What became of a mail to one recipient.
  package struct Failure: Hashable, Sendable {
    /// As it was sent to, and as the last server knew it; each once.
    package var addresses: [String]
    /// `5.1.1`, of RFC 3463; nil where the report has none that could be read.
    package var status: String?
    /// Of the mail that did not arrive, without angle brackets.
    package var messageID: String?
    /// Whether it is for good; what may pass is tried again by the server that says so.
    package var isPermanent: Bool
  }

  package private(set) var failures: [Failure] = []
  /// Messages that report no failure: answers of people and of their programs.
  package private(set) var others = 0

  package init(_ bytes: [UInt8]) {
    for message in BounceFile.messages(BounceFile.lines(bytes)) {
      let found = BounceFile.failures(message)
      if found.isEmpty { others += 1 } else { failures += found }
    }
  }

  private typealias Lines = ArraySlice<String>

  /// What is no UTF-8 stands for nothing that is read here.
  private static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
  }

  /// A line that begins with `From ` behind an empty one begins the next message.
  private static func messages(_ lines: [String]) -> [Lines] {
    guard lines.first?.utf8.starts(with: "From ".utf8) ?? false else {
      return lines.contains { !$0.isEmpty } ? [lines[...]] : []
    }
    var messages: [Lines] = []
    var start = 1
    for index in lines.indices.dropFirst()
    where lines[index - 1].isEmpty && lines[index].utf8.starts(with: "From ".utf8) {
      messages.append(lines[start..<index])
      start = index + 1
    }
    return messages + [lines[start...]]
  }

  private static func failures(_ message: Lines) -> [Failure] {
    let (header, body) = split(message)
    guard let type = header["content-type"], type.lowercased().hasPrefix("multipart/report"),
      let boundary = parameter("boundary", of: type)
    else { return [] }
    var failures: [Failure] = []
    var messageID: String?
    for part in parts(body, boundary) {
      let (header, body) = split(part)
      switch (header["content-type"] ?? "").lowercased().prefix(while: { $0 != ";" && $0 != " " }) {
      case "message/delivery-status", "message/global-delivery-status":
        // The first block is about the message, each that follows about one recipient.
        failures = body.split(separator: "").dropFirst().compactMap { failure(split($0).header) }
      case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
        let value = split(body.drop { $0.isEmpty }).header["message-id"] ?? ""
        messageID = value.split(separator: "<").last.map { String($0.prefix { $0 != ">" }) }
      default: break
      }
    }
    return failures.map { failure in
      var failure = failure
      failure.messageID = messageID
      return failure
    }
  }

  /// Nil for a recipient whom the mail reached, or still may.
  private static func failure(_ fields: [String: String]) -> Failure? {
    guard fields["action"].map({ $0.lowercased().hasPrefix("failed") || $0.lowercased().hasPrefix("delayed") }) ?? false
    else { return nil }
    var addresses: [String] = []
    for field in ["original-recipient", "final-recipient"] {
      guard let value = fields[field], let semicolon = value.firstIndex(of: ";") else { continue }
      let address = value[value.index(after: semicolon)...].filter { !" \t<>".contains($0) }
      if !address.isEmpty, !addresses.contains(address) { addresses.append(address) }
    }
    guard !addresses.isEmpty else { return nil }
    let status = fields["status"]?.split { $0 == " " || $0 == "(" }.first.map(String.init)
      .flatMap { $0.wholeMatch(of: /[245]\.[0-9]{1,3}\.[0-9]{1,3}/) == nil ? nil : $0 }
    let isFailed = fields["action"]?.lowercased().hasPrefix("failed") ?? false
    return Failure(
      addresses: addresses, status: status, messageID: nil, isPermanent: isFailed && status?.first == "5")
  }

  /// Fields by name in small letters, the first of each, unfolded; and what follows the empty line.
  private static func split(_ lines: Lines) -> (header: [String: String], body: Lines) {
    var header: [String: String] = [:]
    var last: String?
    var rest = lines
    while let line = rest.popFirst(), !line.isEmpty {
      if line.first == " " || line.first == "\t" {
        if let last { header[last, default: ""] += " " + line.drop { $0 == " " || $0 == "\t" } }
      } else if let colon = line.firstIndex(of: ":") {
        let name = line[..<colon].lowercased()
        let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        last = header[name] == nil ? name : nil
        if header[name] == nil { header[name] = String(value) }
      } else {
        last = nil
      }
    }
    return (header, rest)
  }

  private static func parameter(_ name: String, of value: String) -> String? {
    for part in value.split(separator: ";").dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2, pair[0].filter({ !" \t".contains($0) }).lowercased() == name else { continue }
      let text = pair[1].drop { $0 == " " || $0 == "\t" }
      return text.first == "\"" ? String(text.dropFirst().prefix { $0 != "\"" }) : String(text.prefix { $0 != " " })
    }
    return nil
  }

  private static func parts(_ body: Lines, _ boundary: String) -> [Lines] {
    var parts: [Lines] = []
    var start: Int?
    for index in body.indices where body[index].hasPrefix("--\(boundary)") {
      if let start { parts.append(body[start..<index]) }
      start = index + 1
      if body[index].hasPrefix("--\(boundary)--") { return parts }
    }
    return parts
  }
}

extension JSON {
  /// One line, no blanks.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return bytes
  }

  /// Indented by two blanks; an array or object without members stays on its line.
  package var prettyText: String {
    var bytes: [UInt8] = []
    write(to: &bytes, indent: 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Compact when `indent` is nil.
  package func write(to bytes: inout [UInt8], indent: Int? = nil) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): bytes.append(contentsOf: String(value).utf8)
    case .number(let text): bytes.append(contentsOf: text.utf8)
    case .string(let value): JSON.writeString(value, to: &bytes)
    case .array(let elements):
      JSON.writeList("[", elements, "]", to: &bytes, indent: indent) { $0.write(to: &$1, indent: $2) }
    case .object(let members):
      JSON.writeList("{", members, "}", to: &bytes, indent: indent) { member, bytes, indent in
        JSON.writeString(member.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        if indent != nil { bytes.append(UInt8(ascii: " ")) }
        member.value.write(to: &bytes, indent: indent)
      }
    }
  }

  private static func writeList<Element>(
    _ open: Unicode.Scalar, _ elements: [Element], _ close: Unicode.Scalar, to bytes: inout [UInt8], indent: Int?,
    _ body: (Element, inout [UInt8], Int?) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    let inner = indent.map { $0 + 2 }
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      newLine(inner, to: &bytes)
      body(element, &bytes, inner)
    }
    if !elements.isEmpty { newLine(indent, to: &bytes) }
    bytes.append(UInt8(ascii: close))
  }

  private static func newLine(_ indent: Int?, to bytes: inout [UInt8]) {
    guard let indent else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: indent))
  }

  /// Escapes what RFC 8259, section 7, demands, DEL, and the line separators that JavaScript once broke at.
  package static func writeString(_ value: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    defer { bytes.append(UInt8(ascii: "\"")) }
    if isPlain(value.utf8.span) { return bytes.append(contentsOf: value.utf8) }
    for scalar in value.unicodeScalars {
      switch scalar.value {
      case 0x22, 0x5C:
        bytes.append(0x5C)
        bytes.append(UInt8(scalar.value))
      case 0x0A: bytes.append(contentsOf: "\\n".utf8)
      case 0x0D: bytes.append(contentsOf: "\\r".utf8)
      case 0x09: bytes.append(contentsOf: "\\t".utf8)
      case 0x00...0x1F, 0x7F, 0x2028, 0x2029:
        let hex = String(scalar.value, radix: 16)
        bytes.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8)
      case 0x20..<0x7F: bytes.append(UInt8(scalar.value))
      // Holds: UTF-8 has a form of every scalar.
      default: bytes.append(contentsOf: UTF8.encode(scalar)!)
      }
    }
  }

  /// Whether nothing in it has to be escaped, as in most texts.
  private static func isPlain(_ text: Span<UInt8>) -> Bool {
    for index in text.indices {
      switch text[index] {
      // The first octet of the line separators.
      case 0x00...0x1F, 0x22, 0x5C, 0x7F, 0xE2: return false
      default: continue
      }
    }
    return true
  }
}

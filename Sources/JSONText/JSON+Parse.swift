/// Why text is not JSON, and at which byte, counted from 0.
package struct JSONError: Error, Hashable, Sendable {
  package enum Reason: String, Hashable, Sendable {
    case unexpectedEnd, unexpectedCharacter, badNumber, badEscape, controlCharacter, invalidUTF8, duplicateKey, tooDeep
    case trailingText
  }
  package var reason: Reason
  package var offset: Int

  /// One English line: what, and where, with bytes counted from 1.
  package var text: String {
    let what =
      switch reason {
      case .unexpectedEnd: "the text ends too early"
      case .unexpectedCharacter: "a character that cannot stand here"
      case .badNumber: "not a number, or one that is no whole 64-bit number"
      case .badEscape: "a backslash with something that cannot follow it"
      case .controlCharacter: "a control character inside a string; write it as \\u00XX"
      case .invalidUTF8: "not UTF-8"
      case .duplicateKey: "a key that stands twice in its object"
      case .tooDeep: "nested deeper than \(JSON.deepest)"
      case .trailingText: "something after the end of the value"
      }
    return "\(what), at byte \(offset + 1)"
  }
}

extension JSON {
  /// Deeper nesting is refused, so that hostile input cannot exhaust the stack.
  package static let deepest = 64

  package init(parsing text: String) throws(JSONError) { try self.init(parsing: text.utf8.span) }

  package init(parsing bytes: [UInt8]) throws(JSONError) { try self.init(parsing: bytes.span) }

  /// Reads exactly one value, with blanks around it allowed (RFC 8259, section 2). Two members of one object with the
  /// same name are an error.
  package init(parsing bytes: Span<UInt8>) throws(JSONError) {
    var parser = JSONParser()
    self = try parser.value(bytes, depth: 0)
    parser.skipBlanks(bytes)
    guard parser.position == bytes.count else { throw parser.error(.trailingText) }
  }
}

private struct JSONParser {
  var position = 0
  /// Collects the string being read; kept to save allocations.
  private var buffer: [UInt8] = []
  private static let manyMembers = 32

  func error(_ reason: JSONError.Reason) -> JSONError { JSONError(reason: reason, offset: position) }

  mutating func skipBlanks(_ bytes: Span<UInt8>) {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  mutating func value(_ bytes: Span<UInt8>, depth: Int) throws(JSONError) -> JSON {
    skipBlanks(bytes)
    guard position < bytes.count else { throw error(.unexpectedEnd) }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object(bytes, depth: depth + 1)
    case UInt8(ascii: "["): return try array(bytes, depth: depth + 1)
    case UInt8(ascii: "\""): return .string(try string(bytes))
    case UInt8(ascii: "t"): return try word("true", .bool(true), bytes)
    case UInt8(ascii: "f"): return try word("false", .bool(false), bytes)
    case UInt8(ascii: "n"): return try word("null", .null, bytes)
    default: return try number(bytes)
    }
  }

  private mutating func word(_ text: StaticString, _ value: JSON, _ bytes: Span<UInt8>) throws(JSONError) -> JSON {
    for byte in text.description.utf8 {
      guard position < bytes.count else { throw error(.unexpectedEnd) }
      guard bytes[position] == byte else { throw error(.unexpectedCharacter) }
      position += 1
    }
    return value
  }

  private mutating func object(_ bytes: Span<UInt8>, depth: Int) throws(JSONError) -> JSON {
    guard depth <= JSON.deepest else { throw error(.tooDeep) }
    position += 1
    var members: [JSON.Member] = []
    members.reserveCapacity(8)
    // A list is faster for the objects of every day; a hostile one has more names than a list can be searched for.
    var names: Set<String> = []
    skipBlanks(bytes)
    if take("}", bytes) { return .object(members) }
    while true {
      skipBlanks(bytes)
      guard position < bytes.count else { throw error(.unexpectedEnd) }
      guard bytes[position] == UInt8(ascii: "\"") else { throw error(.unexpectedCharacter) }
      let start = position
      let key = try string(bytes)
      if members.count == JSONParser.manyMembers { names = Set(members.map(\.key)) }
      let isTwice =
        members.count < JSONParser.manyMembers ? members.contains { $0.key == key } : !names.insert(key).inserted
      if isTwice {
        throw JSONError(reason: .duplicateKey, offset: start)
      }
      skipBlanks(bytes)
      try expect(":", bytes)
      members.append(JSON.Member(key, try value(bytes, depth: depth)))
      skipBlanks(bytes)
      if take("}", bytes) { return .object(members) }
      try expect(",", bytes)
    }
  }

  private mutating func array(_ bytes: Span<UInt8>, depth: Int) throws(JSONError) -> JSON {
    guard depth <= JSON.deepest else { throw error(.tooDeep) }
    position += 1
    var elements: [JSON] = []
    skipBlanks(bytes)
    if take("]", bytes) { return .array(elements) }
    while true {
      elements.append(try value(bytes, depth: depth))
      skipBlanks(bytes)
      if take("]", bytes) { return .array(elements) }
      try expect(",", bytes)
    }
  }

  private mutating func take(_ character: Unicode.Scalar, _ bytes: Span<UInt8>) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar, _ bytes: Span<UInt8>) throws(JSONError) {
    guard position < bytes.count else { throw error(.unexpectedEnd) }
    guard take(character, bytes) else { throw error(.unexpectedCharacter) }
  }

  private mutating func string(_ bytes: Span<UInt8>) throws(JSONError) -> String {
    position += 1
    buffer.removeAll(keepingCapacity: true)
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        guard let text = String(validating: buffer, as: UTF8.self) else { throw error(.invalidUTF8) }
        return text
      case UInt8(ascii: "\\"): try escape(bytes)
      case 0..<0x20: throw error(.controlCharacter)
      default:
        buffer.append(byte)
        position += 1
      }
    }
    throw error(.unexpectedEnd)
  }

  private mutating func escape(_ bytes: Span<UInt8>) throws(JSONError) {
    position += 1
    guard position < bytes.count else { throw error(.unexpectedEnd) }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(byte)
    case UInt8(ascii: "n"): buffer.append(0x0A)
    case UInt8(ascii: "r"): buffer.append(0x0D)
    case UInt8(ascii: "t"): buffer.append(0x09)
    case UInt8(ascii: "b"): buffer.append(0x08)
    case UInt8(ascii: "f"): buffer.append(0x0C)
    case UInt8(ascii: "u"):
      var code = try hex(bytes)
      if (0xD800...0xDBFF).contains(code) {
        guard take("\\", bytes), take("u", bytes) else { throw error(.badEscape) }
        let low = try hex(bytes)
        guard (0xDC00...0xDFFF).contains(low) else { throw error(.badEscape) }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw error(.badEscape) }
      // Holds: UTF-8 has a form of every scalar.
      buffer.append(contentsOf: UTF8.encode(scalar)!)
    default: throw error(.badEscape)
    }
  }

  private mutating func hex(_ bytes: Span<UInt8>) throws(JSONError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count else { throw error(.unexpectedEnd) }
      guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else { throw error(.badEscape) }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    return code
  }

  /// Source of the grammar: RFC 8259, section 6.
  private mutating func number(_ bytes: Span<UInt8>) throws(JSONError) -> JSON {
    let start = position
    var isWhole = true
    _ = take("-", bytes)
    let first = position
    digits(bytes)
    guard position > first else { throw error(.unexpectedCharacter) }
    if position - first > 1, bytes[first] == UInt8(ascii: "0") { throw error(.badNumber) }
    if take(".", bytes) {
      isWhole = false
      let fraction = position
      digits(bytes)
      guard position > fraction else { throw error(.badNumber) }
    }
    if take("e", bytes) || take("E", bytes) {
      isWhole = false
      if !take("+", bytes) { _ = take("-", bytes) }
      let exponent = position
      digits(bytes)
      guard position > exponent else { throw error(.badNumber) }
    }
    var text = ""
    for index in start..<position { text.unicodeScalars.append(Unicode.Scalar(bytes[index])) }
    if isWhole, let value = Int64(text) { return .integer(value) }
    return .number(text)
  }

  private mutating func digits(_ bytes: Span<UInt8>) {
    while position < bytes.count, bytes[position] &- 0x30 < 10 { position += 1 }
  }
}

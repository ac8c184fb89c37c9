/// One content line taken apart; names are in capitals, values as they were written.
/// Source: RFC 5545, section 3.1.
struct ContentLine {
  var number: Int
  var name: String
  var parameters: [(name: String, value: ArraySlice<UInt8>)] = []
  var value: ArraySlice<UInt8>

  /// Refuses a name that is no token, a parameter without `=`, a quotation mark out of place and a missing colon.
  init(_ line: LogicalLine) throws(ScreenError) {
    let bytes = line.bytes
    number = line.number
    var index = bytes.startIndex
    name = ContentLine.token(bytes, at: &index)
    value = bytes[bytes.endIndex...]
    guard !name.isEmpty else { throw ContentLine.bad(line) }
    while index < bytes.endIndex, bytes[index] == UInt8(ascii: ";") {
      index += 1
      let parameter = ContentLine.token(bytes, at: &index)
      guard !parameter.isEmpty, index < bytes.endIndex, bytes[index] == UInt8(ascii: "=") else {
        throw ContentLine.bad(line)
      }
      index += 1
      let start = index
      try ContentLine.skipParameterValues(line, at: &index)
      parameters.append((parameter, bytes[start..<index]))
    }
    guard index < bytes.endIndex, bytes[index] == UInt8(ascii: ":") else { throw ContentLine.bad(line) }
    value = bytes[(index + 1)...]
  }

  /// The value as text; lines have been checked to be UTF-8.
  var text: String { String(decoding: value, as: UTF8.self) }

  /// The one value of a parameter, without its quotation marks; an error when the parameter is given twice.
  func parameter(_ wanted: String) throws(ScreenError) -> String? {
    var found: String?
    for (name, value) in parameters where name == wanted {
      guard found == nil else { throw ScreenError(line: number, .repeatedProperty, wanted) }
      let quotes = UInt8(ascii: "\"")
      let plain =
        value.count >= 2 && value.first == quotes && value.last == quotes ? value.dropFirst().dropLast() : value
      found = String(decoding: plain, as: UTF8.self)
    }
    return found
  }

  /// iana-token or x-name, in capitals; empty when there is none.
  private static func token(_ bytes: ArraySlice<UInt8>, at index: inout Int) -> String {
    let start = index
    var isCapital = true
    scan: while index < bytes.endIndex {
      switch bytes[index] {
      case 0x61...0x7A: isCapital = false
      case 0x30...0x39, 0x41...0x5A, 0x2D: break
      default: break scan
      }
      index += 1
    }
    let name = String(decoding: bytes[start..<index], as: UTF8.self)
    return isCapital ? name : name.uppercased()
  }

  /// Values separated by commas, each quoted or free of `"`, `;`, `:`.
  private static func skipParameterValues(_ line: LogicalLine, at index: inout Int) throws(ScreenError) {
    let bytes = line.bytes
    let quotes = UInt8(ascii: "\"")
    while index < bytes.endIndex {
      if bytes[index] == quotes {
        guard let close = bytes[(index + 1)...].firstIndex(of: quotes) else { throw bad(line) }
        index = close + 1
      } else {
        while index < bytes.endIndex, !isDelimiter(bytes[index]) { index += 1 }
      }
      guard index < bytes.endIndex else { throw bad(line) }
      if bytes[index] == UInt8(ascii: ";") || bytes[index] == UInt8(ascii: ":") { return }
      guard bytes[index] == UInt8(ascii: ",") else { throw bad(line) }
      index += 1
    }
    throw bad(line)
  }

  /// `:`, `;`, `,` and `"`: what may not stand in a parameter value without quotation marks.
  private static func isDelimiter(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ":") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"")
  }

  private static func bad(_ line: LogicalLine) -> ScreenError {
    ScreenError(line: line.number, .badLine, String(decoding: line.bytes.prefix(60), as: UTF8.self))
  }
}

/// Takes a content line apart. Source: RFC 5545, section 3.1.
enum PropertyScan {
  /// Nil when the line is no content line: no name, a parameter without `=`, a quotation mark out of place, no colon.
  static func read(_ line: FeedLine) -> FeedProperty? {
    let bytes = line.bytes
    var index = 0
    guard let name = token(bytes, &index) else { return nil }
    var parameters: [(name: String, values: [String])] = []
    while index < bytes.count, bytes[index] == UInt8(ascii: ";") {
      index += 1
      guard let parameter = token(bytes, &index), index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
        return nil
      }
      index += 1
      guard let values = values(bytes, &index) else { return nil }
      parameters.append((parameter, values))
    }
    guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { return nil }
    let value = String(decoding: bytes[(index + 1)...], as: UTF8.self)
    return FeedProperty(line: line.number, name: name, parameters: parameters, value: value)
  }

  private static func token(_ bytes: [UInt8], _ index: inout Int) -> String? {
    let start = index
    while index < bytes.count {
      switch bytes[index] {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: index += 1
      default: return index == start ? nil : String(decoding: bytes[start..<index], as: UTF8.self).uppercased()
      }
    }
    return nil
  }

  private static func values(_ bytes: [UInt8], _ index: inout Int) -> [String]? {
    var values: [String] = []
    while true {
      if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
        guard let close = bytes[(index + 1)...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        values.append(String(decoding: bytes[(index + 1)..<close], as: UTF8.self))
        index = close + 1
      } else {
        let start = index
        while index < bytes.count, !":;,".utf8.contains(bytes[index]) {
          if bytes[index] == UInt8(ascii: "\"") { return nil }
          index += 1
        }
        values.append(String(decoding: bytes[start..<index], as: UTF8.self))
      }
      guard index < bytes.count, bytes[index] == UInt8(ascii: ",") else { return values }
      index += 1
    }
  }
}

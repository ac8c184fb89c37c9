/// What the first bytes seem to be, where that is no calendar.
enum FormatRules {
  /// The one thing to say of input that is not worth examining further; nil for what may be a calendar.
  static func verdict(_ bytes: [UInt8]) -> FindingCode? {
    if bytes.isEmpty { return .emptyFile }
    if bytes.starts(with: [0x1F, 0x8B]) { return .looksLikeGzip }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return .looksLikeZip }
    if isUTF16(bytes) { return .looksLikeUTF16 }
    let start = bytes.prefix(4096).drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
    guard let first = start.first else { return .emptyFile }
    if first == UInt8(ascii: "<") {
      let head = String(decoding: start.prefix(512), as: UTF8.self).lowercased()
      return head.contains("<html") || head.hasPrefix("<!doctype html") || head.hasPrefix("<body")
        ? .looksLikeHTML : .looksLikeXML
    }
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return .looksLikeJSON }
    return nil
  }

  /// By its byte order mark, or by NUL at every second place of the beginning.
  private static func isUTF16(_ bytes: [UInt8]) -> Bool {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
    guard bytes.count >= 8 else { return false }
    let zeros = bytes.prefix(8).map { $0 == 0 }
    return zeros == [false, true, false, true, false, true, false, true]
      || zeros == [true, false, true, false, true, false, true, false]
  }
}

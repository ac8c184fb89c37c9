/// Reads ASCII grammar from bytes; every reader of this module is built on it.
struct ByteScanner {
  let bytes: [UInt8]
  var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position >= bytes.count }
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Steps over `byte` when it is next.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  /// A run of decimal digits whose count lies in `digits` (18 at the most); nothing is consumed when it does not.
  mutating func number(digits: ClosedRange<Int>) -> Int? {
    var value = 0
    var end = position
    while end < bytes.count, bytes[end] >= 0x30, bytes[end] <= 0x39, end - position < digits.upperBound {
      value = value * 10 + Int(bytes[end] - 0x30)
      end += 1
    }
    guard digits.contains(end - position) else { return nil }
    position = end
    return value
  }
}

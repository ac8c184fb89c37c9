/// Why bytes are not a usable TZif file.
public enum TZifError: Error, Hashable, Sendable {
  case notTZif
  case truncated
  /// A version 1 file has no footer rule, so it says nothing of the future.
  case versionOne
  case malformed(String)
}

extension ZoneRules {
  /// Reads the 64-bit block and the footer of a TZif file, version 2 or later. Source: RFC 9636, section 3.
  public init(name: String, tzif bytes: [UInt8]) throws(TZifError) {
    var reader = TZifReader(bytes: bytes)
    let first = try reader.header()
    guard first.version >= 2 else { throw .versionOne }
    try reader.skip(first.length(timeSize: 4))
    let header = try reader.header()
    guard header.typeCount > 0 else { throw .malformed("no local time type") }
    // Files that count leap seconds ("right/…") show instants that are 27 s away from POSIX time.
    guard header.leapCount == 0 else { throw .malformed("the file counts leap seconds") }

    var transitions: [Int64] = []
    for _ in 0..<header.timeCount { transitions.append(try reader.int64()) }
    guard zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw .malformed("transitions are not in order")
    }
    var indices: [Int] = []
    for _ in 0..<header.timeCount { indices.append(Int(try reader.byte())) }
    var types: [UTCOffset] = []
    for _ in 0..<header.typeCount {
      let seconds = try reader.int32()
      guard abs(Int(seconds)) < 26 * 3600 else { throw .malformed("offset out of range") }
      types.append(UTCOffset(seconds: seconds))
      try reader.skip(2)
    }
    guard indices.allSatisfy({ $0 < types.count }) else { throw .malformed("type index out of range") }
    try reader.skip(header.charCount + header.leapCount * 12 + header.standardCount + header.utCount)

    let text = try reader.footer()
    var footer: PosixRule?
    if !text.isEmpty {
      footer = PosixRule(text)
      if footer == nil { throw .malformed("footer rule cannot be read") }
    }
    self.init(
      name: name, transitions: transitions, offsets: indices.map { types[$0] }, initialOffset: types[0],
      footer: footer)
  }
}

/// A cursor over TZif bytes; numbers are big-endian.
private struct TZifReader {
  let bytes: [UInt8]
  var position = 0

  struct Header {
    var version: Int
    var utCount: Int
    var standardCount: Int
    var leapCount: Int
    var timeCount: Int
    var typeCount: Int
    var charCount: Int

    func length(timeSize: Int) -> Int {
      timeCount * (timeSize + 1) + typeCount * 6 + charCount + leapCount * (timeSize + 4) + standardCount + utCount
    }
  }

  mutating func byte() throws(TZifError) -> UInt8 {
    guard position < bytes.count else { throw .truncated }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func skip(_ count: Int) throws(TZifError) {
    guard count >= 0, bytes.count - position >= count else { throw .truncated }
    position += count
  }

  mutating func int32() throws(TZifError) -> Int32 {
    var value: UInt32 = 0
    for _ in 0..<4 { value = value << 8 | UInt32(try byte()) }
    return Int32(bitPattern: value)
  }

  mutating func int64() throws(TZifError) -> Int64 {
    var value: UInt64 = 0
    for _ in 0..<8 { value = value << 8 | UInt64(try byte()) }
    return Int64(bitPattern: value)
  }

  mutating func count() throws(TZifError) -> Int {
    let value = Int(try int32())
    guard (0...1_000_000).contains(value) else { throw .malformed("count out of range") }
    return value
  }

  mutating func header() throws(TZifError) -> Header {
    guard bytes.count - position >= 44 else { throw position == 0 ? .notTZif : .truncated }
    guard Array(bytes[position..<position + 4]) == Array("TZif".utf8) else { throw .notTZif }
    let version = bytes[position + 4]
    position += 20
    return Header(
      version: version == 0 ? 1 : Int(version) - 0x30, utCount: try count(), standardCount: try count(),
      leapCount: try count(), timeCount: try count(), typeCount: try count(), charCount: try count())
  }

  /// The text between the two newlines that end the file.
  mutating func footer() throws(TZifError) -> [UInt8] {
    guard try byte() == 0x0A else { throw .malformed("footer does not begin with a newline") }
    guard let end = bytes[position...].firstIndex(of: 0x0A) else { throw .truncated }
    defer { position = end + 1 }
    return Array(bytes[position..<end])
  }
}

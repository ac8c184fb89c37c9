import CZlib

/// What stands at the end of a gzip file: CRC-32 and length of the content, modulo 2^32. Source: RFC 1952, section 2.3.1.
package struct GzipTrailer: Hashable, Sendable {
  private var checksum: UInt
  private var length: UInt32

  /// The trailer that `bytes` would have.
  package init(_ bytes: [UInt8]) {
    checksum = 0
    length = 0
    add(bytes)
  }

  /// The trailer in the last eight bytes of a gzip file; nil when they are fewer.
  package init?(last bytes: some Collection<UInt8>) {
    guard bytes.count == 8 else { return nil }
    let values = bytes.enumerated().map { UInt32($0.element) << (8 * UInt32($0.offset % 4)) }
    checksum = UInt(values[..<4].reduce(0, |))
    length = values[4...].reduce(0, |)
  }

  /// As they stand in the file.
  var bytes: [UInt8] {
    [UInt32(truncatingIfNeeded: checksum), length].flatMap { value in (0..<4).map { UInt8(value >> (8 * $0) & 0xFF) } }
  }

  package mutating func add(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      checksum = unsafe crc32(checksum, buffer.baseAddress, UInt32(buffer.count))
    }
    length &+= UInt32(truncatingIfNeeded: bytes.count)
  }
}

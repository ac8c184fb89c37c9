import CZlib

/// Compresses piece by piece into the gzip format, without name and time, so that the same bytes give the same result.
/// Source: RFC 1952.
@safe package struct GzipStream: ~Copyable {
  /// Lives on the heap: zlib keeps a pointer to it.
  private let stream: UnsafeMutablePointer<z_stream>
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  /// `level` is 1 (fast) to 9 (small).
  package init(level: Int32 = 9) throws(GzipError) {
    unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let code = unsafe preavis_gzip_init(stream, level)
    guard code == Z_OK else {
      unsafe stream.deallocate()
      throw GzipError(code: code)
    }
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Hands to `sink` what is ready of `bytes` and of what came before.
  package mutating func write(_ bytes: [UInt8], to sink: ([UInt8]) throws -> Void) throws {
    try run(bytes, Z_NO_FLUSH, sink)
  }

  /// Hands over the rest. Nothing may be written afterwards.
  package mutating func finish(to sink: ([UInt8]) throws -> Void) throws { try run([], Z_FINISH, sink) }

  private mutating func run(_ bytes: [UInt8], _ flush: Int32, _ sink: ([UInt8]) throws -> Void) throws {
    var input = bytes
    let count = input.count
    try unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe stream.pointee.next_in = source.baseAddress
      unsafe stream.pointee.avail_in = UInt32(count)
      var isDone = false
      while !isDone {
        let capacity = buffer.count
        var code: Int32 = Z_OK
        let left = unsafe buffer.withUnsafeMutableBufferPointer { target -> Int in
          unsafe stream.pointee.next_out = target.baseAddress
          unsafe stream.pointee.avail_out = UInt32(capacity)
          code = unsafe deflate(stream, flush)
          return Int(unsafe stream.pointee.avail_out)
        }
        guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { throw GzipError(code: code) }
        if left < capacity { try sink(Array(buffer[..<(capacity - left)])) }
        isDone = flush == Z_FINISH ? code == Z_STREAM_END : left > 0
      }
    }
  }

  /// All of `bytes` at once.
  package static func compressed(_ bytes: [UInt8], level: Int32 = 9) throws -> [UInt8] {
    var result: [UInt8] = []
    var stream = try GzipStream(level: level)
    try stream.write(bytes) { result += $0 }
    try stream.finish { result += $0 }
    return result
  }
}

/// What zlib answered.
package struct GzipError: Error, Hashable, Sendable {
  package let code: Int32
}

/// A gzip file in blocks that are compressed one by one, so that those of an older file can be taken over where their text
/// is the same. Readers see one ordinary file. Source: RFC 1951, section 3.2.3; RFC 1952, section 2.3.
package enum GzipBlock {
  /// How far back a block may refer into the text before it, in octets.
  package static let window = 32 << 10
  /// Magic number, deflate, no name, no time, unknown system.
  package static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
  /// An empty last block with fixed codes.
  private static let end: [UInt8] = [0x03, 0x00]

  /// What follows the blocks of `text`.
  package static func footer(_ text: [UInt8]) -> [UInt8] { end + GzipTrailer(text).bytes }

  /// The block of `text[range]`, which ends on an octet's boundary. What stands before it may be referred to.
  package static func compressed(_ text: [UInt8], _ range: Range<Int>, level: Int32) throws(GzipError) -> [UInt8] {
    // On the heap: zlib keeps a pointer to it.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    defer { unsafe stream.deallocate() }
    var code = unsafe preavis_deflate_init(stream, level)
    guard code == Z_OK else { throw GzipError(code: code) }
    defer { unsafe deflateEnd(stream) }
    // Beyond what a whole stream takes at most, a sync flush takes some octets. Source: zlib.h, deflate.
    let capacity = Int(unsafe deflateBound(stream, UInt(range.count))) + 64
    var result = [UInt8](repeating: 0, count: capacity)
    unsafe text.withUnsafeBufferPointer { source in
      let before = min(range.lowerBound, window)
      let dictionary = unsafe UnsafeBufferPointer(rebasing: source[(range.lowerBound - before)..<range.lowerBound])
      let own = unsafe UnsafeBufferPointer(rebasing: source[range])
      if before > 0 { code = unsafe deflateSetDictionary(stream, dictionary.baseAddress, UInt32(before)) }
      guard code == Z_OK else { return }
      unsafe result.withUnsafeMutableBufferPointer { target in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: own.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(own.count)
        unsafe stream.pointee.next_out = target.baseAddress
        unsafe stream.pointee.avail_out = UInt32(capacity)
        code = unsafe deflate(stream, Z_SYNC_FLUSH)
      }
    }
    let left = Int(unsafe stream.pointee.avail_out)
    guard code == Z_OK, unsafe stream.pointee.avail_in == 0, left > 0 else { throw GzipError(code: code) }
    result.removeLast(left)
    return result
  }
}

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

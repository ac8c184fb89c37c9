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
/// is the same. Readers see one ordinary file: several behind each other are allowed too, but browsers read only the first.
/// Source: RFC 1951, section 3.2.3; RFC 1952, section 2.3.
package enum GzipBlock {
  /// Magic number, deflate, no name, no time, unknown system.
  package static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
  /// An empty last block with fixed codes.
  package static let end: [UInt8] = [0x03, 0x00]

  /// `text` compressed up to an octet's boundary.
  package static func compressed(_ text: [UInt8], level: Int32) throws(GzipError) -> [UInt8] {
    try unsafe run(
      text, start: { unsafe preavis_deflate_init($0, level) },
      // Beyond what a whole stream takes at most, a flush takes some octets. Source: zlib.h, deflate.
      room: { Int(unsafe deflateBound($0, UInt(text.count))) + 64 }, { unsafe deflate($0, Z_FULL_FLUSH) },
      end: { unsafe deflateEnd($0) })
  }

  /// The text of such a block, of so many octets.
  package static func text(_ block: [UInt8], count: Int) throws(GzipError) -> [UInt8] {
    try unsafe run(
      block, start: { unsafe preavis_inflate_init($0) }, room: { _ in count + 1 },
      { unsafe inflate($0, Z_SYNC_FLUSH) }, end: { unsafe inflateEnd($0) })
  }

  private typealias Step = (UnsafeMutablePointer<z_stream>) -> Int32

  private static func run(
    _ input: [UInt8], start: Step, room: (UnsafeMutablePointer<z_stream>) -> Int, _ step: Step, end: Step
  ) throws(GzipError) -> [UInt8] {
    // On the heap: zlib keeps a pointer to it.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    defer { unsafe stream.deallocate() }
    var code = unsafe start(stream)
    guard code == Z_OK else { throw GzipError(code: code) }
    defer { _ = unsafe end(stream) }
    var result = [UInt8](repeating: 0, count: unsafe room(stream))
    let capacity = result.count
    unsafe input.withUnsafeBufferPointer { source in
      unsafe result.withUnsafeMutableBufferPointer { target in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(source.count)
        unsafe stream.pointee.next_out = target.baseAddress
        unsafe stream.pointee.avail_out = UInt32(capacity)
        code = unsafe step(stream)
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
  package var bytes: [UInt8] {
    [UInt32(truncatingIfNeeded: checksum), length].flatMap { value in (0..<4).map { UInt8(value >> (8 * $0) & 0xFF) } }
  }

  /// Of what this is of, followed by what `next` is of.
  package mutating func append(_ next: GzipTrailer) {
    checksum = crc32_combine(checksum, next.checksum, Int(next.length))
    length &+= next.length
  }

  package mutating func add(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      checksum = unsafe crc32(checksum, buffer.baseAddress, UInt32(buffer.count))
    }
    length &+= UInt32(truncatingIfNeeded: bytes.count)
  }
}

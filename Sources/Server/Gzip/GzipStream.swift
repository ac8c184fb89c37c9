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

import CZlib

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

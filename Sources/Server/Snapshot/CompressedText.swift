import NIOCore
import Register

/// A text in the gzip format, put together from blocks: of a later form of the same text only those are compressed that
/// differ. The same text gives the same bytes, whatever was there before.
struct CompressedText: Sendable {
  /// What decides about a block's bytes: its own text, and that of the block before, to which it may refer.
  private struct Key: Hashable {
    let before: String
    let own: String
  }

  let buffer: ByteBuffer
  private let places: [Key: Range<Int>]

  /// Octets of a block's text; blocks are no shorter than what the next one may refer to.
  private static let shortest = GzipBlock.window
  private static let longest = 8 * shortest
  private static let level: Int32 = 6

  init(_ text: [UInt8], older: CompressedText? = nil) throws {
    var buffer = ByteBufferAllocator().buffer(capacity: text.count / 8)
    buffer.writeBytes(GzipBlock.header)
    var places: [Key: Range<Int>] = [:]
    var start = 0
    var before = ""
    while start < text.count {
      let end = CompressedText.end(of: text, from: start)
      let key = Key(before: before, own: Digest.sha256(text[start..<end]))
      let place = buffer.writerIndex
      if let known = older?.places[key], let block = older?.buffer.getSlice(at: known.lowerBound, length: known.count) {
        buffer.writeImmutableBuffer(block)
      } else {
        buffer.writeBytes(try GzipBlock.compressed(text, start..<end, level: CompressedText.level))
      }
      places[key] = place..<buffer.writerIndex
      before = key.own
      start = end
    }
    buffer.writeBytes(GzipBlock.footer(text))
    self.buffer = buffer
    self.places = places
  }

  /// How many blocks there are that `older` has too.
  func shared(with older: CompressedText) -> (blocks: Int, same: Int) {
    (places.count, places.keys.count { older.places[$0] != nil })
  }

  /// Where the octets before say so, and not after a count of them: what is inserted moves the edges near it only.
  private static func end(of text: [UInt8], from start: Int) -> Int {
    let last = min(start + longest, text.count)
    guard start + shortest < last else { return last }
    var hash: UInt64 = 0
    // The last 64 octets stand in the hash. One edge in 65,536 octets.
    for index in (start + shortest - 64)..<last {
      hash = (hash &<< 1) &+ (UInt64(text[index]) &+ 1) &* 0x9E37_79B9_7F4A_7C15
      if hash &>> 48 == 0, index >= start + shortest { return index }
    }
    return last
  }
}

import NIOCore
import Publication
import Register
import Synchronization

/// A file's text as it is kept and sent; of large ones in blocks only the compressed form is in memory.
struct PackedText: Sendable {
  /// A block, compressed, with what the whole has to know of it.
  final class Block: Sendable {
    fileprivate let digest: String
    fileprivate let trailer: GzipTrailer
    let length: Int
    fileprivate let packed: ByteBuffer

    init(_ text: [UInt8]) throws {
      digest = Digest.sha256(text)
      trailer = GzipTrailer(text)
      length = text.count
      packed = text.isEmpty ? ByteBuffer() : ByteBuffer(bytes: try GzipBlock.compressed(text, level: PackedText.level))
    }

    func text() throws -> ByteBuffer {
      length == 0 ? packed : ByteBuffer(bytes: try GzipBlock.text(Array(packed.readableBytesView), count: length))
    }
  }

  /// Of the text: the same text in the same blocks has the same, another text another.
  let tag: String
  let length: Int
  /// All of it; nil where it is large, and made of ``blocks`` while it is sent.
  let whole: ByteBuffer?
  let blocks: [Block]
  /// Nil where compression gains nothing.
  let gzip: [ByteBuffer]?
  let gzipLength: Int

  private static let level: Int32 = 6
  /// Below this many octets a packet is not saved.
  private static let worthCompressing = 860
  /// From so many octets on a text in blocks is kept compressed only.
  private static let large = 256 << 10

  /// - Parameter older: what was sent before; the same text is not compressed again.
  init(_ text: [UInt8], older: SnapshotEntry.Trace? = nil) throws {
    tag = String(Digest.sha256(text).prefix(32))
    length = text.count
    whole = ByteBuffer(bytes: text)
    blocks = []
    if let older, older.tag == tag, let known = older.gzip {
      gzip = known
    } else if text.count >= PackedText.worthCompressing {
      let compressed = try GzipStream.compressed(text, level: PackedText.level)
      gzip = compressed.count < text.count ? [ByteBuffer(bytes: compressed)] : nil
    } else {
      gzip = nil
    }
    gzipLength = gzip?.reduce(0) { $0 + $1.readableBytes } ?? 0
  }

  ///
  /// - Parameter epoch: of the cache, when it began to be known what the text is made of; nil for now.
  static func made(
    of text: BlockText, _ cache: BlockCache, epoch: Int? = nil, older: SnapshotEntry.Trace? = nil
  ) throws -> PackedText {
    let inner = try cache.blocks(of: text, epoch: epoch ?? cache.epoch)
    let isEmpty = inner.allSatisfy { $0.length == 0 }
    let blocks = [try Block(text.header)] + inner + [try Block((isEmpty ? text.placeholder : []) + text.footer)]
    guard blocks.reduce(0, { $0 + $1.length }) < PackedText.large else { return PackedText(blocks) }
    return try PackedText(blocks.flatMap { try $0.text().readableBytesView }, older: older)
  }

  private init(_ blocks: [Block]) {
    self.blocks = blocks
    whole = nil
    length = blocks.reduce(0) { $0 + $1.length }
    tag = String(Digest.sha256(blocks.map(\.digest).joined().utf8).prefix(32))
    var trailer = GzipTrailer([])
    for block in blocks { trailer.append(block.trailer) }
    let end = ByteBuffer(bytes: GzipBlock.end + trailer.bytes)
    let gzip = [ByteBuffer(bytes: GzipBlock.header)] + blocks.map(\.packed) + [end]
    self.gzip = gzip
    gzipLength = gzip.reduce(0) { $0 + $1.readableBytes }
  }

  /// Octets in memory.
  var size: Int { (whole?.readableBytes ?? 0) + gzipLength }
}

/// The blocks of large files as they were made last, by what they were made of.
final class BlockCache: Sendable {
  private struct Family {
    var blocks: [BlockText.Key: PackedText.Block]
    var size: Int
    /// When it was last asked for.
    var turn: Int
  }

  private struct Content {
    var families: [String: Family] = [:]
    var turn = 0
    /// Counts the times that all was forgotten.
    var epoch = 0
  }

  private let content = Mutex(Content())
  private let capacity: Int

  /// Octets of compressed blocks, those of the family asked for last not counted; with more, the family that nobody has
  /// asked for the longest goes.
  init(capacity: Int = 96 << 20) { self.capacity = capacity }

  var epoch: Int { content.withLock { $0.epoch } }

  func clear() { content.withLock { $0 = Content(epoch: $0.epoch + 1) } }

  /// What was begun in another epoch finds nothing here, and leaves nothing: it may be made under another contract.
  func blocks(of text: BlockText, epoch: Int) throws -> [PackedText.Block] {
    var result: [PackedText.Block] = []
    result.reserveCapacity(text.blocks.count)
    var used: [String: [BlockText.Key: PackedText.Block]] = [:]
    let known = content.withLock { $0.epoch == epoch ? $0.families : [:] }
    for block in text.blocks {
      let packed = try known[block.family]?.blocks[block.key] ?? PackedText.Block(try block.text())
      used[block.family, default: [:]][block.key] = packed
      result.append(packed)
    }
    content.withLock { content in
      guard content.epoch == epoch else { return }
      content.turn += 1
      for (family, blocks) in used {
        content.families[family] = Family(
          blocks: blocks, size: blocks.values.reduce(0) { $0 + $1.size }, turn: content.turn)
      }
      while content.families.count > used.count, content.families.values.reduce(0, { $0 + $1.size }) > capacity {
        guard let oldest = content.families.min(by: { $0.value.turn < $1.value.turn })?.key else { break }
        content.families[oldest] = nil
      }
    }
    return result
  }
}

extension PackedText.Block {
  /// Octets in memory.
  fileprivate var size: Int { packed.readableBytes }
}

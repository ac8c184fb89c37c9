import Planning
package import Register

/// A text of many changes in blocks, of which a commit changes one or two. Where a block begins depends on the changes in
/// the text alone: the same changes make the same blocks.
package struct BlockText: Sendable {
  /// Of one family, two blocks with the same key are the same text.
  package struct Key: Hashable, Sendable {
    let first: ChangeID
    let count: Int
    /// Of every change in the block and its newest event.
    private(set) var stamp: UInt64 = 0
    /// Whether no block stands before it.
    let isFirst: Bool

    fileprivate init(_ rows: ArraySlice<PublishedRows.Row>, isFirst: Bool) {
      first = rows[rows.startIndex].id
      count = rows.count
      self.isFirst = isFirst
      for row in rows {
        for value in [row.id.year, row.id.number, row.newest] {
          stamp = (stamp ^ UInt64(truncatingIfNeeded: value)) &* 0x9E37_79B9_7F4A_7C15
          stamp ^= stamp &>> 29
        }
      }
    }
  }

  package struct Block: Sendable {
    package let key: Key
    /// What all blocks share that are made in the same way: of other families, keys say nothing.
    package let family: String
    package let text: @Sendable () throws -> [UInt8]
  }

  package typealias Rows = ArraySlice<PublishedRows.Row>

  package let header: [UInt8]
  package private(set) var blocks: [Block] = []
  /// What stands between header and footer where the blocks hold nothing.
  package let placeholder: [UInt8]
  package let footer: [UInt8]

  init(header: [UInt8], placeholder: [UInt8] = [], footer: [UInt8]) {
    self.header = header
    self.placeholder = placeholder
    self.footer = footer
  }

  /// Adds the blocks of `rows`, which are in order; each is written by `text`, which is told whether it is the first.
  mutating func add(
    _ rows: [PublishedRows.Row], family: String,
    endsBlock: (_ row: PublishedRows.Row, _ next: PublishedRows.Row) -> Bool = { BlockText.isEdge($1.id) },
    _ text: @escaping @Sendable (Rows, _ isFirst: Bool) throws -> [UInt8]
  ) {
    var start = 0
    for end in rows.indices where end == rows.count - 1 || endsBlock(rows[end], rows[end + 1]) {
      let own = rows[start...end]
      let isFirst = blocks.isEmpty
      blocks.append(Block(key: Key(own, isFirst: isFirst), family: family) { try text(own, isFirst) })
      start = end + 1
    }
  }

  /// One change in 64.
  private static func isEdge(_ id: ChangeID) -> Bool {
    (UInt64(truncatingIfNeeded: id.number &+ id.year) &* 0x9E37_79B9_7F4A_7C15) &>> 58 == 0
  }

  /// All of it, a block at a time.
  package func write(to sink: ([UInt8]) throws -> Void) throws {
    try sink(header)
    var isEmpty = true
    for block in blocks {
      let text = try block.text()
      isEmpty = isEmpty && text.isEmpty
      try sink(text)
    }
    if isEmpty { try sink(placeholder) }
    try sink(footer)
  }
}

package import CivilTime
package import Planning

/// A feed held whole, in which one change is put in its place without rendering or copying the others one by one: what
/// a server answers from. The bytes are those that `StandardFeed` writes.
package struct FeedBody: Sendable {
  /// Where an event stands among the others: by start, then identifier.
  package struct Key: Hashable, Comparable, Sendable {
    package var start: Instant
    package var id: ChangeID

    package init(start: Instant, id: ChangeID) {
      self.start = start
      self.id = id
    }

    package static func < (a: Key, b: Key) -> Bool { (a.start, a.id) < (b.start, b.id) }
  }

  package private(set) var bytes: [UInt8]
  private let footerCount: Int
  /// Ascending.
  private var keys: [Key] = []
  /// First byte of each event, in the order of `keys`.
  private var offsets: [Int] = []
  private var starts: [ChangeID: Instant] = [:]

  /// A feed without events yet; what is never to be empty has to be seen to by the owner.
  package init(header: [UInt8], footer: [UInt8]) {
    bytes = header + footer
    footerCount = footer.count
  }

  package var count: Int { keys.count }

  private var end: Int { bytes.count - footerCount }

  /// Room for a feed that is about to be filled.
  package mutating func reserve(events: Int, bytes count: Int) {
    bytes.reserveCapacity(bytes.count + count)
    keys.reserveCapacity(events)
    offsets.reserveCapacity(events)
  }

  /// Puts the newest fragment of a change where its start belongs, in place of an older one.
  package mutating func put(_ fragment: [UInt8], at key: Key) {
    if let old = starts[key.id] {
      if old == key.start, let index = index(of: key) { return replace(index, by: fragment) }
      remove(key.id)
    }
    starts[key.id] = key.start
    let index = keys.last.map { $0 < key } ?? true ? keys.count : lowerBound(key)
    let offset = index < offsets.count ? offsets[index] : end
    bytes.replaceSubrange(offset..<offset, with: fragment)
    keys.insert(key, at: index)
    offsets.insert(offset, at: index)
    shift(from: index + 1, by: fragment.count)
  }

  /// Takes a change out, when it has been over for long enough.
  package mutating func remove(_ id: ChangeID) {
    guard let start = starts.removeValue(forKey: id), let index = index(of: Key(start: start, id: id)) else { return }
    let range = range(index)
    bytes.removeSubrange(range)
    keys.remove(at: index)
    offsets.remove(at: index)
    shift(from: index, by: -range.count)
  }

  private mutating func replace(_ index: Int, by fragment: [UInt8]) {
    let range = range(index)
    bytes.replaceSubrange(range, with: fragment)
    shift(from: index + 1, by: fragment.count - range.count)
  }

  private func range(_ index: Int) -> Range<Int> {
    offsets[index]..<(index + 1 < offsets.count ? offsets[index + 1] : end)
  }

  private mutating func shift(from first: Int, by distance: Int) {
    guard distance != 0, first < offsets.count else { return }
    for index in first..<offsets.count { offsets[index] += distance }
  }

  private func index(of key: Key) -> Int? {
    let index = lowerBound(key)
    return index < keys.count && keys[index] == key ? index : nil
  }

  /// First position whose key is not less than `key`.
  private func lowerBound(_ key: Key) -> Int {
    var (low, high) = (0, keys.count)
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

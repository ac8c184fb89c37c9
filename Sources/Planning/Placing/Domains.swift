/// What is left of the starts of each work of a puzzle, and whether it may be left out.
struct Domains {
  private var words: [UInt64]
  private var offsets: [Int]
  private(set) var counts: [Int]
  var canDrop: [Bool]

  init(_ puzzle: Puzzle) {
    words = []
    offsets = []
    for starts in puzzle.starts {
      offsets.append(words.count)
      let (full, rest) = starts.count.quotientAndRemainder(dividingBy: 64)
      words += [UInt64](repeating: .max, count: full)
      if rest > 0 { words.append((1 << UInt64(rest)) - 1) }
    }
    offsets.append(words.count)
    counts = puzzle.starts.map(\.count)
    canDrop = puzzle.drops.map { $0 < never }
  }

  func contains(_ work: Int, _ index: Int) -> Bool {
    words[offsets[work] + index >> 6] & (1 << UInt64(index & 63)) != 0
  }

  func isDecided(_ work: Int) -> Bool { counts[work] == 0 || counts[work] == 1 && !canDrop[work] }

  /// The first start that is left; there has to be one.
  func first(_ work: Int) -> Int {
    for word in offsets[work]..<offsets[work + 1] where words[word] != 0 {
      return (word - offsets[work]) << 6 + words[word].trailingZeroBitCount
    }
    return 0
  }

  func last(_ work: Int) -> Int {
    for word in (offsets[work]..<offsets[work + 1]).reversed() where words[word] != 0 {
      return (word - offsets[work]) << 6 + 63 - words[word].leadingZeroBitCount
    }
    return 0
  }

  func indices(_ work: Int) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(counts[work])
    for word in offsets[work]..<offsets[work + 1] {
      var rest = words[word]
      while rest != 0 {
        result.append((word - offsets[work]) << 6 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return result
  }

  /// Returns whether it was there.
  mutating func remove(_ work: Int, _ index: Int) -> Bool {
    let (word, bit) = (offsets[work] + index >> 6, UInt64(1) << UInt64(index & 63))
    guard words[word] & bit != 0 else { return false }
    words[word] &= ~bit
    counts[work] -= 1
    return true
  }

  /// Removes the starts from `low` until before `high`; returns whether any was there.
  mutating func remove(_ work: Int, _ low: Int, _ high: Int) -> Bool {
    guard low < high else { return false }
    var removed = 0
    var word = low >> 6
    while word << 6 < high {
      var mask = UInt64.max
      if word << 6 < low { mask &= .max << UInt64(low & 63) }
      if high - word << 6 < 64 { mask &= ~(.max << UInt64(high & 63)) }
      let gone = words[offsets[work] + word] & mask
      removed += gone.nonzeroBitCount
      words[offsets[work] + word] &= ~mask
      word += 1
    }
    counts[work] -= removed
    return removed > 0
  }
}

/// The cheapest way to keep a rule between two works, and the cheapest with each start of both.
extension LaneTable {
  /// Fills `best`, `marginals` and `choice` for a lane of two members.
  ///
  /// The second needs the first: where it is placed, so is the first, at a start that `reach` names.
  mutating func solvePair(_ lane: Lane, _ puzzle: Puzzle, _ domains: Domains, _ prices: [Int64]) {
    let (first, second) = (lane.members[0], lane.members[1])
    let (a, b) = (domains.indices(first), domains.indices(second))
    let (aPrice, bPrice) = (lane.offsets[0], lane.offsets[1])
    let aDrop = domains.canDrop[first] ? prices[aPrice + puzzle.starts[first].count] : never
    let bDrop = domains.canDrop[second] ? prices[bPrice + puzzle.starts[second].count] : never
    let (toSecond, toFirst) = ranges(lane, puzzle, a, b)
    let bBest = least(b.map { prices[bPrice + $0] }, toSecond)
    let aBest = least(a.map { prices[aPrice + $0] }, toFirst)
    marginals = [Int64](repeating: never, count: lane.size)
    choice = [-1, -1]
    best = min(aDrop + bDrop, never)
    var leastOfFirst = aDrop
    for (place, index) in a.enumerated() {
      let price = prices[aPrice + index]
      leastOfFirst = min(leastOfFirst, price)
      let partner = bBest[place].cost
      let whole = min(price + min(bDrop, partner), never)
      marginals[aPrice + index] = whole
      if whole < best {
        best = whole
        choice = [Int32(index), partner < bDrop ? Int32(b[bBest[place].place]) : -1]
      }
    }
    marginals[aPrice + puzzle.starts[first].count] = min(aDrop + bDrop, never)
    for (place, index) in b.enumerated() {
      marginals[bPrice + index] = min(prices[bPrice + index] + aBest[place].cost, never)
    }
    marginals[bPrice + puzzle.starts[second].count] = min(bDrop + leastOfFirst, never)
    effort += (a.count + b.count) >> 7
  }

  /// Places in the other list that each start can go with, for both lists; both bounds ascend.
  private func ranges(
    _ lane: Lane, _ puzzle: Puzzle, _ a: [Int], _ b: [Int]
  ) -> (toSecond: [Range<Int>], toFirst: [Range<Int>]) {
    switch lane.kind {
    case .sequence: return ([], [])
    case .link(let link):
      let length = puzzle.model.works[puzzle.works[link.first]].duration
      let (first, second) = (puzzle.starts[link.first], puzzle.starts[link.second])
      let ends = a.map { Int(first[$0]) + length }
      let starts = b.map { Int(second[$0]) }
      let most = link.most ?? Int(Int32.max)
      return (
        reach(ends, starts, low: link.least, high: most), reach(starts, ends, low: -most, high: -link.least)
      )
    case .companion(let companion):
      // The second member is the one that binds itself.
      let own = b.map { Int(companion.own[$0]) }
      let others = a.map { Int(companion.others[$0]) }
      return (match(others, own), match(own, others))
    }
  }

  /// For each of `from`, places of those of `to` that are from `low` to `high` more.
  private func reach(_ from: [Int], _ to: [Int], low: Int, high: Int) -> [Range<Int>] {
    var (first, last) = (0, 0)
    return from.map { value in
      while first < to.count, to[first] < value + low { first += 1 }
      while last < to.count, to[last] <= value + high { last += 1 }
      return first..<max(first, last)
    }
  }

  /// For each of `from`, places of those of `to` that are the same; what is negative is like nothing.
  private func match(_ from: [Int], _ to: [Int]) -> [Range<Int>] {
    from.map { value in
      guard value >= 0, let first = to.firstIndex(of: value), let last = to.lastIndex(of: value) else { return 0..<0 }
      return first..<last + 1
    }
  }

  /// Least of `costs` in each range, and where it stands; bounds of ranges ascend, or ranges are as before.
  private func least(_ costs: [Int64], _ ranges: [Range<Int>]) -> [(cost: Int64, place: Int)] {
    var queue: [Int] = []
    var (head, end) = (0, 0)
    var before = 0..<0
    return ranges.map { range in
      guard !range.isEmpty else { return (never, 0) }
      if range.lowerBound < before.lowerBound || range.upperBound < before.upperBound {
        queue = []
        head = 0
        end = range.lowerBound
      }
      before = range
      end = max(end, range.lowerBound)
      while end < range.upperBound {
        while queue.count > head, let last = queue.last, costs[last] >= costs[end] { queue.removeLast() }
        queue.append(end)
        end += 1
      }
      while head < queue.count, queue[head] < range.lowerBound { head += 1 }
      return (costs[queue[head]], queue[head])
    }
  }
}

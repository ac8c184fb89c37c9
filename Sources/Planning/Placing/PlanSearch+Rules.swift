import CivilTime

/// What the rules between works leave of their starts.
extension PlanSearch {
  mutating func propagate(_ node: inout Node) -> Bool {
    repeat {
      needsPropagation = false
      for work in puzzle.works.indices where node.domains.counts[work] == 0 && !node.domains.canDrop[work] {
        return false
      }
      for link in puzzle.links { propagate(&node, link) }
      for companion in puzzle.companions { propagate(&node, companion) }
      for work in puzzle.works.indices where !node.domains.canDrop[work] && node.domains.counts[work] > 0 {
        exclude(&node, work)
      }
    } while needsPropagation
    return true
  }

  mutating func leaveOut(_ node: inout Node, _ work: Int) {
    guard node.domains.counts[work] > 0 else { return }
    if node.domains.remove(work, 0, puzzle.starts[work].count) { touch(&node, work) }
  }

  mutating func need(_ node: inout Node, _ work: Int) {
    guard node.domains.canDrop[work] else { return }
    node.domains.canDrop[work] = false
    touch(&node, work)
  }

  mutating func propagate(_ node: inout Node, _ link: Puzzle.Link) {
    let (first, second) = (link.first, link.second)
    guard node.domains.counts[second] > 0 else { return }
    guard node.domains.counts[first] > 0 else { return leaveOut(&node, second) }
    if !node.domains.canDrop[second] { need(&node, first) }
    let length = puzzle.model.works[puzzle.works[first]].duration
    let (a, b) = (puzzle.starts[first], puzzle.starts[second])
    let (firstIndices, secondIndices) = (node.domains.indices(first), node.domains.indices(second))
    // A start of the second needs one of the first from `most` to `least` before it.
    var (low, changed) = (0, false)
    for index in secondIndices {
      let latest = Int(b[index]) - link.least - length
      if let most = link.most {
        while low < firstIndices.count, Int(a[firstIndices[low]]) < Int(b[index]) - most - length { low += 1 }
      }
      if low >= firstIndices.count || Int(a[firstIndices[low]]) > latest {
        if node.domains.remove(second, index) { changed = true }
      }
    }
    if changed { touch(&node, second) }
    guard !node.domains.canDrop[second], node.domains.counts[second] > 0 else { return }
    changed = false
    let left = node.domains.indices(second)
    low = 0
    for index in firstIndices {
      let earliest = Int(a[index]) + length + link.least
      while low < left.count, Int(b[left[low]]) < earliest { low += 1 }
      let isReached = low < left.count && link.most.map { Int(b[left[low]]) <= Int(a[index]) + length + $0 } ?? true
      if !isReached, node.domains.remove(first, index) { changed = true }
    }
    if changed { touch(&node, first) }
  }

  mutating func propagate(_ node: inout Node, _ companion: Puzzle.Companion) {
    let (work, other) = (companion.work, companion.other)
    guard node.domains.counts[work] > 0 else { return }
    guard node.domains.counts[other] > 0 else { return leaveOut(&node, work) }
    if !node.domains.canDrop[work] { need(&node, other) }
    if meet(&node, work, companion.own, other, companion.others) { touch(&node, work) }
    guard !node.domains.canDrop[work] else { return }
    if meet(&node, other, companion.others, work, companion.own) { touch(&node, other) }
  }

  /// Leaves `work` the starts whose piece `other` can reach.
  func meet(_ node: inout Node, _ work: Int, _ pieces: [Int32], _ other: Int, _ reached: [Int32]) -> Bool {
    var (changed, low) = (false, 0)
    let others = node.domains.indices(other)
    for index in node.domains.indices(work) {
      // Pieces ascend with starts; those outside do not count.
      while low < others.count, reached[others[low]] < pieces[index] { low += 1 }
      let isMet = pieces[index] >= 0 && low < others.count && reached[others[low]] == pieces[index]
      if !isMet, node.domains.remove(work, index) { changed = true }
    }
    return changed
  }

  /// What must take place, takes room from its neighbours: the time between its latest start and its earliest end.
  mutating func exclude(_ node: inout Node, _ work: Int) {
    let starts = puzzle.starts[work]
    let (first, last) = (starts[node.domains.first(work)], starts[node.domains.last(work)])
    let length = puzzle.model.works[puzzle.works[work]].duration
    guard Int(last) < Int(first) + length else { return }
    for neighbour in puzzle.neighbours[work] where node.domains.counts[neighbour.work] > 0 {
      let other = puzzle.starts[neighbour.work]
      let otherLength = puzzle.model.works[puzzle.works[neighbour.work]].duration
      var changed = false
      func forbid(_ low: Int, _ high: Int) {
        let from = other.partitioningIndex { Int($0) > low }
        let to = other.partitioningIndex { Int($0) >= high }
        if node.domains.remove(neighbour.work, from, to) { changed = true }
      }
      forbid(Int(last) - otherLength, Int(first) + length)
      if first == last {
        for rest in neighbour.rests {
          let longest = 1440 - rest
          forbid(Int(first) + longest - otherLength, Int(first) + length + rest)
          forbid(Int(first) - rest - otherLength, Int(first) + length - longest)
        }
      }
      if changed { touch(&node, neighbour.work) }
    }
  }
}
